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

bool Sources::enter(const std::string& source) {
  const std::lock_guard lock(mutex_);
  if (known_.size() >= known_max) forget_quiet(Clock::now());
  const auto [at, is_new] = known_.try_emplace(source);
  if (is_new) at->second = {.connections = 0, .left = burst(), .at = Clock::now()};
  if (at->second.connections >= connections_max_) return false;
  ++at->second.connections;
  return true;
}

void Sources::leave(const std::string& source) {
  const std::lock_guard lock(mutex_);
  const auto at = known_.find(source);
  if (at == known_.end() || at->second.connections == 0) return;
  // A new connection must not be a new beginning: what it asked for is remembered.
  if (--at->second.connections == 0 && rate_ == 0) known_.erase(at);
}

bool Sources::ask(const std::string& source, Clock::time_point now) {
  if (rate_ == 0) return true;
  const std::lock_guard lock(mutex_);
  const auto [at, is_new] = known_.try_emplace(source);
  if (is_new) at->second = {.connections = 0, .left = burst(), .at = now};
  refill(at->second, now);
  if (at->second.left < 1) return false;
  at->second.left -= 1;
  return true;
}

void Sources::refill(Known& known, Clock::time_point now) const {
  const std::chrono::duration<double> passed = now - known.at;
  known.left = std::min(burst(), known.left + passed.count() * rate_);
  known.at = now;
}

void Sources::forget_quiet(Clock::time_point now) {
  for (auto& [source, known] : known_) refill(known, now);
  std::erase_if(known_, [&](const auto& one) {
    return one.second.connections == 0 && one.second.left >= burst();
  });
}

}  // namespace regmark::api::http
