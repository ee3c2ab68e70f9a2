// What people do about an alert, and what they may not.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "alerts/alerts_testing.h"

namespace regmark::alerts {
namespace {

using access::Act;
using namespace std::chrono_literals;

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

}  // namespace
}  // namespace regmark::alerts
