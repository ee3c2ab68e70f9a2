#include "relay/curl/post.h"

#include <curl/curl.h>

#include <memory>

#include "base/check.h"

namespace regmark::relay::curl {
namespace {

constexpr long connect_time_max_s = 10;
constexpr long slow_bytes_per_s = 100;
constexpr long slow_time_max_s = 60;

std::size_t keep(char* bytes, std::size_t size, std::size_t count, void* reply) {
  auto& body = static_cast<Reply*>(reply)->body;
  // Taking less than was offered ends the transfer with an error.
  if (body.size() + size * count > reply_size_max) return 0;
  body.append(bytes, size * count);
  return size * count;
}

}  // namespace

Result<Reply> post(const std::string& url, const std::string& token,
                   const std::string& content_type, const std::string& body) {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  REGMARK_CHECK(ready);
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(),
                                                                 &curl_easy_cleanup);
  curl_slist* raw = curl_slist_append(nullptr, ("Authorization: Bearer " + token).c_str());
  raw = curl_slist_append(raw, ("Content-Type: " + content_type).c_str());
  raw = curl_slist_append(raw, "Expect:");  // one round trip less
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(raw,
                                                                            &curl_slist_free_all);
  Reply reply;
  curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &keep);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &reply);
  curl_easy_setopt(easy.get(), CURLOPT_CONNECTTIMEOUT, connect_time_max_s);
  curl_easy_setopt(easy.get(), CURLOPT_LOW_SPEED_LIMIT, slow_bytes_per_s);
  curl_easy_setopt(easy.get(), CURLOPT_LOW_SPEED_TIME, slow_time_max_s);
  curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");  // the office is near, or it is not ours
  const CURLcode code = curl_easy_perform(easy.get());
  if (code != CURLE_OK) return fail(ErrorCode::unavailable, curl_easy_strerror(code));
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &reply.status);
  return reply;
}

}  // namespace regmark::relay::curl
