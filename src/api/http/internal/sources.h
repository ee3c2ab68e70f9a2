// Where connections come from, and how much each place may ask for.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <string>
#include <unordered_map>

namespace regmark::api::http {

// The address; of IPv6 its first half, for whoever has one address there has all of its network.
std::string source_of(const boost::asio::ip::address& address);

// May be used from many threads at once.
class Sources {
 public:
  using Clock = std::chrono::steady_clock;
  struct Limits {
    std::size_t connections_max = std::numeric_limits<std::size_t>::max();
    std::uint32_t requests_per_second = 0;  // 0: no limit; for a moment ten seconds' worth
    std::size_t held_max = std::numeric_limits<std::size_t>::max();  // bytes
  };
  explicit Sources(const Limits& limits) : limits_(limits) {}

  // Counts one more connection; gives false, and counts none, when there are as many as may be.
  bool enter(const std::string& source);
  void leave(const std::string& source);
  // Counts one request; gives false when there were too many of late.
  bool ask(const std::string& source, Clock::time_point now);
  // Counts so many bytes held for it; gives false, and counts none, when it would hold too many.
  bool hold(const std::string& source, std::size_t bytes);
  void let_go(const std::string& source, std::size_t bytes);

 private:
  static constexpr double burst_seconds = 10;
  static constexpr std::size_t known_max = 10'000;  // then those that are quiet are forgotten
  struct Known {
    std::size_t connections = 0;
    std::size_t held = 0;
    double left = 0;  // requests that it may send at once
    Clock::time_point at{};
  };
  double burst() const { return burst_seconds * limits_.requests_per_second; }
  Known& known(const std::string& source, Clock::time_point now);  // under mutex_
  void forget_if_gone(const std::string& source);                  // under mutex_
  void refill(Known& known, Clock::time_point now) const;
  void forget_quiet(Clock::time_point now);

  const Limits limits_;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;  // under mutex_
};

}  // namespace regmark::api::http
