// The keys of the store's key spaces. docs/formats/sightings.md draws them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "sightings/internal/page_token.h"
#include "sightings/internal/slice_cipher.h"

namespace regmark::sightings::rocks {

using internal::Pass;
using internal::PlateNumber;
using internal::SliceCipher;

// A slice's number: of a day, the days since 1970 in two bytes, so until 2149.
using DayNumber = std::uint16_t;
std::optional<DayNumber> number_of(base::UtcDay day);
base::UtcDay day_of(DayNumber number);

// Numbers from 1 to this are short slices', used again one after another: for days until 1992,
// which they would be, no store keeps anything any more.
inline constexpr DayNumber short_numbers_max = 8'191;
inline bool is_short(DayNumber number) {
  return number != 0 && number <= short_numbers_max;
}

inline constexpr std::size_t day_size = 2;
inline constexpr std::size_t mark_size = 7;
inline constexpr std::size_t camera_size = 3;
inline constexpr unsigned camera_bits = 21;
inline constexpr std::uint32_t cameras_max = (1U << camera_bits) - 1;
// In the count of every pass that lies in a short slice, so that none of its day's is the same.
inline constexpr std::uint32_t short_count = 1U << 23U;
inline bool is_short(const Pass& pass) {
  return (pass.count & short_count) != 0;
}
// Reads of one camera at one microsecond: counts from 0 to this.
inline constexpr std::uint32_t same_instant_max = 65'535;

std::string day_key(DayNumber day);
// The first key after all that begin with `prefix`, which is not all 0xff.
std::string after_prefix(std::string prefix);

// Keys begin with the number of the slice that they are of: `day` below, which may be a short
// one's. What else they tell of the time is since midnight, and whoever reads one knows of which
// day.

// Plate first: day(2) mark(7) when and where, hidden(6) [instant(2) [count(3)]].
std::string row_key(const SliceCipher& cipher, DayNumber day, PlateNumber plate, const Pass& pass);
// All rows of one plate in one slice.
std::string row_prefix(const SliceCipher& cipher, PlateNumber plate, DayNumber day);
struct RowKey {
  std::uint64_t mark = 0;
  Pass pass;
};
std::optional<RowKey> parse_row_key(const SliceCipher& cipher, std::string_view key,
                                    base::UtcDay midnight);
// What a row's mask is made for: its key, less the day, which the cipher is for.
inline std::string_view mask_name(std::string_view key) {
  return key.substr(day_size);
}

// Camera first: day(2) camera(3) milliseconds(4) [instant(2) [count(3)]].
std::string pass_key(DayNumber day, const Pass& pass);
std::string pass_prefix(DayNumber day, std::uint32_t camera);
std::optional<Pass> parse_pass_key(std::string_view key, base::UtcDay midnight);
// Beside the slices, where what was in a short one may stand: its count says so in the open.
std::string pass_key(const Pass& pass);
std::optional<Pass> parse_pass_key(std::string_view key);
// The plate of a pass, hidden.
std::string pass_value(const SliceCipher& cipher, std::string_view key, PlateNumber plate);
std::optional<PlateNumber> plate_of_pass(const SliceCipher& cipher, std::string_view key,
                                         std::string_view value);

// Where a read is found by its id: the day in the open, camera and instant hidden, the count. So
// looking for one read opens one row, however many the camera claims to have seen at once.
// Several ids may share a key; each has an entry, one after another.
inline constexpr std::size_t id_key_size = 6;
inline constexpr std::size_t id_entry_size = 12;
std::string id_key(const plate::ReadId& id);
std::string id_entry(const SliceCipher& cipher, DayNumber day, const plate::ReadId& id,
                     const Pass& pass);
DayNumber day_of_id_entry(std::string_view entry);
// Of another id's entry mostly nothing, else any pass.
std::optional<Pass> pass_of_id(const SliceCipher& cipher, const plate::ReadId& id,
                               std::string_view entry, base::UtcDay midnight);

}  // namespace regmark::sightings::rocks
