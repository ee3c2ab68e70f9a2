#include "estate/internal/check.h"

#include <algorithm>

#include "access/decide.h"
#include "base/words.h"

namespace regmark::estate::internal {
namespace {

Result<void> invalid(std::string message) {
  return fail(ErrorCode::invalid_input, std::move(message));
}

}  // namespace

base::UtcTime twelve_months_after(base::UtcTime time) {
  const auto day = base::day_of(time);
  const std::chrono::year_month_day date{day};
  auto later = date + std::chrono::years{1};
  if (!later.ok()) later = later.year() / later.month() / std::chrono::last;
  return std::chrono::sys_days{later} + (time - day);
}

Result<void> check_reason(std::string_view reason) {
  return base::check_words("the reason", reason, reason_size_max);
}

Result<void> check_reasons(std::string_view reasons) {
  REGMARK_TRY(base::check_words("the reasons", reasons, reason_size_max));
  const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) >> 6U) != 2; };
  const auto length = std::ranges::count_if(reasons, starts_character);
  if (static_cast<std::size_t>(length) >= access::reason_length_min) return {};
  return invalid("the reasons are too short: at least " +
                 std::to_string(access::reason_length_min) + " characters are needed");
}

Result<void> check_grounds(const Grounds& grounds, base::UtcTime now) {
  REGMARK_TRY(base::check_words("the need", grounds.need, need_size_max));
  if (std::ranges::find(categories, grounds.category) == std::end(categories)) {
    std::string message = "the category must be one of";
    for (const auto category : categories) message += " " + std::string(category);
    return invalid(std::move(message));
  }
  const auto today = base::day_of(now);
  if (grounds.review <= today) return invalid("the review must be after today");
  if (grounds.review > today + review_after_max) {
    return invalid("the review must be at most " + std::to_string(review_after_max.count()) +
                   " days away");
  }
  return {};
}

Result<void> check_site(const NewSite& site, const assessment::LifeRules& rules,
                        base::UtcTime now) {
  REGMARK_TRY(base::check_words("the name", site.name, name_size_max));
  REGMARK_TRY(base::make_position(site.position.latitude, site.position.longitude));
  REGMARK_TRY(check_grounds(site.grounds, now));
  const auto away = site.grounds.review - base::day_of(now);
  if (site.path == Path::inherited) return invalid("what is inherited is imported, not proposed");
  if (site.path == Path::emergency && away > rules.emergency_max) {
    return invalid("an emergency ends after at most " +
                   std::to_string(rules.emergency_max.count()) + " days");
  }
  if (site.path == Path::statutory && away > rules.statutory_max) {
    return invalid("a statutory authority ends after at most " +
                   std::to_string(rules.statutory_max.count()) + " days");
  }
  return {};
}

Result<void> check_deployment(const NewDeployment& deployment, base::UtcTime now) {
  REGMARK_TRY(base::check_words("the name", deployment.name, name_size_max));
  const auto& centre = deployment.area.centre;
  REGMARK_TRY(base::make_position(centre.latitude, centre.longitude));
  // Written so that a number that is none fails too.
  if (!(deployment.area.radius_m > 0 && deployment.area.radius_m <= radius_max_m)) {
    return invalid("the radius must be more than 0 and at most " +
                   std::to_string(static_cast<int>(radius_max_m)) + " metres");
  }
  if (deployment.until <= deployment.from) return invalid("the deployment ends before it starts");
  if (deployment.until >= twelve_months_after(deployment.from)) {
    return invalid("a deployment must be shorter than twelve months; propose a site");
  }
  if (deployment.until <= now) return invalid("the deployment is over already");
  if (deployment.from < begins_earliest(now)) {
    return invalid("the deployment begins before today, and nobody has approved it yet");
  }
  return check_grounds(deployment.grounds, now);
}

Result<void> check_review_day(base::UtcDay review, const assessment::LifeRules& rules,
                              base::UtcTime now) {
  const auto away = review - base::day_of(now);
  if (away.count() <= 0) return invalid("the review must be after today");
  if (away > rules.review_max) {
    return invalid("the review must be at most " + std::to_string(rules.review_max.count()) +
                   " days away");
  }
  return {};
}

Result<void> check_camera(const NewCamera& camera) {
  REGMARK_TRY(base::check_words("the name", camera.name, name_size_max));
  if (camera.site.has_value() == camera.deployment.has_value()) {
    return invalid("a camera stands at a site or belongs to a deployment: name exactly one");
  }
  return {};
}

Result<void> check_not_before(std::string_view where, base::UtcDay day,
                              const std::optional<NotBefore>& first) {
  if (!first || day >= first->day) return {};
  return invalid(std::string(where) + ": " + base::format_day(day) + " is before " +
                 std::string(first->what) + " on " + base::format_day(first->day));
}

Result<void> check_days(const assessment::Form& form, const assessment::Paper& paper,
                        base::UtcDay today, const std::optional<NotBefore>& first) {
  for (const auto& part : form.parts) {
    const auto answers = paper.parts.find(part.id);
    if (answers == paper.parts.end()) continue;
    for (const auto& field : part.fields) {
      if (field.kind != assessment::FieldKind::day) continue;
      for (const auto& row : answers->second.rows) {
        const auto said = row.find(field.id);
        if (said == row.end()) continue;
        const auto day = base::parse_day(said->second);
        if (!day) continue;  // what is no day is said elsewhere
        const auto where = part.id + " " + field.id;
        if (*day > today) return invalid(where + ": the day must be past, or today");
        REGMARK_TRY(check_not_before(where, *day, first));
      }
    }
  }
  return {};
}

}  // namespace regmark::estate::internal
