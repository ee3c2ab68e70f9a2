// What stays for minutes, in short slices.
#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "sightings/store_suite.h"

namespace regmark::sightings {
namespace {

using std::chrono::minutes;

class StoreShort : public StoreSuite {
 protected:
  StoreShort() { reopen(ShortSlices{minutes{30}, minutes{10}}); }

  void reopen(std::optional<ShortSlices> lengths) {
    lengths_ = lengths;
    reopen();
  }
  void reopen() {
    auto settings = StoreSuite::settings();
    settings.short_slices = lengths_;
    store.reset();
    store = GetParam().open(settings, clock).value();
  }

  static NewSighting brief(plate::Read read, std::vector<Picture> pictures = {}) {
    auto sighting = with_pictures(std::move(read), std::move(pictures));
    sighting.stay = Stay::minutes;
    return sighting;
  }
  Kept append_one(const NewSighting& sighting) {
    return append_all(*store, {sighting}).value().front();
  }
  Result<Dropped> drop_short(std::string_view from) {
    return store->drop_short(log.machine_receipt(audit::MachineVerb::drop), at(from));
  }
  std::vector<DayInfo> days() {
    return store->days(log.receipt_for(access::Act::read_days)).value();
  }
  // As "12:00-12:10".
  Strings standing() const {
    Strings texts;
    for (const auto& span : store->short_slices()) {
      texts.push_back(base::format_utc(span.from).substr(11, 5) + "-" +
                      base::format_utc(span.until).substr(11, 5));
    }
    return texts;
  }
  std::size_t files_of_short() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
      count += entry.path().filename().string().find("2026-03-29T") != std::string::npos ? 1 : 0;
    }
    return count;
  }

  std::optional<ShortSlices> lengths_;
};

TEST_P(StoreShort, ShowsTheDayAndItsPartsAmongOneAnother) {
  clock.set("2026-03-29T12:09:00Z");
  keep({{a_read("AA1", "2026-03-29T11:58:00Z"), {}},
        brief(a_read("BB1", "2026-03-29T11:59:00Z")),
        {a_read("AA2", "2026-03-29T12:00:30Z"), {}},
        brief(a_read("BB2", "2026-03-29T12:01:00Z")),
        brief(a_read("BB3", "2026-03-29T12:03:00Z")),
        {a_read("AA3", "2026-03-29T12:02:00Z"), {}},
        {a_read("AA0", "2026-03-28T12:02:00Z"), {}}});
  EXPECT_EQ(standing(), (Strings{"11:50-12:00", "12:00-12:10"}));
  for (const bool again : {false, true}) {
    if (again) reopen();
    for (const std::size_t rows : {1U, 2U, 3U, 100U}) {
      SCOPED_TRACE(rows);
      EXPECT_EQ(plates({.rows = rows}), (Strings{"BB3", "AA3", "BB2", "AA2", "BB1", "AA1", "AA0"}));
      EXPECT_EQ(plates({.plate = "?B*", .rows = rows}), (Strings{"BB3", "BB2", "BB1"}));
      EXPECT_EQ(plates({.plate = "BB2", .rows = rows}), Strings{"BB2"});
      EXPECT_EQ(
          plates({.window = access::Window{at("2026-03-29T11:58:30Z"), at("2026-03-29T12:01:30Z")},
                  .rows = rows}),
          (Strings{"BB2", "AA2", "BB1"}));
    }
    expect_whole(7);
  }
}

// The same camera at the same instant, once each way.
TEST_P(StoreShort, TellsReadsOfOneInstantApart) {
  keep({{a_read("AA1", "2026-03-29T11:59:00Z"), {}},
        brief(a_read("BB1", "2026-03-29T11:59:00Z")),
        brief(a_read("BB2", "2026-03-29T11:59:00Z"))});
  for (const std::size_t rows : {1U, 2U, 100U}) {
    const auto found = plates({.rows = rows});
    EXPECT_EQ(found, (Strings{"BB2", "BB1", "AA1"}));
  }
  expect_whole(3);
}

TEST_P(StoreShort, GoesWholeAndNothingOfItIsTakenAgain) {
  const auto hit = with_pictures(a_read("AB12CDE", "2026-03-29T11:55:00Z"),
                                 {maker.picture(plate::PictureKind::plate)});
  const auto other =
      brief(a_read("AB12CDF", "2026-03-29T11:55:00Z"), {maker.picture(plate::PictureKind::plate)});
  keep({hit, other});
  EXPECT_TRUE(picture(other.read.id, plate::PictureKind::plate));
  EXPECT_EQ(files_of_short(), 3U);  // two keys, and a folder of packs
  const auto dropped = drop_short("2026-03-29T11:50:00Z").value();
  EXPECT_EQ(dropped.reads, 1U);
  EXPECT_EQ(dropped.pictures, 1U);
  for (const bool again : {false, true}) {
    if (again) reopen();
    EXPECT_EQ(files_of_short(), 0U);
    EXPECT_EQ(standing(), Strings{});
    EXPECT_EQ(plates({}), Strings{"AB12CDE"});
    EXPECT_TRUE(picture(hit.read.id, plate::PictureKind::plate));
    EXPECT_EQ(picture(other.read.id, plate::PictureKind::plate).error().code, ErrorCode::not_found);
    EXPECT_EQ(append_one(other), Kept::too_old);
    // Nor of any time before it, whether there was a slice or not.
    EXPECT_EQ(append_one(brief(a_read("AB12CDG", "2026-03-29T11:49:00Z"))), Kept::too_old);
    // Again is as good as once; and there never was one that began then.
    EXPECT_EQ(drop_short("2026-03-29T11:50:00Z").value().reads, 1U);
    EXPECT_EQ(drop_short("2026-03-29T10:00:00Z").value().reads, 0U);
    expect_whole(1, 1);
  }
  // What hits stays with its day all the same.
  EXPECT_EQ(append(a_read("AB12CDE", "2026-03-29T11:55:30Z")), Kept::stored);
  EXPECT_EQ(append_one(brief(a_read("AB12CDF", "2026-03-29T12:00:00Z"))), Kept::stored);
}

TEST_P(StoreShort, TakesOnlyWhatTheClockSaysIsOfNow) {
  struct Case {
    std::string_view observed;
    Kept want;
  };
  // At 12:00, of slices of ten minutes that are shown for thirty.
  constexpr Case cases[] = {
      {"2026-03-29T11:20:00Z", Kept::too_old}, {"2026-03-29T11:39:59Z", Kept::too_old},
      {"2026-03-29T11:40:00Z", Kept::stored},  {"2026-03-29T12:09:59Z", Kept::stored},
      {"2026-03-29T12:10:00Z", Kept::too_old}, {"2026-03-28T12:00:00Z", Kept::too_old},
  };
  for (const auto& [observed, want] : cases) {
    SCOPED_TRACE(observed);
    EXPECT_EQ(append_one(brief(a_read("AB12CDE", observed))), want);
  }
}

// Past its minutes is past showing, even before the slice is dropped.
TEST_P(StoreShort, ShowsNothingPastItsMinutes) {
  const auto read = a_read("AB12CDE", "2026-03-29T11:55:00Z");
  keep({brief(read, {})});
  clock.set("2026-03-29T12:19:59Z");
  EXPECT_EQ(plates({}), Strings{"AB12CDE"});
  clock.set("2026-03-29T12:20:00Z");
  EXPECT_EQ(plates({}), Strings{});
  EXPECT_EQ(plates({.plate = "AB12CDE"}), Strings{});
  EXPECT_EQ(
      store
          ->read(log.receipt_for(access::Act::search_sightings, wide({.subject = read.id.text()})),
                 read.id)
          .error()
          .code,
      ErrorCode::not_found);
  EXPECT_EQ(append_one(brief(a_read("AB12CDF", "2026-03-29T11:56:00Z"))), Kept::too_old);
}

TEST_P(StoreShort, ANewLengthIsOfSlicesThatAreBegunThen) {
  keep(
      {brief(a_read("AA1", "2026-03-29T11:45:00Z")), brief(a_read("AA2", "2026-03-29T12:01:00Z"))});
  reopen(ShortSlices{minutes{120}, minutes{60}});
  clock.set("2026-03-29T12:30:00Z");
  keep({brief(a_read("AA3", "2026-03-29T11:49:00Z")), brief(a_read("AA4", "2026-03-29T11:55:00Z")),
        brief(a_read("AA5", "2026-03-29T11:30:00Z")),
        brief(a_read("AA6", "2026-03-29T12:20:00Z"))});
  EXPECT_EQ(standing(),
            (Strings{"11:00-11:40", "11:40-11:50", "11:50-12:00", "12:00-12:10", "12:10-13:00"}));
  EXPECT_EQ(plates({}), (Strings{"AA6", "AA2", "AA4", "AA3", "AA1", "AA5"}));
  expect_whole(6);
  // With no such policy, none is shown, and all can go.
  reopen(std::nullopt);
  EXPECT_EQ(plates({}), Strings{});
  EXPECT_EQ(append_all(*store, {brief(a_read("AA7", "2026-03-29T12:20:00Z"))}).error().code,
            ErrorCode::invalid_input);
  EXPECT_EQ(standing().size(), 5U);
  for (const auto& span : store->short_slices()) {
    ASSERT_TRUE(store->drop_short(log.machine_receipt(audit::MachineVerb::drop), span.from));
  }
  EXPECT_EQ(files_of_short(), 0U);
  expect_whole(0);
}

TEST_P(StoreShort, RefusesLengthsThatAreNone) {
  store.reset();
  auto settings = StoreSuite::settings();
  for (const auto& [kept, length] :
       {std::pair{30, 0}, {30, 7}, {30, 20}, {30, 30}, {49, 1}, {30, -10}, {2'880, 1'440 * 2}}) {
    SCOPED_TRACE(length);
    settings.short_slices = ShortSlices{minutes{kept}, minutes{length}};
    EXPECT_EQ(GetParam().open(settings, clock).error().code, ErrorCode::invalid_input);
  }
}

// A list had the plate only when the camera tried again.
TEST_P(StoreShort, WhatIsAHitNowMovesToItsDay) {
  const auto first =
      brief(a_read("AB12CDE", "2026-03-29T11:55:00Z"), {maker.picture(plate::PictureKind::plate)});
  keep({first, brief(a_read("AB12CDF", "2026-03-29T11:55:00Z"))});
  auto hit = first;
  hit.stay = Stay::days;
  EXPECT_EQ(append_one(hit), Kept::duplicate);
  EXPECT_EQ(append_one(first), Kept::duplicate);
  EXPECT_EQ(plates({}).size(), 2U);
  expect_whole(2, 1);
  auto changed = hit;
  changed.read.reader_version = "another";
  EXPECT_EQ(append_one(changed), Kept::conflict);
  EXPECT_EQ(drop_short("2026-03-29T11:50:00Z").value().reads, 1U);
  for (const bool again : {false, true}) {
    if (again) reopen();
    EXPECT_EQ(plates({}), Strings{"AB12CDE"});
    EXPECT_TRUE(picture(first.read.id, plate::PictureKind::plate));
    expect_whole(1, 1);
  }
}

TEST_P(StoreShort, WhatIsHeldOutlivesItsMinutes) {
  const auto held = brief(a_read("AB12CDE", "2026-03-29T11:55:00Z"),
                          {maker.picture(plate::PictureKind::overview)});
  keep({held,
        brief(a_read("AB12CDF", "2026-03-29T11:55:00Z")),
        {a_read("AB12CDE", "2026-03-29T11:56:00Z"), {}}});
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}).value(), 2U);
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}).value(), 2U);
  ASSERT_TRUE(drop_short("2026-03-29T11:50:00Z"));
  reopen();
  const auto of_hold = [&] {
    Strings found;
    for (const auto& read : find_all(*store, log, {}, wide({.subject = "case-7"}))) {
      found.emplace_back(read.plate.text());
    }
    return found;
  };
  EXPECT_EQ(of_hold(), (Strings{"AB12CDE", "AB12CDE"}));
  EXPECT_EQ(plates({}), Strings{"AB12CDE"});
  EXPECT_TRUE(store->picture(log.receipt_for(access::Act::read_held, wide({.subject = "case-7"})),
                             held.read.id, plate::PictureKind::overview));
  const auto all = days();
  ASSERT_EQ(all.size(), 2U);
  ASSERT_EQ(all.back().held.size(), 1U);  // of the part that is gone: its copy
  EXPECT_EQ(all.back().held.front().reads, 1U);
  EXPECT_EQ(all.front().held.front().reads, 1U);
  EXPECT_EQ(store
                ->release(log.receipt_for(access::Act::review_hold, wide({.subject = "case-7"})),
                          base::HoldId::parse("case-7").value())
                .value(),
            2U);
  EXPECT_EQ(of_hold(), Strings{});
  expect_whole(1);
}

TEST_P(StoreShort, SaysWhatIsKeptOfEach) {
  keep({brief(a_read("AA1", "2026-03-29T11:45:00Z"), {maker.picture(plate::PictureKind::plate)}),
        brief(a_read("AA2", "2026-03-29T11:55:00Z")),
        brief(a_read("AA3", "2026-03-29T12:00:00Z")),
        {a_read("AA4", "2026-03-29T12:00:00Z"), {}}});
  auto all = days();
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].span, std::nullopt);
  EXPECT_EQ(all[1].span, (Span{at("2026-03-29T11:40:00Z"), at("2026-03-29T11:50:00Z")}));
  EXPECT_EQ(all[1].state, Keeping::open);
  EXPECT_EQ(all[1].keys, 2U);
  EXPECT_GT(all[1].pictures_bytes, 0U);
  EXPECT_EQ(all[3].reads, 1U);
  ASSERT_TRUE(drop_short("2026-03-29T11:40:00Z"));
  ASSERT_TRUE(drop_short("2026-03-29T11:50:00Z"));
  for (const bool again : {false, true}) {
    if (again) reopen();
    all = days();
    ASSERT_EQ(all.size(), 3U);  // those that are gone are one
    EXPECT_EQ(all[1].span, (Span{at("2026-03-29T11:40:00Z"), at("2026-03-29T12:00:00Z")}));
    EXPECT_EQ(all[1].state, Keeping::gone);
    EXPECT_EQ(all[1].reads, 2U);
    EXPECT_EQ(all[1].keys, 0U);
    EXPECT_EQ(all[2].state, Keeping::open);
    // The day's own slice is none the worse.
    ASSERT_EQ(store->slices().size(), 1U);
    EXPECT_EQ(store->slices().front().reads, 1U);
  }
}

TEST_P(StoreShort, GivesAKeepersReadUpBeforeItsMinutes) {
  const auto read =
      brief(a_read("AB12CDE", "2026-03-29T11:55:00Z"), {maker.picture(plate::PictureKind::plate)});
  keep({read, brief(a_read("AB12CDF", "2026-03-29T11:56:00Z"))});
  const std::vector ids{read.read.id};
  const auto erased = store->erase_reads(log.machine_receipt(audit::MachineVerb::drop), ids);
  ASSERT_TRUE(erased) << erased.error().message;
  EXPECT_EQ(erased->reads, 1U);
  EXPECT_EQ(append_one(read), Kept::too_old);
  EXPECT_EQ(plates({}), Strings{"AB12CDF"});
  expect_whole(1);
  EXPECT_EQ(drop_short("2026-03-29T11:50:00Z").value().reads, 1U);
}

// A week of ten minutes each: what there is on the disk is bounded by what stands.
TEST_P(StoreShort, StaysSmallHoweverManyHaveGone) {
  std::set<std::string> sizes;
  for (int round = 0; round < 150; ++round) {
    const auto now = clock.now();
    const auto observed = base::format_utc(now);
    keep({brief(a_read("AB12CDE", observed)), brief(a_read("AB12CDF", observed))});
    for (const auto& span : store->short_slices()) {
      if (now < span.from + minutes{30}) continue;
      ASSERT_TRUE(store->drop_short(log.machine_receipt(audit::MachineVerb::drop), span.from));
    }
    ASSERT_LE(store->short_slices().size(), 3U);
    clock.advance(minutes{10});
  }
  std::size_t keys = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "store" / "keys")) {
    keys += entry.is_regular_file() ? 1 : 0;
  }
  EXPECT_LE(keys, 3U);
  std::size_t tables = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "store" / "rows")) {
    tables += entry.path().extension() == ".sst" ? 1 : 0;
  }
  EXPECT_LE(tables, 40U);
  EXPECT_EQ(plates({}).size(), 4U);
  expect_whole(store->short_slices().size() * 2);
}

INSTANTIATE_TEST_SUITE_P(Embedded, StoreShort, testing::Values(Driver{"rocksdb", &open_embedded}),
                         [](const auto& driver) { return driver.param.name; });

}  // namespace
}  // namespace regmark::sightings
