// What numbers pass through a network: the least and greatest of each value, measured once on
// pictures. Eight-bit arithmetic needs them to know how finely it may round.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace regmark::reading {

inline constexpr std::size_t ranges_size_max = std::size_t{1} << 20U;  // bytes of text

struct Range {
  float low = 0, high = 0;
  friend bool operator==(const Range&, const Range&) = default;
};
using Ranges = std::map<std::string, Range>;  // by the value's name in the network

// A text that says of which network the ranges are, since those of another are worth nothing.
std::string text_of(const Ranges& ranges, std::span<const std::uint8_t> network);

// Fails with, in this order:
//   limit_exceeded   more than ranges_size_max
//   corrupt          not such a text, or that of another network
Result<Ranges> parse_ranges(std::string_view text, std::span<const std::uint8_t> network);

}  // namespace regmark::reading
