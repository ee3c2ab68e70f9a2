#include "watchlist/internal/snapshot.h"

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace regmark::watchlist::internal {
namespace {

constexpr unsigned row_low_bits = 32;
constexpr std::int64_t row_max = (std::int64_t{1} << 48U) - 1;

static_assert(lists_max <= std::numeric_limits<std::uint16_t>::max());

}  // namespace

Snapshot::Seconds Snapshot::seconds_of(base::UtcTime time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  return static_cast<Seconds>(std::clamp<std::int64_t>(seconds, ended + 1, never - 1));
}

std::vector<Match> Snapshot::find(const plate::Read& read, base::UtcTime now) const {
  const auto seconds = seconds_of(now);
  const auto stands = [&](const Match& match) {
    const auto& entry = entries_[match.entry];
    if (entry.expires.load(std::memory_order_acquire) <= seconds) return false;
    const auto& list = lists_[entry.list];
    if (match.grade == Grade::near && match.probability < list.about.near_least) return false;
    return !is_muted(list.about, list.imported_at, now);
  };
  return matcher_->matches(read.plate, read.alternatives,
                           {.score = read.score, .character_scores = read.character_scores},
                           stands);
}

std::int64_t Snapshot::row_of(EntryNumber entry) const {
  return std::int64_t{entries_[entry].row_high} << row_low_bits | entries_[entry].row_low;
}

void Snapshot::end(std::int64_t row) {
  for (EntryNumber number = 0; number < entries_.size(); ++number) {
    if (row_of(number) != row) continue;
    const auto expired = entries_[number].expires.exchange(ended, std::memory_order_acq_rel);
    const std::lock_guard lock(counting_);
    auto& counts = expiring_[entries_[number].list];
    const auto counted = counts.find(expired);
    if (counted != counts.end()) --counted->second;
    return;
  }
}

std::size_t Snapshot::active_at(std::size_t place, Seconds now) const {
  std::size_t count = 0;
  const auto& counts = expiring_[place];
  for (auto at = counts.upper_bound(now); at != counts.end(); ++at) count += at->second;
  return count;
}

std::size_t Snapshot::active(base::UtcTime now) const {
  const std::lock_guard lock(counting_);
  std::size_t count = 0;
  for (std::size_t place = 0; place < lists_.size(); ++place) {
    count += active_at(place, seconds_of(now));
  }
  return count;
}

std::size_t Snapshot::active(base::UtcTime now, std::int64_t list) const {
  const auto found = std::ranges::find(lists_, list, &IndexedList::number);
  if (found == lists_.end()) return 0;
  const std::lock_guard lock(counting_);
  return active_at(static_cast<std::size_t>(found - lists_.begin()), seconds_of(now));
}

std::size_t Snapshot::bytes() const {
  constexpr std::size_t node = 64;  // of a map, at most
  const std::lock_guard lock(counting_);
  std::size_t nodes = 0;
  for (const auto& counts : expiring_) nodes += counts.size();
  return sizeof *this + lists_.capacity() * sizeof(IndexedList) +
         entries_.capacity() * sizeof(Entry) + matcher_->bytes() + nodes * node;
}

SnapshotBuilder::SnapshotBuilder(std::vector<IndexedList> lists, std::size_t count_max)
    : snapshot_(new Snapshot(std::move(lists), count_max)), matcher_(count_max) {}

std::size_t SnapshotBuilder::place_of(std::int64_t list) const {
  const auto found = std::ranges::find(snapshot_->lists_, list, &IndexedList::number);
  REGMARK_CHECK(found != snapshot_->lists_.end());
  return static_cast<std::size_t>(found - snapshot_->lists_.begin());
}

void SnapshotBuilder::copy(const Snapshot& other, std::int64_t but_list) {
  constexpr auto left_out = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> places;
  for (const auto& list : other.lists_) {
    places.push_back(list.number == but_list ? left_out : place_of(list.number));
  }
  other.matcher_->each([&](PlateCode plate, EntryNumber number) {
    const auto& entry = other.entries_[number];
    const auto expires = entry.expires.load(std::memory_order_acquire);
    if (places[entry.list] == left_out || expires == Snapshot::ended) return;
    add(places[entry.list], plate, other.row_of(number), expires);
  });
}

void SnapshotBuilder::add(std::int64_t list, const IndexedEntry& entry) {
  const auto expires = entry.expires_at ? Snapshot::seconds_of(*entry.expires_at) : Snapshot::never;
  add(place_of(list), entry.plate, entry.number, expires);
}

void SnapshotBuilder::add(std::size_t list, PlateCode plate, std::int64_t row,
                          Snapshot::Seconds expires) {
  REGMARK_CHECK(next_ < snapshot_->entries_.size() && row > 0 && row <= row_max);
  auto& entry = snapshot_->entries_[next_];
  entry.row_low = static_cast<std::uint32_t>(row);
  entry.row_high = static_cast<std::uint16_t>(row >> row_low_bits);
  entry.list = static_cast<std::uint16_t>(list);
  entry.expires.store(expires, std::memory_order_relaxed);
  ++snapshot_->expiring_[list][expires];
  matcher_.add(plate, next_++);
}

std::shared_ptr<Snapshot> SnapshotBuilder::build() && {
  snapshot_->matcher_ = std::move(matcher_).build();
  return std::move(snapshot_);
}

}  // namespace regmark::watchlist::internal
