// How searches are looked after.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "base/crypto.h"

namespace regmark::oversight {

// What a reference that the case register does not bear out leads to.
enum class CaseRule : std::uint8_t { flag, refuse };

// The true national figures for samples and times could not be read: these are ours, to be set.
struct Settings {
  // Of all searches, so many in a hundred go before a reviewer by chance.
  unsigned review_percent = 5;
  // Within which somebody has reviewed one; then it is overdue, and standards hear of it.
  std::chrono::days review_within{14};
  // Then what names a person or a vehicle is erased; how many there were stays.
  std::chrono::days kept{730};
  // How long a keeper's request is kept once it is decided, and a time on duty once it is over: as
  // long as the notes that they are held against.
  std::chrono::days subject_requests_kept{730};
  std::chrono::days duty_kept{730};
  // And a list of colleagues' vehicles since it was last replaced: people move and sell.
  std::chrono::days household_kept{365};
  CaseRule case_rule = CaseRule::flag;
};

// Any 64 bits, each time anew. Whoever searches must not be able to foresee them.
using Draw = std::function<std::uint64_t()>;

inline std::uint64_t draw_from_system() {
  std::uint64_t bits = 0;
  for (const auto byte : base::random_bytes<sizeof bits>()) bits = bits << 8U | byte;
  return bits;
}

}  // namespace regmark::oversight
