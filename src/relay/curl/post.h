// One HTTP request, made by libcurl.
#pragma once

#include <string>

#include "base/result.h"

namespace regmark::relay::curl {

struct Reply {
  long status = 0;
  std::string body;  // at most reply_size_max bytes
};

inline constexpr std::size_t reply_size_max = std::size_t{4} << 20U;

// Sends `body` and waits for the whole reply: 10 s to connect, and it gives up when fewer than 100
// bytes a second pass for 60 s. Redirects are not followed: a token goes only where it was sent.
// Fails with
//   unavailable   no connection, or no whole reply
Result<Reply> post(const std::string& url, const std::string& token,
                   const std::string& content_type, const std::string& body);

}  // namespace regmark::relay::curl
