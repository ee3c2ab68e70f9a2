#include "base/encoding.h"

#include <sodium.h>

namespace regmark::base {
namespace {

std::string encoded(std::span<const std::uint8_t> bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();  // the length counts the closing zero
  return text;
}

}  // namespace

std::string to_hex(std::span<const std::uint8_t> bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

Result<Bytes> from_hex(std::string_view text) {
  // libsodium wants an address to write to, also for nothing.
  if (text.empty()) return Bytes{};
  Bytes bytes(text.size() / 2);
  std::size_t size = 0;
  if (text.size() % 2 != 0 ||
      sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size,
                     nullptr) != 0 ||
      size != bytes.size()) {
    return fail(ErrorCode::invalid_input, "not hexadecimal");
  }
  return bytes;
}

std::string to_base64(std::span<const std::uint8_t> bytes) {
  return encoded(bytes, sodium_base64_VARIANT_ORIGINAL);
}

Result<Bytes> from_base64(std::string_view text) {
  Bytes bytes(text.size() / 4 * 3 + 3);
  std::size_t size = 0;
  if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size,
                        nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
    return fail(ErrorCode::invalid_input, "not base64");
  }
  bytes.resize(size);
  // libsodium 1.0.18 takes any byte over 0x7f for the last letter of its alphabet.
  if (to_base64(bytes) != text) return fail(ErrorCode::invalid_input, "not base64");
  return bytes;
}

std::string to_base64_url(std::span<const std::uint8_t> bytes) {
  return encoded(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

Result<Bytes> from_base64_url(std::string_view text) {
  Bytes bytes(text.size() / 4 * 3 + 3);
  std::size_t size = 0;
  if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size,
                        nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
    return fail(ErrorCode::invalid_input, "not base64url");
  }
  bytes.resize(size);
  if (to_base64_url(bytes) != text) return fail(ErrorCode::invalid_input, "not base64url");
  return bytes;
}

}  // namespace regmark::base
