#include "accountability/internal/tokens.h"

#include <algorithm>

namespace regmark::accountability::internal {
namespace {

constexpr std::size_t blanks_max = 8;  // bytes

// Takes one blank off the front; nothing: it begins with something else.
std::size_t blank_size(std::string_view text) {
  if (text.starts_with("\xC2\xA0")) return 2;  // one that no line breaks at
  constexpr std::string_view blanks = " \t\r\n";
  return !text.empty() && blanks.find(text.front()) != std::string_view::npos ? 1 : 0;
}

}  // namespace

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

bool all_letters(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_letter);
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_letter(text[at]) && !is_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]))) ++end;
    const auto word = text.substr(at, end - at);
    std::string folded(word);
    std::ranges::transform(folded, folded.begin(), lower);
    tokens.push_back({at, end, word, std::move(folded)});
    at = end;
  }
  return tokens;
}

std::string_view between(const Token& one, const Token& next) {
  return {one.text.data() + one.text.size(), next.begin - one.end};
}

bool touch(const Token& one, const Token& next) {
  auto gap = between(one, next);
  if (gap.size() <= 1) return true;
  // A paragraph ends where two lines do.
  if (gap.size() > blanks_max || std::ranges::count(gap, '\n') > 1) return false;
  while (!gap.empty()) {
    const auto size = blank_size(gap);
    if (size == 0) return false;
    gap.remove_prefix(size);
  }
  return true;
}

}  // namespace regmark::accountability::internal
