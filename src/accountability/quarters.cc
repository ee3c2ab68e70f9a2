#include "accountability/quarters.h"

namespace regmark::accountability {
namespace {

using std::chrono::months;
using std::chrono::year_month_day;

constexpr unsigned months_in_one = 3;

bool begins_one(base::UtcDay day) {
  const year_month_day date{day};
  return unsigned{date.day()} == 1 && (unsigned{date.month()} - 1) % months_in_one == 0;
}

// Of a day that begins one.
base::UtcDay next_after(base::UtcDay first) {
  return std::chrono::sys_days{year_month_day{first} + months{months_in_one}};
}

}  // namespace

Result<std::vector<Quarter>> quarters_of(base::UtcDay from, base::UtcDay until,
                                         base::UtcDay today) {
  if (until < from) return fail(ErrorCode::invalid_input, "the last day is before the first");
  const auto after = until + std::chrono::days{1};
  if (!begins_one(from) || !begins_one(after)) {
    return fail(ErrorCode::invalid_input,
                "figures are told of whole calendar quarters: from the first day of January, "
                "April, July or October until the last of a quarter");
  }
  if (after > today) return fail(ErrorCode::invalid_input, "the last quarter is not over");
  std::vector<Quarter> quarters;
  for (auto first = from; first < after; first = next_after(first)) {
    if (quarters.size() == quarters_max) {
      return fail(ErrorCode::limit_exceeded, "at most ten years at a time");
    }
    quarters.push_back({first, next_after(first) - std::chrono::days{1}});
  }
  return quarters;
}

}  // namespace regmark::accountability
