// A word of the data as people read it: "go_ahead" is "go ahead".
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace regmark::accountability::internal {

inline std::string plain(std::string_view word) {
  std::string text(word);
  std::ranges::replace(text, '_', ' ');
  return text;
}

}  // namespace regmark::accountability::internal
