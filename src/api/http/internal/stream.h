// A client's bytes, bare or under TLS, for the same coroutines.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <string>
#include <utility>

#include "api/http/internal/tls.h"

namespace regmark::api::http {

// What Asio and Beast call an AsyncStream. At most one read and one write at a time; it does not
// move, for TLS holds on to the socket.
class Stream {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  using executor_type = Socket::executor_type;  // NOLINT(readability-identifier-naming)

  explicit Stream(Socket socket) : socket_(std::move(socket)) {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  executor_type get_executor() { return socket_.get_executor(); }
  Socket& socket() { return socket_; }
  bool is_sealed() const { return tls_ != nullptr; }

  // From now on everything goes through TLS.
  boost::asio::awaitable<void> shake_hands(std::shared_ptr<TlsContext> context,
                                           boost::system::error_code& error) {
    context_ = std::move(context);
    tls_ = std::make_unique<Tls>(socket_, context_->context());
    co_await tls_->async_handshake(Tls::server,
                                   boost::asio::redirect_error(boost::asio::use_awaitable, error));
    if (!error) client_ = fingerprint_of_client(tls_->native_handle());
  }

  // Tells the client that nothing was cut off, and waits for its word.
  boost::asio::awaitable<void> say_goodbye(boost::system::error_code& error) {
    co_await tls_->async_shutdown(boost::asio::redirect_error(boost::asio::use_awaitable, error));
  }

  // The fingerprint of the client's certificate, or empty.
  const std::string& client() const { return client_; }

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    if (tls_) return tls_->async_read_some(buffers, std::forward<Token>(token));
    return socket_.async_read_some(buffers, std::forward<Token>(token));
  }
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    if (tls_) return tls_->async_write_some(buffers, std::forward<Token>(token));
    return socket_.async_write_some(buffers, std::forward<Token>(token));
  }

 private:
  using Tls = boost::asio::ssl::stream<Socket&>;
  Socket socket_;
  std::shared_ptr<TlsContext> context_;
  std::unique_ptr<Tls> tls_;
  std::string client_;
};

}  // namespace regmark::api::http
