// Any bytes for what a provider says either fail cleanly, or are a token that nobody's key signed.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "people/internal/id_token.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark;
  using namespace regmark::people;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  static_cast<void>(read_discovery(text));
  static_cast<void>(read_token_reply(text));
  auto keys = read_provider_keys(text).value_or(std::vector<ProviderKey>{});
  // A key whose numbers are the input's own.
  const auto bytes = base::as_bytes(text);
  const auto half = bytes.size() / 2;
  keys.push_back({"k",
                  data[0] % 2 == 0 ? "RSA" : "EC",
                  "",
                  {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(half)},
                  {bytes.begin() + static_cast<std::ptrdiff_t>(half), bytes.end()}});
  for (const auto& key : keys) {
    for (const auto* algorithm : {"RS256", "PS256", "ES256", "none", "HS256"}) {
      static_cast<void>(signature_holds(key, algorithm, bytes, bytes));
    }
  }
  const auto token = read_token(text, "sub");
  if (!token) return 0;
  REGMARK_CHECK(text.starts_with(token->signed_part));
  static_cast<void>(check_token(*token, keys, {"i", "c", "n", base::UtcTime{}, base::UtcTime{}}));
  return 0;
}
