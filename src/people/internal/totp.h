// One-time codes by the time of day (RFC 6238), as authenticator apps make them: HMAC-SHA-1, steps
// of 30 seconds, six digits.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.h"

namespace regmark::people {

using TotpSecret = std::array<std::uint8_t, 20>;  // as RFC 4226 section 4 recommends
inline constexpr std::chrono::seconds totp_step_time{30};
inline constexpr int totp_digits = 6;

std::int64_t totp_step(base::UtcTime now);
std::string totp_code(std::span<const std::uint8_t> secret, std::int64_t step,
                      int digits = totp_digits);

// The step that a typed code is of: the present one or a neighbour, for clocks differ, and later
// than the one used last, for a code works once. Nothing: none.
std::optional<std::int64_t> totp_match(std::span<const std::uint8_t> secret, std::string_view typed,
                                       base::UtcTime now, std::int64_t used_last);

// RFC 4648 section 6 without padding: how people type a secret.
std::string to_base32(std::span<const std::uint8_t> bytes);

// "otpauth://totp/Regmark:name?secret=...": what an app takes from a link or a picture of it.
std::string totp_uri(std::string_view sign_in_name, const TotpSecret& secret);

}  // namespace regmark::people
