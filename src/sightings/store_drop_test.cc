// What goes with its day, and what a hold keeps all the same.
#include <gtest/gtest.h>

#include <chrono>

#include "sightings/store_suite.h"

namespace regmark::sightings {
namespace {

TEST_P(StoreSuite, WhatIsDroppedIsGone) {
  const auto old_day = base::parse_day("2026-03-01").value();
  const auto gone = with_pictures(a_read("AB12CDE", "2026-03-01T08:00:00Z"),
                                  {maker.picture(plate::PictureKind::plate)});
  const auto stays = with_pictures(a_read("AB12CDE", "2026-03-02T08:00:00Z"),
                                   {maker.picture(plate::PictureKind::plate)});
  keep({gone, stays});
  ASSERT_TRUE(seal(old_day));
  const auto dropped = drop(old_day).value();
  EXPECT_EQ(dropped.reads, 1U);
  EXPECT_EQ(dropped.pictures, 1U);
  EXPECT_EQ(dropped.held_copies, 0U);
  for (const bool again : {false, true}) {
    if (again) reopen();
    EXPECT_EQ(plates({}), Strings{"AB12CDE"});
    EXPECT_EQ(picture(gone.read.id, plate::PictureKind::plate).error().code, ErrorCode::not_found);
    EXPECT_TRUE(picture(stays.read.id, plate::PictureKind::plate));
    EXPECT_EQ(append_all(*store, {gone}).value().front(), Kept::too_old);
    EXPECT_EQ(seal(old_day).error().code, ErrorCode::not_found);
    ASSERT_EQ(store->slices().size(), 1U);
    EXPECT_EQ(store->slices().front().day, old_day + std::chrono::days{1});
    // Again is as good as once.
    EXPECT_EQ(drop(old_day).value().reads, 1U);
    expect_whole(1, 1);
  }
  // The id was freed with the read.
  auto same_id = gone.read;
  same_id.observed += std::chrono::days{2};
  same_id.pictures.clear();
  EXPECT_EQ(append(same_id), Kept::stored);
}

TEST_P(StoreSuite, SaysWhatIsKeptOfEachDay) {
  const auto day = base::parse_day("2026-03-01").value();
  keep({with_pictures(a_read("AB12CDE", "2026-03-01T08:00:00Z"),
                      {maker.picture(plate::PictureKind::plate)}),
        {a_read("AB12CDF", "2026-03-01T09:00:00Z"), {}},
        {a_read("AB12CDE", "2026-03-02T08:00:00Z"), {}}});
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}).value(), 2U);
  const auto days = [&] { return store->days(log.receipt_for(access::Act::read_days)).value(); };
  const auto first = [&] { return days().front(); };
  EXPECT_EQ(store->days(log.receipt_for(access::Act::read_audit)).error().code,
            ErrorCode::invalid_input);
  ASSERT_EQ(days().size(), 2U);
  EXPECT_EQ(first().day, day);
  EXPECT_EQ(first().state, Keeping::open);
  EXPECT_EQ(first().pictures_state, Keeping::open);
  EXPECT_EQ(first().reads, 2U);
  EXPECT_EQ(first().pictures, 1U);
  EXPECT_GT(first().pictures_bytes, 0U);
  EXPECT_EQ(first().keys, 2U);
  ASSERT_EQ(first().held.size(), 1U);
  EXPECT_EQ(first().held.front().hold.text(), "case-7");
  EXPECT_EQ(first().held.front().reads, 1U);
  EXPECT_EQ(days().back().keys, 1U);  // of no picture
  ASSERT_TRUE(seal(day));
  EXPECT_EQ(first().state, Keeping::sealed);
  EXPECT_GT(first().rows_bytes, 0U);
  ASSERT_TRUE(drop_pictures(day));
  EXPECT_EQ(first().state, Keeping::sealed);
  EXPECT_EQ(first().pictures_state, Keeping::gone);
  EXPECT_EQ(first().pictures_bytes, 0U);
  EXPECT_EQ(first().keys, 1U);
  EXPECT_EQ(first().held.front().reads, 1U);
  ASSERT_TRUE(drop(day));
  for (const bool again : {false, true}) {
    if (again) reopen();
    EXPECT_EQ(first().state, Keeping::gone);
    EXPECT_EQ(first().reads, 2U);  // the counts remain
    EXPECT_EQ(first().rows_bytes, 0U);
    EXPECT_EQ(first().keys, 0U);
    EXPECT_EQ(first().held.front().reads, 1U);  // the copy
  }
}

TEST_P(StoreSuite, ADayThatIsDroppedEmptyStaysEmpty) {
  const auto day = base::parse_day("2026-03-01").value();
  EXPECT_EQ(drop(day).value().reads, 0U);
  EXPECT_EQ(append(a_read("AB12CDE", "2026-03-01T08:00:00Z")), Kept::too_old);
  EXPECT_EQ(append(a_read("AB12CDE", "2026-03-02T08:00:00Z")), Kept::stored);
}

// Past retention is past showing, even before the slice is dropped.
TEST_P(StoreSuite, ShowsNothingPastRetention) {
  const auto read = a_read("AB12CDE", "2026-03-29T08:00:00Z");
  keep({{read, {}}});
  clock.advance(std::chrono::days{365});
  EXPECT_EQ(plates({}), Strings{"AB12CDE"});
  clock.advance(std::chrono::days{1});
  EXPECT_EQ(plates({}), Strings{});
  EXPECT_EQ(plates({.plate = "AB12CDE"}), Strings{});
  EXPECT_EQ(picture(read.id, plate::PictureKind::plate).error().code, ErrorCode::not_found);
}

TEST_P(StoreSuite, HoldsOutliveTheirSlice) {
  const auto day = base::parse_day("2026-03-01").value();
  const auto held = with_pictures(a_read("AB12CDE", "2026-03-01T08:00:00Z"),
                                  {maker.picture(plate::PictureKind::overview)});
  const auto other = a_read("AB12CDF", "2026-03-01T09:00:00Z");
  const auto later = a_read("AB12CDE", "2026-03-02T08:00:00Z");
  keep({held, {other, {}}, {later, {}}});
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}).value(), 2U);
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}).value(), 2U);  // marked once
  EXPECT_EQ(
      hold("case-8", {.plate = "AB*", .window = access::Window{day, day + std::chrono::days{1}}})
          .value(),
      2U);
  reopen();
  EXPECT_EQ(drop(day).value().held_copies, 3U);
  for (const bool again : {false, true}) {
    if (again) reopen();
    // What was held is not found by searching, but by the hold that it is kept for.
    EXPECT_EQ(plates({}), Strings{"AB12CDE"});
    // One is a copy now, the other's day still stands.
    EXPECT_EQ(plates({}, {.subject = "case-7"}), (Strings{"AB12CDE", "AB12CDE"}));
    EXPECT_EQ(plates({}, {.subject = "case-8"}), (Strings{"AB12CDF", "AB12CDE"}));
    EXPECT_EQ(plates({.rows = 1}, {.subject = "case-8"}), (Strings{"AB12CDF", "AB12CDE"}));
    EXPECT_EQ(plates({.plate = "*F"}, {.subject = "case-8"}), Strings{"AB12CDF"});
    EXPECT_EQ(plates({}, {.subject = "case-9"}), Strings{});
    EXPECT_EQ(plates({}, {.cameras = {test_camera(5)}, .subject = "case-8"}), Strings{});
    EXPECT_EQ(picture(held.read.id, plate::PictureKind::overview).value(),
              held.pictures.front().jpeg);
    EXPECT_EQ(picture(held.read.id, plate::PictureKind::plate).error().code, ErrorCode::not_found);
    EXPECT_EQ(drop(day).value().held_copies, 3U);
    expect_whole(1);
  }
  const auto copy = find_all(*store, log, {}, wide({.subject = "case-7"}));
  EXPECT_TRUE(equal(copy.back(), held.read));
}

TEST_P(StoreSuite, AHoldShowsWhatItHoldsAndNothingElse) {
  const auto held = with_pictures(a_read("AB12CDE", "2026-03-01T08:00:00Z"),
                                  {maker.picture(plate::PictureKind::overview)});
  const auto other = with_pictures(a_read("AB12CDF", "2026-03-01T09:00:00Z"),
                                   {maker.picture(plate::PictureKind::overview)});
  keep({held, other});
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}).value(), 1U);
  EXPECT_EQ(hold("case-8", {.plate = "AB12CDF"}).value(), 1U);
  const auto day = base::parse_day("2026-03-01").value();
  const auto under = [&](const char* name) {
    return log.receipt_for(access::Act::read_held, {.rows_max = 10, .subject = name});
  };
  for (const bool copied : {false, true}) {
    if (copied) {
      EXPECT_EQ(drop(day).value().held_copies, 2U);
    }
    EXPECT_EQ(plates({}, {.subject = "case-7"}), Strings{"AB12CDE"});
    EXPECT_TRUE(store->read(under("case-7"), held.read.id));
    EXPECT_EQ(store->read(under("case-7"), other.read.id).error().code, ErrorCode::not_found);
    EXPECT_TRUE(store->picture(under("case-8"), other.read.id, plate::PictureKind::overview));
    EXPECT_EQ(
        store->picture(under("case-8"), held.read.id, plate::PictureKind::overview).error().code,
        ErrorCode::not_found);
    // A search for a hold by another act opens nothing.
    EXPECT_TRUE(find({}, {.subject = "case-7"})->reads.empty());
  }
}

TEST_P(StoreSuite, AReleasedHoldIsGone) {
  const auto held = with_pictures(a_read("AB12CDE", "2026-03-01T08:00:00Z"),
                                  {maker.picture(plate::PictureKind::overview)});
  const auto later = a_read("AB12CDE", "2026-03-02T08:00:00Z");
  keep({held, {later, {}}});
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}).value(), 2U);
  EXPECT_EQ(hold("case-8", {.plate = "AB12CDE"}).value(), 2U);
  ASSERT_TRUE(drop(base::parse_day("2026-03-01").value()));
  const auto name = base::HoldId::parse("case-7").value();
  const auto release = [&](const char* subject) {
    return store->release(log.receipt_for(access::Act::review_hold, {.subject = subject}), name);
  };
  EXPECT_EQ(release("case-8").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(release("case-7").value(), 2U);
  EXPECT_EQ(release("case-7").value(), 0U);
  for (const bool again : {false, true}) {
    if (again) reopen();
    EXPECT_EQ(plates({}, {.subject = "case-7"}), Strings{});
    EXPECT_EQ(plates({}, {.subject = "case-8"}), (Strings{"AB12CDE", "AB12CDE"}));
    expect_whole(1);
  }
}

TEST_P(StoreSuite, HoldsAllOrNothing) {
  for (int at = 0; at < 5; ++at) keep({{a_read("AB12CDE", "2026-03-29T08:00:00Z"), {}}});
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}, 4).error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(hold("case-7", {.plate = "ZZ*"}, 4).value(), 0U);
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}, 5).value(), 5U);
}

TEST_P(StoreSuite, PicturesMayGoBeforeTheirReads) {
  const auto day = base::parse_day("2026-03-01").value();
  const auto held = with_pictures(a_read("AB12CDE", "2026-03-01T08:00:00Z"),
                                  {maker.picture(plate::PictureKind::overview)});
  const auto other = with_pictures(a_read("AB12CDF", "2026-03-01T09:00:00Z"),
                                   {maker.picture(plate::PictureKind::plate)});
  keep({held, other});
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}).value(), 1U);
  EXPECT_EQ(drop_pictures(day).value().pictures, 2U);
  const auto late = with_pictures(a_read("AB12CDG", "2026-03-01T10:00:00Z"),
                                  {maker.picture(plate::PictureKind::plate)});
  keep({late});
  for (const bool again : {false, true}) {
    if (again) reopen();
    EXPECT_EQ(plates({}), (Strings{"AB12CDG", "AB12CDF", "AB12CDE"}));
    for (const auto& sighting : {other, late}) {
      EXPECT_EQ(picture(sighting.read.id, plate::PictureKind::plate).error().code,
                ErrorCode::not_found);
    }
    EXPECT_EQ(drop_pictures(day).value().pictures, 2U);
    EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}).value(), 1U);
    // What was held before is shown on.
    EXPECT_EQ(picture(held.read.id, plate::PictureKind::overview).value(),
              held.pictures.front().jpeg);
  }
  const auto dropped = drop(day).value();
  EXPECT_EQ(dropped.reads, 3U);
  EXPECT_EQ(dropped.pictures, 0U);
  EXPECT_EQ(dropped.held_copies, 1U);
  EXPECT_EQ(picture(held.read.id, plate::PictureKind::overview).value(),
            held.pictures.front().jpeg);
  EXPECT_EQ(plates({}), Strings{});
  expect_whole(0);
}

// Nothing was kept of that day yet: what comes later is kept without pictures all the same.
TEST_P(StoreSuite, PicturesOfAnEmptyDayMayGoToo) {
  const auto day = base::parse_day("2026-03-01").value();
  EXPECT_EQ(drop_pictures(day).value().pictures, 0U);
  reopen();
  EXPECT_EQ(drop_pictures(day).value().pictures, 0U);
  const auto late = with_pictures(a_read("AB12CDE", "2026-03-01T10:00:00Z"),
                                  {maker.picture(plate::PictureKind::plate)});
  keep({late});
  EXPECT_EQ(plates({}), Strings{"AB12CDE"});
  EXPECT_EQ(picture(late.read.id, plate::PictureKind::plate).error().code, ErrorCode::not_found);
  expect_whole(1);
  EXPECT_EQ(drop(day).value().reads, 1U);
  reopen();
  expect_whole(0);
}

}  // namespace
}  // namespace regmark::sightings
