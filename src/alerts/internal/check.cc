#include "alerts/internal/check.h"

#include <algorithm>

namespace regmark::alerts::internal {
namespace {

tl::unexpected<Error> invalid(std::string message) {
  return fail(ErrorCode::invalid_input, std::move(message));
}

}  // namespace

Result<void> check_receipt(const audit::Receipt& receipt, access::Act act, base::UtcTime now) {
  const auto& permit = receipt.permit();
  if (permit.act() != act) return invalid("the receipt is for another act");
  if (now < permit.valid_from() || now >= permit.valid_until()) {
    return invalid("the receipt has run out");
  }
  return {};
}

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
  if (note.size() > note_size_max) {
    return invalid("the note is longer than " + std::to_string(note_size_max) + " bytes");
  }
  const bool has_control = std::ranges::any_of(note, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') ||
           c == 0x7f;
  });
  if (has_control) return invalid("the note holds a control character");
  return {};
}

Result<void> check_outcome(std::string_view outcome) {
  if (std::ranges::find(outcomes, outcome) != std::end(outcomes)) return {};
  std::string message = "the outcome must be one of";
  for (const auto code : outcomes) message += " " + std::string(code);
  return invalid(std::move(message));
}

}  // namespace regmark::alerts::internal
