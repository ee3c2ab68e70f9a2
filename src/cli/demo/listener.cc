#include "cli/demo/listener.h"

namespace regmark::cli {

using nlohmann::json;

AlertListener::AlertListener(Client client, Stage& stage)
    : client_(std::move(client)), stage_(stage), thread_([this] { run(); }) {}

AlertListener::~AlertListener() {
  stopping_ = true;
  thread_.join();
}

void AlertListener::run() {
  const auto ended = client_.get_events(
      "/v1/alerts/stream", [this](const Event& event) { take(event); },
      [this] { return !stopping_; });
  if (!ended) stage_.line("the stream of alerts broke: " + ended.error().message);
}

void AlertListener::take(const Event& event) {
  {
    const std::lock_guard lock(mutex_);
    open_ = true;
  }
  changed_.notify_all();
  if (event.name != "alert") return;
  auto alert = json::parse(event.data, nullptr, /*allow_exceptions=*/false);
  if (!alert.is_object()) return;
  const std::string id = alert.value("id", std::string());
  bool fresh = false;
  {
    const std::lock_guard lock(mutex_);
    fresh = !alerts_.contains(id);
    alerts_[id] = alert;
  }
  changed_.notify_all();
  if (!fresh) return;
  const auto& hit = alert["hit"];
  stage_.line("ALERT  " + alert["read"].value("plate", std::string()) + "  " +
              hit.value("grade", std::string()) + " match of " +
              hit.value("listed_plate", std::string()) + " on \"" +
              hit.value("list_name", std::string()) + "\": " + hit.value("reason", std::string()));
}

bool AlertListener::wait_until_open(std::chrono::seconds longest) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, longest, [&] { return open_; });
}

json AlertListener::wait_for(const std::string& listed_plate, std::chrono::seconds longest) {
  std::unique_lock lock(mutex_);
  json found;
  changed_.wait_for(lock, longest, [&] {
    for (const auto& [id, alert] : alerts_) {
      if (alert["hit"].value("listed_plate", std::string()) != listed_plate) continue;
      if (!alert.value("durable", false)) continue;
      found = alert;
      return true;
    }
    return false;
  });
  return found;
}

std::size_t AlertListener::count() const {
  const std::lock_guard lock(mutex_);
  return alerts_.size();
}

}  // namespace regmark::cli
