#include "sightings/rocksdb/keys.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/encoding.h"

namespace regmark::sightings::rocks {
namespace {

using std::chrono::microseconds;

base::Key counting_key() {
  base::Key key;
  for (std::size_t at = 0; at < key.size(); ++at) key[at] = static_cast<std::uint8_t>(at);
  return key;
}

std::string hex(std::string_view bytes) {
  return base::to_hex(base::as_bytes(bytes));
}

// The worked example of docs/formats/sightings.md, which another program worked out.
TEST(Keys, AreAsTheFormatSays) {
  const SliceCipher cipher(counting_key());
  const auto plate = internal::number_of(plate::Plate::parse("AB12CDE").value());
  EXPECT_EQ(plate, 24'673'716'375U);
  const Pass pass{base::parse_utc("2026-03-29T08:15:30.250Z").value(), 7, 0};
  constexpr DayNumber day = 20'541;
  EXPECT_EQ(number_of(base::day_of(pass.observed)), day);
  EXPECT_EQ(hex(row_key(cipher, day, plate, pass)), "503d76d6fe6e56d1cfa4a033b77a53");
  EXPECT_EQ(hex(pass_key(pass)), "503d00000701c5a5ca");
  EXPECT_EQ(hex(pass_value(cipher, pass_key(pass), plate)), "127767ac02");
  const auto id = plate::ReadId::of(base::CameraId::parse("cam-7").value(),
                                    "0f8fad5b-d9cb-469f-a165-70867728950e");
  EXPECT_EQ(hex(id_key(id)), "c00cc42f838a");
  EXPECT_EQ(hex(id_entry(cipher, day, id, pass)), "503d52860e0dc09bab0f0000");
  // Told to the microsecond, and the second at that instant; and the hundredth.
  EXPECT_EQ(hex(pass_key({pass.observed + microseconds{1}, 7, 1})), "503d00000701c5a5ca0041");
  EXPECT_EQ(hex(pass_key({pass.observed, 7, 99})), "503d00000701c5a5ca003f000063");
  // In the short slice 18 the same keys have its number, and no mark; beside it, the count has it.
  const Pass brief{pass.observed, 7, short_count};
  EXPECT_EQ(hex(row_key(cipher, 18, plate, brief)), "001276d6fe6e56d1cfa4a033b77a53");
  EXPECT_EQ(hex(pass_key(18, brief)), "001200000701c5a5ca");
  EXPECT_EQ(hex(pass_key(brief)), "503d00000701c5a5ca003f800000");
}

Pass any_pass() {
  const auto day = *rc::gen::inRange<int>(short_numbers_max + 1, UINT16_MAX);
  const auto micros = *rc::gen::inRange<std::int64_t>(0, 86'400'000'000);
  const bool whole = *rc::gen::arbitrary<bool>();
  return {.observed = base::UtcDay{std::chrono::days{day}} +
                      microseconds{whole ? micros / 1'000 * 1'000 : micros},
          .camera = *rc::gen::inRange<std::uint32_t>(1, cameras_max),
          .count = *rc::gen::element<std::uint32_t>(0U, 1U, 62U, 63U, 64U, same_instant_max)};
}

RC_GTEST_PROP(Keys, ReadBackAsTheyWereWritten, ()) {
  const SliceCipher cipher(counting_key());
  auto pass = any_pass();
  const auto midnight = base::day_of(pass.observed);
  auto number = *number_of(midnight);
  if (*rc::gen::arbitrary<bool>()) {
    number = *rc::gen::inRange<DayNumber>(1, short_numbers_max + 1);
    pass.count |= short_count;
  }
  RC_CLASSIFY(is_short(number), "in a short slice");
  const auto plate = *rc::gen::inRange<PlateNumber>(1, internal::plate_number_max + 1);
  const auto key = row_key(cipher, number, plate, pass);
  const auto row = parse_row_key(cipher, key, midnight);
  RC_ASSERT(row.has_value());
  RC_ASSERT(row->pass == pass);
  RC_ASSERT(cipher.plate_behind(row->mark) == plate);
  RC_ASSERT(key.starts_with(row_prefix(cipher, plate, number)));
  RC_ASSERT(parse_pass_key(pass_key(pass)) == pass);
  const auto at = pass_key(number, pass);
  RC_ASSERT(parse_pass_key(at, midnight) == pass);
  RC_ASSERT(plate_of_pass(cipher, at, pass_value(cipher, at, plate)) == plate);
  const auto id = plate::ReadId::from_bytes(base::random_bytes<16>());
  const auto entry = id_entry(cipher, number, id, pass);
  RC_ASSERT(day_of_id_entry(entry) == number);
  RC_ASSERT(pass_of_id(cipher, id, entry, midnight) == pass);
}

RC_GTEST_PROP(Keys, SortAsTimeDoes, ()) {
  auto a = any_pass();
  auto b = any_pass();
  b.camera = a.camera;
  if (*rc::gen::arbitrary<bool>()) b.observed = a.observed;
  RC_CLASSIFY(a.observed == b.observed, "at one instant");
  RC_ASSERT((pass_key(a) < pass_key(b)) == (a < b));
}

TEST(Keys, KnowWhichDaysHaveANumber) {
  EXPECT_EQ(number_of(base::parse_day("1970-01-01").value()), 0);
  EXPECT_EQ(number_of(base::parse_day("1969-12-31").value()), std::nullopt);
  EXPECT_EQ(number_of(base::parse_day("2149-06-05").value()), 65'534);
  EXPECT_EQ(number_of(base::parse_day("2149-06-06").value()), std::nullopt);
}

TEST(Keys, WhatComesAfterAPrefix) {
  EXPECT_EQ(after_prefix("ab"), "ac");
  EXPECT_EQ(after_prefix("a\xff\xff"), "b");
}

}  // namespace
}  // namespace regmark::sightings::rocks
