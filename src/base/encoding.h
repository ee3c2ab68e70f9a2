// Bytes as text and back.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "base/result.h"

namespace regmark::base {

// Lower-case hexadecimal.
std::string to_hex(std::span<const std::uint8_t> bytes);
// Fails with
//   invalid_input   an odd length, or a character that is no hexadecimal digit
Result<Bytes> from_hex(std::string_view text);

// RFC 4648 section 4, with padding.
std::string to_base64(std::span<const std::uint8_t> bytes);
// Fails with
//   invalid_input   anything that to_base64 would not have written
Result<Bytes> from_base64(std::string_view text);

// RFC 4648 section 5 without padding: for tokens.
std::string to_base64_url(std::span<const std::uint8_t> bytes);
// Fails with
//   invalid_input   anything that to_base64_url would not have written
Result<Bytes> from_base64_url(std::string_view text);

}  // namespace regmark::base
