#include "base/words.h"

#include <algorithm>
#include <string>

namespace regmark::base {

Result<void> check_printable(std::string_view what, std::string_view words, std::size_t size_max) {
  if (words.size() > size_max) {
    return fail(ErrorCode::invalid_input,
                std::string(what) + " is longer than " + std::to_string(size_max) + " bytes");
  }
  const bool has_control = std::ranges::any_of(words, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') ||
           c == 0x7f;
  });
  if (!has_control) return {};
  return fail(ErrorCode::invalid_input, std::string(what) + " holds a control character");
}

Result<void> check_words(std::string_view what, std::string_view words, std::size_t size_max) {
  if (words.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return fail(ErrorCode::invalid_input, std::string(what) + " is missing");
  }
  return check_printable(what, words, size_max);
}

}  // namespace regmark::base
