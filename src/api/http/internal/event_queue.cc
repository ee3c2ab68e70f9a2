#include "api/http/internal/event_queue.h"

#include <algorithm>

namespace regmark::api::http {
namespace {

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  for (const char c : value) out += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
  out += '\n';
}

}  // namespace

std::string format_event(std::string_view event, std::string_view data, std::string_view id) {
  std::string out;
  out.reserve(event.size() + data.size() + id.size() + 32);
  if (!id.empty()) append_field(out, "id", id);
  if (!event.empty()) append_field(out, "event", event);
  while (true) {
    const auto end = std::min(data.find_first_of("\r\n"), data.size());
    append_field(out, "data", data.substr(0, end));
    if (end == data.size()) break;
    data.remove_prefix(end + (data.substr(end).starts_with("\r\n") ? 2 : 1));
  }
  out += '\n';
  return out;
}

bool EventQueue::push(std::string_view event, std::string_view data, std::string_view id) {
  auto text = format_event(event, data, id);
  const std::lock_guard lock(mutex_);
  if (closed_) return false;
  if (events_.size() >= EventStream::queue_max ||
      size_ + text.size() > EventStream::queue_size_max) {
    closed_ = cut_off_ = true;
    events_.clear();
    size_ = 0;
    woken_ = false;  // it may be stuck in a write: wake it again
    wake_once();
    return false;
  }
  size_ += text.size();
  events_.push_back(std::move(text));
  wake_once();
  return true;
}

bool EventQueue::open() const {
  const std::lock_guard lock(mutex_);
  return !closed_;
}

void EventQueue::close() {
  const std::lock_guard lock(mutex_);
  if (closed_) return;
  closed_ = true;
  wake_once();
}

void EventQueue::detach() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  wake_ = nullptr;
  events_.clear();
  size_ = 0;
}

EventQueue::Taken EventQueue::take(std::size_t size_max) {
  const std::lock_guard lock(mutex_);
  woken_ = false;
  Taken taken;
  while (!events_.empty() &&
         (taken.bytes.empty() || taken.bytes.size() + events_.front().size() <= size_max)) {
    taken.bytes += events_.front();
    size_ -= events_.front().size();
    events_.pop_front();
  }
  taken.over = closed_ && events_.empty();
  return taken;
}

bool EventQueue::cut_off() const {
  const std::lock_guard lock(mutex_);
  return cut_off_;
}

void EventQueue::wake_once() {
  if (woken_ || !wake_) return;
  woken_ = true;
  wake_();
}

}  // namespace regmark::api::http
