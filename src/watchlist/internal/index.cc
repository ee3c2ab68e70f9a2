#include "watchlist/internal/index.h"

#include "base/check.h"

namespace regmark::watchlist::internal {
namespace {

// Seven slots in ten are filled: 64 bytes / (5 slots * 0.7) = 18.3 bytes an entry. With more, too
// many buckets run over (one in seven does at 0.7, one in five at 0.8).
constexpr std::size_t filled = 7;
constexpr std::size_t slots = 10;

__extension__ using Wide = unsigned __int128;
constexpr std::uint64_t plate_multiplier = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio, odd

}  // namespace

Index::Index(std::size_t count_max)
    : buckets_(count_max * slots / (filled * bucket_size) + 1), count_max_(count_max) {}

std::size_t Index::home(PlateCode glyphs) const {
  // Plates differ in few bits: multiplying by the golden ratio's digits and adding both halves of
  // the product without carry lets each of them move all others.
  const Wide product = Wide{plate_multiplier} * glyphs.bits();
  const auto hash =
      static_cast<std::uint64_t>(product >> 64U) ^ static_cast<std::uint64_t>(product);
  // A fraction of 2^64 times the buckets: the same as a remainder, without the division.
  return static_cast<std::size_t>(Wide{hash} * buckets_.size() >> 64U);
}

void Index::add(PlateCode plate, EntryNumber entry) {
  REGMARK_CHECK(size_ < count_max_ && !plate.empty());
  ++size_;
  for (std::size_t at = home(plate.glyphs());; at = at + 1 == buckets_.size() ? 0 : at + 1) {
    Bucket& bucket = buckets_[at];
    for (std::size_t slot = 0; slot < bucket_size; ++slot) {
      if (!bucket.plates[slot].empty()) continue;
      bucket.plates[slot] = plate;
      bucket.entries[slot] = entry;
      return;
    }
    bucket.passed = 1;
  }
}

}  // namespace regmark::watchlist::internal
