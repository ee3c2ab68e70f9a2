// What became of each camera's alerts, in counts: no vehicle, no list, no person.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "records/database.h"

namespace regmark::alerts {

struct CameraTally {
  base::CameraId camera;
  std::uint64_t alerts = 0;
  std::uint64_t confirmed = 0;  // on the picture, whatever came of it
  std::uint64_t rejected = 0;   // on the picture
  std::uint64_t retracted = 0;  // by a later read
  std::uint64_t open = 0;       // nobody has decided
  std::uint64_t acted = 0;
  std::map<std::string, std::uint64_t> outcomes{};  // by code, those that there are
};

// May be used from many threads at once. Keeps references to database and clock.
class CameraTallies {
 public:
  CameraTallies(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Of the alerts whose read was observed from the first day up to, and without, the last, as far
  // as they are still kept; in the order of the cameras. Wants a receipt for read_estate. Fails
  // with
  //   invalid_input   another receipt
  Result<std::vector<CameraTally>> of(const audit::Receipt& receipt,
                                      std::span<const base::CameraId> cameras, base::UtcDay from,
                                      base::UtcDay until) const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

}  // namespace regmark::alerts
