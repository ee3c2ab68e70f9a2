// What the policy that Regmark carries says, role by role.
#include <gtest/gtest.h>

#include <algorithm>

#include "access/decide_testing.h"

namespace regmark::access {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

Policy named_for_a_year() {
  std::string text = Policy::built_in().text();
  for (auto at = text.find("persons = []"); at != std::string::npos;
       at = text.find("persons = []")) {
    text.replace(at, 12, "persons = [\"person-7\"]");
  }
  return Policy::parse(text).value();
}

TEST(BuiltInPolicy, LooksBackAsFarAsTheRoleReaches) {
  const auto authority = "data older than 90 days needs a senior officer's authority";
  const auto year = "nothing older than a year may be seen";
  EXPECT_EQ(outcome(search(days(1))), "permitted");
  EXPECT_EQ(outcome(search(days(90))), "permitted");
  auto request = search(days(90));
  request.scope.window->from -= std::chrono::microseconds(1);
  EXPECT_EQ(outcome(request), authority);
  EXPECT_EQ(std::get<Refusal>(decide(Policy::built_in(), request)).rules,
            std::vector<std::string>{"search-one-year-by-authority"});
  EXPECT_EQ(std::get<Refusal>(decide(Policy::built_in(), request)).authority, "senior_officer");
  EXPECT_EQ(outcome(search(days(365))), authority);
  request = search(days(365));
  request.scope.window->from -= std::chrono::microseconds(1);
  EXPECT_EQ(outcome(request), year);
  EXPECT_EQ(std::get<Refusal>(decide(Policy::built_in(), request)).rules,
            std::vector<std::string>{"nothing-over-a-year"});
  EXPECT_EQ(std::get<Refusal>(decide(Policy::built_in(), request)).authority, "");
  // The authority is for the graver categories.
  request = search(days(91));
  request.purpose.category = "priority_and_volume";
  EXPECT_EQ(outcome(request),
            "it reaches back 90 days at most; "
            "this category of investigation does not reach that far");
}

// Of rules that are about another kind of question, such as everybody who passed, nothing is said.
TEST(BuiltInPolicy, RefusesWithWhatTheNearestRuleWants) {
  const auto hour_of = [](days age, const char* plate) {
    auto request = search(age);
    request.scope.plate = plate;
    request.scope.window->until = request.scope.window->from + hours(1);
    return request;
  };
  const std::string everybody =
      "everybody who passed, for more than a day or longer ago than 90 days, needs a senior "
      "officer's authority";
  EXPECT_EQ(outcome(hour_of(days(100), "AB12CDE")),
            "data older than 90 days needs a senior officer's authority");
  EXPECT_EQ(outcome(hour_of(days(100), "")), everybody);
  auto request = search(days(10));
  request.scope.plate = "";
  EXPECT_EQ(outcome(request), everybody);
  request = hour_of(days(10), "AB12CDE");
  request.purpose.for_whom.clear();
  EXPECT_EQ(outcome(request), "say for whom it is");
  // A rule for another act says nothing, whatever it would want.
  request.act = Act::find_convoys;
  request.scope.rows_max = 10;
  for (const auto& rule : explain(Policy::built_in(), request).rules) {
    const bool is_about_convoys = rule.rule.find("convoys") != std::string::npos;
    EXPECT_EQ(rule.said != Said::not_concerned,
              is_about_convoys || rule.rule == "nothing-over-a-year")
        << rule.rule;
  }
}

TEST(BuiltInPolicy, WhoIsNamedLooksBackAYear) {
  const auto policy = named_for_a_year();
  auto request = search(days(365));
  EXPECT_NE(outcome(request, policy), "permitted");
  request.person = test_person("person-7", {Role::investigator});
  EXPECT_EQ(outcome(request, policy), "permitted");
  EXPECT_EQ(std::get<Permit>(decide(policy, request)).rules(),
            std::vector<std::string>{"search-one-year-by-name"});
  request.person.roles = {Role::control_operator};
  EXPECT_EQ(outcome(request, policy), "none of your roles may do this");
  request = search(days(366));
  request.person = test_person("person-7", {Role::investigator});
  EXPECT_EQ(outcome(request, policy), "nothing older than a year may be seen");
}

// Following a vehicle as it moves is for nobody alone.
TEST(BuiltInPolicy, TracksByAuthorityOnly) {
  auto request = search(days(1));
  request.act = Act::track_plate;
  request.scope.window = Window{now, now + hours(12)};
  EXPECT_EQ(outcome(request, Policy::built_in()),
            "following a vehicle as it moves needs a senior officer's authority");
  request.authority = test_authority("authority-1");
  request.authority->requester = request.person.id;
  request.authority->granted_by = base::PersonId::parse("person-2").value();
  request.authority->act = Act::track_plate;
  request.authority->category = request.purpose.category;
  request.authority->reference = request.purpose.reference;
  request.authority->scope = request.scope;
  request.authority->scope.window->from -= hours(1);  // it was asked for an hour ago
  request.authority->valid_until = now + hours(2);
  const auto decision = decide(Policy::built_in(), request);
  ASSERT_EQ(outcome(request, Policy::built_in()), "permitted");
  EXPECT_EQ(std::get<Permit>(decision).valid_until(), now + hours(2));
}

// Every act for every role, and for nobody: the whole table, so that no cell changes unseen.
TEST(BuiltInPolicy, GivesEachRoleItsActs) {
  using enum Act;
  const std::pair<Role, std::vector<Act>> table[] = {
      {Role::control_operator,
       {watch_alerts, confirm_alert, reject_alert, assign_alert, act_on_alert, record_outcome,
        check_reads}},
      {Role::patrol, {watch_alerts, act_on_alert, record_outcome}},
      {Role::investigator,
       {search_sightings, find_convoys, hold_sightings, ask_authority, read_authorities, read_held,
        export_held, review_hold, read_holds, export_evidence}},
      {Role::authoriser, {decide_authority, read_authorities, read_holds, release_others_hold}},
      {Role::list_owner, {read_lists, change_lists, withdraw_entry}},
      {Role::anpr_manager,
       {check_reads, read_days, read_estate, change_estate, approve_estate, review_estate,
        read_register}},
      {Role::overt_lead, {read_estate, advise_estate, read_register}},
      {Role::dpo,
       {read_holds, answer_subject, read_days, read_estate, advise_estate, read_register}},
      {Role::controller, {read_estate, decide_estate, change_matrix, read_register}},
      {Role::reviewer, {read_reviews, review_searches}},
      {Role::standards, {read_signals, change_household}},
      {Role::foi_officer, {read_register}},
      {Role::administrator,
       {read_people, change_people, read_policy, change_cases, read_days, back_up, read_backups}},
      {Role::auditor, {read_audit, read_policy, read_estate, read_holds, read_days, read_register}},
  };
  ASSERT_EQ(std::size(table), std::size(all_roles));
  for (const auto& [role, may] : table) {
    for (const auto act : all_acts) {
      SCOPED_TRACE(std::string(name(role)) + " " + std::string(name(act)));
      auto request = search(days(1), {role});
      request.act = act;
      request.person.rank = "inspector";
      if (act == decide_authority) request.authority = test_authority("authority-1");
      request.held_for = {request.purpose.reference, request.person.organisation};
      EXPECT_EQ(permits(Policy::built_in(), request), std::ranges::find(may, act) != may.end());
      request.person.roles.clear();
      EXPECT_FALSE(permits(Policy::built_in(), request));
    }
  }
}

TEST(BuiltInPolicy, AuditorsSayWhy) {
  Request request{.person = test_person("person-3", {Role::auditor}),
                  .act = Act::read_audit,
                  .purpose = {},
                  .scope = {},
                  .now = now};
  EXPECT_EQ(outcome(request), "a reason in words is needed, of at least 10 characters");
  request.purpose.reason = "yearly check of searches";
  EXPECT_EQ(outcome(request), "permitted");
}

}  // namespace
}  // namespace regmark::access
