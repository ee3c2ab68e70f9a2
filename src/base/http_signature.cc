#include "base/http_signature.h"

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "base/encoding.h"

namespace regmark::base {
namespace {

constexpr std::string_view label = "regmark=";
constexpr std::string_view covered =
    R"(("@method" "@path" "@query" "content-type" "content-digest"))";
constexpr std::string_view digest_start = "sha-256=:";
constexpr std::size_t key_id_size_max = 128;
constexpr std::size_t nonce_size = 16;  // so that the same request may be sent twice in a second

bool is_key_id(std::string_view text) {
  return !text.empty() && text.size() <= key_id_size_max && std::ranges::all_of(text, [](char c) {
    return c > 0x20 && c < 0x7f && c != '"' && c != '\\';
  });
}

std::string digest_of(std::string_view body) {
  return std::string(digest_start) + to_base64(sha256(as_bytes(body))) + ":";
}

std::string base_of(const SignedRequest& request, const std::string& digest,
                    std::string_view parameters) {
  const auto question = std::min(request.target.find('?'), request.target.size());
  auto query = std::string(request.target.substr(question));
  if (query.empty()) query = "?";  // RFC 9421 section 2.2.7
  return signature_base({{"@method", std::string(request.method)},
                         {"@path", std::string(request.target.substr(0, question))},
                         {"@query", std::move(query)},
                         {"content-type", std::string(request.content_type)},
                         {"content-digest", digest}},
                        parameters);
}

// What stands at the front of the text, which moves past it.
bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

tl::unexpected<Error> malformed() {
  return fail(ErrorCode::invalid_input, "the request's signature has another form");
}

// Reads ":base64:" as exactly so many bytes.
template <std::size_t size>
bool read_bytes(std::string_view text, std::array<std::uint8_t, size>& into) {
  if (!take(text, ":") || !text.ends_with(':')) return false;
  text.remove_suffix(1);
  const auto bytes = from_base64(text);
  if (!bytes || bytes->size() != size) return false;
  std::ranges::copy(*bytes, into.begin());
  return true;
}

}  // namespace

std::string signature_base(const std::vector<std::pair<std::string, std::string>>& components,
                           std::string_view parameters) {
  std::string text;
  for (const auto& [name, value] : components) text += "\"" + name + "\": " + value + "\n";
  return text + "\"@signature-params\": " + std::string(parameters);
}

SignatureHeaders sign_request(const SigningKey& key, std::string_view key_id, UtcTime now,
                              const SignedRequest& request) {
  REGMARK_CHECK(is_key_id(key_id));
  const auto created = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const auto parameters = std::string(covered) + ";created=" + std::to_string(created) +
                          ";nonce=\"" + to_hex(random_bytes<nonce_size>()) + "\";keyid=\"" +
                          std::string(key_id) + "\";alg=\"ed25519\"";
  auto digest = digest_of(request.body);
  const auto signature = sign(key, as_bytes(base_of(request, digest, parameters)));
  return {std::move(digest), std::string(label) + parameters,
          std::string(label) + ":" + to_base64(signature) + ":"};
}

Result<SignatureClaim> read_claim(const SignatureHeaders& headers) {
  SignatureClaim claim;
  std::string_view input = headers.signature_input;
  if (!take(input, label)) return malformed();
  claim.parameters = input;
  if (!take(input, covered) || !take(input, ";created=")) return malformed();
  std::int64_t created = 0;
  const auto read = std::from_chars(input.data(), input.data() + input.size(), created);
  constexpr std::int64_t created_max = 253'402'300'799;  // the end of the year 9999
  if (read.ec != std::errc{} || created < 0 || created > created_max || input.front() == '0') {
    return malformed();
  }
  input.remove_prefix(static_cast<std::size_t>(read.ptr - input.data()));
  claim.created = UtcTime{std::chrono::seconds(created)};
  if (!take(input, ";nonce=\"")) return malformed();
  const auto nonce = from_hex(input.substr(0, 2 * nonce_size));
  if (!nonce || nonce->size() != nonce_size) return malformed();
  input.remove_prefix(2 * nonce_size);
  if (!take(input, "\";keyid=\"")) return malformed();
  const auto quote = input.find('"');
  if (quote == std::string_view::npos) return malformed();
  claim.key_id = input.substr(0, quote);
  input.remove_prefix(quote);
  if (!is_key_id(claim.key_id) || input != "\";alg=\"ed25519\"") return malformed();
  std::string_view signature = headers.signature;
  if (!take(signature, label) || !read_bytes(signature, claim.signature)) return malformed();
  Digest digest{};
  std::string_view sent = headers.content_digest;
  if (!take(sent, digest_start.substr(0, digest_start.size() - 1)) || !read_bytes(sent, digest)) {
    return malformed();
  }
  claim.digest = headers.content_digest;
  return claim;
}

bool is_signed(const SignatureClaim& claim, const std::array<std::uint8_t, 32>& public_key,
               const SignedRequest& request) {
  // Only what was sent with the request can have been signed with it.
  if (claim.digest != digest_of(request.body)) return false;
  return verify(public_key, as_bytes(base_of(request, claim.digest, claim.parameters)),
                claim.signature);
}

}  // namespace regmark::base
