// An office under TLS, as senders, commands and pages meet it.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "api/http/tls.h"
#include "api/http/tls_testing.h"
#include "base/files.h"
#include "base/files_testing.h"
#include "base/time.h"
#include "office_testing.h"
#include "people/people_testing.h"
#include "relay/curl/request.h"
#include "relay/sender.h"
#include "relay/spool.h"

namespace regmark {
namespace {

using namespace std::chrono_literals;
using api::http::make_certificate;
using api::http::TestCertificate;
using api::http::TlsClient;
using relay::curl::Trust;
using testing::Json;

class OfficeUnderTls : public ::testing::Test {
 protected:
  // Made ready without TLS, as on the machine itself.
  void prepare() {
    auto settings = settings_;
    settings.tls.reset();
    office_ = server::Office::open(settings, clock_, testing::test_pages()).value();
    testing::Staff staff(office_->port(), office_->first_code().value(), clock_);
    camera_token_ = staff.camera("camera-1", "site-1").token;
    staff.role("operator");
    office_.reset();
  }
  void open() {
    ASSERT_TRUE(base::write_file(settings_.tls->certificate, base::as_bytes(own_.certificate)));
    ASSERT_TRUE(base::write_file(settings_.tls->key, base::as_bytes(own_.key)));
    ASSERT_TRUE(base::write_file(authority_file_, base::as_bytes(authority_.certificate)));
    auto opened = server::Office::open(settings_, clock_, testing::test_pages());
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    office_ = *std::move(opened);
  }
  std::string at(const std::string& host, const std::string& path) const {
    return "https://" + host + ":" + std::to_string(office_->port()) + path;
  }
  // The status, or what went wrong.
  std::string outcome(const std::string& host, const Trust& trust) const {
    const auto reply = relay::curl::send({.url = at(host, "/healthz"), .trust = trust});
    return reply ? std::to_string(reply->status) : reply.error().message;
  }

  const base::TestFolder folder_;
  const base::SystemClock clock_{};
  const TestCertificate authority_ = make_certificate({.names = "", .is_authority = true});
  const TestCertificate own_ = make_certificate({.names = "DNS:localhost", .issuer = &authority_});
  const std::filesystem::path authority_file_ = folder_.path() / "authority.pem";
  server::Settings settings_ = [this] {
    server::Settings settings;
    settings.data = folder_.path() / "data";
    settings.listen = {.address = "127.0.0.1", .port = 0};
    settings.tls = server::TlsSettings{.certificate = folder_.path() / "office.pem",
                                       .key = folder_.path() / "office.key",
                                       .names = {"localhost", "anpr.example"}};
    return settings;
  }();
  std::unique_ptr<server::Office> office_;
  std::string camera_token_;
};

TEST_F(OfficeUnderTls, IsKnownByItsAuthorityOrItsKey) {
  open();
  EXPECT_EQ(office_->address(), at("localhost", ""));
  EXPECT_EQ(outcome("localhost", {.authority = authority_file_}), "200");
  EXPECT_EQ(outcome("localhost", {.pin = office_->pin()}), "200");
  EXPECT_EQ(outcome("127.0.0.1", {.pin = office_->pin()}), "200");  // the key is who it is
  EXPECT_EQ(outcome("localhost", {.authority = authority_file_, .pin = office_->pin()}), "200");

  const auto other = make_certificate({.names = "DNS:localhost", .is_authority = true});
  const auto other_file = folder_.path() / "other.pem";
  ASSERT_TRUE(base::write_file(other_file, base::as_bytes(other.certificate)));
  const auto other_pin = api::http::facts_of(other.certificate).value().pin;
  EXPECT_NE(outcome("127.0.0.1", {.authority = authority_file_}).find("127.0.0.1"),
            std::string::npos);  // another name
  for (const auto& wrong : {Trust{}, Trust{.authority = other_file}, Trust{.pin = other_pin},
                            Trust{.authority = authority_file_, .pin = other_pin},
                            Trust{.authority = other_file, .pin = office_->pin()}}) {
    const auto said = outcome("localhost", wrong);
    EXPECT_NE(said, "200");
    EXPECT_FALSE(said.empty());
  }
}

TEST_F(OfficeUnderTls, AnswersToItsNamesAndKeepsBrowsersUnderTls) {
  prepare();
  open();
  const auto ask = [&](const std::string& host, const std::string& more,
                       const std::string& body = {}) {
    TlsClient client(office_->port());
    return client.ask((body.empty() ? "GET /healthz" : "POST /v1/session") +
                      std::string(" HTTP/1.1\r\nConnection: close\r\nHost: ") + host + "\r\n" +
                      more + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  };
  for (const auto* host : {"localhost", "anpr.example", "ANPR.example:443", "127.0.0.1"}) {
    EXPECT_TRUE(ask(host, "").starts_with("HTTP/1.1 200")) << host;
  }
  EXPECT_TRUE(ask("other.example", "").starts_with("HTTP/1.1 421"));
  EXPECT_NE(ask("localhost", "").find("Strict-Transport-Security: max-age="), std::string::npos);
  const Json credentials{{"sign_in_name", "test-operator"}, {"password", testing::password}};
  const auto signed_in = ask("localhost", "Content-Type: application/json\r\n", credentials.dump());
  EXPECT_NE(signed_in.find("Set-Cookie: __Host-regmark_session="), std::string::npos);
  EXPECT_NE(signed_in.find("; Secure; HttpOnly; SameSite=Strict; Path=/;"), std::string::npos);
}

TEST_F(OfficeUnderTls, GivesItsFiguresToWhoeverHasTheirToken) {
  const std::string token(32, 'k');
  const auto file = folder_.path() / "metrics.token";
  const auto write = [&](const std::string& text) {
    ASSERT_TRUE(base::write_file(file, base::as_bytes(text + "\n")));
  };
  const auto status = [&](const std::string& shown) {
    relay::curl::Request request{.url = at("localhost", "/metrics"),
                                 .trust = {.pin = office_->pin()}};
    if (!shown.empty()) request.headers.emplace_back("Authorization", "Bearer " + shown);
    return relay::curl::send(request)->status;
  };
  open();
  EXPECT_EQ(status(""), 200);  // on this machine, where no token is named
  office_.reset();

  settings_.metrics_token_file = file;
  write(token);
  open();
  EXPECT_EQ(status(""), 401);
  EXPECT_EQ(status(token.substr(1)), 401);
  EXPECT_EQ(status(token), 200);
  office_.reset();
  // What is easily guessed, or for everybody to read, opens nothing: the office does not start.
  write(token.substr(1));
  EXPECT_FALSE(server::Office::open(settings_, clock_, testing::test_pages()));
  write(token);
  std::filesystem::permissions(file, std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_FALSE(server::Office::open(settings_, clock_, testing::test_pages()));
}

TEST_F(OfficeUnderTls, TakesReadsFromASenderThatTrustsItAndNoOther) {
  prepare();
  open();
  const auto spool =
      relay::Spool::open({.folder = folder_.path() / "spool", .key = base::Key{7}}).value();
  auto read = testing::a_read("event-1", "AB12CDE", clock_.now());
  read.erase("sent");
  ASSERT_TRUE(spool->add({.read = read.dump(), .plate_picture = {}, .overview_picture = {}}));
  const auto send = [&](const Trust& trust) {
    std::string said;
    const auto sender =
        relay::Sender::start({.office = at("localhost", "/"),
                              .trust = trust,
                              .camera = base::CameraId::parse("camera-1").value(),
                              .token = camera_token_},
                             *spool, clock_, [&](const std::string& text) { said = text; })
            .value();
    sender->drain(trust.pin.empty() ? 1s : 60s);
    return sender->counts().accepted;
  };
  EXPECT_EQ(send({}), 0U);
  EXPECT_EQ(spool->size(), 1U);
  EXPECT_EQ(send({.pin = office_->pin()}), 1U);
  EXPECT_EQ(spool->size(), 0U);
}

TEST_F(OfficeUnderTls, LetsWhoNeedsASecondFactorDoNothingBefore) {
  prepare();
  settings_.tls.reset();
  settings_.sign_in.second_factor = {access::Role::control_operator};
  office_ = server::Office::open(settings_, clock_, testing::test_pages()).value();
  const testing::Client nobody{office_->port(), ""};
  const Json credentials{{"sign_in_name", "test-operator"}, {"password", testing::password}};
  const auto signed_in = nobody.post("/v1/session", credentials);
  ASSERT_EQ(signed_in.status, 200);
  EXPECT_TRUE(signed_in.json().at("lacks_second_factor").get<bool>());
  const testing::Client someone{office_->port(), signed_in.json().at("token").get<std::string>()};
  const auto refused = someone.get("/v1/alerts");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.json().value("code", ""), "second_factor_missing");
  EXPECT_EQ(someone.get("/v1/session").status, 200);

  const auto begun = someone.post("/v1/second-factor", {{"password", testing::password}});
  ASSERT_EQ(begun.status, 201) << begun.body;
  const auto secret = begun.json().at("secret").get<std::string>();
  const auto confirmed = someone.post("/v1/second-factor/confirm",
                                      {{"code", people::code_shown(secret, clock_.now())}});
  ASSERT_EQ(confirmed.status, 200) << confirmed.body;
  EXPECT_EQ(someone.get("/v1/alerts").status, 200);

  const auto asked = nobody.post("/v1/session", credentials);
  EXPECT_EQ(asked.status, 401);
  EXPECT_EQ(asked.json().value("code", ""), "second_factor");
  auto with_code = credentials;
  with_code["code"] = confirmed.json().at("recovery_codes").at(0);
  EXPECT_EQ(nobody.post("/v1/session", with_code).status, 200);
  EXPECT_EQ(nobody.post("/v1/session", with_code).status, 401);
}

TEST_F(OfficeUnderTls, DoesNotOpenWithoutWhatItNeeds) {
  EXPECT_EQ(server::Office::open(settings_, clock_).error().code, ErrorCode::invalid_input);
  auto wide = settings_;
  wide.listen.address = "0.0.0.0";
  wide.tls.reset();
  EXPECT_EQ(server::Office::open(wide, clock_).error().code, ErrorCode::invalid_input);
}

}  // namespace
}  // namespace regmark
