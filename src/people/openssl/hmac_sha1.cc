#include "people/internal/hmac_sha1.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/check.h"

namespace regmark::people {

std::array<std::uint8_t, 20> hmac_sha1(std::span<const std::uint8_t> key,
                                       std::span<const std::uint8_t> message) {
  std::array<std::uint8_t, 20> digest{};
  unsigned size = 0;
  const auto* made = HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), message.data(),
                          message.size(), digest.data(), &size);
  REGMARK_CHECK(made != nullptr && size == digest.size());
  return digest;
}

}  // namespace regmark::people
