// Follows the live alerts as the operator's screen does, in a thread of its own.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "cli/client.h"
#include "cli/demo/stage.h"
#include "cli/event_reader.h"

namespace regmark::cli {

class AlertListener {
 public:
  AlertListener(Client client, Stage& stage);
  ~AlertListener();
  AlertListener(const AlertListener&) = delete;
  AlertListener& operator=(const AlertListener&) = delete;

  // Waits until the stream is open.
  bool wait_until_open(std::chrono::seconds longest);
  // Waits until an alert of this plate is there and durable; gives it, or null.
  nlohmann::json wait_for(const std::string& listed_plate, std::chrono::seconds longest);
  std::size_t count() const;

 private:
  void run();
  void take(const Event& event);

  const Client client_;
  Stage& stage_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, nlohmann::json> alerts_;  // by id, under mutex_
  bool open_ = false;                             // under mutex_
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace regmark::cli
