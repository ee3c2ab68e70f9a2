#include "alerts/covers.h"

#include <gtest/gtest.h>

#include "alerts/alerts_testing.h"

namespace regmark::alerts {
namespace {

using access::Act;

// Everybody in these tests is of this organisation.
const auto ours = base::OrganisationId::parse("test-force").value();
const auto theirs = base::OrganisationId::parse("other-force").value();

watchlist::Hit hit_for(std::string_view plate, std::set<base::OrganisationId> alerted) {
  auto hit = a_hit(plate);
  hit.alerted = std::move(alerted);
  return hit;
}

TEST(Covers, ShowsAnAlertToTheOrganisationsThatItsListAlerts) {
  TestAlerts alerts;
  const auto raise = [&](std::string_view plate, std::set<base::OrganisationId> alerted) {
    return alerts->raise(alerts.read("cam-1", plate), std::vector{hit_for(plate, alerted)}).at(0);
  };
  const std::vector seen{raise("AB12CDE", {}), raise("KN05PQR", {ours}),
                         raise("XY12ZZZ", {ours, theirs})};
  const auto unseen = raise("GH56JKL", {theirs});
  const auto find = [&](const base::AlertId& id) {
    return outcome(alerts->find(alerts.receipt(Act::watch_alerts, id), id));
  };
  for (const auto* when : {"provisional", "durable", "restarted"}) {
    SCOPED_TRACE(when);
    EXPECT_EQ(alerts.latest().size(), seen.size());
    for (const auto& id : seen) EXPECT_EQ(find(id), "new");
    EXPECT_EQ(find(unseen), "not_found");
    EXPECT_EQ(outcome(alerts->history(alerts.receipt(Act::watch_alerts, unseen), unseen)),
              "not_found");
    if (when == std::string_view("provisional")) {
      ASSERT_TRUE(alerts->keep(seen));
      ASSERT_TRUE(alerts->keep(std::vector{unseen}));
    } else {
      alerts.reopen();
    }
  }
}

// A list that alerts a region alerts its forces' people; one that alerts a force is not for all of
// the region, which is not where the force's work is done.
TEST(Covers, GoesDownTheTreeOfOrganisations) {
  TestAlerts alerts;
  const auto region = base::OrganisationId::parse("a-region").value();
  const auto permit = [&](const base::OrganisationId& of, std::vector<base::OrganisationId> part_of,
                          std::vector<base::OrganisationId> parts) {
    auto person = access::test_person("operator-7", {access::Role::control_operator});
    person.organisation = of;
    person.part_of = std::move(part_of);
    person.parts = std::move(parts);
    return access::permit_or_stop(access::decide(
        access::Policy::built_in(), {person, Act::watch_alerts, {}, {}, alerts.clock.now()}));
  };
  const auto alert = [&](std::string_view plate, std::set<base::OrganisationId> alerted) {
    const auto id =
        alerts->raise(alerts.read("cam-1", plate), std::vector{hit_for(plate, alerted)}).at(0);
    Alert made{.id = id,
               .read = alerts.read("cam-1", plate),
               .hit = hit_for(plate, alerted),
               .raised_at = alerts.clock.now()};
    return made;
  };
  const auto of_region = alert("AB12CDE", {region});
  const auto of_force = alert("KN05PQR", {ours});
  EXPECT_TRUE(covers(permit(ours, {region}, {}), of_region));
  EXPECT_TRUE(covers(permit(ours, {region}, {}), of_force));
  EXPECT_TRUE(covers(permit(region, {}, {ours}), of_region));
  EXPECT_FALSE(covers(permit(region, {}, {ours}), of_force));
  EXPECT_FALSE(covers(permit(theirs, {}, {}), of_region));
  EXPECT_FALSE(covers(permit(theirs, {region}, {}), of_force));
}

// Only what the control room gave them: not what it gave another, nor what waits for it.
TEST(Covers, ShowsAPatrolWhatIsAssignedToThem) {
  TestAlerts alerts;
  const auto permit = [&](access::Role role, Act act) {
    return access::permit_or_stop(
        access::decide(access::Policy::built_in(),
                       {access::test_person("car-7", {role}), act, {}, {}, alerts.clock.now()}));
  };
  const auto id =
      alerts->raise(alerts.read("cam-1", "AB12CDE"), std::vector{hit_for("AB12CDE", {})}).at(0);
  auto alert = alerts->find(alerts.receipt(Act::watch_alerts, id), id).value();
  for (const auto act : {Act::watch_alerts, Act::act_on_alert, Act::record_outcome}) {
    const auto patrol = permit(access::Role::patrol, act);
    alert.assigned_to.reset();
    EXPECT_FALSE(covers(patrol, alert));
    alert.assigned_to = base::PersonId::parse("car-8").value();
    EXPECT_FALSE(covers(patrol, alert));
    EXPECT_TRUE(covers(permit(access::Role::control_operator, act), alert));
    alert.assigned_to = base::PersonId::parse("car-7").value();
    EXPECT_TRUE(covers(patrol, alert));
  }
}

TEST(Covers, LetsNobodyElseTakeAStep) {
  TestAlerts alerts;
  const auto hit = hit_for("AB12CDE", {theirs});
  const auto id = alerts.kept(alerts.read("cam-1", "AB12CDE"), {hit}).front();
  alerts.take_told();
  const auto receipt = [&](Act act) { return alerts.receipt(act, id); };
  const auto somebody = base::PersonId::parse("person-patrol").value();
  EXPECT_EQ(outcome(alerts->confirm(receipt(Act::confirm_alert), id, "")), "not_found");
  EXPECT_EQ(outcome(alerts->reject(receipt(Act::reject_alert), id, "no")), "not_found");
  EXPECT_EQ(outcome(alerts->assign(receipt(Act::assign_alert), id, somebody)), "not_found");
  EXPECT_EQ(outcome(alerts->act(receipt(Act::act_on_alert), id, a_stand(hit))), "not_found");
  EXPECT_EQ(outcome(alerts->close(receipt(Act::record_outcome), id, "observed", "")), "not_found");
  EXPECT_TRUE(alerts.take_told().empty());
}

}  // namespace
}  // namespace regmark::alerts
