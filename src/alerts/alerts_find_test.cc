// Who finds which alerts, for how long, and what is left of those that are gone.
#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "alerts/alerts_testing.h"

namespace regmark::alerts {
namespace {

using access::Act;
using namespace std::chrono_literals;

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
  EXPECT_EQ(erase(), 2U);                  // the same answer, though nothing was left to erase
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

TEST(Alerts, AKeeperIsToldOfTheirVehicleAndOfOthersTakenForIt) {
  TestAlerts alerts;
  const auto own = alerts.kept(alerts.read("cam-1", "AB12CDE"), {a_hit("AB12CDE")}).front();
  const auto taken = alerts.kept(alerts.read("cam-2", "AB12CDF"), {a_hit("AB12CDE")}).front();
  alerts.kept(alerts.read("cam-3", "XY12ZZZ"), {a_hit("XY12ZZZ")});
  const auto now = alerts.clock.now();
  const auto about = [&](const std::string& plate, access::Window window, std::size_t rows = 10) {
    return alerts->about(alerts.log.receipt_for(
        Act::answer_subject, {.plate = plate, .window = window, .rows_max = rows}));
  };
  const access::Window then{now - std::chrono::hours{1}, now + std::chrono::seconds{1}};
  const auto found = about("AB12CDE", then).value();
  const std::set<base::AlertId> ids{found.at(0).id, found.at(1).id};
  EXPECT_EQ(found.size(), 2U);
  EXPECT_EQ(ids, (std::set{own, taken}));
  EXPECT_EQ(about("AB12CDF", then)->size(), 1U);
  EXPECT_EQ(about("AB12CD", then)->size(), 0U);  // a part of a plate is another plate
  EXPECT_EQ(about("AB12CDE", {now - std::chrono::hours{2}, now})->size(), 0U);
  EXPECT_EQ(outcome(about("AB12*", then)), "invalid_input");
  EXPECT_EQ(outcome(about("AB12CDE", then, 1)), "limit_exceeded");
  EXPECT_EQ(outcome(alerts->about(alerts.receipt(Act::watch_alerts, own))), "invalid_input");
}

TEST(Alerts, OfErasedReadsGoWhenTheyAreOver) {
  TestAlerts alerts;
  const auto read = alerts.read("cam-1", "AB12CDE");
  const auto other = alerts.read("cam-2", "XY12ZZZ");
  const auto gone = alerts.kept(read, {a_hit("AB12CDE")}).front();
  const auto stays = alerts.kept(other, {a_hit("XY12ZZZ")}).front();
  const std::vector reads{read.id, other.id};
  EXPECT_EQ(alerts->awaited(reads).value(), reads);
  ASSERT_TRUE(alerts->reject(alerts.receipt(Act::reject_alert, gone), gone, "it says AB12COE"));
  EXPECT_EQ(alerts->awaited(reads).value(), std::vector{other.id});
  EXPECT_EQ(outcome(alerts->erase_of(alerts.log.machine_receipt(audit::MachineVerb::seal), reads)),
            "invalid_input");
  const auto erase = [&] {
    return alerts->erase_of(alerts.log.machine_receipt(audit::MachineVerb::drop), reads).value();
  };
  EXPECT_EQ(erase(), 1U);
  EXPECT_EQ(erase(), 0U);
  for (const bool again : {false, true}) {
    if (again) alerts.reopen();
    EXPECT_EQ(outcome(alerts->find(alerts.receipt(Act::watch_alerts, gone), gone)), "not_found");
    EXPECT_EQ(alerts.find(stays).state, State::fresh);
  }
  // Its day counts it still.
  EXPECT_EQ(count(*alerts.database, "SELECT alerts FROM alerts_tally WHERE state = 'rejected'"), 1);
  EXPECT_EQ(count(*alerts.database, "SELECT count(*) FROM alerts_steps"), 1);
}

}  // namespace
}  // namespace regmark::alerts
