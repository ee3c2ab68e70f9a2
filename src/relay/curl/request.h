// HTTP requests, made by libcurl.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace regmark::relay::curl {

// By what the other side of https is known. With neither, by the authorities of this system.
struct Trust {
  std::filesystem::path authority{};  // PEM: who must have signed its certificate
  std::string pin{};  // "sha256//..." of its key: then neither names nor authorities matter
};

// What this side shows under https, besides; files in PEM, or none.
struct OwnCertificate {
  std::filesystem::path certificate{}, key{};
};

struct Request {
  std::string method = "GET";
  std::string url{};
  std::string token{};         // of a camera or a session; empty: none
  std::string content_type{};  // of the body
  std::string body{};
  Trust trust{};
  OwnCertificate own{};
  std::vector<std::pair<std::string, std::string>> headers{};  // others
  std::chrono::milliseconds time_max{0};  // for the whole exchange; 0: as long as bytes come
};

struct Reply {
  long status = 0;
  std::string body;  // at most reply_size_max bytes
};

inline constexpr std::size_t reply_size_max = std::size_t{64} << 20U;

// Sends a request and waits for the whole reply: 10 s to connect, and it gives up when fewer than
// 100 bytes a second pass for 60 s. Redirects are not followed and no proxy is used: a token goes
// only where it was sent. Under https the other side speaks TLS 1.2 or later and must be trusted.
// Fails with
//   unavailable   no connection, another than is trusted, or no whole reply
Result<Reply> send(const Request& request);

// Reads an endless reply and hands on its bytes as they come, until `take` gives false or the
// other side closes. A reply with another status than 200 is given whole, and nothing handed on.
// Fails with
//   unavailable   no connection
Result<Reply> follow(const Request& request, const std::function<bool(std::string_view)>& take);

}  // namespace regmark::relay::curl
