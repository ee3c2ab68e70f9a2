// A text as the words that it is made of, for whatever looks for something in it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace regmark::accountability::internal {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_letter(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z');
}
constexpr char lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
bool all_digits(std::string_view text);
bool all_letters(std::string_view text);

// Letters and digits without anything between them. It looks into the text, which outlives it.
struct Token {
  std::size_t begin;
  std::size_t end;
  std::string_view text;  // as written
  std::string folded;     // in lower case
  bool is_capital() const { return is_upper(text.front()); }
};
using Tokens = std::span<const Token>;

std::vector<Token> tokens_of(std::string_view text);

// What stands between a word of a text and the next one of the same text.
std::string_view between(const Token& one, const Token& next);

// Whether two words may be one thing written apart: between them there are blanks, of any kind and
// as many as a line's end and an indent have, or one sign.
bool touch(const Token& one, const Token& next);

}  // namespace regmark::accountability::internal
