#include "api/http/internal/connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <utility>

#include "api/http/internal/counted_body.h"
#include "api/http/internal/target.h"
#include "api/http/problem.h"

namespace regmark::api::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t read_size = std::size_t{64} << 10U;        // of one read of a body
constexpr std::size_t idle_buffer_max = std::size_t{8} << 10U;   // kept while nothing comes
constexpr std::size_t sealed_read_size = std::size_t{1} << 10U;  // of the first read of a request
constexpr std::chrono::seconds linger_time{2};
constexpr std::chrono::seconds goodbye_time{1};
constexpr std::size_t linger_size_max = std::size_t{16} << 20U;
constexpr std::size_t linger_read_size = std::size_t{16} << 10U;
constexpr std::size_t always_sent_max = std::size_t{16} << 10U;
constexpr std::size_t events_write_max = std::size_t{64} << 10U;

using Parser = beast::http::request_parser<CountedBody>;

auto into(error_code& error) {
  return asio::redirect_error(asio::use_awaitable, error);
}

std::string_view view(boost::core::string_view text) {
  return {text.data(), text.size()};
}

Response malformed(std::string_view detail) {
  return problem(400, "invalid_input", detail);
}

Response too_much_at_once() {
  auto busy = problem(503, "unavailable", "too much is sent and asked for at once: try again");
  busy.headers.emplace_back("Retry-After", "1");
  return busy;
}

// Two readings of where a request ends would let one request hide in another.
std::optional<Response> check_framing(const Parser& parser) {
  const auto& head = parser.get();
  const auto codings = head.count(beast::http::field::transfer_encoding);
  if (codings == 0) return std::nullopt;
  if (codings > 1 || head.version() != 11) return malformed("the transfer encoding is not allowed");
  if (!beast::iequals(head[beast::http::field::transfer_encoding], "chunked")) {
    return problem(501, "invalid_input", "the only transfer encoding is chunked");
  }
  return std::nullopt;
}

// Headers that mean something to us must not stand twice: which one counts?
std::optional<Response> check_headers(const Parser& parser) {
  const auto& head = parser.get();
  const auto hosts = head.count(beast::http::field::host);
  if (hosts > 1 || (hosts == 0 && head.version() == 11)) {
    return malformed("a request names one host");
  }
  for (const auto field : {beast::http::field::authorization, beast::http::field::content_type,
                           beast::http::field::cookie, beast::http::field::expect}) {
    if (head.count(field) > 1) return malformed("a header stands twice");
  }
  return std::nullopt;
}

void copy_head(const Parser& parser, Request& request) {
  const auto& head = parser.get();
  request.method = head.method_string();
  for (const auto& field : head) {
    std::string name(field.name_string());
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    request.headers.emplace_back(std::move(name), field.value());
  }
}

}  // namespace

// What is known of the request under way.
struct Connection::Exchange {
  explicit Exchange(Core& core, const std::string& source) {
    parser.header_limit(static_cast<std::uint32_t>(core.settings.header_size_max));
    parser.body_limit(boost::none);  // set once the route is known
    parser.get().body().lease.emplace(core, source);
  }
  bool head_only() const { return request.method == "HEAD"; }
  // Whether the next request can be found behind this one.
  bool whole() const { return parser.is_done(); }
  // The answer may take long to go out, and the body is not needed for it.
  void release_body() {
    request.body = {};
    parser.get().body().bytes = {};
    parser.get().body().lease.reset();
  }

  Parser parser;
  Request request;
  const Route* route = nullptr;
  Framing framing{.version = 11, .length = Length::counted, .after = After::close};
  std::optional<Response> early;  // an answer that needs no handler
  std::shared_ptr<EventQueue> queue;
};

Connection::Connection(asio::ip::tcp::socket socket, Core& core, std::atomic<std::uint64_t>& open,
                       std::string source)
    : stream_(std::move(socket)),
      core_(core),
      open_(open),
      source_(std::move(source)),
      buffer_(core.settings.header_size_max + read_size),
      deadline_timer_(stream_.get_executor()),
      event_timer_(stream_.get_executor()) {
  ++open_;
}

Connection::~Connection() {
  if (queue_) queue_->detach();
  if (!source_.empty()) core_.sources.leave(source_);
  --open_;
}

void Connection::stop() {
  stopping_ = true;
  if (phase_ == Phase::receiving) abort();
  if (phase_ == Phase::streaming) queue_->close();
}

void Connection::abort() {
  error_code ignored;
  stream_.socket().close(ignored);
  event_timer_.cancel();
}

void Connection::give(std::chrono::milliseconds time) {
  timed_out_ = false;
  deadline_ = steady_clock::now() + time;
  if (!timer_runs_ || timer_fires_ > deadline_) watch_deadline();
}

void Connection::give_for_ever() {
  timed_out_ = false;
  deadline_ = steady_clock::time_point::max();
}

void Connection::watch_deadline() {
  timer_runs_ = true;
  timer_fires_ = deadline_;
  deadline_timer_.expires_at(deadline_);  // ends the wait before it
  deadline_timer_.async_wait([self = weak_from_this()](error_code error) {
    const auto connection = self.lock();
    if (error || !connection) return;
    connection->timer_runs_ = false;
    if (connection->deadline_ == steady_clock::time_point::max()) return;
    if (steady_clock::now() < connection->deadline_) {
      connection->watch_deadline();
      return;
    }
    connection->timed_out_ = true;
    error_code ignored;
    connection->stream_.socket().cancel(ignored);
  });
}

asio::awaitable<void> Connection::run() {
  const auto self = shared_from_this();
  auto then = Then::again;
  if (const auto tls = core_.tls.load()) then = co_await shake_hands(tls);
  while (then == Then::again && !stopping_) {
    phase_ = Phase::receiving;
    const bool ready = co_await await_request();
    then = Then::close;
    if (ready) then = co_await exchange();
  }
  if (stream_.is_sealed() && then != Then::abort) co_await say_goodbye();
  if (then == Then::linger) co_await linger();
  abort();
  deadline_timer_.cancel();
}

// A client that says nothing, or stops in the middle, has handshake_time_max in all.
asio::awaitable<Connection::Then> Connection::shake_hands(std::shared_ptr<TlsContext> tls) {
  phase_ = Phase::receiving;
  give(core_.settings.handshake_time_max);
  std::array<unsigned char, 1> first{};
  error_code error;
  co_await stream_.socket().async_receive(asio::buffer(first), asio::ip::tcp::socket::message_peek,
                                          into(error));
  constexpr unsigned char handshake = 0x16;  // RFC 8446 section 5.1
  if (!error && first[0] != handshake) {
    ++core_.tally.malformed;
    const auto bare = problem(400, "invalid_input", "this port speaks TLS: use https://");
    const Framing framing{.version = 11, .length = Length::counted, .after = After::close};
    co_return co_await answer(bare, framing, /*head_only=*/false) ? Then::linger : Then::abort;
  }
  if (!error) co_await stream_.shake_hands(std::move(tls), error);
  if (!error && !stopping_) co_return Then::again;
  if (timed_out_) ++core_.tally.timed_out;
  ++core_.tally.handshakes_failed;
  co_return Then::abort;
}

// What a stream of events says last must be told apart from a cut cable.
asio::awaitable<void> Connection::say_goodbye() {
  phase_ = Phase::receiving;  // stop() need not wait for it
  give(goodbye_time);
  error_code error;
  if (stream_.socket().is_open()) co_await stream_.say_goodbye(error);
}

asio::awaitable<bool> Connection::await_request() {
  if (buffer_.size() > 0) co_return true;
  release_buffer();
  give(core_.settings.idle_time_max);
  error_code error;
  if (stream_.is_sealed()) {
    // Bytes may wait inside of TLS, where the socket knows nothing of them.
    const auto room = buffer_.prepare(sealed_read_size);
    buffer_.commit(co_await stream_.async_read_some(room, into(error)));
  } else {
    co_await stream_.socket().async_wait(asio::ip::tcp::socket::wait_read, into(error));
  }
  co_return !error && !stopping_;
}

// Most requests leave nothing in it, and need no large one.
void Connection::release_buffer() {
  if (buffer_.size() > 0 || buffer_.capacity() <= idle_buffer_max) return;
  buffer_.clear();
  buffer_.shrink_to_fit();
}

asio::awaitable<Connection::Then> Connection::exchange() {
  Exchange exchange(core_, source_);
  const bool anybody = co_await receive(exchange);
  release_buffer();
  if (!anybody || stopping_) co_return Then::close;
  Response response;
  if (exchange.early) {
    response = *std::move(exchange.early);
  } else {
    phase_ = Phase::handling;
    response = co_await handle(exchange);
    if (!is_well_formed(response)) {
      response = problem(500, "internal", "the answer could not be written");
    }
  }
  exchange.release_body();
  // Whoever takes no answer must not make us hold more than those who send. What was done is said
  // all the same: answers to acts are small.
  BodyLease held(core_, source_);
  if (!held.grow(response.body.size()) && response.body.size() > always_sent_max) {
    ++core_.tally.busy;
    response = too_much_at_once();
  }
  phase_ = Phase::answering;
  const bool streams = response.stream != nullptr && exchange.queue != nullptr;
  if (response.stream) response.content_type = "text/event-stream";
  if (response.stream) exchange.framing.length = Length::until_close;
  if (stopping_ || !exchange.whole() || response.stream) exchange.framing.after = After::close;
  const bool sent = co_await answer(response, exchange.framing, exchange.head_only());
  if (!sent) co_return Then::close;
  if (streams) {
    co_await send_events(exchange.queue);
    co_return Then::close;
  }
  if (exchange.framing.after == After::keep_alive) co_return Then::again;
  // Closing with bytes unread would reset the connection and take the answer with it.
  co_return exchange.whole() && buffer_.size() == 0 ? Then::close : Then::linger;
}

// Gives false when there is nobody to answer.
asio::awaitable<bool> Connection::receive(Exchange& exchange) {
  give(core_.settings.header_time_max);
  buffer_.reserve(idle_buffer_max / 2);
  error_code error;
  co_await beast::http::async_read_header(stream_, buffer_, exchange.parser, into(error));
  if (error) {
    exchange.early = answer_to(error);
    co_return exchange.early.has_value();
  }
  if (!core_.sources.ask(source_, steady_clock::now())) {
    ++core_.tally.too_often;
    exchange.early = problem(429, "limit_exceeded", "too many requests: wait a little");
    exchange.early->headers.emplace_back("Retry-After", "5");
    co_return true;
  }
  exchange.early = admit(exchange);
  if (exchange.early) {
    ++core_.tally.malformed;
    co_return true;
  }
  if (!exchange.whole()) {
    co_await receive_body(exchange);
    if (!exchange.early && !exchange.whole()) co_return false;
  }
  exchange.request.body = std::move(exchange.parser.get().body().bytes);
  co_return true;
}

asio::awaitable<void> Connection::receive_body(Exchange& exchange) {
  give(core_.settings.body_time_max);
  exchange.parser.body_limit(exchange.route->body_size_max);
  error_code error;
  if (!exchange.request.header("expect").empty() && buffer_.size() == 0) {
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await asio::async_write(stream_, asio::buffer(go_on), into(error));
    if (error) co_return;
  }
  const auto length = exchange.parser.content_length();
  if (!length || *length > idle_buffer_max / 2) {
    if (!exchange.parser.get().body().lease->grow(read_size)) {
      error = make_error_code(boost::system::errc::not_enough_memory);
      exchange.early = answer_to(error);
      co_return;
    }
    buffer_.reserve(read_size);
  }
  co_await beast::http::async_read(stream_, buffer_, exchange.parser, into(error));
  if (error) exchange.early = answer_to(error);
}

// What is wrong with the request as far as its head tells; else fills the exchange.
std::optional<Response> Connection::admit(Exchange& exchange) {
  const auto& parser = exchange.parser;
  exchange.framing.version = parser.get().version();
  copy_head(parser, exchange.request);
  if (auto bad = check_framing(parser)) return bad;
  if (auto bad = check_headers(parser)) return bad;
  error_code error;
  const auto peer = stream_.socket().remote_endpoint(error);
  if (!error) exchange.request.remote_address = peer.address().to_string();
  exchange.request.source = source_;
  exchange.request.client_certificate = stream_.client();
  exchange.request.target = view(parser.get().target());
  exchange.framing.after = parser.keep_alive() ? After::keep_alive : After::close;
  if (auto bad = find_route(exchange)) return bad;
  const auto length = parser.content_length();
  if (length && *length > exchange.route->body_size_max) {
    return problem(413, "limit_exceeded", "the body is larger than this path takes");
  }
  const auto expected = exchange.request.header("expect");
  if (!expected.empty() && !beast::iequals(beast::string_view(expected), "100-continue")) {
    return problem(417, "invalid_input", "the only expectation is 100-continue");
  }
  return std::nullopt;
}

std::optional<Response> Connection::find_route(Exchange& exchange) {
  auto target = parse_target(view(exchange.parser.get().target()));
  if (!target) {
    const bool long_one = target.error().code == ErrorCode::limit_exceeded;
    return problem(long_one ? 414 : 400, name(target.error().code), target.error().message);
  }
  auto answer = core_.router.find(exchange.request.method, target->segments);
  if (std::holds_alternative<Router::UnknownPath>(answer)) {
    auto response = problem(404, "not_found", "there is nothing at this path");
    const auto& page = core_.settings.not_found_page;
    const bool browser = exchange.request.header("accept").find("text/html") != std::string::npos;
    if (!page.empty() && browser) {
      response.content_type = "text/html; charset=utf-8";
      response.body = page;
    }
    return response;
  }
  if (const auto* wrong = std::get_if<Router::WrongMethod>(&answer)) {
    auto response = problem(405, "invalid_input", "this path does not know the method");
    response.headers.emplace_back("Allow", wrong->allow);
    return response;
  }
  auto& found = std::get<Router::Found>(answer);
  exchange.route = found.route;
  exchange.request.variables = std::move(found.variables);
  exchange.request.path = std::move(target->path);
  exchange.request.query = std::move(target->query);
  return std::nullopt;
}

// The answer to a request that could not be read; nothing when there is nobody to answer.
std::optional<Response> Connection::answer_to(error_code error) {
  using Error = beast::http::error;
  if (timed_out_ && !stopping_) {
    ++core_.tally.timed_out;
    return problem(408, "invalid_input", "the request took too long to arrive");
  }
  if (error == make_error_code(boost::system::errc::not_enough_memory)) {
    ++core_.tally.busy;
    return too_much_at_once();
  }
  if (error == Error::end_of_stream || error.category() != make_error_code(Error{}).category()) {
    return std::nullopt;
  }
  ++core_.tally.malformed;
  if (error == Error::header_limit || error == Error::buffer_overflow) {
    return problem(431, "limit_exceeded", "the headers are larger than the server takes");
  }
  if (error == Error::body_limit) {
    return problem(413, "limit_exceeded", "the body is larger than this path takes");
  }
  if (error == Error::bad_version) return problem(505, "invalid_input", "HTTP/1.1, please");
  return malformed("this is no HTTP request");
}

// Waits for a worker to run the handler. Everything the worker touches lives in the exchange, whose
// coroutine is suspended meanwhile.
asio::awaitable<Response> Connection::handle(Exchange& exchange) {
  give_for_ever();
  const auto executor = stream_.get_executor();
  const auto wake = [weak = weak_from_this(), executor] {
    asio::post(executor, [weak] {
      if (const auto self = weak.lock()) self->on_news();
    });
  };
  const auto call = [&exchange, wake]() -> Response {
    try {
      auto response = exchange.route->handler(exchange.request);
      if (response.stream && !exchange.head_only() && is_well_formed(response)) {
        exchange.queue = std::make_shared<EventQueue>(wake);
        response.stream(std::make_shared<QueuedStream>(exchange.queue));
      }
      return response;
    } catch (...) {
      // What it says may name a person or a plate, so nobody is told.
      return problem(500, "internal", "the request could not be answered");
    }
  };
  auto initiate = [this, call, executor](auto handler) {
    auto done = std::make_shared<decltype(handler)>(std::move(handler));
    const auto work = asio::make_work_guard(executor);
    auto job = [call, executor, work, done]() mutable {
      asio::post(executor, [done = std::move(done), response = call()]() mutable {
        std::move (*done)(std::move(response));
      });
    };
    if (core_.workers.post(std::move(job))) {
      ++core_.tally.requests;
      return;
    }
    ++core_.tally.busy;
    asio::post(executor, [done] {
      auto busy = problem(503, "unavailable", "too many requests wait: try again");
      busy.headers.emplace_back("Retry-After", "1");
      std::move (*done)(std::move(busy));
    });
  };
  Response response = co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(
      std::move(initiate), asio::use_awaitable);
  if (exchange.queue) queue_ = exchange.queue;
  co_return response;
}

asio::awaitable<bool> Connection::answer(const Response& response, const Framing& framing,
                                         bool head_only) {
  const auto head =
      format_head(response, framing, core_.settings.headers, base::SystemClock().now());
  const bool has_body = !head_only && response.status != 204 && response.status != 304 &&
                        framing.length == Length::counted;
  const std::array<asio::const_buffer, 2> parts{
      asio::buffer(head), asio::buffer(response.body.data(), has_body ? response.body.size() : 0)};
  give(core_.settings.write_time_max);
  error_code error;
  co_await asio::async_write(stream_, parts, into(error));
  if (error && timed_out_) ++core_.tally.timed_out;
  co_return !error;
}

asio::awaitable<bool> Connection::send(const void* bytes, std::size_t size) {
  give(core_.settings.write_time_max);
  error_code error;
  co_await asio::async_write(stream_, asio::buffer(bytes, size), into(error));
  give_for_ever();
  co_return !error;
}

// Something happened to the queue: a client that is cut off may hold up a write.
void Connection::on_news() {
  if (queue_ && queue_->cut_off()) {
    abort();
  } else {
    event_timer_.cancel();
  }
}

asio::awaitable<void> Connection::send_events(std::shared_ptr<EventQueue> queue) {
  phase_ = Phase::streaming;
  if (stopping_) queue->close();
  ++core_.tally.streams;
  asio::co_spawn(stream_.get_executor(), watch_for_end(), asio::detached);
  bool here = true;
  while (here && stream_.socket().is_open()) {  // it may be closed while a write was being done

    const auto taken = queue->take(events_write_max);
    if (!taken.bytes.empty()) {
      here = co_await send(taken.bytes.data(), taken.bytes.size());
      continue;
    }
    if (taken.over) break;
    event_timer_.expires_after(core_.settings.stream_keep_alive);
    error_code woken;
    co_await event_timer_.async_wait(into(woken));
    if (woken) continue;
    constexpr std::string_view comment = ":\n\n";
    here = co_await send(comment.data(), comment.size());
  }
  if (queue->cut_off()) ++core_.tally.streams_cut_off;
  queue->detach();
  --core_.tally.streams;
}

// A client has nothing to say on an event stream: what comes is thrown away, and the end of it is
// the end of the stream.
asio::awaitable<void> Connection::watch_for_end() {
  const auto self = shared_from_this();
  std::array<char, 512> unwanted;
  error_code error;
  while (!error) co_await stream_.async_read_some(asio::buffer(unwanted), into(error));
  abort();
}

asio::awaitable<void> Connection::linger() {
  error_code error;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
  give(linger_time);
  buffer_.clear();
  std::size_t size = 0;
  while (!error && size < linger_size_max) {
    size +=
        co_await stream_.socket().async_read_some(buffer_.prepare(linger_read_size), into(error));
  }
}

asio::awaitable<void> Connection::turn_away() {
  const auto self = shared_from_this();
  if (core_.tls.load()) {
    // A handshake would cost more than the answer is worth.
    abort();
    co_return;
  }
  phase_ = Phase::answering;
  auto full = problem(503, "unavailable", "too many connections are open: try again later");
  full.headers.emplace_back("Retry-After", "5");
  const Framing framing{.version = 11, .length = Length::counted, .after = After::close};
  const bool sent = co_await answer(full, framing, /*head_only=*/false);
  if (sent) co_await linger();
  abort();
  deadline_timer_.cancel();
}

}  // namespace regmark::api::http
