#include "relay/curl/request.h"

#include <curl/curl.h>

#include <array>
#include <memory>

#include "base/check.h"

namespace regmark::relay::curl {
namespace {

constexpr long connect_time_max_s = 10;
constexpr long slow_bytes_per_s = 100;
constexpr long slow_time_max_s = 60;

struct Following {
  CURL* easy;
  const std::function<bool(std::string_view)>& take;
  Reply reply{};
  bool stopped = false;
};

std::size_t keep(char* bytes, std::size_t size, std::size_t count, void* reply) {
  auto& body = static_cast<Reply*>(reply)->body;
  // Taking less than was offered ends the transfer with an error.
  if (body.size() + size * count > reply_size_max) return 0;
  body.append(bytes, size * count);
  return size * count;
}

std::size_t hand_on(char* bytes, std::size_t size, std::size_t count, void* following) {
  auto& to = *static_cast<Following*>(following);
  curl_easy_getinfo(to.easy, CURLINFO_RESPONSE_CODE, &to.reply.status);
  if (to.reply.status != 200) return keep(bytes, size, count, &to.reply);
  if (to.take(std::string_view(bytes, size * count))) return size * count;
  to.stopped = true;
  return 0;
}

// Asks now and then, so that a quiet stream can be left as well.
int still_wanted(void* following, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& to = *static_cast<Following*>(following);
  if (to.take({})) return 0;
  to.stopped = true;
  return 1;
}

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

Headers headers_of(const Request& request) {
  curl_slist* list = curl_slist_append(nullptr, "Expect:");  // one round trip less
  if (!request.token.empty()) {
    list = curl_slist_append(list, ("Authorization: Bearer " + request.token).c_str());
  }
  if (!request.content_type.empty()) {
    list = curl_slist_append(list, ("Content-Type: " + request.content_type).c_str());
  }
  for (const auto& [name, value] : request.headers) {
    list = curl_slist_append(list, (name + ": " + value).c_str());
  }
  return Headers(list, &curl_slist_free_all);
}

void trust_only(CURL* easy, const Trust& trust) {
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  if (!trust.authority.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, trust.authority.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  }
  if (trust.pin.empty()) return;
  // The key is who it is; nobody else need have vouched for it.
  curl_easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY, trust.pin.c_str());
  if (!trust.authority.empty()) return;
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
}

Easy prepare(const Request& request, const Headers& headers) {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  REGMARK_CHECK(ready);
  Easy easy(curl_easy_init(), &curl_easy_cleanup);
  curl_easy_setopt(easy.get(), CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy.get(), CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (request.method != "GET") {
    curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
  }
  curl_easy_setopt(easy.get(), CURLOPT_CONNECTTIMEOUT, connect_time_max_s);
  curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(request.time_max.count()));
  curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
  trust_only(easy.get(), request.trust);
  if (!request.own.certificate.empty()) {
    curl_easy_setopt(easy.get(), CURLOPT_SSLCERT, request.own.certificate.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_SSLKEY, request.own.key.c_str());
  }
  return easy;
}

// One exchange. Where trust failed, curl's own words say more than the name of the failure.
CURLcode perform(CURL* easy, std::string& words) {
  std::array<char, CURL_ERROR_SIZE> said{};
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, said.data());
  const CURLcode code = curl_easy_perform(easy);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, nullptr);
  const bool of_trust = code == CURLE_PEER_FAILED_VERIFICATION ||
                        code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_CONNECT_ERROR;
  words = of_trust && said[0] != 0 ? said.data() : curl_easy_strerror(code);
  return code;
}

}  // namespace

Result<Reply> send(const Request& request) {
  const Headers headers = headers_of(request);
  const Easy easy = prepare(request, headers);
  Reply reply;
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &keep);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &reply);
  curl_easy_setopt(easy.get(), CURLOPT_LOW_SPEED_LIMIT, slow_bytes_per_s);
  curl_easy_setopt(easy.get(), CURLOPT_LOW_SPEED_TIME, slow_time_max_s);
  std::string words;
  if (perform(easy.get(), words) != CURLE_OK) return fail(ErrorCode::unavailable, words);
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &reply.status);
  return reply;
}

Result<Reply> follow(const Request& request, const std::function<bool(std::string_view)>& take) {
  const Headers headers = headers_of(request);
  const Easy easy = prepare(request, headers);
  Following following{.easy = easy.get(), .take = take};
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &hand_on);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &following);
  curl_easy_setopt(easy.get(), CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy.get(), CURLOPT_XFERINFOFUNCTION, &still_wanted);
  curl_easy_setopt(easy.get(), CURLOPT_XFERINFODATA, &following);
  std::string words;
  if (perform(easy.get(), words) != CURLE_OK && !following.stopped) {
    return fail(ErrorCode::unavailable, words);
  }
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &following.reply.status);
  return std::move(following.reply);
}

}  // namespace regmark::relay::curl
