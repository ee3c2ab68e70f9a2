#include "alerts/alerts.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <set>
#include <thread>

#include "alerts/alerts_testing.h"
#include "base/crash_point.h"

namespace regmark::alerts {
namespace {

using access::Act;
using namespace std::chrono_literals;

template <typename T>
std::string outcome(const Result<T>& result) {
  return result ? "done" : name(result.error().code);
}
std::string outcome(const Result<Alert>& alert) {
  return std::string(alert ? name(alert->state) : regmark::name(alert.error().code));
}

plate::Read correcting(TestAlerts& alerts, const plate::Read& earlier, std::string_view plate) {
  alerts.clock.advance(1s);
  auto read = alerts.read(earlier.camera.text(), plate);
  read.supersedes = earlier.id;
  return read;
}

Result<Alert> confirm(TestAlerts& alerts, const base::AlertId& id,
                      const std::optional<plate::ReadId>& seen = {}) {
  return alerts->confirm(alerts.receipt(Act::confirm_alert, id), id, "", seen);
}

std::int64_t count(records::Database& database, std::string_view sql) {
  return database
      .read([&](records::Transaction& transaction) -> Result<std::int64_t> {
        REGMARK_ASSIGN(const auto rows, transaction.run(sql));
        return rows.front().integer(0);
      })
      .value();
}

Result<void> run(records::Database& database, std::string_view sql) {
  return database.write([&](records::Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run(sql));
    return {};
  });
}

TEST(Alerts, AreToldAtOnceAndAgainWhenTheyAreDurable) {
  TestAlerts alerts;
  const auto read = alerts.read("cam-1", "AB12CDE");
  const auto ids = alerts->raise(read, std::vector{a_hit("AB12CDE")});
  ASSERT_EQ(ids.size(), 1U);
  auto told = alerts.take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].id, ids[0]);
  EXPECT_FALSE(told[0].durable);
  EXPECT_TRUE(told[0].live);
  EXPECT_TRUE(told[0].has_picture);
  EXPECT_EQ(told[0].read.id, read.id);
  EXPECT_EQ(told[0].raised_at, alerts.clock.now());
  const auto first_version = told[0].version;
  EXPECT_EQ(outcome(confirm(alerts, ids[0])), "conflict");  // not durable yet
  EXPECT_EQ(alerts.latest().size(), 1U);                    // but to be seen

  ASSERT_TRUE(alerts->keep(ids));
  told = alerts.take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].durable);
  EXPECT_GT(told[0].version, first_version);
  ASSERT_TRUE(alerts->keep(ids));  // nothing is left to do
  EXPECT_TRUE(alerts.take_told().empty());
  EXPECT_EQ(outcome(confirm(alerts, ids[0])), "confirmed");
}

TEST(Alerts, GoTheirWayAndRememberWhoDidWhat) {
  TestAlerts alerts;
  const auto hit = a_hit("AB12CDE");
  const auto id = alerts.kept(alerts.read("cam-1", "AB12CDE"), {hit}).front();
  alerts.take_told();
  const auto receipt = [&](Act act, std::string_view person) {
    alerts.clock.advance(1s);
    return alerts.receipt(act, id, person);
  };
  const auto patrol = base::PersonId::parse("person-patrol").value();
  EXPECT_EQ(outcome(alerts->confirm(receipt(Act::confirm_alert, "person-a"), id, "as listed")),
            "confirmed");
  EXPECT_EQ(outcome(alerts->assign(receipt(Act::assign_alert, "person-b"), id, patrol)),
            "assigned");
  EXPECT_EQ(outcome(alerts->act(receipt(Act::act_on_alert, "person-c"), id, a_stand(hit))),
            "acted");
  EXPECT_EQ(outcome(alerts->close(receipt(Act::record_outcome, "person-d"), id, "stopped",
                                  "two arrested")),
            "closed");
  EXPECT_EQ(alerts.take_told().size(), 4U);

  for (int restart = 0; restart < 2; ++restart) {
    const auto alert = alerts.find(id);
    EXPECT_EQ(alert.state, State::closed);
    EXPECT_EQ(alert.confirmed_by->text(), "person-a");
    EXPECT_EQ(alert.assigned_to, patrol);
    EXPECT_EQ(alert.outcome, "stopped");
    EXPECT_EQ(alert.note, "two arrested");
    std::vector<std::string> told;
    for (const auto& step : alerts.history(id)) {
      told.push_back(step.by.text() + " " + std::string(name(step.to)) + " " + step.note);
    }
    EXPECT_EQ(told, (std::vector<std::string>{
                        "regmark new ", "person-a confirmed as listed",
                        "person-b assigned to person-patrol",
                        // NOLINTNEXTLINE(bugprone-suspicious-missing-comma)
                        "person-c acted entry entry-AB12CDE of list list-1, last confirmed "
                        "2026-03-01T00:00:00.000Z",
                        "person-d closed stopped: two arrested"}));
    alerts.reopen();
  }
}

TEST(Alerts, TheSameReadAgainIsTheSameAlert) {
  TestAlerts alerts;
  const auto read = alerts.read("cam-1", "AB12CDE");
  const std::vector hits = {a_hit("AB12CDE"), a_hit("AB12CDE", "list-2")};
  const auto ids = alerts->raise(read, hits);
  ASSERT_EQ(ids.size(), 2U);
  EXPECT_EQ(alerts->raise(read, hits), ids);
  ASSERT_TRUE(alerts->keep(ids));
  EXPECT_EQ(alerts->raise(read, hits), ids);
  ASSERT_TRUE(confirm(alerts, ids[0]));
  alerts.reopen();
  alerts.take_told();
  EXPECT_EQ(alerts->raise(read, hits), ids);
  ASSERT_TRUE(alerts->keep(ids));
  EXPECT_TRUE(alerts.take_told().empty());
  EXPECT_EQ(alerts.find(ids[0]).state, State::confirmed);
  EXPECT_EQ(alerts.latest().size(), 2U);
}

// Weeks later, when nobody has it in memory any more.
TEST(Alerts, AReplayFindsTheAlertInTheRecords) {
  TestAlerts alerts;
  auto read = alerts.read("cam-1", "AB12CDE");
  const std::vector hits = {a_hit("AB12CDE")};
  const auto id = alerts.kept(read, hits).front();
  ASSERT_TRUE(alerts->reject(alerts.receipt(Act::reject_alert, id), id, "a 7, not a 1"));
  alerts.clock.advance(std::chrono::days{20});
  alerts.reopen();
  alerts.take_told();
  read.late = true;
  EXPECT_EQ(alerts->raise(read, hits), std::vector{id});
  EXPECT_TRUE(alerts.take_told().empty());
  ASSERT_TRUE(alerts->keep(std::vector{id}));
  EXPECT_EQ(alerts.find(id).state, State::rejected);

  // Should it pretend to be live, it does not rise anew, not even until it is kept.
  read.late = false;
  EXPECT_EQ(alerts->raise(read, hits), std::vector{id});
  ASSERT_TRUE(alerts->keep(std::vector{id}));
  EXPECT_TRUE(alerts.take_told().empty());
  EXPECT_EQ(alerts.find(id).state, State::rejected);
  EXPECT_EQ(alerts.history(id).size(), 2U);
}

TEST(Alerts, OneForAVehicleCameraAndListWithinItsWindow) {
  TestAlerts alerts;
  const std::vector hits = {a_hit("AB12CDE")};
  const auto first = alerts.kept(alerts.read("cam-1", "AB12CDE"), hits);
  alerts.clock.advance(5min - 1s);
  EXPECT_TRUE(alerts->raise(alerts.read("cam-1", "AB12CDE"), hits).empty());
  EXPECT_EQ(alerts->raise(alerts.read("cam-2", "AB12CDE"), hits).size(), 1U);
  EXPECT_EQ(alerts->raise(alerts.read("cam-1", "AB12CDE"), std::vector{a_hit("AB12CDE", "list-2")})
                .size(),
            1U);
  alerts.reopen();  // does not open the window
  EXPECT_TRUE(alerts->raise(alerts.read("cam-1", "AB12CDE"), hits).empty());
  alerts.clock.advance(1s);
  EXPECT_EQ(alerts->raise(alerts.read("cam-1", "AB12CDE"), hits).size(), 1U);
}

// A vehicle with nearly the listed plate passed first: the listed one behind it must still be told.
TEST(Alerts, ANearOneDoesNotHideTheVehicleThatIsListed) {
  TestAlerts alerts;
  const auto exact = a_hit("AB12CDE");
  auto near = exact;
  near.grade = watchlist::Grade::near;
  near.probability = 0.02F;
  const auto raised = [&](std::string_view plate, const watchlist::Hit& hit) {
    alerts.clock.advance(1s);
    return alerts.kept(alerts.read("cam-1", plate), {hit}).size();
  };
  EXPECT_EQ(raised("AB12CDF", near), 1U);
  EXPECT_EQ(raised("AB12CDF", near), 0U);
  alerts.reopen();
  EXPECT_EQ(raised("AB12CDE", exact), 1U);
  // That one stands in the way of both.
  EXPECT_EQ(raised("AB12CDE", exact), 0U);
  EXPECT_EQ(raised("AB12CDF", near), 0U);
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

TEST(Alerts, LateAndSkewedReadsAreNeverLive) {
  TestAlerts alerts;
  const auto hit = a_hit("AB12CDE");
  for (const auto flag : {&plate::Read::late, &plate::Read::skewed}) {
    auto read = alerts.read(flag == &plate::Read::late ? "cam-1" : "cam-2", "AB12CDE");
    read.*flag = true;
    const auto id = alerts.kept(read, {hit}).front();
    EXPECT_FALSE(alerts.take_told().front().live);
    EXPECT_FALSE(alerts.find(id).live);
    ASSERT_TRUE(confirm(alerts, id));  // somebody may look at it, for the record
    EXPECT_EQ(outcome(alerts->act(alerts.receipt(Act::act_on_alert, id), id, a_stand(hit))),
              "conflict");
    // And it does not stand in the way of one that is live.
    EXPECT_EQ(alerts->raise(alerts.read(read.camera.text(), "AB12CDE"), std::vector{hit}).size(),
              1U);
  }
}

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

// What only observes does not keep away what can be acted on.
TEST(Alerts, WithoutAPictureDoNotHideOnesThatHaveOne) {
  TestAlerts alerts;
  auto bare = alerts.read("cam-1", "AB12CDE");
  bare.pictures.clear();
  const auto observed = alerts.kept(bare, {a_hit("AB12CDE")});
  ASSERT_EQ(observed.size(), 1U);
  alerts.clock.advance(1s);
  const auto seen = alerts.kept(alerts.read("cam-1", "AB12CDE"), {a_hit("AB12CDE")});
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(outcome(confirm(alerts, seen.front())), "confirmed");
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

TEST(Alerts, ForgettingWithdrawsOnlyWhatIsProvisional) {
  TestAlerts alerts;
  const auto durable = alerts.kept(alerts.read("cam-1", "AB12CDE"), {a_hit("AB12CDE")}).front();
  const auto read = alerts.read("cam-2", "XY12ZZZ");
  const auto provisional = alerts->raise(read, std::vector{a_hit("XY12ZZZ")}).front();
  alerts.take_told();
  alerts->forget(std::vector{durable, provisional, base::AlertId::parse("nobody").value()});
  const auto told = alerts.take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].id, provisional);
  EXPECT_EQ(told[0].state, State::retracted);
  EXPECT_EQ(alerts.find(durable).state, State::fresh);
  EXPECT_EQ(alerts.latest().size(), 1U);
  // Sent again, it rises again.
  EXPECT_EQ(alerts->raise(read, std::vector{a_hit("XY12ZZZ")}), std::vector{provisional});
}

TEST(Alerts, WhatCouldNotBeKeptStaysProvisional) {
  TestAlerts alerts;
  const auto read = alerts.read("cam-1", "AB12CDE");
  const std::vector hits = {a_hit("AB12CDE"), a_hit("AB12CDE", "list-2")};
  const auto ids = alerts->raise(read, hits);
  ASSERT_TRUE(run(*alerts.database,
                  "CREATE TRIGGER full BEFORE INSERT ON alerts_alerts WHEN new.list = 'list-2'"
                  " BEGIN SELECT RAISE(ABORT, 'full'); END"));
  EXPECT_FALSE(alerts->keep(ids));
  EXPECT_EQ(count(*alerts.database, "SELECT count(*) FROM alerts_alerts"), 0);  // all or nothing
  for (const auto& id : ids) EXPECT_FALSE(alerts.find(id).durable);
  ASSERT_TRUE(run(*alerts.database, "DROP TRIGGER full"));
  ASSERT_TRUE(alerts->keep(ids));
  for (const auto& id : ids) EXPECT_TRUE(alerts.find(id).durable);
}

TEST(Alerts, AStepThatCouldNotBeWrittenWasNotTaken) {
  TestAlerts alerts;
  const auto id = alerts.kept(alerts.read("cam-1", "AB12CDE"), {a_hit("AB12CDE")}).front();
  ASSERT_TRUE(run(*alerts.database,
                  "CREATE TRIGGER full BEFORE INSERT ON alerts_steps"
                  " BEGIN SELECT RAISE(ABORT, 'full'); END"));
  alerts.take_told();
  EXPECT_FALSE(confirm(alerts, id));
  EXPECT_TRUE(alerts.take_told().empty());
  EXPECT_EQ(alerts.find(id).state, State::fresh);
  ASSERT_TRUE(run(*alerts.database, "DROP TRIGGER full"));
  EXPECT_EQ(outcome(confirm(alerts, id)), "confirmed");
}

TEST(Alerts, WithoutAPictureItIsOnlyObserved) {
  TestAlerts alerts;
  auto read = alerts.read("cam-1", "AB12CDE");
  read.pictures.clear();
  const auto id = alerts.kept(read, {a_hit("AB12CDE")}).front();
  const auto confirmed = confirm(alerts, id);
  ASSERT_FALSE(confirmed);
  EXPECT_EQ(confirmed.error().message, "it has no picture: it can only be observed");
  EXPECT_EQ(outcome(alerts->close(alerts.receipt(Act::record_outcome, id), id, "stopped", "")),
            "conflict");
  EXPECT_EQ(outcome(alerts->close(alerts.receipt(Act::record_outcome, id), id, "observed", "")),
            "closed");
}

TEST(Alerts, ActingAsksWhetherTheEntryStillStands) {
  TestAlerts alerts;
  const auto hit = a_hit("AB12CDE");
  const auto id = alerts.kept(alerts.read("cam-1", "AB12CDE"), {hit}).front();
  const auto act = [&](const watchlist::Stand& stand) {
    return alerts->act(alerts.receipt(Act::act_on_alert, id), id, stand);
  };
  EXPECT_EQ(outcome(act(a_stand(hit))), "conflict");  // nobody looked at the picture
  ASSERT_TRUE(confirm(alerts, id));
  auto gone = a_stand(hit);
  gone.may_fire = false;
  gone.why_not = "withdrawn by its owner";
  const auto refused = act(gone);
  ASSERT_EQ(outcome(refused), "conflict");
  EXPECT_EQ(refused.error().message, "the entry no longer stands: withdrawn by its owner");
  EXPECT_EQ(alerts.find(id).state, State::confirmed);
  EXPECT_EQ(outcome(act(a_stand(a_hit("XY12ZZZ")))), "invalid_input");
  EXPECT_EQ(outcome(act(a_stand(a_hit("AB12CDE", "list-2")))), "invalid_input");
  EXPECT_EQ(outcome(act(a_stand(hit))), "acted");
}

TEST(Alerts, TakeOnlyAReceiptForThisActThisAlertAndThisTime) {
  TestAlerts alerts;
  const auto hit = a_hit("AB12CDE");
  const auto id = alerts.kept(alerts.read("cam-1", "AB12CDE"), {hit}).front();
  const auto person = base::PersonId::parse("person-b").value();
  const auto try_all = [&](const audit::Receipt& receipt) {
    EXPECT_EQ(outcome(alerts->confirm(receipt, id, "")), "invalid_input");
    EXPECT_EQ(outcome(alerts->reject(receipt, id, "no")), "invalid_input");
    EXPECT_EQ(outcome(alerts->assign(receipt, id, person)), "invalid_input");
    EXPECT_EQ(outcome(alerts->act(receipt, id, a_stand(hit))), "invalid_input");
    EXPECT_EQ(outcome(alerts->close(receipt, id, "observed", "")), "invalid_input");
    EXPECT_EQ(outcome(alerts->find(receipt, id)), "invalid_input");
    EXPECT_EQ(outcome(alerts->history(receipt, id)), "invalid_input");
  };
  try_all(alerts.receipt(Act::read_lists, id));
  for (const auto act : {Act::confirm_alert, Act::reject_alert, Act::assign_alert,
                         Act::act_on_alert, Act::record_outcome, Act::watch_alerts}) {
    SCOPED_TRACE(access::name(act));
    try_all(alerts.receipt(act, "alert-other"));
  }
  const auto old = alerts.receipt(Act::confirm_alert, id);
  alerts.clock.advance(10min);
  EXPECT_EQ(outcome(alerts->confirm(old, id, "")), "invalid_input");
  EXPECT_EQ(outcome(alerts->latest(old, 10)), "invalid_input");
  const auto nobody = base::AlertId::parse("alert-nobody").value();
  EXPECT_EQ(outcome(confirm(alerts, nobody)), "not_found");
  EXPECT_EQ(outcome(alerts->find(alerts.receipt(Act::watch_alerts, nobody), nobody)), "not_found");
}

TEST(Alerts, WordsAreAskedForWhereTheyAreNeeded) {
  TestAlerts alerts;
  const auto id = alerts.kept(alerts.read("cam-1", "AB12CDE"), {a_hit("AB12CDE")}).front();
  const auto reject = [&](std::string_view note) {
    return outcome(alerts->reject(alerts.receipt(Act::reject_alert, id), id, note));
  };
  const auto close = [&](std::string_view code, std::string_view note) {
    return outcome(alerts->close(alerts.receipt(Act::record_outcome, id), id, code, note));
  };
  EXPECT_EQ(reject(""), "invalid_input");
  EXPECT_EQ(reject(" \n"), "invalid_input");
  EXPECT_EQ(reject(std::string(note_size_max + 1, 'x')), "invalid_input");
  EXPECT_EQ(reject("beep \a"), "invalid_input");
  EXPECT_EQ(outcome(alerts->confirm(alerts.receipt(Act::confirm_alert, id), id,
                                    std::string(note_size_max + 1, 'x'))),
            "invalid_input");
  EXPECT_EQ(close("", ""), "invalid_input");
  EXPECT_EQ(close("Stopped", ""), "invalid_input");
  EXPECT_EQ(close("no_action", std::string(note_size_max + 1, 'x')), "invalid_input");
  EXPECT_EQ(reject(std::string(note_size_max, 'x')), "rejected");
}

TEST(Alerts, AreFoundByTheirReadToo) {
  TestAlerts alerts;
  const auto read = alerts.read("cam-1", "AB12CDE");
  const auto id = alerts.kept(read, {a_hit("AB12CDE")}).front();
  EXPECT_EQ(outcome(alerts->find(alerts.receipt(Act::watch_alerts, read.id.text()), id)), "new");
  const auto other = plate::ReadId::of(read.camera, "other").text();
  EXPECT_EQ(outcome(alerts->find(alerts.receipt(Act::watch_alerts, other), id)), "invalid_input");
  EXPECT_EQ(outcome(alerts->find(alerts.receipt(Act::act_on_alert, read.id.text()), id)),
            "invalid_input");
  EXPECT_EQ(outcome(alerts->find(alerts.receipt(Act::act_on_alert, id), id)), "new");
}

TEST(Alerts, ShowNoMoreThanThePermitCovers) {
  TestAlerts alerts;
  auto read = alerts.read("cam-1", "AB12CDE");
  read.position = base::Position{53.4, -2.2};
  const auto id = alerts.kept(read, {a_hit("AB12CDE")}).front();
  const auto other = alerts.kept(alerts.read("cam-2", "XY12ZZZ"), {a_hit("XY12ZZZ", "list-2")});
  const base::Area here{{53.4, -2.2}, 1'000};
  const base::Area elsewhere{{51.5, -0.1}, 1'000};
  const access::Scope only_the_first[] = {
      {.cameras = {base::CameraId::parse("cam-1").value()}},
      {.area = here},
      {.lists = {base::ListId::parse("list-1").value()}},
  };
  for (auto scope : only_the_first) {
    const auto seen = alerts->latest(alerts.log.receipt_for(Act::watch_alerts, scope), 10).value();
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].id, id);
    scope.subject = other.front().text();
    EXPECT_EQ(
        outcome(alerts->find(alerts.log.receipt_for(Act::watch_alerts, scope), other.front())),
        "not_found");
    EXPECT_EQ(outcome(alerts->confirm(alerts.log.receipt_for(Act::confirm_alert, scope),
                                      other.front(), "")),
              "not_found");
  }
  EXPECT_TRUE(
      alerts->latest(alerts.log.receipt_for(Act::watch_alerts, {.area = elsewhere}), 10)->empty());
  EXPECT_EQ(alerts->latest(alerts.log.receipt_for(Act::watch_alerts, {.rows_max = 1}), 10)->size(),
            1U);
}

TEST(Alerts, TheLatestComeFirst) {
  TestAlerts alerts;
  std::vector<base::AlertId> newest_first;
  for (int number = 0; number < 120; ++number) {
    const auto plate = "AB" + std::to_string(1'000 + number);
    const auto ids = alerts->raise(alerts.read("cam-1", plate), std::vector{a_hit(plate)});
    if (number % 3 != 0) {
      ASSERT_TRUE(alerts->keep(ids));  // the others stay provisional
    }
    newest_first.insert(newest_first.begin(), ids.front());
    alerts.clock.advance(1s);
  }
  const auto seen = alerts.latest();
  ASSERT_EQ(seen.size(), 120U);
  for (std::size_t at = 0; at < seen.size(); ++at) EXPECT_EQ(seen[at].id, newest_first[at]);
  EXPECT_EQ(alerts.latest(7).size(), 7U);
  EXPECT_EQ(alerts.latest(7).back().id, newest_first[6]);
  EXPECT_TRUE(alerts.latest(0).empty());
  // Few of many: they are looked for behind the first page.
  access::Scope scope;
  scope.lists = {base::ListId::parse("list-9").value()};
  ASSERT_TRUE(alerts->keep(
      alerts->raise(alerts.read("cam-1", "XY12ZZZ"), std::vector{a_hit("XY12ZZZ", "list-9")})));
  for (int number = 0; number < 70; ++number) {
    const auto plate = "CD" + std::to_string(1'000 + number);
    ASSERT_TRUE(
        alerts->keep(alerts->raise(alerts.read("cam-1", plate), std::vector{a_hit(plate)})));
  }
  EXPECT_EQ(alerts->latest(alerts.log.receipt_for(Act::watch_alerts, scope), 3)->size(), 1U);
}

TEST(Alerts, OpenOnesComeBackAfterARestart) {
  TestAlerts alerts;
  const auto hit = a_hit("AB12CDE");
  const auto open = alerts.kept(alerts.read("cam-1", "AB12CDE"), {hit}).front();
  ASSERT_TRUE(confirm(alerts, open));
  const auto lost = alerts->raise(alerts.read("cam-2", "AB12CDE"), std::vector{hit}).front();
  alerts.clock.advance(std::chrono::days{30});
  alerts.reopen();
  EXPECT_EQ(alerts.latest().size(), 1U);
  EXPECT_EQ(outcome(alerts->find(alerts.receipt(Act::watch_alerts, lost), lost)), "not_found");
  EXPECT_EQ(outcome(alerts->act(alerts.receipt(Act::act_on_alert, open), open, a_stand(hit))),
            "acted");
}

TEST(Alerts, WhatLeftMemoryIsStillWorkedOn) {
  TestAlerts alerts({.memory_max = 4});
  std::vector<base::AlertId> ids;
  for (int number = 0; number < 12; ++number) {
    const auto plate = "AB" + std::to_string(1'000 + number);
    ids.push_back(alerts.kept(alerts.read("cam-1", plate), {a_hit(plate)}).front());
    alerts.clock.advance(1s);
  }
  EXPECT_EQ(alerts.latest().size(), 12U);
  for (const auto& id : ids) {
    EXPECT_EQ(outcome(confirm(alerts, id)), "confirmed");
    EXPECT_EQ(alerts.find(id).state, State::confirmed);
  }
  alerts.reopen();
  for (const auto& id : ids) EXPECT_EQ(alerts.find(id).state, State::confirmed);
}

TEST(Alerts, ErasingADayLeavesOnlyCounts) {
  TestAlerts alerts;
  alerts.clock.set("2026-03-28T23:00:00Z");
  const auto day = base::day_of(alerts.clock.now());
  const auto gone = alerts.kept(alerts.read("cam-1", "AB12CDE"), {a_hit("AB12CDE")}).front();
  ASSERT_TRUE(alerts->reject(alerts.receipt(Act::reject_alert, gone), gone, "it says AB12COE"));
  const auto open = alerts.kept(alerts.read("cam-2", "AB12CDE"), {a_hit("AB12CDE")}).front();
  const auto provisional =
      alerts->raise(alerts.read("cam-3", "AB12CDE"), std::vector{a_hit("AB12CDE")});
  alerts.clock.set("2026-03-29T00:00:00Z");
  const auto stays = alerts.kept(alerts.read("cam-4", "XY12ZZZ"), {a_hit("XY12ZZZ")}).front();

  EXPECT_EQ(outcome(alerts->erase(alerts.log.machine_receipt(audit::MachineVerb::seal), day)),
            "invalid_input");
  const auto erase = [&] {
    return alerts->erase(alerts.log.machine_receipt(audit::MachineVerb::drop), day).value();
  };
  EXPECT_EQ(erase(), 2U);
  EXPECT_EQ(erase(), 0U);
  ASSERT_TRUE(alerts->keep(provisional));  // it does not come back through the back door
  for (const auto& id : {gone, open, provisional.front()}) {
    EXPECT_EQ(outcome(alerts->find(alerts.receipt(Act::watch_alerts, id), id)), "not_found");
    EXPECT_EQ(outcome(confirm(alerts, id)), "not_found");
  }
  EXPECT_EQ(alerts.find(stays).state, State::fresh);
  EXPECT_EQ(count(*alerts.database, "SELECT count(*) FROM alerts_alerts"), 1);
  EXPECT_EQ(count(*alerts.database, "SELECT count(*) FROM alerts_steps"), 1);
  EXPECT_EQ(count(*alerts.database,
                  "SELECT alerts FROM alerts_tally WHERE list = 'list-1' AND state = 'rejected'"),
            1);
  EXPECT_EQ(count(*alerts.database, "SELECT sum(alerts) FROM alerts_tally"), 2);
}

TEST(Alerts, TheTablesRefuseWhatMustNotBe) {
  TestAlerts alerts;
  auto blind = alerts.read("cam-1", "AB12CDE");
  blind.pictures.clear();
  ASSERT_TRUE(alerts->keep(alerts->raise(blind, std::vector{a_hit("AB12CDE")})));
  const std::string_view statements[] = {
      "UPDATE alerts_alerts SET state = 'confirmed'",
      "UPDATE alerts_alerts SET state = 'acted'",
      "UPDATE alerts_alerts SET state = 'confirmed', confirmed_by = 'person-a'",
      "UPDATE alerts_alerts SET state = 'closed'",
      "UPDATE alerts_alerts SET outcome = 'stopped'",
      "UPDATE alerts_steps SET by_person = 'person-other'",
  };
  for (const auto statement : statements) {
    SCOPED_TRACE(statement);
    EXPECT_EQ(outcome(run(*alerts.database, statement)), "conflict");
  }
}

TEST(Alerts, AListenerMayAskBack) {
  TestAlerts alerts;
  std::atomic<int> seen{0};
  const auto receipt = alerts.receipt(Act::watch_alerts, "");
  alerts->listen([&](const Alert&) {
    if (alerts->latest(receipt, 10)) ++seen;
  });
  const auto id = alerts.kept(alerts.read("cam-1", "AB12CDE"), {a_hit("AB12CDE")}).front();
  ASSERT_TRUE(confirm(alerts, id));
  EXPECT_EQ(seen, 3);
}

TEST(Alerts, OfManyWhoConfirmAtOnceOneDoes) {
  TestAlerts alerts;
  const auto id = alerts.kept(alerts.read("cam-1", "AB12CDE"), {a_hit("AB12CDE")}).front();
  std::atomic<int> confirmed{0};
  std::atomic<int> late{0};
  std::vector<std::thread> threads;
  std::vector<audit::Receipt> receipts;
  for (int number = 0; number < 6; ++number) {
    receipts.push_back(alerts.receipt(Act::confirm_alert, id, "person-" + std::to_string(number)));
  }
  for (const auto& receipt : receipts) {
    threads.emplace_back([&alerts, &receipt, &id, &confirmed, &late] {
      const auto result = alerts->confirm(receipt, id, "");
      if (result) ++confirmed;
      if (!result && result.error().code == ErrorCode::conflict) ++late;
    });
  }
  // Meanwhile other reads come in.
  for (int number = 0; number < 20; ++number) {
    const auto plate = "AB" + std::to_string(1'000 + number);
    ASSERT_TRUE(
        alerts->keep(alerts->raise(alerts.read("cam-2", plate), std::vector{a_hit(plate)})));
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(confirmed, 1);
  EXPECT_EQ(late, 5);
  EXPECT_EQ(alerts.history(id).size(), 2U);
}

// The office is killed somewhere in raise() and keep(); the camera sends the read again.
TEST(Alerts, AKillAnywhereLeavesOneAlertOnceTheReadIsSentAgain) {
  bool crashed = true;
  for (long at = 1; crashed; ++at) {
    SCOPED_TRACE(at);
    ASSERT_LT(at, 20);
    TestAlerts alerts;
    const auto read = alerts.read("cam-1", "AB12CDE");
    const std::vector hits = {a_hit("AB12CDE"), a_hit("AB12CDE", "list-2")};
    const pid_t child = ::fork();
    if (child == 0) {
      base::plan_crash(at);
      const auto opened = Alerts::open(*alerts.database, alerts.clock);
      const auto ids = (*opened)->raise(read, hits);
      ::_exit((*opened)->keep(ids) ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    crashed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    ASSERT_TRUE(crashed || status == 0);
    alerts.reopen();
    // Both or none.
    const auto stored = count(*alerts.database, "SELECT count(*) FROM alerts_alerts");
    EXPECT_TRUE(stored == 0 || stored == 2) << stored;
    ASSERT_TRUE(alerts->keep(alerts->raise(read, hits)));
    EXPECT_EQ(count(*alerts.database, "SELECT count(*) FROM alerts_alerts"), 2);
    EXPECT_EQ(count(*alerts.database, "SELECT count(*) FROM alerts_steps"), 2);
  }
}

}  // namespace
}  // namespace regmark::alerts
