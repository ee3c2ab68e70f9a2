// Figures for Prometheus. No plate, person, camera, site or list is ever a label.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "api/http/server.h"
#include "api/routes.h"

namespace regmark::api {

// May be used from many threads at once.
class Metrics {
 public:
  static std::unique_ptr<Metrics> create(const Rooms& rooms);
  virtual ~Metrics() = default;

  // One request was answered. `operation` is a name from the route table.
  virtual void answered(const std::string& operation, int status,
                        std::chrono::nanoseconds took) = 0;
  virtual void count(const http::Server* server) = 0;
  // The text format, version 0.0.4.
  virtual std::string text() const = 0;
};

}  // namespace regmark::api
