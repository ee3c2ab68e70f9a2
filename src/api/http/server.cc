#include "api/http/server.h"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <thread>
#include <unordered_set>
#include <utility>

#include "api/http/internal/connection.h"
#include "api/http/internal/core.h"

namespace regmark::api::http {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::size_t other_files = 1'000;     // that the rest of the process may open
constexpr std::size_t turning_away_max = 100;  // that are told why; others are closed at once
constexpr std::chrono::milliseconds accept_pause{100};  // when no more files can be opened

// One thread and the connections that live on it.
struct Loop {
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> busy = asio::make_work_guard(context);
  std::thread thread;
  // From here on: touched only by the thread.
  std::unordered_set<std::shared_ptr<Connection>> open;
  bool stopping = false;
  asio::steady_timer patience{context};

  void leave(const std::shared_ptr<Connection>& connection) {
    open.erase(connection);
    if (stopping && open.empty()) patience.cancel();
  }

  void stop(std::chrono::milliseconds time_max) {
    stopping = true;
    for (const auto& connection : open) connection->stop();
    if (open.empty()) return;
    patience.expires_after(time_max);
    patience.async_wait([this](error_code error) {
      if (error) return;
      for (const auto& connection : open) connection->abort();
    });
  }
};

enum class Room { free, full };

asio::awaitable<void> serve(Loop& loop, std::shared_ptr<Connection> connection, Room room) {
  struct Leave {
    Loop& loop;
    const std::shared_ptr<Connection>& connection;
    // What it could throw, nobody could go on from.
    ~Leave() { loop.leave(connection); }  // NOLINT(bugprone-exception-escape)
  };
  if (loop.stopping) co_return;
  loop.open.insert(connection);
  const Leave leave{loop, connection};
  if (room == Room::free) {
    co_await connection->run();
  } else {
    co_await connection->turn_away();
  }
}

// How many connections the process may really hold, after asking for what `wanted` needs.
std::size_t raise_file_limit(std::size_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  const rlim_t needed = wanted + other_files;
  if (limit.rlim_cur < needed) {
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = std::min(needed, limit.rlim_max);
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_cur = before;
  }
  if (limit.rlim_cur >= needed) return wanted;
  return limit.rlim_cur > 2 * other_files ? limit.rlim_cur - other_files : limit.rlim_cur / 2;
}

class BeastServer final : public Server {
 public:
  BeastServer(const Settings& settings, std::vector<Route> routes)
      : core_(settings, std::move(routes)) {
    for (int i = 0; i < std::max(1, settings.threads); ++i) {
      loops_.push_back(std::make_unique<Loop>());
    }
  }
  BeastServer(const BeastServer&) = delete;
  BeastServer& operator=(const BeastServer&) = delete;
  // NOLINTNEXTLINE(bugprone-exception-escape): likewise.
  ~BeastServer() override { BeastServer::stop(); }

  Result<void> listen(const asio::ip::address& address) {
    error_code error;
    const tcp::endpoint endpoint(address, core_.settings.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (!error) port_ = acceptor_.local_endpoint(error).port();
    if (error) {
      return fail(ErrorCode::unavailable, "cannot listen on " + core_.settings.address + " port " +
                                              std::to_string(core_.settings.port) + ": " +
                                              error.message());
    }
    asio::co_spawn(accepting_, accept(), asio::detached);
    for (const auto& loop : loops_) {
      loop->thread = std::thread([&context = loop->context] { context.run(); });
    }
    accepting_thread_ = std::thread([this] { accepting_.run(); });
    return {};
  }

  std::uint16_t port() const override { return port_; }

  Counters counters() const override {
    const auto& tally = core_.tally;
    return {.connections = tally.connections,
            .streams = tally.streams,
            .accepted = tally.accepted,
            .turned_away = tally.turned_away,
            .requests = tally.requests,
            .malformed = tally.malformed,
            .timed_out = tally.timed_out,
            .too_often = tally.too_often,
            .busy = tally.busy,
            .streams_cut_off = tally.streams_cut_off,
            .handshakes_failed = tally.handshakes_failed};
  }

  Result<void> renew(const Tls& tls) override {
    if (!core_.tls.load()) return fail(ErrorCode::invalid_input, "the server speaks no TLS");
    return show(tls);
  }
  Result<void> show(const Tls& tls) {
    REGMARK_ASSIGN(auto context, TlsContext::make(tls));
    core_.tls.store(std::move(context));
    return {};
  }

  void stop() override {
    if (stopped_.exchange(true)) return;
    asio::post(accepting_, [this] {
      error_code ignored;
      acceptor_.close(ignored);
    });
    if (accepting_thread_.joinable()) accepting_thread_.join();
    for (const auto& loop : loops_) {
      asio::post(loop->context,
                 [&loop = *loop, time = core_.settings.stop_time_max] { loop.stop(time); });
      loop->busy.reset();
    }
    for (const auto& loop : loops_) {
      if (loop->thread.joinable()) loop->thread.join();
    }
    core_.workers.stop();
  }

 private:
  asio::awaitable<void> accept() {
    std::size_t next = 0;
    while (acceptor_.is_open()) {
      auto& loop = *loops_[next++ % loops_.size()];
      tcp::socket socket(loop.context);
      error_code error;
      co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
      if (error) {
        // A client that hung up at once, or no more files: the listening socket is sound.
        asio::steady_timer pause(accepting_, accept_pause);
        if (error == asio::error::operation_aborted) co_return;
        if (error != asio::error::connection_aborted) {
          co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
        }
        continue;
      }
      ++core_.tally.accepted;
      auto& tally = core_.tally;
      const auto peer = socket.remote_endpoint(error);
      if (error) continue;  // gone again
      const auto source = source_of(peer.address());
      const bool full =
          tally.connections >= core_.settings.connections_max || !core_.sources.enter(source);
      if (full) ++tally.turned_away;
      if (full && tally.turning_away >= turning_away_max) continue;
      socket.set_option(tcp::no_delay(true), error);
      auto connection = std::make_shared<Connection>(std::move(socket), core_,
                                                     full ? tally.turning_away : tally.connections,
                                                     full ? std::string() : source);
      asio::co_spawn(loop.context,
                     serve(loop, std::move(connection), full ? Room::full : Room::free),
                     asio::detached);
    }
  }

  Core core_;
  std::vector<std::unique_ptr<Loop>> loops_;
  // A thread of its own: beside hundreds of busy connections a loop takes in one new client for
  // each round of all of them, and whoever does not fit into the kernel's queue waits for seconds.
  asio::io_context accepting_{1};
  tcp::acceptor acceptor_{accepting_};
  std::thread accepting_thread_;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopped_{false};
};

}  // namespace

Result<std::unique_ptr<Server>> Server::start(const Settings& settings, std::vector<Route> routes) {
  error_code error;
  const auto address = asio::ip::make_address(settings.address, error);
  if (error || (!address.is_loopback() && !settings.tls)) {
    return fail(ErrorCode::invalid_input,
                "without TLS the server listens on loopback only (127.0.0.1 or ::1), not on '" +
                    settings.address + "'");
  }
  auto possible = settings;
  possible.tls.reset();  // the key is not kept beside the context that has it
  possible.connections_max = raise_file_limit(settings.connections_max);
  try {
    auto server = std::make_unique<BeastServer>(possible, std::move(routes));
    if (settings.tls) REGMARK_TRY(server->show(*settings.tls));
    REGMARK_TRY(server->listen(address));
    return server;
  } catch (const std::exception& failure) {
    return fail(ErrorCode::unavailable, std::string("cannot start the server: ") + failure.what());
  }
}

}  // namespace regmark::api::http
