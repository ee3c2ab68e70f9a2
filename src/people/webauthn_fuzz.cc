// Any bytes for what browser and key say either fail cleanly, or are of our page and site.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "people/internal/webauthn.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark;
  using namespace regmark::people;
  static const SecurityKeyRules rules{
      .rp_id = "a.example", .origins = {"https://a.example"}, .user_verification = {}};
  if (size < 2) return 0;
  const auto kind = data[0];
  const std::span rest(data + 1, size - 1);
  if (kind % 3 == 0) {
    static_cast<void>(check_client_data(rules, Ceremony::get, rest));
    return 0;
  }
  // The site's hash is put where it belongs, so that what follows it is reached.
  const auto site = base::sha256(base::as_bytes(rules.rp_id));
  base::Bytes said(site.begin(), site.end());
  said.insert(said.end(), rest.begin(), rest.end());
  const auto key = read_new_key(rules, said);
  if (key) REGMARK_CHECK(!key->credential.empty() && !key->public_key.empty());
  const KeyMaterial known{{1}, kind % 2 == 0 ? -7 : -257, base::Bytes(rest.begin(), rest.end()), 0};
  const KeyAnswer answer{{1}, {'{', '}'}, said, base::Bytes(rest.begin(), rest.end())};
  static_cast<void>(check_key_signature(rules, known, answer));
  return 0;
}
