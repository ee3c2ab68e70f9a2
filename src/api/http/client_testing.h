// A client that writes any bytes it likes, as a broken or hostile one would. Never included by a
// program.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "api/http/server.h"
#include "base/check.h"

namespace regmark::api::http {

inline Response text(std::string body) {
  Response response;
  response.content_type = "text/plain";
  response.body = std::move(body);
  return response;
}

class RawClient {
 public:
  struct Answer {
    int status = 0;
    std::string head;  // status line and headers
    std::string body;
    bool says(std::string_view line) const { return head.find(line) != std::string::npos; }
  };

  // Waits this long for bytes, unless told otherwise; comes from that address of this machine.
  explicit RawClient(std::uint16_t port,
                     std::chrono::milliseconds patience = std::chrono::seconds(10),
                     std::uint32_t from = INADDR_LOOPBACK)
      : patience_(patience), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    REGMARK_CHECK(socket_ >= 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(from);
    REGMARK_CHECK(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REGMARK_CHECK(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  }
  RawClient(RawClient&& other) noexcept
      : patience_(other.patience_),
        socket_(std::exchange(other.socket_, -1)),
        kept_(std::move(other.kept_)) {}
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient() {
    if (socket_ >= 0) ::close(socket_);
  }

  // Gives false when the server has closed the connection.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  void finish_sending() const { ::shutdown(socket_, SHUT_WR); }

  // Some bytes; empty at the end, or when nothing came in time.
  std::string receive() { return receive(patience_); }
  std::string receive(std::chrono::milliseconds time) {
    if (!kept_.empty()) return std::exchange(kept_, {});
    pollfd ready{.fd = socket_, .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, static_cast<int>(time.count())) <= 0) return {};
    char bytes[65'536];
    const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
    return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : std::string{};
  }

  // Everything up to the end of the connection, or what came until nothing did for `time`.
  std::string receive_all(std::chrono::milliseconds time = std::chrono::seconds(10)) {
    std::string all;
    for (auto some = receive(time); !some.empty(); some = receive(time)) all += some;
    return all;
  }

  // Everything up to and with `end`; or what there was.
  std::string receive_until(std::string_view end) {
    std::string all;
    while (true) {
      const auto some = receive();
      if (some.empty()) return all;
      all += some;
      if (const auto at = all.find(end); at != std::string::npos) {
        kept_ = all.substr(at + end.size());
        all.resize(at + end.size());
        return all;
      }
    }
  }

  // One answer with a Content-Length; status 0: none came.
  Answer answer(bool has_body = true) {
    Answer answer;
    answer.head = receive_until("\r\n\r\n");
    if (!answer.head.starts_with("HTTP/1.1 ")) return answer;
    answer.status = std::atoi(answer.head.c_str() + 9);
    const auto length = answer.head.find("Content-Length: ");
    if (!has_body || length == std::string::npos) return answer;
    const auto size = static_cast<std::size_t>(std::atoll(answer.head.c_str() + length + 16));
    while (answer.body.size() < size) {
      const auto some = receive();
      if (some.empty()) return {};
      answer.body += some;
    }
    kept_ = answer.body.substr(size);
    answer.body.resize(size);
    return answer;
  }

  Answer ask(std::string_view request) {
    send(request);
    return answer();
  }

  // Whether the server closes the connection within the time.
  bool is_closed_within(std::chrono::milliseconds time) {
    pollfd ready{.fd = socket_, .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, static_cast<int>(time.count())) <= 0) return false;
    char byte = 0;
    return ::recv(socket_, &byte, 1, MSG_PEEK) <= 0;
  }

 private:
  std::chrono::milliseconds patience_;
  int socket_;
  std::string kept_;  // received, not yet given
};

}  // namespace regmark::api::http
