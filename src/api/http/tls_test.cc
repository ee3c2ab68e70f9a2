// The server under TLS 1.3, and what it does with those who speak anything else, or nothing.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "api/http/client_testing.h"
#include "api/http/server.h"
#include "api/http/tls.h"
#include "api/http/tls_testing.h"

namespace regmark::api::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::string_view get_ping = "GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

class TlsServer : public ::testing::Test {
 protected:
  std::unique_ptr<Server> started(ClientCertificates clients = ClientCertificates::ignored) {
    settings_.port = 0;
    settings_.workers = 4;
    settings_.tls = Tls{own_.certificate, own_.key, clients};
    std::vector<Route> routes;
    routes.push_back({"GET", "/ping", 0, [](const Request&) { return text("pong"); }});
    routes.push_back({"POST", "/size", std::size_t{8} << 20U, [](const Request& request) {
                        return text(std::to_string(request.body.size()));
                      }});
    routes.push_back({"GET", "/big", 0, [](const Request&) {
                        return text(std::string(std::size_t{4} << 20U, 'x'));
                      }});
    routes.push_back({"GET", "/client", 0, [](const Request& request) {
                        return text("client " + request.client_certificate);
                      }});
    routes.push_back({"GET", "/stream", 0, [this](const Request&) {
                        Response response;
                        response.stream = [this](std::shared_ptr<EventStream> stream) {
                          stream->push("hello", "{}");
                          stream_ = std::move(stream);
                          streams_ = true;
                        };
                        return response;
                      }});
    auto server = Server::start(settings_, std::move(routes));
    EXPECT_TRUE(server.has_value()) << server.error().message;
    return *std::move(server);
  }

  // Waits for what another thread does.
  template <typename Done>
  static void wait_for(Done&& done) {
    const auto begun = steady_clock::now();
    while (!done() && steady_clock::now() - begun < std::chrono::seconds(20)) {
      std::this_thread::sleep_for(milliseconds(5));
    }
    EXPECT_TRUE(done());
  }

  const TestCertificate authority_ =
      make_certificate({.names = "", .issuer = nullptr, .is_authority = true});
  const TestCertificate own_ = make_certificate({.issuer = &authority_});
  Settings settings_;
  std::shared_ptr<EventStream> stream_;
  std::atomic<bool> streams_{false};
};

TEST_F(TlsServer, AnswersAClientThatTrustsItsAuthority) {
  const auto server = started();
  TlsClient client(server->port(), {.trusted = authority_.certificate});
  ASSERT_TRUE(client.connected());
  EXPECT_EQ(client.version(), "TLSv1.3");
  const auto answer = client.ask(get_ping);
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
  EXPECT_TRUE(answer.ends_with("pong"));
  EXPECT_TRUE(client.ended_well());
}

TEST_F(TlsServer, SpeaksNothingOlder) {
  const auto server = started();
  for (const int version : {TLS1_2_VERSION, TLS1_1_VERSION, TLS1_VERSION}) {
    EXPECT_FALSE(TlsClient(server->port(), {.version_max = version}).connected()) << version;
  }
  wait_for([&] { return server->counters().handshakes_failed == 3; });
  EXPECT_TRUE(TlsClient(server->port()).connected());
}

TEST_F(TlsServer, IsRefusedByAClientThatMeantAnother) {
  const auto server = started();
  const auto stranger = make_certificate({.names = "", .is_authority = true});
  EXPECT_FALSE(
      TlsClient(server->port(), {.trusted = authority_.certificate, .name = "other.example"})
          .connected());
  EXPECT_FALSE(TlsClient(server->port(), {.trusted = stranger.certificate}).connected());
}

TEST_F(TlsServer, SpeaksNoProtocolButItsOwn) {
  const auto server = started();
  EXPECT_TRUE(TlsClient(server->port(), {.protocols = "\x02h2\x08http/1.1"}).connected());
  EXPECT_FALSE(TlsClient(server->port(), {.protocols = "\x02h2"}).connected());
}

TEST_F(TlsServer, TakesRequestsOneAfterAnotherInAnyPieces) {
  const auto server = started();
  TlsClient client(server->port());
  const std::string body(3'000'000, 'x');
  for (int i = 0; i < 3; ++i) {
    const std::string head =
        "POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size());
    ASSERT_TRUE(client.send(head.substr(0, 7)));
    ASSERT_TRUE(client.send(head.substr(7) + "\r\n\r\n" + body));
    EXPECT_TRUE(client.receive_until("\r\n\r\n3000000").ends_with("3000000"));
  }
  // Two requests in one record: the second waits inside of TLS, not at the socket.
  const std::string again = "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n";
  const auto both = client.ask(again + std::string(get_ping));
  EXPECT_NE(both.find("pong"), both.rfind("pong"));
  TlsClient large(server->port());
  EXPECT_GT(large.ask("GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").size(),
            std::size_t{4} << 20U);
  EXPECT_TRUE(large.ended_well());
}

TEST_F(TlsServer, StreamsEventsAndSaysWhenTheyEnd) {
  const auto server = started();
  TlsClient client(server->port());
  client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(client.receive_until("data: {}\n\n").ends_with("data: {}\n\n"));
  wait_for([&] { return streams_.load(); });
  EXPECT_TRUE(stream_->push("alert", "1"));
  EXPECT_EQ(client.receive_until("\n\n"), "event: alert\ndata: 1\n\n");
  stream_.reset();
  EXPECT_EQ(client.receive(), "");
  EXPECT_TRUE(client.ended_well());
}

TEST_F(TlsServer, TellsAClientWithoutTlsWhatToDo) {
  const auto server = started();
  RawClient client(server->port());
  const auto answer = client.ask("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(answer.body.find("https://"), std::string::npos);
  EXPECT_EQ(answer.body.find("pong"), std::string::npos);
  EXPECT_TRUE(client.is_closed_within(milliseconds(5'000)));
}

TEST_F(TlsServer, CutsOffHandshakesThatDoNotEnd) {
  settings_.handshake_time_max = milliseconds(300);
  const auto server = started();
  const auto begun = steady_clock::now();
  RawClient silent(server->port());
  RawClient half(server->port());
  half.send(std::string("\x16\x03\x01\x02\x00\x01\x00", 7));
  // A byte at a time does not buy more time.
  RawClient dribbling(server->port());
  std::thread dribble([&] {
    dribbling.send("\x16\x03\x01\x40");
    while (steady_clock::now() - begun < milliseconds(1'500) && dribbling.send("x")) {
      std::this_thread::sleep_for(milliseconds(20));
    }
  });
  RawClient noisy(server->port());
  noisy.send("\x16" + std::string(5'000, 'x'));
  for (auto* client : {&silent, &half, &noisy}) {
    EXPECT_TRUE(client->is_closed_within(milliseconds(3'000)));
  }
  dribble.join();
  wait_for([&] { return server->counters().connections == 0; });
  EXPECT_EQ(server->counters().handshakes_failed, 4U);
  EXPECT_EQ(server->counters().timed_out, 3U);
  EXPECT_TRUE(TlsClient(server->port()).ask(get_ping).ends_with("pong"));
}

TEST_F(TlsServer, KnowsWhichCertificateAClientHasTheKeyOf) {
  const auto camera = make_certificate({.names = ""});
  const std::string_view ask = "GET /client HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const auto fingerprint = facts_of(camera.certificate).value().fingerprint;
  {
    const auto server = started(ClientCertificates::asked_for);
    EXPECT_TRUE(
        TlsClient(server->port(), {.own = &camera}).ask(ask).ends_with("client " + fingerprint));
    EXPECT_TRUE(TlsClient(server->port()).ask(ask).ends_with("client "));
  }
  const auto server = started();
  EXPECT_TRUE(TlsClient(server->port(), {.own = &camera}).ask(ask).ends_with("client "));
}

TEST_F(TlsServer, ShowsARenewedCertificateFromTheNextConnectionOn) {
  const auto server = started();
  TlsClient before(server->port());
  EXPECT_EQ(before.shown(), own_.certificate);
  const auto renewed = make_certificate({.issuer = &authority_});
  ASSERT_TRUE(server->renew({renewed.certificate, renewed.key}).has_value());
  EXPECT_EQ(TlsClient(server->port()).shown(), renewed.certificate);
  EXPECT_TRUE(before.ask(get_ping).ends_with("pong"));
  // One that does not fit changes nothing.
  for (const auto& wrong : {Tls{own_.certificate, renewed.key}, Tls{own_.certificate, ""},
                            Tls{"", own_.key}, Tls{"noise", "noise"}}) {
    const auto refused = server->renew(wrong);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  }
  EXPECT_EQ(TlsClient(server->port()).shown(), renewed.certificate);
}

TEST_F(TlsServer, DoesNotStartWithWhatDoesNotBelongTogether) {
  settings_.port = 0;
  const auto other = make_certificate();
  settings_.tls = Tls{own_.certificate, other.key};
  const auto server = Server::start(settings_, {});
  ASSERT_FALSE(server.has_value());
  EXPECT_EQ(server.error().code, ErrorCode::invalid_input);
}

TEST(CertificateFacts, AreThoseThatOthersCompute) {
  const auto soon = make_certificate({.lasts = std::chrono::hours(48)});
  const auto facts = facts_of(soon.certificate).value();
  EXPECT_EQ(facts.fingerprint.size(), 64U);
  EXPECT_TRUE(facts.pin.starts_with("sha256//"));
  EXPECT_EQ(facts.pin.size(), 8U + 44U);
  EXPECT_LE(facts.left, std::chrono::hours(48));
  EXPECT_GT(facts.left, std::chrono::hours(47));
  EXPECT_LT(facts_of(make_certificate({.lasts = std::chrono::seconds(-60)}).certificate)
                .value()
                .left.count(),
            0);
  EXPECT_FALSE(facts_of("no certificate").has_value());
}

}  // namespace
}  // namespace regmark::api::http
