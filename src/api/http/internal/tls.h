// The server's side of TLS 1.3: what it shows to clients, and what a client showed to it.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "api/http/server.h"
#include "base/result.h"

namespace regmark::api::http {

// Immutable after it is made; shared by connections, which may outlive its replacement.
class TlsContext {
 public:
  // Fails with
  //   invalid_input   no certificate, no key, or a key of another certificate
  static Result<std::shared_ptr<TlsContext>> make(const Tls& tls);

  boost::asio::ssl::context& context() { return context_; }

 private:
  TlsContext() : context_(boost::asio::ssl::context::tls_server) {}
  boost::asio::ssl::context context_;
};

// SHA-256 of the certificate that the client showed, in lower-case hexadecimal; empty: none.
std::string fingerprint_of_client(SSL* connection);

}  // namespace regmark::api::http
