// What a certificate says, for whoever has to show or compare it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace regmark::api::http {

struct CertificateFacts {
  // "sha256//..." of its public key, as curl and `regmark read --pin` take it (RFC 7469).
  std::string pin;
  std::string fingerprint;       // SHA-256 of the whole, in lower-case hexadecimal
  std::chrono::seconds left{0};  // until it runs out by the system's clock; below nought: it has
};

// Reads the first certificate of the text. Fails with
//   invalid_input   there is none
Result<CertificateFacts> facts_of(std::string_view pem);

}  // namespace regmark::api::http
