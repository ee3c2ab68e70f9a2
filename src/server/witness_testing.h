// Witnesses for tests. Never included by a program.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "base/check.h"
#include "base/files_testing.h"
#include "server/run_witness.h"

namespace regmark::server {

// A witness with a server, in this process.
class TestWitness {
 public:
  TestWitness(const audit::VerifierKey& log, const std::string& name, const base::Clock& clock)
      : witness_(audit::Witness::open(folder_.path(), log, name, clock).value()),
        server_(serve_witness(*witness_, {"127.0.0.1", 0}).value()) {}

  WitnessSettings::Witness settings() const {
    return {"http://127.0.0.1:" + std::to_string(port_), witness_->key()};
  }
  const audit::VerifierKey& key() const { return witness_->key(); }
  void go_away() { server_.reset(); }
  void accept(const std::string& note) {
    REGMARK_CHECK(witness_->accept({note, "Officer of Records", "the disk broke: restored"}));
  }

 private:
  base::TestFolder folder_;
  std::unique_ptr<audit::Witness> witness_;
  std::unique_ptr<api::http::Server> server_;
  const std::uint16_t port_ = server_->port();
};

// Takes connections, and says nothing on them.
class SilentServer {
 public:
  SilentServer() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    REGMARK_CHECK(::bind(socket_, generic, size) == 0);
    REGMARK_CHECK(::listen(socket_, 8) == 0);
    REGMARK_CHECK(::getsockname(socket_, generic, &size) == 0);
    port_ = ntohs(address.sin_port);
  }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;
  ~SilentServer() { ::close(socket_); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

}  // namespace regmark::server
