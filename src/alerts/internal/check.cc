#include "alerts/internal/check.h"

#include <algorithm>

#include "base/words.h"

namespace regmark::alerts::internal {
namespace {

tl::unexpected<Error> invalid(std::string message) {
  return fail(ErrorCode::invalid_input, std::move(message));
}

}  // namespace

Result<void> check_subject(const audit::Receipt& receipt, const base::AlertId& alert) {
  if (receipt.permit().scope().subject != alert.text()) {
    return invalid("the receipt is for another alert");
  }
  return {};
}

Result<void> check_note(std::string_view note, Note needed) {
  if (needed == Note::needed && note.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return invalid("say why, in a note");
  }
  return base::check_printable("the note", note, note_size_max);
}

Result<void> check_outcome(std::string_view outcome) {
  if (std::ranges::find(outcomes, outcome) != std::end(outcomes)) return {};
  std::string message = "the outcome must be one of";
  for (const auto code : outcomes) message += " " + std::string(code);
  return invalid(std::move(message));
}

}  // namespace regmark::alerts::internal
