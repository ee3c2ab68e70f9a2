#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace regmark::people {

// HMAC-SHA-1 (RFC 2104). For one-time codes alone, which nobody makes with anything better.
std::array<std::uint8_t, 20> hmac_sha1(std::span<const std::uint8_t> key,
                                       std::span<const std::uint8_t> message);

}  // namespace regmark::people
