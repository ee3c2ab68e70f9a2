// The texts of all policies that were ever in force here: a record of the log names the version
// under which somebody decided, and this says what it said.
//
// A text is kept for good, under the SHA-256 of its bytes, which is its version: whoever has the
// log's record can tell whether the text is the one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/policy.h"
#include "audit/receipt.h"
#include "base/result.h"
#include "base/time.h"
#include "records/database.h"

namespace regmark::accountability {

inline constexpr std::size_t policies_max = 1'000;  // that all() gives

struct KeptPolicy {
  std::string version;
  std::string title;
  base::UtcTime kept_since;  // when an office first ran by it
};

// May be used from many threads at once. Every call can also fail as the database does.
class Policies {
 public:
  Policies(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Does nothing when it is kept already. For the office itself, before it records that this
  // policy is in force. Durable on return.
  Result<void> keep(const access::Policy& policy);

  // These want a receipt for read_policy. Newest first.
  Result<std::vector<KeptPolicy>> all(const audit::Receipt& receipt) const;
  // Fails with
  //   not_found   none of this version is kept
  //   corrupt     what is kept has another SHA-256
  Result<std::string> text(const audit::Receipt& receipt, std::string_view version) const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

}  // namespace regmark::accountability
