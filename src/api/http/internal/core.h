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
        sources(settings.connections_of_source_max, settings.requests_of_source_per_second) {}

  const Settings settings;
  const Router router;
  Workers workers;
  Sources sources;
  Tally tally;
  std::atomic<std::shared_ptr<TlsContext>> tls;  // of connections from now on; none: no TLS
  std::atomic<std::size_t> bodies_size{0};       // bytes of bodies that are held now
};

// A part of Core::bodies_size that goes back when this does.
class BodyLease {
 public:
  BodyLease() = default;
  explicit BodyLease(Core& core) : core_(&core) {}
  BodyLease(const BodyLease&) = delete;
  BodyLease& operator=(const BodyLease&) = delete;
  BodyLease(BodyLease&&) = delete;
  BodyLease& operator=(BodyLease&&) = delete;
  ~BodyLease() {
    if (core_ != nullptr) core_->bodies_size -= held_;
  }

  // Gives false when all bodies together would be larger than they may.
  bool grow(std::size_t by) {
    const auto before = core_->bodies_size.fetch_add(by);
    held_ += by;
    return before + by <= core_->settings.bodies_size_max;
  }

 private:
  Core* core_ = nullptr;
  std::size_t held_ = 0;
};

}  // namespace regmark::api::http
