// Certificates made for a test, and a client that speaks TLS as a test wants it spoken. Never
// included by a program.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "base/check.h"

namespace regmark::api::http {

struct TestCertificate {
  std::string certificate, key;  // PEM
};

struct CertificateWish {
  std::string names = "DNS:localhost,IP:127.0.0.1";  // as OpenSSL writes them
  const TestCertificate* issuer = nullptr;           // none: signed by itself
  bool is_authority = false;
  std::chrono::seconds lasts = std::chrono::hours(1);
};

namespace testing_tls {

struct Free {
  void operator()(BIO* one) const { BIO_free(one); }
  void operator()(EVP_PKEY* one) const { EVP_PKEY_free(one); }
  void operator()(X509* one) const { X509_free(one); }
  void operator()(X509_EXTENSION* one) const { X509_EXTENSION_free(one); }
  void operator()(SSL_CTX* one) const { SSL_CTX_free(one); }
  void operator()(SSL* one) const { SSL_free(one); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

inline Owned<BIO> reader_of(const std::string& text) {
  return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}
inline Owned<X509> certificate_of(const std::string& pem) {
  return Owned<X509>(PEM_read_bio_X509(reader_of(pem).get(), nullptr, nullptr, nullptr));
}
inline Owned<EVP_PKEY> key_of(const std::string& pem) {
  return Owned<EVP_PKEY>(PEM_read_bio_PrivateKey(reader_of(pem).get(), nullptr, nullptr, nullptr));
}
inline std::string text_of(BIO* bio) {
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(bio, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

inline void extend(X509* certificate, int kind, const std::string& value) {
  const Owned<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()));
  REGMARK_CHECK(extension != nullptr);
  X509_add_ext(certificate, extension.get(), -1);
}

}  // namespace testing_tls

inline TestCertificate make_certificate(const CertificateWish& wish = {}) {
  using namespace testing_tls;
  static long serial = 1;
  const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
  const Owned<X509> made(X509_new());
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial++);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -24 * 3'600);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), wish.lasts.count());
  X509_set_pubkey(made.get(), key.get());
  const auto name = "Test " + std::to_string(serial);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  extend(made.get(), NID_basic_constraints, wish.is_authority ? "critical,CA:TRUE" : "CA:FALSE");
  if (!wish.names.empty()) extend(made.get(), NID_subject_alt_name, wish.names);
  if (wish.issuer != nullptr) {
    const auto issuer = certificate_of(wish.issuer->certificate);
    X509_set_issuer_name(made.get(), X509_get_subject_name(issuer.get()));
    X509_sign(made.get(), key_of(wish.issuer->key).get(), EVP_sha256());
  } else {
    X509_set_issuer_name(made.get(), X509_get_subject_name(made.get()));
    X509_sign(made.get(), key.get(), EVP_sha256());
  }
  const Owned<BIO> certificate(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(certificate.get(), made.get());
  const Owned<BIO> secret(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return {text_of(certificate.get()), text_of(secret.get())};
}

// How a test's client speaks.
struct TlsManner {
  int version_max = TLS1_3_VERSION;
  std::string trusted{};                 // PEM; empty: any certificate
  std::string name = "localhost";        // that it must be for, where it must be trusted
  const TestCertificate* own = nullptr;  // shown to the server
  std::string protocols{};               // for ALPN: lengths and names
};

// One connection under TLS. What fails shows as empty text.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, const TlsManner& manner = {})
      : context_(SSL_CTX_new(TLS_client_method())), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REGMARK_CHECK(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    const timeval patience{.tv_sec = 60, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    SSL_CTX_set_max_proto_version(context_.get(), manner.version_max);
    if (!manner.trusted.empty()) {
      const auto trusted = testing_tls::certificate_of(manner.trusted);
      X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()), trusted.get());
      SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    }
    if (manner.own != nullptr) {
      const auto certificate = testing_tls::certificate_of(manner.own->certificate);
      const auto key = testing_tls::key_of(manner.own->key);
      REGMARK_CHECK(SSL_CTX_use_certificate(context_.get(), certificate.get()) == 1);
      REGMARK_CHECK(SSL_CTX_use_PrivateKey(context_.get(), key.get()) == 1);
    }
    tls_.reset(SSL_new(context_.get()));
    if (!manner.trusted.empty()) SSL_set1_host(tls_.get(), manner.name.c_str());
    if (!manner.protocols.empty()) {
      SSL_set_alpn_protos(tls_.get(),
                          reinterpret_cast<const unsigned char*>(manner.protocols.data()),
                          static_cast<unsigned>(manner.protocols.size()));
    }
    SSL_set_fd(tls_.get(), socket_);
    connected_ = SSL_connect(tls_.get()) == 1;
    ERR_clear_error();
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;
  ~TlsClient() {
    tls_.reset();
    ::close(socket_);
  }

  bool connected() const { return connected_; }
  std::string version() const { return SSL_get_version(tls_.get()); }
  // The certificate that the server showed.
  std::string shown() const {
    const testing_tls::Owned<X509> certificate(SSL_get1_peer_certificate(tls_.get()));
    if (!certificate) return {};
    const testing_tls::Owned<BIO> bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate.get());
    return testing_tls::text_of(bio.get());
  }

  bool send(std::string_view bytes) {
    return SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size())) ==
           static_cast<int>(bytes.size());
  }
  std::string receive() {
    char bytes[16'384];
    const int size = SSL_read(tls_.get(), bytes, sizeof bytes);
    ended_well_ = size <= 0 && SSL_get_error(tls_.get(), size) == SSL_ERROR_ZERO_RETURN;
    ERR_clear_error();
    return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : std::string{};
  }
  // Everything up to and with `end`; or what there was.
  std::string receive_until(std::string_view end) {
    std::string all;
    for (auto some = receive(); !some.empty(); some = receive()) {
      all += some;
      if (all.find(end) != std::string::npos) break;
    }
    return all;
  }
  // Sends a request that asks for the connection's end, and gives all of the answer.
  std::string ask(std::string_view request) {
    if (!send(request)) return {};
    std::string all;
    for (auto some = receive(); !some.empty(); some = receive()) all += some;
    return all;
  }
  // Whether the server said that nothing was cut off.
  bool ended_well() const { return ended_well_; }

 private:
  testing_tls::Owned<SSL_CTX> context_;
  testing_tls::Owned<SSL> tls_;
  int socket_;
  bool connected_ = false;
  bool ended_well_ = false;
};

}  // namespace regmark::api::http
