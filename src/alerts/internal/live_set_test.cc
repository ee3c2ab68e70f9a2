#include "alerts/internal/live_set.h"

#include <gtest/gtest.h>

#include "alerts/alerts_testing.h"

namespace regmark::alerts::internal {
namespace {

const base::UtcTime now = base::parse_utc("2026-03-29T00:30:00Z").value();

plate::Read read_of(std::string_view plate, int second = 0) {
  auto read = plate::a_read("cam-1", plate, base::format_utc(now + std::chrono::seconds{second}));
  read.source_event = std::string(plate) + std::to_string(second);
  read.id = plate::ReadId::of(read.camera, read.source_event);
  read.pictures = {a_picture()};
  return read;
}

plate::Read correcting(const plate::Read& earlier, std::string_view plate) {
  auto read = read_of(plate, 1);
  read.supersedes = earlier.id;
  return read;
}

base::AlertId raise(LiveSet& live, const plate::Read& read, const watchlist::Hit& hit) {
  const auto raised = live.raise(read, std::vector{hit}, now, {});
  EXPECT_EQ(raised.alerts.size(), 1U);
  return raised.alerts.front();
}
void keep(LiveSet& live, const base::AlertId& id) {
  const std::vector ids = {id};
  live.kept(ids, live.to_keep(ids));
}
base::AlertId raise_and_keep(LiveSet& live, const plate::Read& read, const watchlist::Hit& hit) {
  auto id = raise(live, read, hit);
  keep(live, id);
  return id;
}

TEST(AlertId, FollowsFromReadListAndEntry) {
  const auto read = read_of("AB12CDE");
  const auto hit = a_hit("AB12CDE");
  const auto id = alert_id(read.id, hit.list, hit.entry);
  EXPECT_EQ(id, alert_id(read.id, hit.list, hit.entry));
  EXPECT_EQ(id.text().size(), 38U);
  EXPECT_NE(id, alert_id(read_of("AB12CDE", 1).id, hit.list, hit.entry));
  // Texts that run together differently are different names.
  const auto list = [](std::string_view text) { return base::ListId::parse(text).value(); };
  const auto entry = [](std::string_view text) { return base::EntryId::parse(text).value(); };
  EXPECT_NE(alert_id(read.id, list("ab"), entry("c")), alert_id(read.id, list("a"), entry("bc")));
}

// A step is being written, and the final read of the passing comes: the step decides first.
TEST(LiveSet, ARetractionWaitsForTheStepThatIsBeingWritten) {
  const auto read = read_of("AB12CDE");
  struct Case {
    std::optional<State> to;  // none: the step fails
    State want;
    bool doubted;
  };
  const Case cases[] = {{State::confirmed, State::confirmed, true},
                        {State::rejected, State::rejected, false},
                        {std::nullopt, State::retracted, false}};
  for (const auto& one : cases) {
    LiveSet live(100);
    const auto id = raise_and_keep(live, read, a_hit("AB12CDE"));
    live.begin_step(id);
    const auto raised = live.raise(correcting(read, "AB12COE"), {}, now, {});
    EXPECT_TRUE(raised.told.empty());
    EXPECT_EQ(raised.alerts, std::vector{id});  // to be kept, whatever becomes of it
    EXPECT_EQ(live.find(id)->state, State::fresh);
    std::optional<Alert> changed;
    if (one.to) {
      changed = *live.find(id);
      changed->state = *one.to;
      ++changed->version;
    }
    const auto told = live.end_step(id, changed, 0, now);
    EXPECT_EQ(live.find(id)->state, one.want);
    EXPECT_EQ(live.find(id)->hit.conflicts.size(), one.doubted ? 1U : 0U);
    EXPECT_EQ(told.back().version, live.find(id)->version);
    // What the step did not write is written with the batch.
    const bool has_news = one.doubted || one.want == State::retracted;
    EXPECT_EQ(live.to_keep(raised.alerts).size(), has_news ? 1U : 0U);
  }
}

// The alert is being written for the first time, and is retracted meanwhile.
TEST(LiveSet, ARetractionDuringAKeepIsNotLost) {
  LiveSet live(100);
  const auto read = read_of("AB12CDE");
  const auto id = raise(live, read, a_hit("AB12CDE"));
  const std::vector ids = {id};
  auto writing = live.to_keep(ids);
  ASSERT_EQ(writing.size(), 1U);
  EXPECT_EQ(writing[0].alert.state, State::fresh);
  const auto raised = live.raise(correcting(read, "AB12COE"), {}, now, {});
  EXPECT_EQ(live.find(id)->state, State::retracted);
  const auto written_version = writing[0].alert.version;
  live.kept(ids, std::move(writing));
  EXPECT_EQ(live.find(id)->state, State::retracted);
  EXPECT_TRUE(live.find(id)->durable);
  EXPECT_GT(live.find(id)->version, written_version);
  const auto again = live.to_keep(raised.alerts);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_FALSE(again[0].is_new);
  EXPECT_EQ(again[0].alert.state, State::retracted);
  ASSERT_EQ(again[0].steps.size(), 1U);  // the first step was written before
  EXPECT_EQ(again[0].steps[0].step.to, State::retracted);
}

TEST(LiveSet, TwoBatchesMayHoldOneAlert) {
  LiveSet live(100);
  const auto read = read_of("AB12CDE");
  const auto id = raise(live, read, a_hit("AB12CDE"));
  EXPECT_EQ(raise(live, read, a_hit("AB12CDE")), id);  // the camera sent it twice at once
  const std::vector ids = {id};
  EXPECT_TRUE(live.forget(ids).empty());  // the first batch failed, the second may not
  ASSERT_TRUE(live.find(id));
  EXPECT_EQ(live.find(id)->state, State::fresh);
  const auto told = live.forget(ids);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].state, State::retracted);
  EXPECT_FALSE(live.find(id));
}

TEST(LiveSet, WhatIsForgottenStandsInNobodysWay) {
  LiveSet live(100);
  const auto id = raise(live, read_of("AB12CDE"), a_hit("AB12CDE"));
  live.forget(std::vector{id});
  raise(live, read_of("AB12CDE", 10), a_hit("AB12CDE"));
}

TEST(LiveSet, ACorrectionThatCouldNotBeKeptIsNone) {
  LiveSet live(100);
  const auto read = read_of("AB12CDE");
  const auto id = raise_and_keep(live, read, a_hit("AB12CDE"));
  const auto correction = correcting(read, "AB12CDE");
  EXPECT_EQ(raise(live, correction, a_hit("AB12CDE")), id);
  live.forget(std::vector{id});
  EXPECT_TRUE(live.to_keep(std::vector{id}).empty());
  EXPECT_EQ(live.find(id)->read.id, read.id);
  // Sent again, it is taken after all.
  EXPECT_EQ(raise(live, correction, a_hit("AB12CDE")), id);
  keep(live, id);
  EXPECT_EQ(live.find(id)->read.id, correction.id);
  // And again: nothing is left to do.
  EXPECT_EQ(raise(live, correction, a_hit("AB12CDE")), id);
  EXPECT_TRUE(live.to_keep(std::vector{id}).empty());
}

TEST(LiveSet, AReadThatWasCorrectedAlreadyRaisesNothingNew) {
  LiveSet live(100);
  const auto provisional = read_of("AB12CDE");
  const auto corrected = correcting(provisional, "AB12COE");
  EXPECT_TRUE(live.raise(corrected, {}, now, {}).alerts.empty());
  EXPECT_TRUE(live.raise(provisional, std::vector{a_hit("AB12CDE")}, now, {}).alerts.empty());
}

TEST(LiveSet, RemembersOnlySoManyCorrectedReads) {
  LiveSet live(100);
  const auto provisional = read_of("AB12CDE");
  live.raise(correcting(provisional, "AB12COE"), {}, now, {});
  for (std::size_t number = 0; number < superseded_max; ++number) {
    live.raise(correcting(read_of("XY12ZZZ", static_cast<int>(number)), "XY12ZZA"), {}, now, {});
  }
  EXPECT_EQ(live.raise(provisional, std::vector{a_hit("AB12CDE")}, now, {}).alerts.size(), 1U);
}

TEST(LiveSet, WhatIsOverLeavesMemoryFirst) {
  LiveSet live(3);
  std::vector<base::AlertId> ids;
  for (int number = 0; number < 3; ++number) {
    const auto hit = a_hit("AB1" + std::to_string(number) + "CDE");
    ids.push_back(raise_and_keep(live, read_of(hit.listed_plate.text()), hit));
  }
  auto rejected = *live.find(ids[2]);
  live.begin_step(ids[2]);
  rejected.state = State::rejected;
  ++rejected.version;
  live.end_step(ids[2], rejected, 0, now);
  // Not durable yet: it may not leave, and pushes out what is over.
  const auto fresh = raise(live, read_of("AB19CDE"), a_hit("AB19CDE"));
  EXPECT_EQ(live.size(), 3U);
  EXPECT_FALSE(live.find(ids[2]));
  // Nothing is over now: the oldest of the durable ones goes.
  const auto newest = raise(live, read_of("AB18CDE"), a_hit("AB18CDE"));
  EXPECT_EQ(live.size(), 3U);
  EXPECT_TRUE(live.find(fresh) && live.find(newest));
  raise(live, read_of("AB17CDE"), a_hit("AB17CDE"));
  raise(live, read_of("AB16CDE"), a_hit("AB16CDE"));
  EXPECT_EQ(live.size(), 4U);  // four that are not durable
  keep(live, fresh);
  EXPECT_EQ(live.size(), 3U);
  EXPECT_FALSE(live.find(fresh));
}

}  // namespace
}  // namespace regmark::alerts::internal
