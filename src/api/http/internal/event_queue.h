// The events that wait for one client, between the threads that push and the connection that
// writes.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "api/http/server.h"

namespace regmark::api::http {

// One event in the form of the HTML standard, section 9.2: every line of `data` gets a "data:" of
// its own. Line breaks in `event` and `id` become spaces: they cannot start another field.
std::string format_event(std::string_view event, std::string_view data, std::string_view id);

// May be used from many threads at once.
class EventQueue {
 public:
  // `wake` is called, under the queue's lock, when there is news for the connection: it only posts.
  explicit EventQueue(std::function<void()> wake) : wake_(std::move(wake)) {}

  // Gives false once the queue is closed; closes it when the client is too far behind.
  bool push(std::string_view event, std::string_view data, std::string_view id);
  bool open() const;
  // The application wants no more: what waits is still written.
  void close();
  // The connection is gone: nothing wakes it any more.
  void detach();

  struct Taken {
    std::string bytes;  // whole events: size_max bytes, or one event; empty: none wait
    bool over = false;  // and none will come
  };
  Taken take(std::size_t size_max);
  // Whether the client was too far behind: stop writing at once.
  bool cut_off() const;

 private:
  void wake_once();

  mutable std::mutex mutex_;
  std::function<void()> wake_;
  std::deque<std::string> events_;
  std::size_t size_ = 0;  // bytes in events_
  bool closed_ = false;
  bool cut_off_ = false;
  bool woken_ = false;  // since the last take()
};

// What the application holds.
class QueuedStream final : public EventStream {
 public:
  explicit QueuedStream(std::shared_ptr<EventQueue> queue) : queue_(std::move(queue)) {}
  QueuedStream(const QueuedStream&) = delete;
  QueuedStream& operator=(const QueuedStream&) = delete;
  ~QueuedStream() override { queue_->close(); }

  bool push(std::string_view event, std::string_view data, std::string_view id) override {
    return queue_->push(event, data, id);
  }
  bool open() const override { return queue_->open(); }
  void close() override { queue_->close(); }

 private:
  std::shared_ptr<EventQueue> queue_;
};

}  // namespace regmark::api::http
