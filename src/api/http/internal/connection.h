// One client's connection: requests one after another, or one event stream at the end.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <memory>
#include <optional>

#include "api/http/internal/answer.h"
#include "api/http/internal/core.h"
#include "api/http/internal/event_queue.h"
#include "api/http/internal/stream.h"

namespace regmark::api::http {

// Everything but the constructor runs on the thread of the socket's own executor, and run() holds
// the connection alive.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // Counts itself in `open` as long as it lives, and has been let in as one of its source's; an
  // empty source was not.
  Connection(boost::asio::ip::tcp::socket socket, Core& core, std::atomic<std::uint64_t>& open,
             std::string source);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // Serves until the client or the server has had enough.
  boost::asio::awaitable<void> run();
  // One problem, and no more.
  boost::asio::awaitable<void> turn_away();
  // Ends once the answer under way is out; a request that is not whole yet gets none.
  void stop();
  // Ends now.
  void abort();

 private:
  enum class Phase { receiving, handling, answering, streaming };
  enum class Then { again, close, linger, abort };
  struct Exchange;

  boost::asio::awaitable<Then> shake_hands(std::shared_ptr<TlsContext> tls);
  boost::asio::awaitable<void> say_goodbye();
  boost::asio::awaitable<bool> await_request();
  void release_buffer();
  boost::asio::awaitable<Then> exchange();
  boost::asio::awaitable<bool> receive(Exchange& exchange);
  boost::asio::awaitable<void> receive_body(Exchange& exchange);
  std::optional<Response> admit(Exchange& exchange);
  std::optional<Response> find_route(Exchange& exchange);
  std::optional<Response> answer_to(boost::system::error_code error);
  boost::asio::awaitable<Response> handle(Exchange& exchange);
  boost::asio::awaitable<bool> answer(const Response& response, const Framing& framing,
                                      bool head_only);
  boost::asio::awaitable<void> send_events(std::shared_ptr<EventQueue> queue);
  void on_news();
  boost::asio::awaitable<bool> send(const void* bytes, std::size_t size);
  boost::asio::awaitable<void> watch_for_end();
  boost::asio::awaitable<void> linger();

  void give(std::chrono::milliseconds time);
  void give_for_ever();
  void watch_deadline();

  Stream stream_;
  Core& core_;
  std::atomic<std::uint64_t>& open_;
  const std::string source_;
  boost::beast::flat_buffer buffer_;
  Phase phase_ = Phase::receiving;
  bool stopping_ = false;

  // The present step must end by then. One timer runs for all steps; it is set anew only when it
  // would fire too late.
  std::chrono::steady_clock::time_point deadline_;
  boost::asio::steady_timer deadline_timer_;
  std::chrono::steady_clock::time_point timer_fires_;
  bool timer_runs_ = false;
  bool timed_out_ = false;

  std::shared_ptr<EventQueue> queue_;
  boost::asio::steady_timer event_timer_;
};

}  // namespace regmark::api::http
