// What the things are called that are kept apart: for a sieve, which finds these names in a text
// that is meant for others and says no more than that there is a name. For the program's own eyes.
#pragma once

#include <string>
#include <vector>

#include "audit/receipt.h"
#include "base/result.h"
#include "records/database.h"

namespace regmark::estate {

// May be used from many threads at once. Keeps a reference to the database, which has the estate.
class NamesApart {
 public:
  explicit NamesApart(records::Database& database) : database_(database) {}

  // Names and ids of sites, deployments and cameras, over and not, in no order. Wants the program's
  // receipt for verify. Fails with
  //   invalid_input   it is for another verb
  Result<std::vector<std::string>> all(const audit::MachineReceipt& receipt) const;

 private:
  records::Database& database_;
};

}  // namespace regmark::estate
