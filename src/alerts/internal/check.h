// What alerts ask of what they are given, before they look at an alert.
#pragma once

#include <string_view>

#include "alerts/alerts.h"

namespace regmark::alerts::internal {

// These fail with
//   invalid_input   another subject; a note or code that is none
Result<void> check_subject(const audit::Receipt& receipt, const base::AlertId& alert);
enum class Note { optional, needed };
Result<void> check_note(std::string_view note, Note needed);
Result<void> check_outcome(std::string_view outcome);

}  // namespace regmark::alerts::internal
