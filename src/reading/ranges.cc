#include "reading/ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/crypto.h"
#include "base/encoding.h"

namespace regmark::reading {
namespace {

std::string first_line_of(std::span<const std::uint8_t> network) {
  return "regmark ranges 1 " + base::to_hex(base::sha256(network));
}

std::string_view take(std::string_view& text, char end) {
  const auto length = std::min(text.find(end), text.size());
  const auto part = text.substr(0, length);
  text.remove_prefix(std::min(length + 1, text.size()));
  return part;
}

bool take_number(std::string_view& line, float& number) {
  const auto word = take(line, ' ');
  const auto* end = word.data() + word.size();
  const auto [at, error] = std::from_chars(word.data(), end, number);
  return error == std::errc() && at == end && std::isfinite(number);
}

}  // namespace

std::string text_of(const Ranges& ranges, std::span<const std::uint8_t> network) {
  std::string text = first_line_of(network) + "\n";
  for (const auto& [name, range] : ranges) {
    text += fmt::format("{:.6g} {:.6g} {}\n", range.low, range.high, name);
  }
  return text;
}

Result<Ranges> parse_ranges(std::string_view text, std::span<const std::uint8_t> network) {
  if (text.size() > ranges_size_max) {
    return fail(ErrorCode::limit_exceeded, "the ranges of a network are too long");
  }
  if (take(text, '\n') != first_line_of(network)) {
    return fail(ErrorCode::corrupt, "the ranges are not of this network");
  }
  Ranges ranges;
  while (!text.empty()) {
    auto line = take(text, '\n');
    Range range;
    if (!take_number(line, range.low) || !take_number(line, range.high) || line.empty() ||
        range.low > range.high) {
      return fail(ErrorCode::corrupt, "a range is not two numbers and a name");
    }
    ranges[std::string(line)] = range;
  }
  return ranges;
}

}  // namespace regmark::reading
