// An HTTP/1.1 server on loopback: routes in, bytes out. Boost.Beast does the work; nothing of it
// shows here. Connections are coroutines on a few threads; handlers run on a pool of workers and
// may block.
#pragma once

#include <chrono>
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

struct Request {
  std::string method;                            // "GET"
  std::string path;                              // decoded, without the query
  std::map<std::string, std::string> query;      // decoded
  std::map<std::string, std::string> variables;  // of the route: {id} -> "..."
  std::string body;
  std::string remote_address;
  // The header's value, or empty; the name in any case.
  std::string_view header(std::string_view name) const;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string_view cookie(std::string_view name) const;
};

// A stream of server-sent events to one client. push() may be called from any thread and never
// blocks: a client that is more than queue_max events behind is cut off.
class EventStream {
 public:
  static constexpr std::size_t queue_max = 1'000;
  virtual ~EventStream() = default;
  // Gives false once the client is gone or was cut off.
  virtual bool push(std::string_view event, std::string_view data, std::string_view id = {}) = 0;
  virtual void close() = 0;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  // Set: the body is ignored, the connection becomes an event stream, and this is called once with
  // it, on a worker thread. It must not block; it keeps the pointer as long as it likes.
  std::function<void(std::shared_ptr<EventStream>)> stream;
};

using Handler = std::function<Response(const Request&)>;

struct Route {
  std::string method;
  std::string pattern;                    // "/v1/alerts/{id}/confirm"
  std::size_t body_size_max = 1U << 20U;  // larger: 413
  Handler handler;
};

struct Settings {
  std::string address = "127.0.0.1";  // anything that is not loopback is refused
  std::uint16_t port = 8600;          // 0: any free one
  int threads = 2;
  int workers = 16;
  std::size_t connections_max = 12'000;
  std::chrono::seconds header_time_max{10};  // for a request line and headers to arrive
  std::chrono::seconds body_time_max{60};
  std::chrono::seconds idle_time_max{75};
};

class Server {
 public:
  // Listens on return. Unknown paths give 404, known ones with another method 405, both as
  // application/problem+json. Fails with
  //   invalid_input   an address that is not loopback
  //   unavailable     the port is taken
  static Result<std::unique_ptr<Server>> start(const Settings& settings, std::vector<Route> routes);
  virtual ~Server() = default;  // stops, and waits for handlers that run

  virtual std::uint16_t port() const = 0;
  virtual void stop() = 0;
};

}  // namespace regmark::api::http
