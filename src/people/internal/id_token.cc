#include "people/internal/id_token.h"

#include <algorithm>

namespace regmark::people {
namespace {

// Clocks differ. A token that took longer than this to come here was not made for this sign-in.
constexpr std::int64_t skew_max_s = 60;
constexpr std::int64_t issued_ago_max_s = 600;

tl::unexpected<Error> wrong(const char* what) {
  return fail(ErrorCode::invalid_input, std::string("the identity provider's token ") + what);
}

std::int64_t seconds_of(base::UtcTime time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

Result<void> check_times(const Claims& claims, base::UtcTime now, base::UtcTime shown_since) {
  const auto at = seconds_of(now);
  if (!claims.expires || *claims.expires <= at - skew_max_s) return wrong("has run out");
  if (!claims.issued || *claims.issued > at + skew_max_s ||
      *claims.issued < at - issued_ago_max_s) {
    return wrong("was not made just now");
  }
  if (claims.not_before && *claims.not_before > at + skew_max_s) return wrong("is for later");
  // It was told how long ago is too long, and so must say how long ago it was.
  if (!claims.authenticated || *claims.authenticated > at + skew_max_s ||
      *claims.authenticated < seconds_of(shown_since) - skew_max_s) {
    return wrong("is of somebody who showed who they are too long ago");
  }
  return {};
}

bool is_printable(std::string_view text) {
  return !text.empty() && text.size() <= claim_size_max && std::ranges::all_of(text, [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
  });
}

}  // namespace

Result<Claims> check_token(const Token& token, std::span<const ProviderKey> keys,
                           const Expected& expected) {
  const auto key = std::ranges::find(keys, token.key_id, &ProviderKey::id);
  if (key == keys.end() || token.key_id.empty()) {
    return fail(ErrorCode::not_found,
                "the identity provider's token has a key that it does not show");
  }
  if (!signature_holds(*key, token.algorithm, base::as_bytes(token.signed_part), token.signature)) {
    return wrong("is not signed by it");
  }
  const auto& claims = token.claims;
  if (claims.issuer != expected.issuer) return wrong("is another provider's");
  // For us and for nobody else besides: whoever else may have it could come here with it.
  const bool is_ours =
      claims.audience.size() == 1 && claims.audience[0] == expected.client_id &&
      (claims.authorized_party.empty() || claims.authorized_party == expected.client_id);
  if (!is_ours) return wrong("is not for this office alone");
  REGMARK_TRY(check_times(claims, expected.now, expected.shown_since));
  if (!base::equal_in_constant_time(base::as_bytes(claims.nonce), base::as_bytes(expected.nonce))) {
    return wrong("answers another question");
  }
  if (!is_printable(claims.subject) || !is_printable(claims.name)) {
    return wrong("does not say who it is");
  }
  return claims;
}

}  // namespace regmark::people
