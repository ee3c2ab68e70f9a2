#include "api/http/internal/sources.h"

#include <algorithm>

namespace regmark::api::http {

std::string source_of(const boost::asio::ip::address& address) {
  namespace ip = boost::asio::ip;
  if (address.is_v4()) return address.to_string();
  auto six = address.to_v6();
  if (six.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, six).to_string();
  if (six.is_loopback()) return six.to_string();
  auto bytes = six.to_bytes();
  std::fill(bytes.begin() + bytes.size() / 2, bytes.end(), std::uint8_t{0});
  return ip::address_v6(bytes).to_string() + "/64";
}

Sources::Known& Sources::known(const std::string& source, Clock::time_point now) {
  const auto [at, is_new] = known_.try_emplace(source);
  if (is_new) at->second = {.connections = 0, .held = 0, .left = burst(), .at = now};
  return at->second;
}

// A new connection must not be a new beginning: what a source asked for is remembered.
void Sources::forget_if_gone(const std::string& source) {
  const auto at = known_.find(source);
  if (at == known_.end() || limits_.requests_per_second != 0) return;
  if (at->second.connections == 0 && at->second.held == 0) known_.erase(at);
}

bool Sources::enter(const std::string& source) {
  const std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  if (known_.size() >= known_max) forget_quiet(now);
  auto& connections = known(source, now).connections;
  if (connections >= limits_.connections_max) return false;
  ++connections;
  return true;
}

void Sources::leave(const std::string& source) {
  const std::lock_guard lock(mutex_);
  const auto at = known_.find(source);
  if (at == known_.end() || at->second.connections == 0) return;
  --at->second.connections;
  forget_if_gone(source);
}

bool Sources::ask(const std::string& source, Clock::time_point now) {
  if (limits_.requests_per_second == 0) return true;
  const std::lock_guard lock(mutex_);
  auto& asking = known(source, now);
  refill(asking, now);
  if (asking.left < 1) return false;
  asking.left -= 1;
  return true;
}

bool Sources::hold(const std::string& source, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  auto& held = known(source, Clock::now()).held;
  if (bytes > limits_.held_max || held > limits_.held_max - bytes) {
    forget_if_gone(source);
    return false;
  }
  held += bytes;
  return true;
}

void Sources::let_go(const std::string& source, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  const auto at = known_.find(source);
  if (at == known_.end()) return;
  at->second.held -= std::min(bytes, at->second.held);
  forget_if_gone(source);
}

void Sources::refill(Known& known, Clock::time_point now) const {
  const std::chrono::duration<double> passed = now - known.at;
  known.left = std::min(burst(), known.left + passed.count() * limits_.requests_per_second);
  known.at = now;
}

void Sources::forget_quiet(Clock::time_point now) {
  for (auto& [source, known] : known_) refill(known, now);
  std::erase_if(known_, [&](const auto& one) {
    return one.second.connections == 0 && one.second.held == 0 && one.second.left >= burst();
  });
}

}  // namespace regmark::api::http
