#include "intake/internal/collection.h"

#include <fmt/format.h>

#include <iterator>
#include <vector>

namespace regmark::intake {
namespace {

// Ids and times hold nothing that JSON would have to escape.
std::string head_of(const base::CameraId& camera, Minute minute) {
  return fmt::format(R"({{"camera":"{}","minute":"{}")", camera.text(), base::format_utc(minute));
}

audit::Event event_of(audit::Operation operation, Minute minute, std::string outcome,
                      std::string details) {
  return {.shown = {.operation = operation,
                    .act = "collect",
                    .day = base::day_of(minute),
                    .role = "camera",
                    .outcome = std::move(outcome)},
          .details = std::move(details)};
}

// The reason is our own words; what JSON would escape is left out.
std::string plain(std::string_view words) {
  std::string out;
  for (const char c : words) {
    if (c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out;
}

}  // namespace

Collection::Turn::~Turn() {
  if (collection_ == nullptr) return;
  const std::lock_guard lock(collection_->mutex_);
  --open_->under_way;
}

void Collection::Turn::add(const MinuteCounts& counts) {
  const std::lock_guard lock(collection_->mutex_);
  auto& sum = open_->counts;
  sum.batches += counts.batches;
  sum.accepted += counts.accepted;
  sum.duplicates += counts.duplicates;
  sum.refused += counts.refused;
  sum.pictures += counts.pictures;
  sum.hits += counts.hits;
}

Result<Collection::Turn> Collection::begin(const base::CameraId& camera, base::UtcTime received) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(received);
  std::unique_lock lock(mutex_);
  auto& open = open_[{minute, camera}];
  ++open.under_way;
  Turn turn(this, &open);  // while it lives, the node stays
  written_.wait(lock, [&] { return open.leaf != Leaf::being_written; });
  if (open.leaf == Leaf::none) {
    open.leaf = Leaf::being_written;
    lock.unlock();
    const auto number = log_.record(
        event_of(audit::Operation::collection, minute, "permitted", head_of(camera, minute) + "}"));
    lock.lock();
    open.leaf = number ? Leaf::written : Leaf::none;
    if (number) open.number = *number;
    written_.notify_all();
    lock.unlock();
    if (!number) return tl::unexpected<Error>(number.error());
  } else {
    lock.unlock();
  }
  return turn;
}

Result<void> Collection::refuse(const base::CameraId& camera, base::UtcTime received,
                                std::string_view reason) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(received);
  {
    const std::lock_guard lock(mutex_);
    auto& open = open_[{minute, camera}];
    ++open.counts.batches_refused;
    if (open.refusal != Leaf::none) return {};
    open.refusal = Leaf::being_written;
    ++open.under_way;
  }
  const auto number =
      log_.record(event_of(audit::Operation::refusal, minute, "refused",
                           head_of(camera, minute) + ",\"reason\":\"" + plain(reason) + "\"}"));
  const std::lock_guard lock(mutex_);
  auto& open = open_.at({minute, camera});
  open.refusal = number ? Leaf::written : Leaf::none;
  --open.under_way;
  if (!number) return tl::unexpected<Error>(number.error());
  return {};
}

Result<void> Collection::record_closing(const Key& key, const Open& open) {
  const auto& [minute, camera] = key;
  const auto& counts = open.counts;
  REGMARK_TRY(log_.record(
      event_of(audit::Operation::collection, minute, "done",
               head_of(camera, minute) +
                   fmt::format(R"(,"opened":{},"batches":{},"batches_refused":{},"accepted":{},)"
                               R"("duplicates":{},"refused":{},"pictures":{},"hits":{}}})",
                               open.number, counts.batches, counts.batches_refused, counts.accepted,
                               counts.duplicates, counts.refused, counts.pictures, counts.hits))));
  return {};
}

Result<void> Collection::close_before(Minute minute) {
  while (true) {
    std::map<Key, Open>::node_type over;
    {
      const std::lock_guard lock(mutex_);
      auto at = open_.begin();
      while (at != open_.end() && at->first.first < minute && at->second.under_way > 0) ++at;
      if (at == open_.end() || at->first.first >= minute) return {};
      over = open_.extract(at);
    }
    const auto& open = over.mapped();
    // Neither leaf was written: the log was away all the minute, and nothing was taken.
    if (open.leaf == Leaf::none && open.refusal == Leaf::none) continue;
    if (auto recorded = record_closing(over.key(), open); !recorded) {
      const std::lock_guard lock(mutex_);
      open_.insert(std::move(over));
      return recorded;
    }
  }
}

}  // namespace regmark::intake
