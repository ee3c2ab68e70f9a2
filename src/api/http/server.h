// An HTTP/1.1 server, on loopback or under TLS 1.3: routes in, bytes out. Boost.Beast and OpenSSL
// do the work; nothing of them shows here. Connections are coroutines on a few threads; handlers
// run on a pool of workers and may block.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace regmark::api::http {

// One request, whole. Path, query and variables are valid UTF-8 without control characters.
struct Request {
  std::string method;                            // "GET"
  std::string path;                              // decoded, without the query
  std::map<std::string, std::string> query;      // decoded; no name stands twice
  std::string target;                            // the path and query as they were sent
  std::map<std::string, std::string> variables;  // of the route: {id} -> "..."
  std::string body;
  std::string remote_address;
  // Whom it counts against: the address, of IPv6 its first half, for whoever has one address there
  // has all of its network.
  std::string source;
  // SHA-256 of the certificate that the client showed and has the key of, in lower-case
  // hexadecimal. Nobody else has vouched for it. Empty: none.
  std::string client_certificate;
  // The header's value, or empty; the name in any case.
  std::string_view header(std::string_view name) const;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  // The cookie's value without quotes, or empty.
  std::string_view cookie(std::string_view name) const;
};

// A stream of server-sent events to one client. push() may be called from any thread and never
// blocks: a client that is more than queue_max events, or queue_size_max bytes, behind is cut off.
// The stream ends when the last pointer to it goes; it may outlive the server.
class EventStream {
 public:
  static constexpr std::size_t queue_max = 1'000;
  static constexpr std::size_t queue_size_max = std::size_t{8} << 20U;
  virtual ~EventStream() = default;
  // Gives false once the client is gone or was cut off.
  virtual bool push(std::string_view event, std::string_view data, std::string_view id = {}) = 0;
  // Whether a push would still go anywhere.
  virtual bool open() const = 0;
  virtual void close() = 0;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  // Set: the body is ignored, the connection becomes an event stream, and this is called once with
  // it, on a worker thread. It must not block; it keeps the pointer as long as it likes. A comment
  // goes out whenever nothing else did for Settings::stream_keep_alive.
  std::function<void(std::shared_ptr<EventStream>)> stream;
};

// May be called from many threads at once. What it throws becomes a 500.
using Handler = std::function<Response(const Request&)>;

struct Route {
  std::string method;                     // GET answers HEAD too
  std::string pattern;                    // "/v1/alerts/{id}/confirm": {} is one whole segment
  std::size_t body_size_max = 1U << 20U;  // larger: 413
  Handler handler;
};

enum class ClientCertificates { ignored, asked_for };

// How the server shows who it is. Clients speak TLS 1.3 or nothing.
struct Tls {
  std::string certificate;  // PEM: its own first, then those that signed it
  std::string key;          // PEM, not encrypted
  ClientCertificates clients = ClientCertificates::ignored;
};

struct Settings {
  std::string address = "127.0.0.1";  // anything that is not loopback needs TLS
  std::uint16_t port = 8600;          // 0: any free one
  std::optional<Tls> tls{};
  int threads = 2;
  int workers = 16;
  std::size_t worker_queue_max = 1'024;  // requests that wait for a worker; more: 503
  std::size_t connections_max = 12'000;  // more: 503 and closed
  // Of one source: an IPv4 address or an IPv6 network of 64 bits.
  std::size_t connections_of_source_max = 12'000;   // more: as above
  std::uint32_t requests_of_source_per_second = 0;  // in the long run; more: 429. 0: no limit
  std::size_t header_size_max = 16'384;             // request line and headers; more: 431
  // Of all requests together that are being received or handled, and of all answers that clients
  // have not taken yet; more: 503. What a client says it will send counts for nothing, only what
  // came. The last eighth is for those who hold 256 KiB at most, and answers of up to 16 KiB go
  // out in any case: what was done is to be said.
  std::size_t bodies_size_max = std::size_t{512} << 20U;
  std::size_t bodies_size_of_source_max = std::size_t{512} << 20U;  // the same for one source
  // The times are the longest that a part of the exchange may take in all. A client that misses
  // one while it sends a request gets 408; one that takes no answer is cut off.
  std::chrono::milliseconds handshake_time_max{10'000};  // of TLS, from the first byte on
  std::chrono::milliseconds header_time_max{10'000};     // for a request line and headers to arrive
  std::chrono::milliseconds body_time_max{60'000};
  std::chrono::milliseconds write_time_max{60'000};  // for the client to take an answer
  std::chrono::milliseconds idle_time_max{75'000};   // between requests, and before the first
  std::chrono::milliseconds stream_keep_alive{15'000};
  std::chrono::milliseconds stop_time_max{5'000};  // for answers under way when the server stops
  // Sent with every answer, the server's own errors too.
  std::vector<std::pair<std::string, std::string>> headers;
  // HTML for a browser that asks for an unknown path; empty: problem+json, as for others.
  std::string not_found_page;
};

// What the server did since it started, for /metrics.
struct Counters {
  std::uint64_t connections = 0;      // open now
  std::uint64_t streams = 0;          // of them, event streams
  std::uint64_t accepted = 0;         // connections ever
  std::uint64_t turned_away = 0;      // above connections_max
  std::uint64_t requests = 0;         // that reached a handler
  std::uint64_t malformed = 0;        // answered with an error before any handler
  std::uint64_t timed_out = 0;        // clients that missed a time
  std::uint64_t too_often = 0;        // 429
  std::uint64_t busy = 0;             // 503: no worker, or no memory for a body
  std::uint64_t streams_cut_off = 0;  // too far behind
  std::uint64_t handshakes_failed = 0;
};

class Server {
 public:
  // Listens on return. Unknown paths give 404, known ones with another method 405, both as
  // application/problem+json. Raises the process's own limit on open files, as far as it may, to
  // what connections_max needs. Fails with
  //   invalid_input   an address that is not loopback, and no TLS; a certificate and key that are
  //                   none, or do not belong together
  //   unavailable     the port is taken
  static Result<std::unique_ptr<Server>> start(const Settings& settings, std::vector<Route> routes);
  virtual ~Server() = default;  // stops, and waits for handlers that run

  virtual std::uint16_t port() const = 0;
  virtual Counters counters() const = 0;
  // Shows this from the next connection on. Fails with
  //   invalid_input   as start() does, or the server has no TLS: what was shown so far still is
  virtual Result<void> renew(const Tls& tls) = 0;
  // Takes no more connections and requests, lets answers under way go out for stop_time_max, ends
  // streams. Returns when the last handler has. Not to be called from a handler.
  virtual void stop() = 0;
};

}  // namespace regmark::api::http
