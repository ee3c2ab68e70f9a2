// What a store takes in, what it refuses, and what it tells of what it has.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sightings/store_suite.h"

namespace regmark::sightings {
namespace {

TEST_P(StoreSuite, GivesBackWhatItKept) {
  std::map<plate::ReadId, plate::Read> kept;
  std::vector<NewSighting> sightings;
  for (int at = 0; at < 200; ++at) {
    auto read = maker.any("cam-" + std::to_string(at % 7), maker.plate_text(),
                          clock.now() - std::chrono::microseconds{maker.below(1'000'000'000'000)},
                          maker.one_in(2) ? maker.uuid() : std::to_string(at));
    kept.emplace(read.id, read);
    sightings.push_back({read, {}});
  }
  keep(sightings);
  for (const bool again : {false, true}) {
    if (again) reopen();
    const auto found = find_all(*store, log, {.rows = 17}, wide());
    ASSERT_EQ(found.size(), kept.size());
    for (const auto& read : found) EXPECT_TRUE(equal(read, kept.at(read.id)));
    EXPECT_TRUE(std::ranges::is_sorted(found, std::ranges::greater{}, &plate::Read::observed));
  }
  expect_whole(200);
}

TEST_P(StoreSuite, LooksUpEachOfManyReadsOfOneInstant) {
  constexpr std::size_t count = 300;  // above what a key tells in its short form
  std::vector<NewSighting> sightings;
  for (std::size_t at = 0; at < count; ++at) {
    sightings.push_back({a_read("AB12CDE", "2026-03-29T08:00:00Z"), {}});
  }
  const auto part = [&](std::size_t from, std::size_t until) {
    return std::vector(sightings.begin() + static_cast<std::ptrdiff_t>(from),
                       sightings.begin() + static_cast<std::ptrdiff_t>(until));
  };
  keep(part(0, 100));
  keep({{a_read("AB12CDF", "2026-03-29T09:00:00Z"), {}}});  // so that the rest comes out of order
  keep(part(100, 200));
  reopen();
  keep(part(200, count));
  EXPECT_EQ(append_all(*store, sightings).value(), std::vector(count, Kept::duplicate));
  auto others = sightings;
  for (auto& other : others) other.read.plate = plate::Plate::parse("AB12CDF").value();
  EXPECT_EQ(append_all(*store, others).value(), std::vector(count, Kept::conflict));
  for (const auto& sighting : sightings) {
    const auto receipt =
        log.receipt_for(access::Act::search_sightings, wide({.subject = sighting.read.id.text()}));
    EXPECT_TRUE(equal(store->read(receipt, sighting.read.id).value(), sighting.read));
  }
  expect_whole(count + 1);
}

TEST_P(StoreSuite, KeepsEachReadOnce) {
  const auto first = a_read("AB12CDE", "2026-03-29T08:00:00Z");
  auto again = first;
  again.sent += std::chrono::hours{1};
  again.received += std::chrono::hours{1};
  again.late = true;
  auto other = first;
  other.plate = plate::Plate::parse("AB12CDF").value();
  auto other_day = first;
  other_day.observed -= std::chrono::days{40};
  EXPECT_EQ(append_all(*store, {{first, {}}, {again, {}}, {other, {}}}).value(),
            (std::vector{Kept::stored, Kept::duplicate, Kept::conflict}));
  EXPECT_EQ(append(again), Kept::duplicate);
  EXPECT_EQ(append(other), Kept::conflict);
  EXPECT_EQ(append(other_day), Kept::conflict);
  ASSERT_TRUE(seal(today()));
  reopen();
  EXPECT_EQ(append(again), Kept::duplicate);
  EXPECT_EQ(append(other), Kept::conflict);
  EXPECT_EQ(append(other_day), Kept::conflict);
  const auto found = find_all(*store, log, {}, wide());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(equal(found.front(), first));
  expect_whole(1);
}

// Reads that share all that a key might be made of are still different reads.
TEST_P(StoreSuite, TellsReadsOfOneInstantApart) {
  std::vector<NewSighting> sightings;
  std::set<plate::ReadId> ids;
  for (int at = 0; at < 100; ++at) {
    auto read = a_read("AB12CDE", "2026-03-29T08:00:00Z");
    // Their ids begin alike too.
    auto bytes = read.id.bytes();
    for (std::size_t byte = 0; byte < 12; ++byte) bytes[byte] = 7;
    read.id = plate::ReadId::from_bytes(bytes);
    ids.insert(read.id);
    sightings.push_back({read, {}});
  }
  const auto half = static_cast<std::ptrdiff_t>(sightings.size() / 2);
  keep({sightings.begin(), sightings.begin() + half});
  reopen();
  keep({sightings.begin() + half, sightings.end()});
  EXPECT_EQ(append_all(*store, sightings).value(), std::vector(100, Kept::duplicate));
  for (const auto* pattern : {"AB12CDE", "AB*", ""}) {
    std::set<plate::ReadId> found;
    for (const auto& read : find_all(*store, log, {.plate = pattern, .rows = 7}, wide())) {
      found.insert(read.id);
    }
    EXPECT_EQ(found, ids) << pattern;
  }
  expect_whole(100);
}

TEST_P(StoreSuite, RefusesReadsItMayNotKeep) {
  const auto yesterday =
      estate::TestJustifications::fixed("cam-1", "2026-03-28T00:00:00Z", "2026-03-29T00:00:00Z");
  const auto always = estate::TestJustifications::fixed("cam-1", "1900-01-01T00:00:00Z");
  struct Case {
    const estate::Justification* justification;
    std::string_view time;
    Kept want;
  };
  const Case cases[] = {
      {&yesterday, "2026-03-27T23:59:59.999Z", Kept::not_covered},
      {&yesterday, "2026-03-28T00:00:00Z", Kept::stored},
      {&yesterday, "2026-03-29T00:00:00Z", Kept::not_covered},
      {&always, "2025-03-29T00:00:00Z", Kept::stored},  // 365 days ago
      {&always, "2025-03-28T23:59:59.999Z", Kept::too_old},
      {&always, "1969-12-31T23:59:59Z", Kept::too_old},
      {&always, "2199-01-01T00:00:00Z", Kept::not_covered},  // past what a store can name
  };
  for (const auto& [justification, time, want] : cases) {
    SCOPED_TRACE(time);
    const NewSighting sighting{a_read("AB12CDE", time), {}};
    const CameraBatch batch{*justification, {&sighting, 1}};
    EXPECT_EQ(store->append({&batch, 1}).value(), std::vector{want});
  }
  expect_whole(2);
}

// A mobile camera collects inside its deployment's area only.
TEST_P(StoreSuite, RefusesReadsOutsideTheArea) {
  const base::Area area{{51.5, -0.1}, 1'000};
  const auto mobile = estate::TestJustifications::mobile("cam-1", area);
  auto inside = a_read("AB12CDE", "2026-03-29T08:00:00Z");
  inside.position = base::Position{51.501, -0.1};
  auto outside = a_read("AB12CDE", "2026-03-29T08:00:00Z");
  outside.position = base::Position{52.5, -0.1};
  const NewSighting sightings[] = {{inside, {}}, {outside, {}}};
  const CameraBatch batch{mobile, sightings};
  EXPECT_EQ(store->append({&batch, 1}).value(), (std::vector{Kept::stored, Kept::not_covered}));
}

TEST_P(StoreSuite, RefusesBatchesThatAreWrong) {
  const auto read = a_read("AB12CDE", "2026-03-29T08:00:00Z");
  const auto picture = maker.picture(plate::PictureKind::plate);
  const auto outcome = [&](const NewSighting& sighting, std::string_view camera) {
    const auto justification = estate::TestJustifications::fixed(camera);
    const CameraBatch batch{justification, {&sighting, 1}};
    const auto kept = store->append({&batch, 1});
    return kept ? "kept" : name(kept.error().code);
  };
  EXPECT_STREQ(outcome({read, {}}, "cam-2"), "invalid_input");
  auto long_text = read;
  long_text.raw_text.assign(raw_text_length_max + 1, 'A');
  EXPECT_STREQ(outcome({long_text, {}}, "cam-1"), "invalid_input");
  // Pictures that the read does not name, and names without pictures.
  EXPECT_STREQ(outcome({read, {picture}}, "cam-1"), "invalid_input");
  EXPECT_STREQ(outcome({with_pictures(read, {picture}).read, {}}, "cam-1"), "invalid_input");
  auto swapped = with_pictures(read, {picture});
  swapped.pictures.front().jpeg.back() ^= 1;
  EXPECT_STREQ(outcome(swapped, "cam-1"), "invalid_input");
  const auto large =
      with_pictures(read, {{plate::PictureKind::plate, base::Bytes(picture_size_max + 1, 7)}});
  EXPECT_STREQ(outcome(large, "cam-1"), "limit_exceeded");
  expect_whole(0);
  const auto largest =
      with_pictures(read, {{plate::PictureKind::plate, base::Bytes(picture_size_max, 7)}});
  EXPECT_STREQ(outcome(largest, "cam-1"), "kept");
  EXPECT_EQ(picture_size_max, this->picture(read.id, plate::PictureKind::plate).value().size());
}

TEST_P(StoreSuite, CountsByCamera) {
  const auto day = base::parse_day("2026-03-28").value();
  const auto counted = [&] {
    std::map<std::string, std::uint64_t> counts;
    const auto answer = store->counts(log.machine_receipt(audit::MachineVerb::count), day).value();
    for (const auto& [camera, reads] : answer) counts[camera.text()] = reads;
    return counts;
  };
  using Counts = std::map<std::string, std::uint64_t>;
  EXPECT_EQ(counted(), Counts());
  keep({{a_read("AB12CDE", "2026-03-28T08:00:00Z", "cam-1"), {}},
        {a_read("AB12CDE", "2026-03-28T08:00:01Z", "cam-1"), {}},
        {a_read("AB12CDE", "2026-03-28T08:00:01Z", "cam-2"), {}},
        {a_read("AB12CDE", "2026-03-29T08:00:01Z", "cam-2"), {}}});
  EXPECT_EQ(counted(), (Counts{{"cam-1", 2}, {"cam-2", 1}}));
  ASSERT_TRUE(seal(day));
  EXPECT_EQ(counted(), (Counts{{"cam-1", 2}, {"cam-2", 1}}));
  keep({{a_read("AB12CDE", "2026-03-28T08:00:00Z", "cam-2"), {}}});
  EXPECT_EQ(counted(), (Counts{{"cam-1", 2}, {"cam-2", 2}}));
  ASSERT_TRUE(seal(day));
  EXPECT_EQ(counted(), (Counts{{"cam-1", 2}, {"cam-2", 2}}));
}

TEST_P(StoreSuite, TellsOfItsSlices) {
  EXPECT_TRUE(store->slices().empty());
  const auto day = base::parse_day("2026-03-28").value();
  keep({with_pictures(a_read("AB12CDE", "2026-03-28T08:00:00Z"),
                      {maker.picture(plate::PictureKind::plate)}),
        {a_read("AB12CDE", "2026-03-29T08:00:00Z"), {}}});
  ASSERT_TRUE(seal(day));
  const auto slices = store->slices();
  ASSERT_EQ(slices.size(), 2U);
  EXPECT_EQ(slices[0].day, day);
  EXPECT_EQ(slices[0].reads, 1U);
  EXPECT_TRUE(slices[0].sealed);
  EXPECT_GT(slices[0].bytes, 0U);
  EXPECT_EQ(slices[1].day, day + std::chrono::days{1});
  EXPECT_FALSE(slices[1].sealed);
  EXPECT_EQ(seal(base::parse_day("2026-03-01").value()).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace regmark::sightings
