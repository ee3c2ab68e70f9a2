// What people write, for others to read later.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"

namespace regmark::base {

// In at most so many bytes, none of which moves a terminal's cursor; may be blank. `what` is how a
// message calls it: "the reason". Fails with
//   invalid_input   it is not
Result<void> check_printable(std::string_view what, std::string_view words, std::size_t size_max);

// The same, and says something. Fails with
//   invalid_input   it does not
Result<void> check_words(std::string_view what, std::string_view words, std::size_t size_max);

}  // namespace regmark::base
