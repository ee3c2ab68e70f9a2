#include "reading/read_ahead.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace regmark::reading {
namespace {

constexpr std::size_t ahead_max = 2;

class ReadAhead final : public FrameSource {
 public:
  ReadAhead(std::unique_ptr<FrameSource> source, std::stop_token stop)
      : source_(std::move(source)),
        stop_(std::move(stop)),
        thread_([this](const std::stop_token& closing) { run(closing); }) {}

  Result<std::optional<Frame>> next() override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop_, [this] { return !ready_.empty() || is_over_; });
    if (stop_.stop_requested() || ready_.empty()) return std::optional<Frame>();
    auto frame = std::move(ready_.front());
    ready_.pop_front();
    changed_.notify_all();
    return frame;
  }
  std::uint64_t skipped() const override {
    const std::lock_guard lock(mutex_);
    return skipped_;
  }
  std::uint64_t damaged() const override {
    const std::lock_guard lock(mutex_);
    return damaged_;
  }

 private:
  // Up to the end or the first failure, which is handed on in its turn.
  void run(const std::stop_token& closing) {
    for (bool goes_on = true; goes_on;) {
      auto frame = source_->next();
      goes_on = frame && *frame;
      std::unique_lock lock(mutex_);
      changed_.wait(lock, closing, [this] { return ready_.size() < ahead_max; });
      if (closing.stop_requested()) return;
      skipped_ = source_->skipped();
      damaged_ = source_->damaged();
      if (!frame || *frame) ready_.push_back(std::move(frame));
      is_over_ = !goes_on;
      changed_.notify_all();
    }
  }

  const std::unique_ptr<FrameSource> source_;  // of the thread alone
  const std::stop_token stop_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Result<std::optional<Frame>>> ready_;  // under mutex_
  bool is_over_ = false;                            // under mutex_
  std::uint64_t skipped_ = 0, damaged_ = 0;         // under mutex_
  std::jthread thread_;                             // last: it uses all of the above
};

}  // namespace

std::unique_ptr<FrameSource> read_ahead(std::unique_ptr<FrameSource> source, std::stop_token stop) {
  return std::make_unique<ReadAhead>(std::move(source), std::move(stop));
}

}  // namespace regmark::reading
