#include "api/http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>

#include "api/http/client_testing.h"

namespace regmark::api::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::string_view get_ping = "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n";

std::vector<Route> routes() {
  std::vector<Route> all;
  const auto add = [&](std::string method, std::string pattern, Handler handler,
                       std::size_t body_size_max = 1'000) {
    all.push_back({std::move(method), std::move(pattern), body_size_max, std::move(handler)});
  };
  add("GET", "/ping", [](const Request&) { return text("pong"); });
  add("POST", "/echo", [](const Request& request) { return text(request.body); });
  add(
      "POST", "/large",
      [](const Request& request) { return text(std::to_string(request.body.size())); },
      std::size_t{8} << 20U);
  add("GET", "/names/{name}", [](const Request& request) {
    return text(request.variables.at("name") + "," + request.query.at("q") + "," +
                std::string(request.header("x-Test")) + "," + std::string(request.cookie("c")) +
                "," + request.remote_address);
  });
  add("GET", "/throws", [](const Request&) -> Response { throw std::runtime_error("AB12CDE"); });
  add("GET", "/splits", [](const Request&) {
    auto response = text("x");
    response.headers.emplace_back("X-Name", "a\r\nSet-Cookie: b=c");
    return response;
  });
  add("GET", "/big", [](const Request&) { return text(std::string(32U << 20U, 'x')); });
  add("DELETE", "/nothing", [](const Request&) {
    Response response;
    response.status = 204;
    return response;
  });
  return all;
}

Settings quick() {
  Settings settings;
  settings.port = 0;
  settings.workers = 4;
  settings.headers = {{"X-Content-Type-Options", "nosniff"}};
  return settings;
}

std::unique_ptr<Server> started(const Settings& settings = quick(), std::vector<Route> extra = {}) {
  auto all = routes();
  for (auto& route : extra) all.push_back(std::move(route));
  auto server = Server::start(settings, std::move(all));
  EXPECT_TRUE(server.has_value());
  return *std::move(server);
}

TEST(Server, AnswersARequest) {
  const auto server = started();
  RawClient client(server->port());
  const auto answer = client.ask(get_ping);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "pong");
  EXPECT_TRUE(answer.says("Content-Type: text/plain\r\n"));
  EXPECT_TRUE(answer.says("X-Content-Type-Options: nosniff\r\n"));
  EXPECT_TRUE(answer.says(" GMT\r\n"));
}

TEST(Server, GivesHandlersDecodedRequests) {
  const auto server = started();
  RawClient client(server->port());
  const auto answer = client.ask(
      "GET /names/a%2Fb%20c?q=1%262 HTTP/1.1\r\nhost: x\r\nX-TEST:  v \r\n"
      "Cookie: a=1; c=\"two\"; d=3\r\n\r\n");
  EXPECT_EQ(answer.body, "a/b c,1&2,v,two,127.0.0.1");
}

TEST(Server, KeepsTheConnectionUnlessAskedNotTo) {
  const auto server = started();
  RawClient client(server->port());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.ask(get_ping).status, 200);
  EXPECT_EQ(client.ask("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n").status, 404);
  client.send("DELETE /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto empty = client.answer();
  EXPECT_EQ(empty.status, 204);
  EXPECT_FALSE(empty.says("Content-Length"));
  client.send("HEAD /ping HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto head = client.answer(/*has_body=*/false);
  EXPECT_TRUE(head.says("Content-Length: 4\r\n"));
  EXPECT_EQ(client.ask(get_ping).body, "pong");  // and no body was left in between
  const auto last = client.ask("GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(last.says("Connection: close\r\n"));
  EXPECT_TRUE(client.is_closed_within(milliseconds(2'000)));
  RawClient old(server->port());
  EXPECT_EQ(old.ask("GET /ping HTTP/1.0\r\n\r\n").body, "pong");
  EXPECT_TRUE(old.is_closed_within(milliseconds(2'000)));
  RawClient old_keeping(server->port());
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(old_keeping.ask("GET /ping HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    .says("Connection: keep-alive\r\n"));
  }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  const auto server = started();
  RawClient client(server->port());
  std::string all;
  for (int i = 0; i < 50; ++i) {
    const auto body = std::to_string(i);
    all += "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
  }
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 50; ++i) EXPECT_EQ(client.answer().body, std::to_string(i));
}

TEST(Server, TakesARequestInAnyPieces) {
  const auto server = started();
  RawClient client(server->port());
  const std::string request =
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nTrailer: t\r\n\r\n";
  for (const char c : request) {
    ASSERT_TRUE(client.send({&c, 1}));
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
  EXPECT_EQ(client.answer().body, "abcdefg");
}

TEST(Server, LimitsBodiesByRoute) {
  const auto server = started();
  const auto with_length = [](std::string_view path, std::size_t size) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
  };
  const auto chunked = [](std::size_t size) {
    std::string request = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t i = 0; i < size / 100; ++i)
      request += "64\r\n" + std::string(100, 'x') + "\r\n";
    return request + "0\r\n\r\n";
  };
  RawClient client(server->port());
  EXPECT_EQ(client.ask(with_length("/echo", 1'000) + std::string(1'000, 'x')).body.size(), 1'000);
  EXPECT_EQ(client.ask(chunked(1'000)).body.size(), 1'000);
  EXPECT_EQ(client.ask(with_length("/large", 5'000'000) + std::string(5'000'000, 'x')).body,
            "5000000");
  // One byte more. The answer arrives although the client goes on sending.
  EXPECT_EQ(client.ask(with_length("/echo", 1'001) + std::string(1'001, 'x')).status, 413);
  EXPECT_EQ(RawClient(server->port()).ask(chunked(1'100)).status, 413);
  EXPECT_EQ(RawClient(server->port())
                .ask(with_length("/echo", 3'000'000) + std::string(3'000'000, 'x'))
                .status,
            413);
  EXPECT_EQ(RawClient(server->port()).ask(with_length("/echo", 1ULL << 62U)).status, 413);
}

TEST(Server, SaysContinueOnlyToWhatItWillTake) {
  const auto server = started();
  RawClient client(server->port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.receive(), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(client.ask("ok").body, "ok");
  EXPECT_EQ(client
                .ask("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                     "Content-Length: 2000\r\n\r\n")
                .status,
            413);
}

TEST(Server, ShowsBrowsersAPageForUnknownPaths) {
  auto settings = quick();
  settings.not_found_page = "<p>nothing here</p>";
  const auto server = started(settings);
  RawClient client(server->port());
  const auto page =
      client.ask("GET /no HTTP/1.1\r\nHost: x\r\nAccept: text/html,*/*;q=0.8\r\n\r\n");
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.body, settings.not_found_page);
  EXPECT_TRUE(page.says("Content-Type: text/html"));
  const auto other = client.ask("GET /no HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n");
  EXPECT_TRUE(other.says("application/problem+json"));
}

TEST(Server, RefusesMalformedRequests) {
  struct Case {
    std::string request;
    int status;  // 0: closed without a word
  };
  const std::string host = "Host: x\r\n";
  const Case cases[] = {
      {"\x16\x03\x01\x02\n\r\n\r\n", 400},  // TLS to a plain port
      {"hello\r\n\r\n", 400},
      {"GET  /ping HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /ping HTTP/2.0\r\n" + host + "\r\n", 505},
      {"GET /ping HTTQ/1.1\r\n" + host + "\r\n", 505},
      {"GET ping HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /%zz HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /ping HTTP/1.1\r\n\r\n", 400},  // no host
      {"GET /ping HTTP/1.1\r\n" + host + host + "\r\n", 400},
      {"GET /ping HTTP/1.1\r\n" + host + "No colon\r\n\r\n", 400},
      {"GET /ping HTTP/1.1\r\n" + host + "Bad name: x\r\n\r\n", 400},
      {"GET /ping HTTP/1.1\r\n" + host + std::string("X: a\0b\r\n\r\n", 10), 400},
      {"GET /ping HTTP/1.1\r\n" + host + "Authorization: a\r\nAuthorization: b\r\n\r\n", 400},
      {"GET /ping HTTP/1.1\n" + host + "\n\n\r\n\r\n",
       505},  // bare line feeds: the line has no end
      {"POST /ping HTTP/1.1\r\n" + host + "\r\n", 405},
      {"PROPFIND /nowhere HTTP/1.1\r\n" + host + "\r\n", 404},
      {"POST /echo HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400},
      {"POST /echo HTTP/1.1\r\n" + host + "Content-Length: 1x\r\n\r\n", 400},
      {"POST /echo HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", 400},
      {"POST /echo HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n", 400},
      // Two ways to end a body: one request could hide in another.
      {"POST /echo HTTP/1.1\r\n" + host +
           "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400},
      {"POST /echo HTTP/1.1\r\n" + host +
           "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
       400},
      {"POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
      {"POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 501},
      {"POST /echo HTTP/1.1\r\n" + host +
           "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400},
      {"POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400},
      {"POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
       400},
      {"POST /echo HTTP/1.1\r\n" + host + "Expect: tea\r\nContent-Length: 1\r\n\r\nx", 417},
      {"GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", 414},
      {"GET /ping HTTP/1.1\r\n" + host + "X: " + std::string(20'000, 'a') + "\r\n\r\n", 431},
      {"GET /" + std::string(200'000, 'a'), 431},
  };
  const auto server = started();
  for (const auto& [request, status] : cases) {
    SCOPED_TRACE(request.substr(0, 120));
    RawClient client(server->port());
    client.send(request);
    client.finish_sending();
    const auto answer = client.answer();
    EXPECT_EQ(answer.status, status);
    EXPECT_TRUE(answer.says("application/problem+json"));
    EXPECT_NE(answer.body.find("\"status\":" + std::to_string(status)), std::string::npos);
    EXPECT_TRUE(answer.says("X-Content-Type-Options: nosniff"));
    EXPECT_TRUE(client.is_closed_within(milliseconds(5'000)));
  }
  RawClient many(server->port());
  std::string headers(get_ping.substr(0, get_ping.size() - 2));
  for (int i = 0; i < 5'000; ++i) headers += "X" + std::to_string(i) + ": y\r\n";
  EXPECT_EQ(many.ask(headers + "\r\n").status, 431);
  EXPECT_GE(server->counters().malformed, std::size(cases));
}

// Requests with bytes changed, left out and put in: each gets an answer or an end, and the server
// stays well.
TEST(Server, SurvivesNoise) {
  auto settings = quick();
  settings.header_time_max = settings.body_time_max = settings.idle_time_max = milliseconds(500);
  const auto server = started(settings);
  const std::string good =
      "POST /echo?a=b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
      "Expect: 100-continue\r\n\r\n3\r\nabc\r\n0\r\n\r\nGET /ping HTTP/1.1\r\nHost: x\r\n\r\n";
  constexpr unsigned seed = 7;
  std::mt19937 random(seed);
  const auto below = [&](std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
  };
  for (int i = 0; i < 500; ++i) {
    auto noisy = good;
    for (std::size_t changes = below(6) + 1; changes > 0; --changes) {
      const auto at = below(noisy.size());
      const auto kind = below(3);
      if (kind == 0) noisy[at] = static_cast<char>(below(256));
      if (kind == 1) noisy.erase(at, below(8) + 1);
      if (kind == 2) noisy.insert(at, std::string(below(8) + 1, noisy[below(noisy.size())]));
      if (noisy.empty()) noisy = "x";
    }
    RawClient client(server->port());
    client.send(noisy);
    client.finish_sending();
    client.receive_all(milliseconds(5'000));
    ASSERT_TRUE(client.is_closed_within(milliseconds(1))) << "seed " << seed << " try " << i;
  }
  EXPECT_EQ(RawClient(server->port()).ask(get_ping).status, 200);
}

TEST(Server, CutsOffSlowSenders) {
  auto settings = quick();
  settings.header_time_max = milliseconds(300);
  settings.body_time_max = milliseconds(300);
  settings.idle_time_max = milliseconds(600);
  const auto server = started(settings);
  // A byte at a time does not buy more time.
  const auto dribble = [&](std::string_view first) {
    RawClient client(server->port());
    client.send(first);
    const auto begun = steady_clock::now();
    std::string got;
    while (got.empty() && steady_clock::now() - begun < std::chrono::seconds(5)) {
      client.send("x");
      got = client.receive(milliseconds(20));
    }
    EXPECT_LT(steady_clock::now() - begun, milliseconds(2'500));
    EXPECT_GE(steady_clock::now() - begun, milliseconds(250));
    return got.substr(0, 12);
  };
  EXPECT_EQ(dribble("GET /ping HTTP/1.1\r\nX: "), "HTTP/1.1 408");
  EXPECT_EQ(dribble("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n"),
            "HTTP/1.1 408");
  EXPECT_EQ(server->counters().timed_out, 2U);
  RawClient idle(server->port());
  EXPECT_FALSE(idle.is_closed_within(milliseconds(300)));
  EXPECT_TRUE(idle.is_closed_within(milliseconds(2'000)));
  RawClient kept(server->port());
  EXPECT_EQ(kept.ask(get_ping).status, 200);
  EXPECT_TRUE(kept.is_closed_within(milliseconds(2'000)));
  // Each part has its own time: one that is steady is served for longer than any of them.
  RawClient steady(server->port());
  for (int i = 0; i < 6; ++i) {
    std::this_thread::sleep_for(milliseconds(150));
    EXPECT_EQ(steady.ask(get_ping).status, 200);
  }
}

TEST(Server, CutsOffAClientThatTakesNoAnswer) {
  auto settings = quick();
  settings.write_time_max = milliseconds(300);
  const auto server = started(settings);
  RawClient client(server->port());
  client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto begun = steady_clock::now();
  while (server->counters().timed_out == 0 &&
         steady_clock::now() - begun < std::chrono::seconds(10)) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_EQ(server->counters().timed_out, 1U);
  EXPECT_LT(client.receive_all().size(), 32U << 20U);
}

TEST(Server, TurnsAwayConnectionsAboveTheMost) {
  auto settings = quick();
  settings.connections_max = 3;
  const auto server = started(settings);
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back(server->port());
    EXPECT_EQ(clients.back().ask(get_ping).status, 200);
  }
  RawClient fourth(server->port());
  const auto answer = fourth.answer();
  EXPECT_EQ(answer.status, 503);
  EXPECT_TRUE(answer.says("Retry-After: "));
  EXPECT_EQ(server->counters().turned_away, 1U);
  clients.pop_back();
  int status = 503;
  for (int i = 0; i < 500 && status != 200; ++i) {
    status = RawClient(server->port()).ask(get_ping).status;
  }
  EXPECT_EQ(status, 200);
}

TEST(Server, LimitsWhatOneSourceTakes) {
  auto settings = quick();
  settings.connections_of_source_max = 2;
  settings.requests_of_source_per_second = 1;
  const auto server = started(settings);
  RawClient first(server->port());
  RawClient second(server->port());
  EXPECT_EQ(first.ask(get_ping).status, 200);
  EXPECT_EQ(second.ask(get_ping).status, 200);
  EXPECT_EQ(RawClient(server->port()).answer().status, 503);
  int status = 200;
  for (int i = 0; i < 50 && status == 200; ++i) status = first.ask(get_ping).status;
  EXPECT_EQ(status, 429);
  EXPECT_TRUE(first.is_closed_within(milliseconds(5'000)));
  EXPECT_GE(server->counters().too_often, 1U);
}

TEST(Server, SaysItIsBusyWhenNoWorkerIsFree) {
  auto settings = quick();
  settings.workers = 1;
  settings.worker_queue_max = 1;
  std::promise<void> release;
  const auto released = release.get_future().share();
  std::atomic<int> running{0};
  const Handler wait = [&](const Request&) {
    ++running;
    released.wait();
    return text("done");
  };
  const auto server = started(settings, {{"GET", "/wait", 0, wait}});
  const std::string_view request = "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n";
  RawClient first(server->port());
  first.send(request);
  while (running == 0) std::this_thread::yield();
  RawClient second(server->port());
  second.send(request);
  while (server->counters().requests < 2) std::this_thread::yield();
  const auto third = RawClient(server->port()).ask(request);
  EXPECT_EQ(third.status, 503);
  EXPECT_TRUE(third.says("Retry-After: 1"));
  release.set_value();
  EXPECT_EQ(first.answer().body, "done");
  EXPECT_EQ(second.answer().body, "done");
}

TEST(Server, LimitsWhatAllBodiesTakeTogether) {
  auto settings = quick();
  settings.bodies_size_max = 3'000'000;
  const auto server = started(settings);
  const std::string head = "POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n";
  RawClient waiting(server->port());
  waiting.send(head + std::string(1'900'000, 'x'));
  std::this_thread::sleep_for(milliseconds(300));
  EXPECT_EQ(RawClient(server->port()).ask(head + std::string(2'000'000, 'x')).status, 503);
  EXPECT_EQ(waiting.ask(std::string(100'000, 'x')).body, "2000000");
  // What was taken is given back.
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(RawClient(server->port()).ask(head + std::string(2'000'000, 'x')).status, 200);
  }
}

TEST(Server, LimitsWhatTheBodiesOfOneSourceTake) {
  auto settings = quick();
  settings.bodies_size_of_source_max = 3'000'000;
  const auto server = started(settings);
  const std::string head = "POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n";
  const std::string body(2'000'000, 'x');
  RawClient waiting(server->port());
  waiting.send(head + body.substr(100'000));
  std::this_thread::sleep_for(milliseconds(300));
  EXPECT_EQ(RawClient(server->port()).ask(head + body).status, 503);
  RawClient from_elsewhere(server->port(), milliseconds(10'000), INADDR_LOOPBACK + 1);
  EXPECT_EQ(from_elsewhere.ask(head + body).status, 200);
  EXPECT_EQ(waiting.ask(body.substr(0, 100'000)).body, "2000000");
  EXPECT_EQ(RawClient(server->port()).ask(head + body).status, 200);
}

TEST(Server, KeepsSomeRoomForSmallBodiesWhileLargeOnesFillTheRest) {
  auto settings = quick();
  settings.bodies_size_max = 3'000'000;
  const auto server = started(settings);
  const auto head = [](std::size_t length) {
    return "POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(length) +
           "\r\n\r\n";
  };
  RawClient waiting(server->port());
  waiting.send(head(2'000'000) + std::string(1'900'000, 'x'));
  std::this_thread::sleep_for(milliseconds(300));
  // It would fit, but not into seven eighths.
  EXPECT_EQ(RawClient(server->port()).ask(head(600'000) + std::string(600'000, 'x')).status, 503);
  EXPECT_EQ(RawClient(server->port()).ask(head(100'000) + std::string(100'000, 'x')).status, 200);
}

TEST(Server, LimitsWhatAllAnswersTakeThatNobodyTakes) {
  auto settings = quick();
  settings.bodies_size_max = 60'000'000;
  settings.write_time_max = milliseconds(30'000);
  std::string much;
  much.resize(40'000'000, 'x');
  const Handler large = [&](const Request&) { return text(much); };
  const auto server = started(settings, {{"GET", "/much", 0, large}});
  const std::string_view request = "GET /much HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  std::optional<RawClient> deaf;
  int status = 200;
  for (int i = 0; i < 100 && status == 200; ++i) {
    deaf.emplace(server->port());  // anew: the answer may have found no room beside the last one
    deaf->send(request);
    status = RawClient(server->port()).ask(request).status;
  }
  EXPECT_EQ(status, 503);
  EXPECT_GE(server->counters().busy, 1U);
  EXPECT_EQ(RawClient(server->port()).ask(get_ping).status, 200);
  deaf.reset();
  for (int i = 0; i < 100 && status != 200; ++i) {
    status = RawClient(server->port()).ask(request).status;
  }
  EXPECT_EQ(status, 200);
}

TEST(Server, HidesWhatAHandlerThrowsAndWillNotSplitAnswers) {
  const auto server = started();
  RawClient client(server->port());
  const auto thrown = client.ask("GET /throws HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(thrown.status, 500);
  EXPECT_EQ(thrown.body.find("AB12CDE"), std::string::npos);
  const auto split = client.ask("GET /splits HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(split.status, 500);
  EXPECT_FALSE(split.says("Set-Cookie"));
}

TEST(Server, ListensOnLoopbackOnly) {
  for (const auto* const address :
       {"0.0.0.0", "::", "192.0.2.1", "localhost", "", "::ffff:1.2.3.4"}) {
    auto settings = quick();
    settings.address = address;
    const auto server = Server::start(settings, {});
    ASSERT_FALSE(server.has_value()) << address;
    EXPECT_EQ(server.error().code, ErrorCode::invalid_input);
  }
  auto settings = quick();
  const auto first = started(settings);
  settings.port = first->port();
  const auto second = Server::start(settings, {});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
}

TEST(Server, FinishesAnswersWhenItStops) {
  std::promise<void> release;
  const auto released = release.get_future().share();
  std::atomic<bool> running{false};
  const Handler wait = [&](const Request&) {
    running = true;
    released.wait();
    return text("done");
  };
  const auto server = started(quick(), {{"GET", "/wait", 0, wait}});
  RawClient idle(server->port());
  EXPECT_EQ(idle.ask(get_ping).status, 200);
  RawClient half(server->port());
  half.send("GET /pi");
  RawClient client(server->port());
  client.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
  while (!running) std::this_thread::yield();
  std::thread stopping([&] { server->stop(); });
  EXPECT_TRUE(idle.is_closed_within(milliseconds(2'000)));
  EXPECT_TRUE(half.is_closed_within(milliseconds(2'000)));
  release.set_value();
  const auto answer = client.answer();
  EXPECT_EQ(answer.body, "done");
  EXPECT_TRUE(answer.says("Connection: close"));
  stopping.join();
  server->stop();  // twice does no harm
  EXPECT_EQ(server->counters().connections, 0U);
}

TEST(Server, DoesNotWaitLongForAClientWhenItStops) {
  auto settings = quick();
  settings.stop_time_max = milliseconds(200);
  const auto server = started(settings);
  RawClient client(server->port());
  client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_FALSE(client.receive().empty());  // and never takes the rest
  const auto begun = steady_clock::now();
  server->stop();
  EXPECT_LT(steady_clock::now() - begun, milliseconds(5'000));
}

}  // namespace
}  // namespace regmark::api::http
