#include "api/http/internal/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <boost/asio/buffer.hpp>
#include <string_view>

#include "api/http/tls.h"
#include "base/crypto.h"
#include "base/encoding.h"

namespace regmark::api::http {
namespace {

using boost::system::error_code;
namespace ssl = boost::asio::ssl;

struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Certificate = std::unique_ptr<X509, FreeCertificate>;

// Whether the certificate is right is for whoever knows its fingerprint to say: cameras' own ones
// are signed by nobody. TLS proves that the client has its key.
int take_any(int, X509_STORE_CTX*) {
  return 1;
}

// Beast speaks HTTP/1.1 and nothing else.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  static constexpr unsigned char ours[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, ours, sizeof ours, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

Certificate read_certificate(std::string_view pem) {
  const std::unique_ptr<BIO, FreeBio> bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return Certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

Result<base::Bytes> key_bytes_of(const X509& certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(&certificate), &bytes);
  if (size <= 0) return fail(ErrorCode::invalid_input, "the certificate holds no key");
  base::Bytes key(bytes, bytes + size);
  OPENSSL_free(bytes);
  return key;
}

}  // namespace

Result<std::shared_ptr<TlsContext>> TlsContext::make(const Tls& tls) {
  const auto wrong = [](std::string_view what) {
    ERR_clear_error();
    return fail(ErrorCode::invalid_input, std::string(what));
  };
  std::shared_ptr<TlsContext> made(new TlsContext);
  auto& context = made->context_;
  auto* const handle = context.native_handle();
  error_code error;
  SSL_CTX_set_min_proto_version(handle, TLS1_3_VERSION);
  // Tickets would be keys that must be changed and shared; a handshake costs us a tenth of a
  // millisecond.
  SSL_CTX_set_num_tickets(handle, 0);
  SSL_CTX_set_session_cache_mode(handle, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(handle, SSL_MODE_RELEASE_BUFFERS);  // idle connections are many
  SSL_CTX_set_alpn_select_cb(handle, &choose_protocol, nullptr);
  context.use_certificate_chain(boost::asio::buffer(tls.certificate), error);
  if (error) return wrong("the certificate cannot be read: it must be PEM, its own one first");
  context.use_private_key(boost::asio::buffer(tls.key), ssl::context::pem, error);
  if (error) return wrong("the key cannot be read, or is not the certificate's");
  if (SSL_CTX_check_private_key(handle) != 1) return wrong("the key is not the certificate's");
  if (tls.clients == ClientCertificates::asked_for) {
    SSL_CTX_set_verify(handle, SSL_VERIFY_PEER, &take_any);
  }
  return made;
}

std::string fingerprint_of_client(SSL* connection) {
  const Certificate certificate(SSL_get1_peer_certificate(connection));
  if (!certificate) return {};
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(certificate.get(), &bytes);
  if (size <= 0) return {};
  const auto digest = base::sha256(std::span(bytes, static_cast<std::size_t>(size)));
  OPENSSL_free(bytes);
  return base::to_hex(digest);
}

Result<CertificateFacts> facts_of(std::string_view pem) {
  const auto certificate = read_certificate(pem);
  ERR_clear_error();
  if (!certificate) return fail(ErrorCode::invalid_input, "this is no certificate in PEM");
  CertificateFacts facts;
  REGMARK_ASSIGN(const auto key, key_bytes_of(*certificate));
  facts.pin = "sha256//" + base::to_base64(base::sha256(key));
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(certificate.get(), &bytes);
  facts.fingerprint = base::to_hex(base::sha256(std::span(bytes, static_cast<std::size_t>(size))));
  OPENSSL_free(bytes);
  int days = 0;
  int seconds = 0;
  if (ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notAfter(certificate.get())) == 1) {
    facts.left = std::chrono::days(days) + std::chrono::seconds(seconds);
  }
  return facts;
}

}  // namespace regmark::api::http
