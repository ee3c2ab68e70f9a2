#include "intake/media_type.h"

#include <algorithm>

namespace regmark::intake {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

void skip_blanks(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
}

std::string_view take_until(std::string_view& rest, std::string_view marks) {
  const auto end = std::min(rest.find_first_of(marks), rest.size());
  const auto taken = rest.substr(0, end);
  rest.remove_prefix(end);
  return taken;
}

// The inside of a quoted string whose opening quote was taken. Gives false when it never closes.
bool take_quoted(std::string_view& rest, std::string& value) {
  while (!rest.empty()) {
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c == '"') return true;
    if (c == '\\' && !rest.empty()) {
      value += rest.front();
      rest.remove_prefix(1);
    } else {
      value += c;
    }
  }
  return false;
}

}  // namespace

Result<HeaderValue> parse_header_value(std::string_view text) {
  if (text.size() > media_type_size_max) {
    return fail(ErrorCode::limit_exceeded, "the header is too long");
  }
  HeaderValue header;
  skip_blanks(text);
  header.word = lower(take_until(text, "; \t"));
  if (header.word.empty()) return fail(ErrorCode::invalid_input, "the header is empty");
  skip_blanks(text);
  while (!text.empty()) {
    if (text.front() != ';') return fail(ErrorCode::invalid_input, "a ';' is missing");
    text.remove_prefix(1);
    skip_blanks(text);
    if (text.empty()) break;  // a ';' at the end does no harm
    const auto name = lower(take_until(text, "=; \t"));
    if (name.empty() || !text.starts_with('=')) {
      return fail(ErrorCode::invalid_input, "a parameter has no value");
    }
    text.remove_prefix(1);
    std::string value;
    if (text.starts_with('"')) {
      text.remove_prefix(1);
      if (!take_quoted(text, value)) return fail(ErrorCode::invalid_input, "a quote is open");
    } else {
      value = take_until(text, "; \t");
    }
    if (!header.parameters.emplace(name, std::move(value)).second) {
      return fail(ErrorCode::invalid_input, "a parameter stands twice");
    }
    skip_blanks(text);
  }
  return header;
}

}  // namespace regmark::intake
