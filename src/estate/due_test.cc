// How urgent a thing is, who hears of it, and the counts of both doors.
#include "estate/due.h"

#include <gtest/gtest.h>

#include "estate/estate_testing.h"

namespace regmark::estate {
namespace {

using access::Role;
using std::chrono::days;

TEST(Urgency, GoesByTheStepsOfTheGuidance) {
  const auto& rules = assessment::Guidance::built_in().life();
  const base::UtcDay due = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1};
  struct Case {
    days today;
    Urgency want, without_grace;
    std::vector<Role> told;
  };
  const Case cases[] = {
      {-rules.warn - days{1}, Urgency::later, Urgency::later, {}},
      {-rules.warn, Urgency::soon, Urgency::soon, {Role::anpr_manager}},
      {days{0}, Urgency::soon, Urgency::soon, {Role::anpr_manager}},
      {days{1}, Urgency::overdue, Urgency::overdue, {Role::anpr_manager}},
      {rules.escalate, Urgency::overdue, Urgency::overdue, {Role::anpr_manager}},
      {rules.escalate + days{1},
       Urgency::escalated,
       Urgency::escalated,
       {Role::anpr_manager, Role::controller}},
      {rules.grace + days{1},
       Urgency::lapsed,
       Urgency::escalated,
       {Role::anpr_manager, Role::controller}},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.today.count());
    EXPECT_EQ(urgency_of(due, due + rules.grace, rules, due + one.today), one.want);
    EXPECT_EQ(urgency_of(due, std::nullopt, rules, due + one.today), one.without_grace);
    EXPECT_EQ(told(one.want), one.told);
  }
}

// The office's gauge and who looks from outside count the same.
TEST(DueCounts, AreTheSameFromInsideAndOutside) {
  TestEstate estate;
  estate.live_site("gate");  // its review in 365 days
  estate.live_deployment("van");
  auto apart = estate.deployment("apart");
  apart.is_apart = true;
  ASSERT_TRUE(
      estate->propose(estate.receipt(access::Act::change_covert, "apart", test_author), apart));
  ASSERT_TRUE(estate->approve(estate.receipt(access::Act::change_covert, "apart", test_approver),
                              apart.id));
  const auto text = [](const DueCounts& counts) {
    return std::to_string(counts.soon) + " " + std::to_string(counts.overdue) + " " +
           std::to_string(counts.escalated) + " " + std::to_string(counts.lapsed);
  };
  struct Case {
    days later;
    std::string_view want;
  };
  // The deployment ends after 30 days; until then it waits for its impact assessment and for signs.
  constexpr Case cases[] = {{days{0}, "2 0 0 0"},
                            {days{29}, "0 2 0 0"},
                            {days{2}, "0 0 0 0"},
                            {days{300}, "1 0 0 0"},
                            {days{35}, "0 0 0 1"}};
  for (const auto& one : cases) {
    estate.clock.advance(one.later);
    EXPECT_EQ(text(estate->due_counts()), one.want) << one.later.count();
    const auto outside = estate.database->read([&](records::Transaction& transaction) {
      return Estate::count_due(transaction, base::day_of(estate.clock.now()));
    });
    EXPECT_EQ(text(outside.value()), one.want) << one.later.count();
  }
}

}  // namespace
}  // namespace regmark::estate
