// What people write, for others to read later.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
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

// "a, b, c": what `text` gives of each.
template <typename Range, typename Text = std::identity>
std::string joined(const Range& things, const Text& text = {}, std::string_view between = ", ") {
  std::string all;
  for (bool is_first = true; const auto& thing : things) {
    if (!is_first) all += between;
    is_first = false;
    all += std::invoke(text, thing);
  }
  return all;
}

}  // namespace regmark::base
