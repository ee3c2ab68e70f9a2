// What CBOR (RFC 8949) says of its own length, checked before a library believes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace regmark::people {

inline constexpr int cbor_depth_max = 8;  // keys send two; each level is a call

// Whether the bytes begin with so many whole items, each of which has all that it announces.
// libcbor sets memory aside for as many entries as are announced, before it looks for them: five
// bytes would ask for sixty gigabytes.
bool has_cbor_items(std::span<const std::uint8_t> bytes, int count);

}  // namespace regmark::people
