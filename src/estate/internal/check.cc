#include "estate/internal/check.h"

#include <algorithm>

namespace regmark::estate::internal {
namespace {

Result<void> invalid(std::string message) {
  return fail(ErrorCode::invalid_input, std::move(message));
}

Result<void> check_live(const audit::Receipt& receipt, access::Act act, base::UtcTime now) {
  const auto& permit = receipt.permit();
  if (permit.act() != act) return invalid("the receipt is for another act");
  if (now < permit.valid_from() || now >= permit.valid_until()) {
    return invalid("the receipt has run out");
  }
  return {};
}

// Says something, in at most so many bytes, and none of them moves a terminal's cursor.
Result<void> check_words(std::string_view what, std::string_view words, std::size_t size_max) {
  if (words.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return invalid(std::string(what) + " is missing");
  }
  if (words.size() > size_max) {
    return invalid(std::string(what) + " is longer than " + std::to_string(size_max) + " bytes");
  }
  const bool has_control = std::ranges::any_of(words, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') ||
           c == 0x7f;
  });
  if (has_control) return invalid(std::string(what) + " holds a control character");
  return {};
}

// The same time of the day twelve months later; from 29 February, on 28 February.
base::UtcTime twelve_months_after(base::UtcTime time) {
  const auto day = base::day_of(time);
  const std::chrono::year_month_day date{day};
  auto later = date + std::chrono::years{1};
  if (!later.ok()) later = later.year() / later.month() / std::chrono::last;
  return std::chrono::sys_days{later} + (time - day);
}

}  // namespace

Result<void> check_receipt(const audit::Receipt& receipt, access::Act act, std::string_view subject,
                           base::UtcTime now) {
  REGMARK_TRY(check_live(receipt, act, now));
  if (receipt.permit().scope().subject != subject) {
    return invalid("the receipt is for another thing");
  }
  return {};
}

Result<void> check_reader(const audit::Receipt& receipt, base::UtcTime now) {
  return check_live(receipt, access::Act::read_estate, now);
}

Result<void> check_reason(std::string_view reason) {
  return check_words("the reason", reason, reason_size_max);
}

Result<void> check_grounds(const Grounds& grounds, base::UtcTime now) {
  REGMARK_TRY(check_words("the need", grounds.need, need_size_max));
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

Result<void> check_site(const NewSite& site, base::UtcTime now) {
  REGMARK_TRY(check_words("the name", site.name, name_size_max));
  REGMARK_TRY(base::make_position(site.position.latitude, site.position.longitude));
  return check_grounds(site.grounds, now);
}

Result<void> check_deployment(const NewDeployment& deployment, base::UtcTime now) {
  REGMARK_TRY(check_words("the name", deployment.name, name_size_max));
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
  return check_grounds(deployment.grounds, now);
}

Result<void> check_camera(const NewCamera& camera) {
  REGMARK_TRY(check_words("the name", camera.name, name_size_max));
  if (camera.site.has_value() == camera.deployment.has_value()) {
    return invalid("a camera stands at a site or belongs to a deployment: name exactly one");
  }
  return {};
}

}  // namespace regmark::estate::internal
