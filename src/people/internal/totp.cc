#include "people/internal/totp.h"

#include "base/crypto.h"
#include "people/internal/hmac_sha1.h"

namespace regmark::people {

std::int64_t totp_step(base::UtcTime now) {
  return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch() / totp_step_time;
}

std::string totp_code(std::span<const std::uint8_t> secret, std::int64_t step, int digits) {
  std::array<std::uint8_t, 8> counter{};
  auto rest = static_cast<std::uint64_t>(step);
  for (auto place = counter.rbegin(); place != counter.rend(); ++place, rest >>= 8U) {
    *place = static_cast<std::uint8_t>(rest & 0xffU);
  }
  const auto digest = hmac_sha1(secret, counter);
  // RFC 4226 section 5.3: four bytes from a place that the last one names, without their sign.
  const std::size_t at = digest.back() & 15U;
  std::uint32_t number = digest[at] & 0x7fU;
  for (std::size_t i = 1; i < 4; ++i) number = number << 8U | digest[at + i];
  std::string code(static_cast<std::size_t>(digits), '0');
  for (auto digit = code.rbegin(); digit != code.rend(); ++digit, number /= 10) {
    *digit = static_cast<char>('0' + number % 10);
  }
  return code;
}

std::optional<std::int64_t> totp_match(std::span<const std::uint8_t> secret, std::string_view typed,
                                       base::UtcTime now, std::int64_t used_last) {
  std::string plain;
  for (const char c : typed) {
    if (c != ' ') plain += c;
  }
  std::optional<std::int64_t> found;
  const auto present = totp_step(now);
  for (auto step = present - 1; step <= present + 1; ++step) {
    const auto code = totp_code(secret, step);
    const bool is_it = base::equal_in_constant_time(base::as_bytes(code), base::as_bytes(plain));
    if (is_it && step > used_last) found = step;
  }
  return found;
}

std::string to_base32(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t bits = 0;
  int held = 0;
  for (const auto byte : bytes) {
    bits = bits << 8U | byte;
    held += 8;
    for (; held >= 5; held -= 5) text += alphabet[bits >> (held - 5) & 31U];
  }
  if (held > 0) text += alphabet[bits << (5 - held) & 31U];
  return text;
}

std::string totp_uri(std::string_view sign_in_name, const TotpSecret& secret) {
  // A sign-in name needs no escaping.
  return "otpauth://totp/Regmark:" + std::string(sign_in_name) + "?secret=" + to_base32(secret) +
         "&issuer=Regmark&algorithm=SHA1&digits=6&period=30";
}

}  // namespace regmark::people
