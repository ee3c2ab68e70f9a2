#include "base/ids.h"

#include <algorithm>

#include "base/crypto.h"

namespace regmark::base {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Crockford's base 32, without the letters that look like digits: people read these aloud.
constexpr std::string_view id_alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

}  // namespace

bool is_id(std::string_view text) {
  if (text.empty() || text.size() > id_length_max || !is_letter_or_digit(text.front())) {
    return false;
  }
  return std::ranges::all_of(
      text, [](char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-'; });
}

std::string random_id(std::string_view prefix) {
  std::string text(prefix);
  text += '-';
  for (const auto byte : random_bytes<16>()) text += id_alphabet[byte & 31U];
  return text;
}

}  // namespace regmark::base
