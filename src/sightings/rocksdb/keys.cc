#include "sightings/rocksdb/keys.h"

#include "base/check.h"
#include "sightings/internal/bytes.h"

namespace regmark::sightings::rocks {
namespace {

using internal::Reader;
using internal::Writer;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::size_t place_size = 6;
constexpr std::size_t milliseconds_size = 4;
constexpr std::uint32_t milliseconds_a_day = 86'400'000;
constexpr std::uint64_t microseconds_a_day = std::uint64_t{milliseconds_a_day} * 1'000;
constexpr std::size_t id_count_size = 2;
static_assert(day_size + 8 + id_count_size == id_entry_size);
static_assert(same_instant_max < 1U << (8 * id_count_size));

// Below this, a plate's number takes five bytes: all plates of up to seven characters.
constexpr PlateNumber short_plate_max = (PlateNumber{1} << 40U) - 1;

milliseconds into_day(const Pass& pass) {
  return std::chrono::floor<milliseconds>(pass.observed - base::day_of(pass.observed));
}

// The microseconds within the millisecond (10 bits) and the count (6 bits; 63: it follows in three
// bytes). Most reads are told to the millisecond and alone in it: they need none of this.
void write_instant(Writer& out, DayNumber day, const Pass& pass) {
  const auto rest = pass.observed - std::chrono::floor<milliseconds>(pass.observed);
  const auto micros = static_cast<std::uint64_t>(rest.count());
  // In a short slice every count has the mark: its keys need not say so.
  const auto count = is_short(day) ? pass.count & ~short_count : pass.count;
  if (micros == 0 && count == 0) return;
  constexpr std::uint32_t follows = 63;
  out.big(micros << 6U | std::min(count, follows), 2);
  if (count >= follows) out.big(count, 3);
}

// False: not what write_instant() writes.
bool read_instant(Reader& in, Pass& pass) {
  if (in.at_end()) return !in.failed();
  const auto both = in.big(2);
  const auto micros = both >> 6U;
  pass.observed += microseconds{static_cast<std::int64_t>(micros)};
  pass.count = static_cast<std::uint32_t>(both & 63U);
  if (pass.count == 63) pass.count = static_cast<std::uint32_t>(in.big(3));
  return in.whole() && micros < 1'000 && both != 0 && ((both & 63U) < 63 || pass.count >= 63);
}

void mark_short(DayNumber day, Pass& pass) {
  if (is_short(day)) pass.count |= short_count;
}

std::string text_of(Writer& out) {
  return std::string(out.view());
}

}  // namespace

std::optional<DayNumber> number_of(base::UtcDay day) {
  const auto days = day.time_since_epoch().count();
  // The last number is not used, so that every day has one after it.
  if (days < 0 || days >= UINT16_MAX) return std::nullopt;
  return static_cast<DayNumber>(days);
}

base::UtcDay day_of(DayNumber number) {
  return base::UtcDay{std::chrono::days{number}};
}

std::string day_key(DayNumber day) {
  return {static_cast<char>(day >> 8U), static_cast<char>(day & 0xffU)};
}

std::string after_prefix(std::string prefix) {
  while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
  REGMARK_CHECK(!prefix.empty());
  prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

std::string row_prefix(const SliceCipher& cipher, PlateNumber plate, DayNumber day) {
  Writer out;
  out.big(day, day_size);
  out.big(cipher.mark_of(plate), mark_size);
  return text_of(out);
}

std::string row_key(const SliceCipher& cipher, DayNumber day, PlateNumber plate, const Pass& pass) {
  const auto mark = cipher.mark_of(plate);
  const auto place =
      static_cast<std::uint64_t>(into_day(pass).count()) << camera_bits | pass.camera;
  Writer out;
  out.big(day, day_size);
  out.big(mark, mark_size);
  out.big(cipher.hide_place(mark, place), place_size);
  write_instant(out, day, pass);
  return text_of(out);
}

std::optional<RowKey> parse_row_key(const SliceCipher& cipher, std::string_view key,
                                    base::UtcDay midnight) {
  Reader in(key);
  const auto day = static_cast<DayNumber>(in.big(day_size));
  RowKey row;
  row.mark = in.big(mark_size);
  const auto place = cipher.show_place(row.mark, in.big(place_size));
  row.pass.camera = static_cast<std::uint32_t>(place & cameras_max);
  const auto millis = place >> camera_bits;
  row.pass.observed = midnight + milliseconds{static_cast<std::int64_t>(millis)};
  if (!read_instant(in, row.pass) || millis >= milliseconds_a_day) return std::nullopt;
  mark_short(day, row.pass);
  return row;
}

std::string pass_prefix(DayNumber day, std::uint32_t camera) {
  Writer out;
  out.big(day, day_size);
  out.big(camera, camera_size);
  return text_of(out);
}

std::string pass_key(DayNumber day, const Pass& pass) {
  Writer out;
  out.big(day, day_size);
  out.big(pass.camera, camera_size);
  out.big(static_cast<std::uint64_t>(into_day(pass).count()), milliseconds_size);
  write_instant(out, day, pass);
  return text_of(out);
}

std::string pass_key(const Pass& pass) {
  const auto day = number_of(base::day_of(pass.observed));
  REGMARK_CHECK(day && !is_short(*day));
  return pass_key(*day, pass);
}

std::optional<Pass> parse_pass_key(std::string_view key) {
  const auto day = static_cast<DayNumber>(Reader(key).big(day_size));
  if (is_short(day)) return std::nullopt;
  return parse_pass_key(key, day_of(day));
}

std::optional<Pass> parse_pass_key(std::string_view key, base::UtcDay midnight) {
  Reader in(key);
  const auto day = static_cast<DayNumber>(in.big(day_size));
  Pass pass;
  pass.camera = static_cast<std::uint32_t>(in.big(camera_size));
  const auto millis = in.big(milliseconds_size);
  pass.observed = midnight + milliseconds{static_cast<std::int64_t>(millis)};
  if (!read_instant(in, pass) || millis >= milliseconds_a_day) return std::nullopt;
  mark_short(day, pass);
  return pass;
}

std::string pass_value(const SliceCipher& cipher, std::string_view key, PlateNumber plate) {
  const std::size_t size = plate <= short_plate_max ? 5 : mark_size;
  const auto mask = cipher.mask_for_pass(base::as_bytes(mask_name(key)));
  Writer out;
  out.big(plate ^ (mask & ((std::uint64_t{1} << (8 * size)) - 1)), size);
  return text_of(out);
}

std::optional<PlateNumber> plate_of_pass(const SliceCipher& cipher, std::string_view key,
                                         std::string_view value) {
  if (value.size() != 5 && value.size() != mark_size) return std::nullopt;
  const auto mask = cipher.mask_for_pass(base::as_bytes(mask_name(key)));
  const auto plate =
      Reader(value).big(value.size()) ^ (mask & ((std::uint64_t{1} << (8 * value.size())) - 1));
  if (plate == 0 || plate > internal::plate_number_max) return std::nullopt;
  return plate;
}

std::string id_key(const plate::ReadId& id) {
  return std::string(base::as_text(id.bytes()).substr(0, id_key_size));
}

std::string id_entry(const SliceCipher& cipher, DayNumber day, const plate::ReadId& id,
                     const Pass& pass) {
  const auto into = pass.observed - base::day_of(pass.observed);
  const auto place = static_cast<std::uint64_t>(into.count()) << camera_bits | pass.camera;
  Writer out;
  out.big(day, day_size);
  out.big(place ^ cipher.mask_for_id(id), 8);
  out.big(pass.count & ~short_count, id_count_size);
  return text_of(out);
}

DayNumber day_of_id_entry(std::string_view entry) {
  return static_cast<DayNumber>(Reader(entry).big(day_size));
}

std::optional<Pass> pass_of_id(const SliceCipher& cipher, const plate::ReadId& id,
                               std::string_view entry, base::UtcDay midnight) {
  Reader in(entry);
  const auto day = static_cast<DayNumber>(in.big(day_size));
  const auto place = in.big(8) ^ cipher.mask_for_id(id);
  const auto into = place >> camera_bits;
  if (into >= microseconds_a_day) return std::nullopt;
  Pass pass{.observed = midnight + microseconds{static_cast<std::int64_t>(into)},
            .camera = static_cast<std::uint32_t>(place & cameras_max),
            .count = static_cast<std::uint32_t>(in.big(id_count_size))};
  mark_short(day, pass);
  return pass;
}

}  // namespace regmark::sightings::rocks
