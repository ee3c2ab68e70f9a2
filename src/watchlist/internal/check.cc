#include "watchlist/internal/check.h"

#include <algorithm>

namespace regmark::watchlist::internal {

Result<void> check_receipt(const audit::Receipt& receipt, std::span<const access::Act> acts,
                           base::UtcTime now, std::initializer_list<std::string_view> subjects) {
  const auto& permit = receipt.permit();
  if (std::ranges::find(acts, permit.act()) == acts.end()) {
    return fail(ErrorCode::invalid_input, "the receipt is for another act");
  }
  REGMARK_TRY(audit::check_open(receipt, permit.act(), now));
  const std::string_view subject = permit.scope().subject;
  if (subjects.size() > 0 && !subject.empty() &&
      std::ranges::find(subjects, subject) == subjects.end()) {
    return fail(ErrorCode::invalid_input, "the receipt is for another thing");
  }
  return {};
}

bool covers(const audit::Receipt& receipt, const base::ListId& list) {
  const auto& lists = receipt.permit().scope().lists;
  return lists.empty() || std::ranges::find(lists, list) != lists.end();
}

Result<void> check_covers(const audit::Receipt& receipt, const base::ListId& list) {
  if (covers(receipt, list)) return {};
  return fail(ErrorCode::invalid_input, "the receipt is for other lists");
}

Result<void> check_owner(const audit::Receipt& receipt, const StoredList& list) {
  if (receipt.permit().person().id == list.record.owner) return {};
  return fail(ErrorCode::conflict, "another person owns the list");
}

Result<void> check_text(std::string_view what, std::string_view text, std::size_t size_max) {
  if (!text.empty() && text.size() <= size_max) return {};
  return fail(ErrorCode::invalid_input,
              std::string(what) + " must have 1 to " + std::to_string(size_max) + " bytes");
}

Result<void> check_new(const NewList& list, base::UtcTime now) {
  REGMARK_TRY(check_text("the name", list.name, list_name_size_max));
  REGMARK_TRY(check_text("the purpose", list.purpose, list_purpose_size_max));
  if (list.level > Level::national || list.priority > Priority::high) {
    return fail(ErrorCode::invalid_input, "no such level or priority");
  }
  if (list.review <= base::day_of(now)) {
    return fail(ErrorCode::invalid_input, "the review must lie ahead");
  }
  if (list.age_max <= std::chrono::hours{0} || list.age_max > list_age_longest) {
    return fail(ErrorCode::invalid_input, "the greatest age must be 1 to " +
                                              std::to_string(list_age_longest.count()) + " hours");
  }
  if (list.alert_window < std::chrono::seconds{0} || list.alert_window > alert_window_longest) {
    return fail(ErrorCode::invalid_input, "the alert window must be 0 to " +
                                              std::to_string(alert_window_longest.count()) +
                                              " seconds");
  }
  if (list.alerted.size() > alerted_max) {
    return fail(ErrorCode::invalid_input,
                "at most " + std::to_string(alerted_max) + " organisations may be alerted");
  }
  // Written so that what is no number fails too.
  if (!(list.near_least >= 0 && list.near_least <= 1)) {
    return fail(ErrorCode::invalid_input, "the least probability must be 0 to 1");
  }
  return {};
}

}  // namespace regmark::watchlist::internal
