// Single reads that are erased before their time.
#include <gtest/gtest.h>

#include "sightings/store_suite.h"

namespace regmark::sightings {
namespace {

class StoreErase : public StoreSuite {
 protected:
  Result<ErasedReads> erase(const std::vector<plate::ReadId>& ids) {
    return store->erase_reads(log.machine_receipt(audit::MachineVerb::drop), ids);
  }
};

TEST_P(StoreErase, WhatIsErasedIsGoneAndItsDayStands) {
  const auto day = base::parse_day("2026-03-01").value();
  for (const bool sealed : {false, true}) {
    SCOPED_TRACE(sealed);
    const auto gone = with_pictures(
        a_read("AB12CDE", "2026-03-01T08:00:00Z"),
        {maker.picture(plate::PictureKind::plate), maker.picture(plate::PictureKind::overview)});
    const auto stays = with_pictures(a_read("GH56JKL", "2026-03-01T08:00:00Z"),
                                     {maker.picture(plate::PictureKind::plate)});
    keep({gone, stays});
    if (sealed) {
      ASSERT_TRUE(seal(day));
    }
    EXPECT_EQ(plates({.plate = "AB*"}), Strings{"AB12CDE"});  // and the list is in memory
    for (const bool again : {false, true}) {
      if (again) reopen();
      const auto erased = erase({gone.read.id, gone.read.id}).value();
      EXPECT_EQ(erased.reads, 1U);
      EXPECT_EQ(erased.pictures, 2U);
      EXPECT_TRUE(erased.held.empty() && erased.unknown.empty());
      EXPECT_EQ(plates({.plate = "AB*"}), Strings{});
      EXPECT_EQ(plates({.plate = "AB12CDE"}), Strings{});
      EXPECT_EQ(plates({}), Strings{"GH56JKL"});
      EXPECT_EQ(picture(gone.read.id, plate::PictureKind::plate).error().code,
                ErrorCode::not_found);
      EXPECT_TRUE(picture(stays.read.id, plate::PictureKind::plate));
      // A sender that tries once more does not bring it back.
      EXPECT_EQ(append_all(*store, {gone}).value().front(), Kept::too_old);
      EXPECT_EQ(append_all(*store, {stays}).value().front(), Kept::duplicate);
      expect_whole(1, 1);
    }
    ASSERT_TRUE(erase({stays.read.id}));
    expect_whole(0);
  }
  // What comes later to that day is taken, and counted by its camera.
  EXPECT_EQ(append(a_read("AB12CDE", "2026-03-01T09:00:00Z", "cam-2")), Kept::stored);
  const auto counts = store->counts(log.machine_receipt(audit::MachineVerb::count), day).value();
  ASSERT_EQ(counts.size(), 1U);
  EXPECT_EQ(counts.front().camera.text(), "cam-2");
  EXPECT_EQ(drop(day).value().reads, 1U);
}

TEST_P(StoreErase, OnlyTheOneOfManyOfAPlate) {
  std::vector<NewSighting> reads;
  for (const auto* time :
       {"2026-03-01T08:00:00Z", "2026-03-01T08:00:00Z", "2026-03-02T08:00:00Z"}) {
    reads.push_back({a_read("AB12CDE", time), {}});
  }
  keep(reads);
  ASSERT_TRUE(erase({reads[0].read.id}));
  const auto left = find_all(*store, log, {.plate = "AB12CDE"}, wide());
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].id, reads[2].read.id);
  EXPECT_EQ(left[1].id, reads[1].read.id);
  expect_whole(2);
}

TEST_P(StoreErase, WhatIsHeldStandsAndIsNamed) {
  const auto held = a_read("AB12CDE", "2026-03-01T08:00:00Z");
  const auto other = a_read("AB12CDF", "2026-03-01T09:00:00Z");
  keep({{held, {}}, {other, {}}});
  ASSERT_TRUE(hold("case-7", {.plate = "AB12CDE"}));
  auto erased = erase({held.id, other.id}).value();
  EXPECT_EQ(erased.reads, 1U);
  EXPECT_EQ(erased.held, std::vector{held.id});
  EXPECT_EQ(plates({}), Strings{"AB12CDE"});
  // Its copy outlives the day, and stands too.
  ASSERT_TRUE(drop(base::parse_day("2026-03-01").value()));
  EXPECT_EQ(plates({}, {.subject = "case-7"}), Strings{"AB12CDE"});
  erased = erase({held.id}).value();
  EXPECT_EQ(erased.reads, 0U);
  EXPECT_EQ(erased.held, std::vector{held.id});
  EXPECT_EQ(plates({}, {.subject = "case-7"}), Strings{"AB12CDE"});
}

TEST_P(StoreErase, KnowsWhatItNeverHadAndForgetsWithTheDay) {
  const auto read = a_read("AB12CDE", "2026-03-01T08:00:00Z");
  auto erased = erase({read.id}).value();
  EXPECT_EQ(erased.unknown, std::vector{read.id});
  keep({{read, {}}});
  ASSERT_TRUE(erase({read.id}));
  ASSERT_TRUE(drop(base::parse_day("2026-03-01").value()));
  EXPECT_EQ(erase({read.id})->unknown, std::vector{read.id});
}

TEST_P(StoreErase, PicturesThatWentBeforeAreNoTrouble) {
  const auto day = base::parse_day("2026-03-01").value();
  const auto read = with_pictures(a_read("AB12CDE", "2026-03-01T08:00:00Z"),
                                  {maker.picture(plate::PictureKind::plate)});
  const auto other = with_pictures(a_read("AB12CDF", "2026-03-01T08:00:00Z"),
                                   {maker.picture(plate::PictureKind::plate)});
  keep({read, other});
  ASSERT_TRUE(drop_pictures(day));
  ASSERT_TRUE(erase({read.read.id}));
  expect_whole(1, 1);
  const auto dropped = drop(day).value();
  EXPECT_EQ(dropped.reads, 1U);
  EXPECT_EQ(dropped.pictures, 0U);
}

TEST_P(StoreErase, WantsTheMachinesReceiptAndNotTooMuchAtOnce) {
  const auto read = a_read("AB12CDE", "2026-03-01T08:00:00Z");
  keep({{read, {}}});
  const std::vector<plate::ReadId> ids(erase_reads_max + 1, read.id);
  EXPECT_EQ(erase(ids).error().code, ErrorCode::limit_exceeded);
  const auto receipt = log.machine_receipt(audit::MachineVerb::seal);
  EXPECT_EQ(store->erase_reads(receipt, std::vector{read.id}).error().code,
            ErrorCode::invalid_input);
  EXPECT_EQ(plates({}), Strings{"AB12CDE"});
}

INSTANTIATE_TEST_SUITE_P(Embedded, StoreErase, testing::Values(Driver{"rocksdb", &open_embedded}),
                         [](const auto& driver) { return driver.param.name; });

}  // namespace
}  // namespace regmark::sightings
