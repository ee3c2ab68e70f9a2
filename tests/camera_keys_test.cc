// Cameras that show a key or a certificate instead of a token.
#include <gtest/gtest.h>

#include <string>

#include "api/http/tls.h"
#include "api/http/tls_testing.h"
#include "base/encoding.h"
#include "base/files.h"
#include "base/http_signature.h"
#include "office_testing.h"
#include "relay/sender.h"
#include "relay/spool.h"

namespace regmark {
namespace {

using namespace std::chrono_literals;
using testing::ask;
using testing::Headers;
using testing::Json;
using testing::Reply;
using testing::TestOffice;

class CameraKeys : public ::testing::Test {
 protected:
  CameraKeys() {
    office_.camera("north", "bridge");
    office_.camera("south", "tunnel");
  }
  int register_key(const std::string& camera, const base::SigningKey& key) {
    return office_.role("anpr_manager")
        .post("/v1/cameras/" + camera + "/key", {{"public_key", base::to_hex(key.public_key)}})
        .status;
  }
  std::string a_batch(const std::string& event) {
    office_.clock().advance(1s);
    return testing::a_read(event, "AB12CDE", office_.clock().now()).dump();
  }
  static Headers headers_of(const base::SignatureHeaders& signature) {
    return {{"Content-Type", "application/json"},
            {"Content-Digest", signature.content_digest},
            {"Signature-Input", signature.signature_input},
            {"Signature", signature.signature}};
  }
  Headers signed_headers(const std::string& camera, const std::string& body,
                         const base::SigningKey& key) {
    return headers_of(base::sign_request(key, camera, office_.clock().now(),
                                         {"POST", "/v1/reads", "application/json", body}));
  }
  Reply send(const std::string& body, const Headers& headers) {
    return ask(office_.port(), "POST", "/v1/reads", body, headers);
  }

  TestOffice office_;
  const base::SigningKey key_ = base::signing_key_from_seed({7});
};

TEST_F(CameraKeys, ASignedBatchIsTakenOnce) {
  const auto body = a_batch("event-1");
  EXPECT_EQ(send(body, signed_headers("north", body, key_)).status, 401);  // not registered yet
  ASSERT_EQ(register_key("north", key_), 204);
  const auto headers = signed_headers("north", body, key_);
  const auto taken = send(body, headers);
  EXPECT_EQ(taken.status, 200) << taken.body;
  EXPECT_EQ(taken.json().at("accepted"), 1);
  EXPECT_EQ(send(body, headers).status, 401);  // a copy
  const auto again = send(body, signed_headers("north", body, key_));
  EXPECT_EQ(again.json().at("duplicates"), 1);  // the same reads, signed anew
}

TEST_F(CameraKeys, OnlyTheRegisteredKeySpeaksForACamera) {
  ASSERT_EQ(register_key("north", key_), 204);
  const auto body = a_batch("event-1");
  const auto other = base::signing_key_from_seed({8});
  EXPECT_EQ(send(body, signed_headers("north", body, other)).status, 401);
  EXPECT_EQ(send(body, signed_headers("south", body, key_)).status, 401);
  EXPECT_EQ(send(body + " ", signed_headers("north", body, key_)).status, 401);
  auto bare = signed_headers("north", body, key_);
  bare.pop_back();
  EXPECT_EQ(send(body, bare).status, 401);
  EXPECT_EQ(register_key("south", key_), 409);
  EXPECT_EQ(register_key("north", other), 204);
  EXPECT_EQ(send(body, signed_headers("north", body, key_)).status, 401);
  EXPECT_EQ(send(body, signed_headers("north", body, other)).status, 200);
  const auto manager = office_.role("anpr_manager");
  EXPECT_EQ(manager.post("/v1/cameras/north/credentials/remove", {}).status, 204);
  EXPECT_EQ(send(body, signed_headers("north", body, other)).status, 401);
}

TEST_F(CameraKeys, ASignatureIsOfItsTime) {
  ASSERT_EQ(register_key("north", key_), 204);
  const auto body = a_batch("event-1");
  const auto early = signed_headers("north", body, key_);
  office_.clock().advance(5min + 1s);
  EXPECT_EQ(send(body, early).status, 401);
  const auto ahead = base::sign_request(key_, "north", office_.clock().now() + 6min,
                                        {"POST", "/v1/reads", "application/json", body});
  EXPECT_EQ(send(body, headers_of(ahead)).status, 401);
  EXPECT_EQ(send(body, signed_headers("north", body, key_)).status, 200);
}

TEST_F(CameraKeys, AKeyThatIsNoneIsNotTaken) {
  const auto manager = office_.role("anpr_manager");
  for (const auto& key : {std::string(64, 'x'), std::string(63, 'a'), std::string(65, 'a')}) {
    EXPECT_EQ(manager.post("/v1/cameras/north/key", {{"public_key", key}}).status, 400) << key;
  }
  for (const auto& print : {std::string(64, 'x'), std::string(64, 'A')}) {
    EXPECT_EQ(manager.post("/v1/cameras/north/certificate", {{"fingerprint", print}}).status, 400);
  }
}

TEST_F(CameraKeys, ASenderSignsWithItsKey) {
  ASSERT_EQ(register_key("north", key_), 204);
  const base::TestFolder folder;
  const auto spool =
      relay::Spool::open({.folder = folder.path() / "spool", .key = base::Key{7}}).value();
  auto read = testing::a_read("event-1", "AB12CDE", office_.clock().now());
  read.erase("sent");
  ASSERT_TRUE(spool->add({.read = read.dump(), .plate_picture = {}, .overview_picture = {}}));
  const auto sender =
      relay::Sender::start({.office = "http://127.0.0.1:" + std::to_string(office_.port()),
                            .camera = base::CameraId::parse("north").value(),
                            .token = {},
                            .key = key_},
                           *spool, office_.clock(), [](const std::string&) {})
          .value();
  EXPECT_TRUE(sender->drain(60s));
  EXPECT_EQ(sender->counts().accepted, 1U);
}

TEST_F(CameraKeys, ACertificateIsEnoughUnderTls) {
  const auto camera = api::http::make_certificate({.names = ""});
  const auto stranger = api::http::make_certificate({.names = ""});
  const auto fingerprint = api::http::facts_of(camera.certificate).value().fingerprint;
  ASSERT_EQ(office_.role("anpr_manager")
                .post("/v1/cameras/north/certificate", {{"fingerprint", fingerprint}})
                .status,
            204);
  office_.close();
  const auto own = api::http::make_certificate();
  server::Settings settings;
  settings.data = office_.folder() / "data";
  settings.listen.port = 0;
  settings.tls =
      server::TlsSettings{.certificate = office_.folder() / "office.pem",
                          .key = office_.folder() / "office.key",
                          .camera_certificates = api::http::ClientCertificates::asked_for};
  ASSERT_TRUE(base::write_file(settings.tls->certificate, base::as_bytes(own.certificate)));
  ASSERT_TRUE(base::write_file(settings.tls->key, base::as_bytes(own.key)));
  const auto office =
      server::Office::open(settings, office_.clock(), testing::test_pages()).value();
  const auto body = a_batch("event-1");
  const auto status = [&](const api::http::TestCertificate* shown) {
    api::http::TlsClient client(office->port(), {.own = shown});
    const auto answer = client.ask(
        "POST /v1/reads HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        "Content-Type: application/json\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body);
    return answer.substr(0, 12);
  };
  EXPECT_EQ(status(nullptr), "HTTP/1.1 401");
  EXPECT_EQ(status(&stranger), "HTTP/1.1 401");
  EXPECT_EQ(status(&camera), "HTTP/1.1 200");
}

}  // namespace
}  // namespace regmark
