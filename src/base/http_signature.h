// Requests signed by whoever sends them: HTTP Message Signatures (RFC 9421) with Ed25519, in the
// one form that docs/formats/camera_keys.md describes. What is signed: the method, the path and
// query as sent, the type of the body, and the SHA-256 of the body (RFC 9530).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::base {

struct SignedRequest {
  std::string_view method;
  std::string_view target;  // "/v1/reads?camera=north", as in the request line
  std::string_view content_type;
  std::string_view body;
};

// The values of the three headers: Content-Digest, Signature-Input, Signature.
struct SignatureHeaders {
  std::string content_digest, signature_input, signature;
};

// `key_id` is 1 to 128 printable characters without quotes and backslashes.
SignatureHeaders sign_request(const SigningKey& key, std::string_view key_id, UtcTime now,
                              const SignedRequest& request);

// What the headers say; no proof of anything before is_signed() has said so.
struct SignatureClaim {
  std::string key_id;
  UtcTime created;         // whole seconds
  std::string digest;      // Content-Digest as sent
  std::string parameters;  // "(...);created=...": part of what is signed
  Signature signature;
};
// Fails with
//   invalid_input   anything that sign_request() would not have written
Result<SignatureClaim> read_claim(const SignatureHeaders& headers);

// Whether this key signed this request, body and all.
bool is_signed(const SignatureClaim& claim, const std::array<std::uint8_t, 32>& public_key,
               const SignedRequest& request);

// RFC 9421 section 2.5: the text that a signature is over.
std::string signature_base(const std::vector<std::pair<std::string, std::string>>& components,
                           std::string_view parameters);

}  // namespace regmark::base
