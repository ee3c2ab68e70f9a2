// How many may do something costly at once. Passwords take a tenth of a second and 64 MiB each: a
// flood of tries must leave workers for everybody else.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace regmark::api {

// May be used from many threads at once.
class Turnstile {
 public:
  Turnstile(std::size_t all_max, std::size_t source_max)
      : all_max_(all_max), source_max_(source_max) {}

  // Somebody inside, until this goes; none: there was no room.
  class Pass {
   public:
    Pass(Turnstile& turnstile, const std::string& source)
        : turnstile_(turnstile), source_(source), inside_(turnstile.enter(source)) {}
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;
    ~Pass() {
      if (inside_) turnstile_.leave(source_);
    }
    explicit operator bool() const { return inside_; }

   private:
    Turnstile& turnstile_;
    const std::string source_;
    const bool inside_;
  };

 private:
  bool enter(const std::string& source) {
    const std::lock_guard lock(mutex_);
    if (inside_ >= all_max_) return false;
    auto& of_source = by_source_[source];
    if (of_source >= source_max_) return false;
    ++inside_;
    ++of_source;
    return true;
  }
  void leave(const std::string& source) {
    const std::lock_guard lock(mutex_);
    --inside_;
    if (--by_source_[source] == 0) by_source_.erase(source);
  }

  const std::size_t all_max_;
  const std::size_t source_max_;
  std::mutex mutex_;
  std::size_t inside_ = 0;                        // under mutex_
  std::map<std::string, std::size_t> by_source_;  // under mutex_
};

}  // namespace regmark::api
