#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/http/client_testing.h"
#include "api/http/server.h"

namespace regmark::api::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::string_view subscribe = "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n";

// A server with one stream, and every client that listens to it.
class StreamTest : public testing::Test {
 protected:
  void start(Settings settings = {}) {
    settings.port = 0;
    Route route{.method = "GET", .pattern = "/stream", .handler = [this](const Request&) {
                  Response response;
                  response.stream = [this](std::shared_ptr<EventStream> stream) {
                    stream->push("hello", "{}");
                    const std::lock_guard lock(mutex_);
                    streams_.push_back(std::move(stream));
                  };
                  return response;
                }};
    auto server = Server::start(settings, {std::move(route)});
    ASSERT_TRUE(server.has_value());
    server_ = *std::move(server);
  }

  // A client that has received its "hello".
  RawClient listener() {
    RawClient client(server_->port());
    client.send(subscribe);
    const auto head = client.receive_until("\r\n\r\n");
    EXPECT_NE(head.find("Content-Type: text/event-stream\r\n"), std::string::npos);
    EXPECT_EQ(client.receive_until("\n\n"), "event: hello\ndata: {}\n\n");
    return client;
  }

  // Pushes to everybody, and gives how many are still there.
  int push(std::string_view data) {
    const std::lock_guard lock(mutex_);
    int here = 0;
    for (const auto& stream : streams_) here += stream->push("alert", data, "1") ? 1 : 0;
    return here;
  }

  void wait_until(const std::function<bool()>& done) {
    const auto begun = steady_clock::now();
    while (!done() && steady_clock::now() - begun < std::chrono::seconds(20)) {
      std::this_thread::sleep_for(milliseconds(5));
    }
    EXPECT_TRUE(done());
  }

  std::unique_ptr<Server> server_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<EventStream>> streams_;
};

TEST_F(StreamTest, ReachesEveryClientInOrder) {
  start();
  std::vector<RawClient> clients;
  for (int i = 0; i < 50; ++i) clients.push_back(listener());
  std::string want;
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(push(std::to_string(i)), 50);
    want += "id: 1\nevent: alert\ndata: " + std::to_string(i) + "\n\n";
  }
  for (auto& client : clients) EXPECT_EQ(client.receive_until("data: 199\n\n"), want);
  EXPECT_EQ(server_->counters().streams, 50U);
  EXPECT_EQ(server_->counters().streams_cut_off, 0U);
}

TEST_F(StreamTest, CutsOffASlowClientAndSparesTheOthers) {
  start();
  auto slow = listener();
  auto quick = listener();
  std::string received;
  std::thread reading([&] { received = quick.receive_until("data: end\n\n"); });
  const std::string large(16'000, 'x');
  std::size_t sent = 0;
  for (int here = 2; here == 2; ++sent) {
    here = push(large);
    ASSERT_LT(sent, 20'000U);  // 320 MB: no socket holds that
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  EXPECT_EQ(push("end"), 1);
  reading.join();
  const auto event = std::string("id: 1\nevent: alert\ndata: ") + large + "\n\n";
  EXPECT_EQ(received.size(),
            sent * event.size() + std::string("id: 1\nevent: alert\ndata: end\n\n").size());
  wait_until([&] { return server_->counters().streams == 1; });
  EXPECT_EQ(server_->counters().streams_cut_off, 1U);
  EXPECT_LT(slow.receive_all().size(), sent * event.size());
}

TEST_F(StreamTest, SendsACommentWhenNothingElseComes) {
  Settings settings;
  settings.stream_keep_alive = milliseconds(100);
  settings.idle_time_max = milliseconds(300);  // does not hold for a stream
  start(settings);
  auto client = listener();
  for (int i = 0; i < 6; ++i) EXPECT_EQ(client.receive_until("\n\n"), ":\n\n");
  EXPECT_EQ(push("x"), 1);
  EXPECT_EQ(client.receive_until("\n\n"), "id: 1\nevent: alert\ndata: x\n\n");
}

TEST_F(StreamTest, NoticesThatTheClientIsGone) {
  start();
  { const auto client = listener(); }
  wait_until([&] { return server_->counters().streams == 0; });
  EXPECT_EQ(push("x"), 0);
}

TEST_F(StreamTest, EndsWhenTheApplicationClosesItOrLetsGo) {
  start();
  auto closed = listener();
  push("last");
  streams_.front()->close();
  EXPECT_EQ(closed.receive_all(), "id: 1\nevent: alert\ndata: last\n\n");
  auto let_go = listener();
  streams_.clear();
  EXPECT_EQ(let_go.receive_all(), "");
  EXPECT_TRUE(let_go.is_closed_within(milliseconds(1'000)));
}

TEST_F(StreamTest, MayOutliveTheServer) {
  start();
  auto client = listener();
  server_.reset();
  EXPECT_TRUE(client.is_closed_within(milliseconds(1'000)));
  EXPECT_EQ(push("x"), 0);
}

TEST_F(StreamTest, AnswersHeadWithoutStarting) {
  start();
  RawClient client(server_->port());
  client.send("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto all = client.receive_all();
  EXPECT_TRUE(all.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(all.ends_with("\r\n\r\n"));
  EXPECT_TRUE(streams_.empty());
}

TEST_F(StreamTest, MayBePushedWhileClientsComeAndGo) {
  start();
  std::atomic<bool> over{false};
  std::thread pushing([&] {
    while (!over) {
      push("x");
      std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
  });
  for (int i = 0; i < 60; ++i) {
    auto client = listener();
    if (i % 2 == 0) client.receive_until("data: x\n\n");
  }
  over = true;
  pushing.join();
  wait_until([&] { return server_->counters().streams == 0; });
}

}  // namespace
}  // namespace regmark::api::http
