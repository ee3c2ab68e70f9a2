// What the estate asks of what it is given, before it looks at its records.
#pragma once

#include <string_view>

#include "estate/estate.h"

namespace regmark::estate::internal {

// The same time of the day twelve months later; from 29 February, on 28 February.
base::UtcTime twelve_months_after(base::UtcTime time);

// All fail with
//   invalid_input   which part is missing or out of range
Result<void> check_reason(std::string_view reason);
// Of what decides about more than one place: as long as the reason of a search. To stop something
// takes no more words than whoever must stop it has time for.
Result<void> check_reasons(std::string_view reasons);
Result<void> check_grounds(const Grounds& grounds, base::UtcTime now);
Result<void> check_site(const NewSite& site, const assessment::LifeRules& rules, base::UtcTime now);
Result<void> check_deployment(const NewDeployment& deployment, base::UtcTime now);
// Before this, a deployment that is approved now may not begin: the beginning of the day, which by
// the clocks of those who plan it is up to two hours earlier than by ours (central European
// summer).
inline base::UtcTime begins_earliest(base::UtcTime now) {
  return base::UtcTime{base::day_of(now)} - std::chrono::hours{2};
}
// When a site is reviewed next.
Result<void> check_review_day(base::UtcDay review, const assessment::LifeRules& rules,
                              base::UtcTime now);
Result<void> check_camera(const NewCamera& camera);

// What nothing of a paper or a book can be before: "the camera was put up", on that day.
struct NotBefore {
  base::UtcDay day;
  std::string_view what;
};

// Fails with
//   invalid_input   it is before that; both days are named
Result<void> check_not_before(std::string_view where, base::UtcDay day,
                              const std::optional<NotBefore>& first);

// No day of a paper is to come, nor before the first that it can be. Fails with
//   invalid_input   which is
Result<void> check_days(const assessment::Form& form, const assessment::Paper& paper,
                        base::UtcDay today, const std::optional<NotBefore>& first = std::nullopt);

}  // namespace regmark::estate::internal
