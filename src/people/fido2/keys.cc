// libfido2 reads what keys send (CBOR and COSE) and checks their signatures.
#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/es384.h>
#include <fido/rs256.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/check.h"
#include "people/internal/cbor.h"
#include "people/internal/webauthn.h"

namespace regmark::people {
namespace {

template <typename T, void (*release)(T**)>
struct Released {
  void operator()(T* owned) const { release(&owned); }
};
template <typename T, void (*release)(T**)>
using Owned = std::unique_ptr<T, Released<T, release>>;

using Credential = Owned<fido_cred_t, fido_cred_free>;
using Assertion = Owned<fido_assert_t, fido_assert_free>;
using Es256 = Owned<es256_pk_t, es256_pk_free>;
using Es384 = Owned<es384_pk_t, es384_pk_free>;
using EdDsa = Owned<eddsa_pk_t, eddsa_pk_free>;
using Rs256 = Owned<rs256_pk_t, rs256_pk_free>;

static_assert(key_algorithms == std::array{COSE_ES256, COSE_EDDSA, COSE_ES384, COSE_RS256});

constexpr std::uint8_t user_was_there = 0x01;
constexpr std::uint8_t user_was_verified = 0x04;
constexpr std::uint8_t has_key = 0x40;
constexpr std::uint8_t has_extensions = 0x80;

// Authenticator data (WebAuthn section 6.1): the site's hash, flags, a counter; of a new key its
// model, the length of its id, its id, and CBOR for the key; CBOR for extensions.
constexpr std::size_t flags_at = sizeof(base::Digest);
constexpr std::size_t counter_size = 4;
constexpr std::size_t model_size = 16;
constexpr std::size_t id_length_size = 2;

void prepare() {
  static const bool ready = [] {
    fido_init(0);
    return true;
  }();
  REGMARK_CHECK(ready);
}

tl::unexpected<Error> refused(const char* why) {
  return fail(ErrorCode::invalid_input, why);
}

constexpr auto unreadable = "what the key says does not read";

// Site and person, as the first bytes of all authenticator data say.
Result<void> check_head(const SecurityKeyRules& rules, std::span<const std::uint8_t> data) {
  if (data.size() <= flags_at || data.size() > authenticator_data_size_max) {
    return refused(unreadable);
  }
  if (!std::ranges::equal(base::sha256(base::as_bytes(rules.rp_id)), data.first(flags_at))) {
    return refused("the key answered for another site");
  }
  const auto flags = data[flags_at];
  if ((flags & user_was_there) == 0) return refused("nobody touched the key");
  if (rules.user_verification == UserVerification::required && (flags & user_was_verified) == 0) {
    return refused("the key did not ask who holds it, by a PIN or a finger");
  }
  return {};
}

// What libfido2 gives to libcbor: the extensions, and of a new key the key before them.
enum class Says { new_key, signature };
bool is_whole(std::span<const std::uint8_t> data, Says says) {
  const auto flags = data[flags_at];
  const bool key = says == Says::new_key && (flags & has_key) != 0;
  const auto cbor_items = (key ? 1 : 0) + ((flags & has_extensions) != 0 ? 1 : 0);
  std::size_t at = flags_at + 1 + counter_size;
  if (key) {
    const std::size_t length_at = at + model_size;
    if (data.size() < length_at + id_length_size) return false;
    at = length_at + id_length_size + (std::size_t{data[length_at]} << 8U | data[length_at + 1]);
  }
  return at <= data.size() && has_cbor_items(data.subspan(at), cbor_items);
}

// Calls `use` (const void* -> int) with the key as libfido2 has it, and gives what that gives;
// another status where the bytes are no key.
template <typename Use>
int with_key(const KeyMaterial& key, const Use& use) {
  const auto load = [&](auto owned, auto from_ptr) {
    REGMARK_CHECK(owned != nullptr);
    const int status = from_ptr(owned.get(), key.public_key.data(), key.public_key.size());
    return status == FIDO_OK ? use(static_cast<const void*>(owned.get())) : status;
  };
  switch (key.algorithm) {
    case COSE_ES256:
      return load(Es256(es256_pk_new()), es256_pk_from_ptr);
    case COSE_ES384:
      return load(Es384(es384_pk_new()), es384_pk_from_ptr);
    case COSE_EDDSA:
      return load(EdDsa(eddsa_pk_new()), eddsa_pk_from_ptr);
    case COSE_RS256:
      return load(Rs256(rs256_pk_new()), rs256_pk_from_ptr);
    default:
      return FIDO_ERR_UNSUPPORTED_ALGORITHM;
  }
}

}  // namespace

Result<KeyMaterial> read_new_key(const SecurityKeyRules& rules,
                                 std::span<const std::uint8_t> authenticator_data) {
  prepare();
  REGMARK_TRY(check_head(rules, authenticator_data));
  if (!is_whole(authenticator_data, Says::new_key)) return refused(unreadable);
  for (const int algorithm : key_algorithms) {
    // It reads a key of the algorithm that it is told to expect, and no other.
    const Credential credential(fido_cred_new());
    REGMARK_CHECK(credential != nullptr);
    auto* const made = credential.get();
    if (fido_cred_set_type(made, algorithm) != FIDO_OK ||
        fido_cred_set_authdata_raw(made, authenticator_data.data(), authenticator_data.size()) !=
            FIDO_OK) {
      continue;
    }
    const std::span id(fido_cred_id_ptr(made), fido_cred_id_len(made));
    const std::span key(fido_cred_pubkey_ptr(made), fido_cred_pubkey_len(made));
    KeyMaterial material{
        {id.begin(), id.end()}, algorithm, {key.begin(), key.end()}, fido_cred_sigcount(made)};
    const bool is_sound = with_key(material, [](const void*) { return FIDO_OK; }) == FIDO_OK;
    if (id.empty() || id.size() > credential_size_max || !is_sound) return refused(unreadable);
    return material;
  }
  return refused("what the key says does not read, or it is of a kind that is not taken");
}

Result<std::uint32_t> check_key_signature(const SecurityKeyRules& rules, const KeyMaterial& key,
                                          const KeyAnswer& answer) {
  prepare();
  REGMARK_TRY(check_head(rules, answer.authenticator_data));
  if (!is_whole(answer.authenticator_data, Says::signature)) return refused(unreadable);
  const Assertion assertion(fido_assert_new());
  REGMARK_CHECK(assertion != nullptr);
  auto* const said = assertion.get();
  const auto client_data_hash = base::sha256(answer.client_data);
  const auto& data = answer.authenticator_data;
  const auto& signature = answer.signature;
  const bool reads =
      signature.size() <= key_signature_size_max && fido_assert_set_count(said, 1) == FIDO_OK &&
      fido_assert_set_rp(said, rules.rp_id.c_str()) == FIDO_OK &&
      fido_assert_set_clientdata_hash(said, client_data_hash.data(), client_data_hash.size()) ==
          FIDO_OK &&
      fido_assert_set_authdata_raw(said, 0, data.data(), data.size()) == FIDO_OK &&
      fido_assert_set_up(said, FIDO_OPT_TRUE) == FIDO_OK &&
      fido_assert_set_sig(said, 0, signature.data(), signature.size()) == FIDO_OK;
  if (!reads) return refused(unreadable);
  const int status = with_key(key, [&](const void* loaded) {
    return fido_assert_verify(said, 0, static_cast<int>(key.algorithm), loaded);
  });
  if (status != FIDO_OK) return refused("the signature is not this key's");
  return fido_assert_sigcount(said, 0);
}

}  // namespace regmark::people
