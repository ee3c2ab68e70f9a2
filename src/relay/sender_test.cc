#include "relay/sender.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"
#include "base/files_testing.h"

namespace regmark::relay {
namespace {

using namespace std::chrono_literals;

// Answers every request alike, each on a connection of its own, until it is destroyed.
class AnsweringOffice {
 public:
  explicit AnsweringOffice(const std::string& body, const std::string& status = "200 OK")
      : answer_("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body),
        listening_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    REGMARK_CHECK(::bind(listening_, any, size) == 0 && ::listen(listening_, 16) == 0 &&
                  ::getsockname(listening_, any, &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { serve(); });
  }
  AnsweringOffice(const AnsweringOffice&) = delete;
  AnsweringOffice& operator=(const AnsweringOffice&) = delete;
  ~AnsweringOffice() {
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
  }
  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  void serve() const {
    while (true) {
      const int file = ::accept(listening_, nullptr, nullptr);
      if (file < 0) return;
      // One small batch: its last boundary ends it.
      std::string request;
      char buffer[4096];
      while (!request.ends_with("--\r\n")) {
        const auto got = ::read(file, buffer, sizeof buffer);
        if (got <= 0) break;
        request.append(buffer, static_cast<std::size_t>(got));
      }
      [[maybe_unused]] const auto sent = ::write(file, answer_.data(), answer_.size());
      ::close(file);
    }
  }

  const std::string answer_;
  const int listening_;
  std::uint16_t port_ = 0;
  std::jthread thread_;
};

// Whoever waits for an empty spool goes on to say how many were taken, and refused.
TEST(Sender, HasCountedAllThatLeftTheSpool) {
  const base::TestFolder folder;
  const AnsweringOffice office(R"({"accepted":1,"duplicates":0,"refused":[],"dropped":[]})");
  const base::SystemClock clock;
  // A file for each item: removing them is what takes its time.
  const auto spool =
      Spool::open({.folder = folder.path() / "spool", .key = {}, .segment_bytes = 1});
  ASSERT_TRUE(spool) << spool.error().message;
  const auto sender = Sender::start({.office = office.address(),
                                     .camera = base::CameraId::parse("camera-1").value(),
                                     .token = "token"},
                                    **spool, clock, [](const std::string&) {});
  ASSERT_TRUE(sender);
  for (std::uint64_t sent = 1; sent <= 100; ++sent) {
    ASSERT_TRUE((*spool)->add({.read = R"({"plate":"AB12CDE"})",
                               .plate_picture = base::Bytes(40, 7),
                               .overview_picture = {}}));
    (*sender)->wake();
    const auto tries_end = std::chrono::steady_clock::now() + 10s;
    while (!(*sender)->drain(0ms)) ASSERT_LT(std::chrono::steady_clock::now(), tries_end);
    ASSERT_EQ((*sender)->counts().accepted, sent);
  }
}

// A token that the office does not take is for a person to mend: the read stays, and nobody need
// wait for it.
TEST(Sender, KeepsReadsWhereItIsTurnedAway) {
  const base::TestFolder folder;
  const base::SystemClock clock;
  for (const auto* status : {"401 Unauthorized", "409 Conflict", "503 Service Unavailable"}) {
    SCOPED_TRACE(status);
    const AnsweringOffice office("{}", status);
    const auto spool = Spool::open({.folder = folder.path() / std::string(status, 3), .key = {}});
    ASSERT_TRUE(spool) << spool.error().message;
    const auto sender = Sender::start({.office = office.address(),
                                       .camera = base::CameraId::parse("camera-1").value(),
                                       .token = "token",
                                       .wait_min = 10ms},
                                      **spool, clock, [](const std::string&) {});
    ASSERT_TRUE(sender);
    EXPECT_FALSE((*sender)->is_turned_away());
    ASSERT_TRUE((*spool)->add(
        {.read = R"({"plate":"AB12CDE"})", .plate_picture = {}, .overview_picture = {}}));
    (*sender)->wake();
    EXPECT_FALSE((*sender)->drain(300ms));
    EXPECT_EQ((*sender)->is_turned_away(), status[0] == '4');
    EXPECT_EQ((*spool)->size(), 1U);
  }
}

}  // namespace
}  // namespace regmark::relay
