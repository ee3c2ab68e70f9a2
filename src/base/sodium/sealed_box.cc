#include "base/sealed_box.h"

#include <sodium.h>

#include "base/check.h"

namespace regmark::base {

static_assert(box_overhead == crypto_box_SEALBYTES);

BoxKey new_box_key() {
  Key secret;
  fill_random(secret);
  auto key = box_key_from_secret(secret);
  wipe(secret);
  return key;
}

BoxKey box_key_from_secret(const Key& secret) {
  BoxKey key{secret, {}};
  crypto_scalarmult_base(key.public_key.data(), secret.data());
  return key;
}

Bytes seal_box(const Key& public_key, std::span<const std::uint8_t> plain) {
  Bytes sealed(plain.size() + box_overhead);
  const int done = crypto_box_seal(sealed.data(), plain.data(), plain.size(), public_key.data());
  REGMARK_CHECK(done == 0);
  return sealed;
}

Result<Bytes> open_box(const BoxKey& key, std::span<const std::uint8_t> sealed) {
  if (sealed.size() < box_overhead) return fail(ErrorCode::corrupt, "a sealed box is cut short");
  Bytes plain(sealed.size() - box_overhead);
  if (crypto_box_seal_open(plain.data(), sealed.data(), sealed.size(), key.public_key.data(),
                           key.secret.data()) != 0) {
    return fail(ErrorCode::corrupt, "a sealed box does not open: another key, or changed bytes");
  }
  return plain;
}

}  // namespace regmark::base
