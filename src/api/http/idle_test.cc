// Ten thousand clients that connect and say nothing must not keep out one that speaks.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <thread>
#include <vector>

#include "api/http/client_testing.h"
#include "api/http/server.h"

namespace regmark::api::http {
namespace {

constexpr std::size_t clients_wanted = 10'000;
constexpr std::size_t other_files = 500;

// How many connections a process may hold here: fewer than wanted only where its hard limit of open
// files is lower and it may not raise it.
std::size_t raise_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  const rlimit wanted{clients_wanted + other_files,
                      std::max<rlim_t>(limit.rlim_max, clients_wanted + other_files)};
  if (::setrlimit(RLIMIT_NOFILE, &wanted) == 0) return clients_wanted;
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  return limit.rlim_max > other_files ? limit.rlim_max - other_files : 0;
}

// The clients' process: reads the port, opens the connections, says how many it has, and holds
// them until the pipe closes. Runs after fork(), so it keeps to system calls.
[[noreturn]] void hold_connections(std::size_t idle_clients, int commands, int answers) {
  std::uint16_t port = 0;
  if (::read(commands, &port, sizeof port) != sizeof port) ::_exit(1);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::size_t open = 0;
  for (; open < idle_clients; ++open) {
    const int file = ::socket(AF_INET, SOCK_STREAM, 0);
    if (file < 0) break;
    if (::connect(file, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) break;
  }
  if (::write(answers, &open, sizeof open) != sizeof open) ::_exit(1);
  char end = 0;
  while (::read(commands, &end, 1) > 0) {
  }
  ::_exit(0);
}

std::size_t resident_kib() {
  std::size_t pages = 0;
  if (FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%*s %zu", &pages) != 1) pages = 0;
    std::fclose(file);
  }
  return pages * 4;
}

TEST(Server, ServesPastTenThousandIdleConnections) {
  const std::size_t idle_clients = raise_limit();
  ASSERT_GE(idle_clients, 1'000U) << "too few open files allowed (ulimit -Hn)";
  RecordProperty("connections", std::to_string(idle_clients));
  int commands[2];
  int answers[2];
  ASSERT_EQ(::pipe(commands), 0);
  ASSERT_EQ(::pipe(answers), 0);
  const pid_t clients = ::fork();  // before the server has threads
  ASSERT_GE(clients, 0);
  if (clients == 0) {
    ::close(commands[1]);
    hold_connections(idle_clients, commands[0], answers[1]);
  }
  ::close(commands[0]);
  ::close(answers[1]);

  Settings settings;
  settings.port = 0;
  const Handler pong = [](const Request&) {
    Response response;
    response.body = "pong";
    return response;
  };
  auto started = Server::start(settings, {{"GET", "/ping", 0, pong}});
  ASSERT_TRUE(started.has_value());
  const auto& server = *started;
  const auto before = resident_kib();
  const std::uint16_t port = server->port();
  ASSERT_EQ(::write(commands[1], &port, sizeof port), ssize_t{sizeof port});
  std::size_t open = 0;
  ASSERT_EQ(::read(answers[0], &open, sizeof open), ssize_t{sizeof open});
  EXPECT_EQ(open, idle_clients);
  // A connection is counted a moment after it was accepted.
  while (server->counters().accepted < idle_clients ||
         server->counters().connections < idle_clients) {
    std::this_thread::yield();
  }
  EXPECT_EQ(server->counters().connections, idle_clients);
  // Room for a coroutine and a socket each, not for buffers. Sanitizers need more.
  RecordProperty("kib_per_connection", std::to_string((resident_kib() - before) / idle_clients));
  EXPECT_LT(resident_kib() - before, idle_clients * 32);

  RawClient client(port);
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 1'000; ++i) {
    ASSERT_EQ(client.ask("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n").body, "pong");
  }
  // Seldom above 0.1 s; a scan over all connections for each request would take many.
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
  ::close(commands[1]);
  ::close(answers[0]);
  int status = 0;
  ASSERT_EQ(::waitpid(clients, &status, 0), clients);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace regmark::api::http
