#include "estate/internal/lifetime.h"

namespace regmark::estate::internal {

std::vector<Period> live_periods(std::span<const Decision> decisions) {
  std::vector<Period> periods;
  for (const auto& decision : decisions) {
    const auto until = overdue_from(decision.review);
    if (!periods.empty() && decision.at <= *periods.back().until) {
      periods.back().until = until;  // in time: one period goes on, as long as the new one says
    } else {
      periods.push_back({decision.at, until});
    }
  }
  return periods;
}

std::vector<Period> cut(std::span<const Period> periods, const Period& bound) {
  std::vector<Period> left;
  for (auto period : periods) {
    period.from = std::max(period.from, bound.from);
    if (bound.until && (!period.until || *bound.until < *period.until)) period.until = bound.until;
    if (!period.until || period.from < *period.until) left.push_back(period);
  }
  return left;
}

Verdict judge(const Lifetime& life, base::UtcTime now) {
  const auto in_force = std::ranges::find_if(
      life.periods, [&](const Period& period) { return period.contains(now); });
  if (in_force != life.periods.end()) return {true, true, {}};
  if (life.ended && *life.ended <= now) {
    // The grace is for a stop. What had lapsed before is not opened again by stopping it.
    const bool collected_until_then =
        !life.periods.empty() && life.periods.back().until == life.ended;
    return {false, collected_until_then && now - *life.ended <= spool_grace,
            life.why_ended + " at " + base::format_utc(*life.ended)};
  }
  if (life.periods.empty() || now < life.periods.front().from) {
    return {false, false,
            life.periods.empty()
                ? "never live"
                : "not live before " + base::format_utc(life.periods.front().from)};
  }
  return {false, false,
          life.why_lapsed + "; collects nothing from " +
              base::format_day(base::day_of(*life.periods.back().until)) +
              (life.opens_again.empty() ? "" : " " + life.opens_again)};
}

}  // namespace regmark::estate::internal
