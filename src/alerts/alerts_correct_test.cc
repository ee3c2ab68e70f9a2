// What a later read of the same passing does to an alert.
#include <gtest/gtest.h>

#include "alerts/alerts_testing.h"

namespace regmark::alerts {
namespace {

using access::Act;
using namespace std::chrono_literals;

TEST(Alerts, AFinalReadThatDiffersRetracts) {
  TestAlerts alerts;
  auto provisional = alerts.read("cam-1", "AB12CDE");
  provisional.phase = plate::Phase::provisional;
  const auto id = alerts.kept(provisional, {a_hit("AB12CDE")}).front();
  alerts.take_told();
  const auto final_read = correcting(alerts, provisional, "AB12COE");
  const auto ids = alerts->raise(final_read, std::vector{a_hit("AB12COE")});
  const auto told = alerts.take_told();
  ASSERT_EQ(told.size(), 2U);  // at once, before anything is durable
  EXPECT_EQ(told[0].read.id, final_read.id);
  EXPECT_EQ(told[1].id, id);
  EXPECT_EQ(told[1].state, State::retracted);
  EXPECT_EQ(outcome(confirm(alerts, id)), "conflict");
  ASSERT_TRUE(alerts->keep(ids));
  alerts.reopen();
  EXPECT_EQ(alerts.find(id).state, State::retracted);
  EXPECT_EQ(alerts.history(id).back().by, machine_id());
  // What was retracted stands in nobody's way.
  EXPECT_EQ(alerts->raise(alerts.read("cam-1", "AB12CDE"), std::vector{a_hit("AB12CDE")}).size(),
            1U);
}

TEST(Alerts, AFinalReadOfNothingListedRetractsToo) {
  TestAlerts alerts;
  const auto provisional = alerts.read("cam-1", "AB12CDE");
  const auto id = alerts.kept(provisional, {a_hit("AB12CDE")}).front();
  alerts.reopen();  // it works across a restart
  const auto final_read = correcting(alerts, provisional, "AB12COE");
  EXPECT_EQ(alerts->raise(final_read, {}), std::vector{id});
  EXPECT_EQ(alerts.find(id).state, State::retracted);
}

TEST(Alerts, ACameraSpeaksForItsOwnReadsOnly) {
  TestAlerts alerts;
  const auto read = alerts.read("cam-1", "AB12CDE");
  const auto id = alerts.kept(read, {a_hit("AB12CDE")}).front();
  auto other = correcting(alerts, read, "AB12COE");
  other.camera = base::CameraId::parse("cam-2").value();
  EXPECT_TRUE(alerts->raise(other, {}).empty());
  EXPECT_EQ(alerts.find(id).state, State::fresh);
  // And one whose clock is wrong was not matched, so it says nothing.
  auto skewed = correcting(alerts, read, "AB12COE");
  skewed.skewed = true;
  EXPECT_TRUE(alerts->raise(skewed, {}).empty());
  EXPECT_EQ(alerts.find(id).state, State::fresh);
}

TEST(Alerts, AFinalReadThatMeetsTheSameEntryTakesOver) {
  TestAlerts alerts;
  auto provisional = alerts.read("cam-1", "AB12CDE");
  provisional.phase = plate::Phase::provisional;
  provisional.pictures.clear();
  auto near = a_hit("AB12CDE");
  near.grade = watchlist::Grade::near;
  const auto id = alerts.kept(provisional, {near}).front();
  EXPECT_EQ(outcome(confirm(alerts, id)), "conflict");  // no picture
  const auto final_read = correcting(alerts, provisional, "AB12CDE");
  EXPECT_EQ(alerts.kept(final_read, {a_hit("AB12CDE")}), std::vector{id});
  const auto alert = alerts.find(id);
  EXPECT_EQ(alert.read.id, final_read.id);
  EXPECT_EQ(alert.hit.grade, watchlist::Grade::exact);
  EXPECT_TRUE(alert.has_picture);
  EXPECT_EQ(alerts.latest().size(), 1U);
  EXPECT_EQ(outcome(confirm(alerts, id)), "confirmed");
  // Both reads again, in any order and after a restart: still this one.
  for (int restart = 0; restart < 2; ++restart) {
    EXPECT_EQ(alerts.kept(final_read, {a_hit("AB12CDE")}), std::vector{id});
    EXPECT_EQ(alerts.kept(provisional, {near}), std::vector{id});
    EXPECT_EQ(alerts.find(id).read.id, final_read.id);
    EXPECT_EQ(alerts.find(id).state, State::confirmed);
    alerts.reopen();
  }
}

// The reader thought better of it while the vehicle passed: one vehicle, one alert.
TEST(Alerts, ANearOneThatBecameExactStandsInTheWayAsExact) {
  TestAlerts alerts;
  auto near = a_hit("AB12CDE");
  near.grade = watchlist::Grade::near;
  const auto provisional = alerts.read("cam-1", "AB12CDF");
  const auto id = alerts.kept(provisional, {near}).at(0);
  const auto corrected = correcting(alerts, provisional, "AB12CDE");
  EXPECT_EQ(alerts.kept(corrected, {a_hit("AB12CDE")}), std::vector{id});
  EXPECT_EQ(alerts.find(id).hit.grade, watchlist::Grade::exact);
  alerts.clock.advance(1s);
  EXPECT_TRUE(alerts.kept(alerts.read("cam-1", "AB12CDE"), {a_hit("AB12CDE")}).empty());
}

TEST(Alerts, AFinalReadWithoutAPictureTakesNoneAway) {
  TestAlerts alerts;
  const auto provisional = alerts.read("cam-1", "AB12CDE");
  const auto id = alerts.kept(provisional, {a_hit("AB12CDE")}).front();
  auto final_read = correcting(alerts, provisional, "AB12CDE");
  final_read.pictures.clear();
  EXPECT_EQ(alerts.kept(final_read, {a_hit("AB12CDE")}), std::vector{id});
  EXPECT_EQ(alerts.find(id).read.id, provisional.id);
  EXPECT_EQ(outcome(confirm(alerts, id)), "confirmed");
}

// Between the look and the click the final read may have brought another picture.
TEST(Alerts, AreConfirmedOnThePictureThatWasSeen) {
  TestAlerts alerts;
  const auto provisional = alerts.read("cam-1", "AB12CDE");
  const auto id = alerts.kept(provisional, {a_hit("AB12CDE")}).front();
  const auto final_read = correcting(alerts, provisional, "AB12CDE");
  EXPECT_EQ(alerts.kept(final_read, {a_hit("AB12CDE")}), std::vector{id});
  EXPECT_EQ(outcome(confirm(alerts, id, provisional.id)), "conflict");
  EXPECT_EQ(alerts.find(id).state, State::fresh);
  EXPECT_EQ(outcome(confirm(alerts, id, final_read.id)), "confirmed");
}

TEST(Alerts, WhatSomebodyConfirmedStandsWithItsDoubt) {
  TestAlerts alerts;
  const auto hit = a_hit("AB12CDE");
  const auto provisional = alerts.read("cam-1", "AB12CDE");
  const auto id = alerts.kept(provisional, {hit}).front();
  ASSERT_TRUE(confirm(alerts, id));
  const auto final_read = correcting(alerts, provisional, "AB12COE");
  for (int time = 0; time < 2; ++time) {  // told once, whatever is sent again
    ASSERT_TRUE(alerts->keep(alerts->raise(final_read, {})));
    const auto alert = alerts.find(id);
    EXPECT_EQ(alert.state, State::confirmed);
    ASSERT_EQ(alert.hit.conflicts.size(), 1U);
    EXPECT_EQ(alert.hit.conflicts[0], "read: the final read of this passing differs");
    EXPECT_EQ(alerts.history(id).size(), 3U);
    alerts.reopen();
  }
  EXPECT_EQ(outcome(alerts->act(alerts.receipt(Act::act_on_alert, id), id, a_stand(hit))), "acted");
}

}  // namespace
}  // namespace regmark::alerts
