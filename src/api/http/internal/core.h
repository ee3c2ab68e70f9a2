// What all connections of one server share.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "api/http/internal/router.h"
#include "api/http/internal/sources.h"
#include "api/http/internal/tls.h"
#include "api/http/internal/workers.h"
#include "api/http/server.h"

namespace regmark::api::http {

// Counters, as they are counted.
struct Tally {
  std::atomic<std::uint64_t> connections{0}, turning_away{0}, streams{0}, accepted{0},
      turned_away{0}, requests{0}, malformed{0}, timed_out{0}, busy{0}, streams_cut_off{0},
      handshakes_failed{0}, too_often{0};
};

struct Core {
  Core(const Settings& settings_given, std::vector<Route> routes)
      : settings(settings_given),
        router(std::move(routes)),
        workers(settings.workers, settings.worker_queue_max),
        sources({.connections_max = settings.connections_of_source_max,
                 .requests_per_second = settings.requests_of_source_per_second,
                 .held_max = settings.bodies_size_of_source_max}) {}

  const Settings settings;
  const Router router;
  Workers workers;
  Sources sources;
  Tally tally;
  std::atomic<std::shared_ptr<TlsContext>> tls;  // of connections from now on; none: no TLS
  std::atomic<std::size_t> bodies_size{0};       // bytes held for clients now
};

// A part of Core::bodies_size, and of what its source may hold, that goes back when this does.
class BodyLease {
 public:
  // Whoever holds no more than this may also have the last eighth: what is small gets through while
  // those who send much fill the rest.
  static constexpr std::size_t small_max = std::size_t{256} << 10U;

  BodyLease() = default;
  // The source outlives the lease.
  BodyLease(Core& core, const std::string& source) : core_(&core), source_(&source) {}
  BodyLease(const BodyLease&) = delete;
  BodyLease& operator=(const BodyLease&) = delete;
  BodyLease(BodyLease&&) = delete;
  BodyLease& operator=(BodyLease&&) = delete;
  ~BodyLease() {
    if (held_ > 0) give_back(held_);
  }

  // Gives false, and takes nothing, when all together, or those of one source, would be larger than
  // they may.
  bool grow(std::size_t by) {
    if (!core_->sources.hold(*source_, by)) return false;
    if (!grow_all(by)) {
      core_->sources.let_go(*source_, by);
      return false;
    }
    held_ += by;
    return true;
  }

 private:
  bool grow_all(std::size_t by) {
    const auto all_max = core_->settings.bodies_size_max;
    const auto most = held_ + by <= small_max ? all_max : all_max - all_max / 8;
    auto held_by_all = core_->bodies_size.load();
    do {
      if (held_by_all + by > most) return false;
    } while (!core_->bodies_size.compare_exchange_weak(held_by_all, held_by_all + by));
    return true;
  }
  void give_back(std::size_t size) {
    core_->bodies_size -= size;
    core_->sources.let_go(*source_, size);
  }

  Core* core_ = nullptr;
  const std::string* source_ = nullptr;
  std::size_t held_ = 0;
};

}  // namespace regmark::api::http
