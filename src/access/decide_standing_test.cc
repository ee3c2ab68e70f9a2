// What a rule asks of the person and of the matter: rank, training, reference, case, authority.
#include <gtest/gtest.h>

#include "access/decide_testing.h"

namespace regmark::access {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

TEST(Decide, WantsRankAndTrainingWhereARuleSaysSo) {
  const auto policy = policy_of(R"(
[[permit]]
id = "look"
roles = ["investigator"]
acts = ["search_sightings"]
purpose = "full"
age_days_max = 30
rows_max = 1000
valid_minutes = 5
rank_least = "sergeant"
training = "search"
)");
  auto request = search(days(1));
  EXPECT_EQ(outcome(request, policy),
            "this is for sergeant or above; "
            "your training for this is missing or has run out: search");
  request.person.rank = "inspector";
  request.person.training = {{"search", now}};
  EXPECT_EQ(outcome(request, policy), "your training for this is missing or has run out: search");
  request.person.training = {{"search", now + hours(1)}};
  EXPECT_EQ(outcome(request, policy), "permitted");
  request.person.rank = "sergeant";
  EXPECT_EQ(outcome(request, policy), "permitted");
  request.person.rank = "emperor";  // not a rank of this policy
  EXPECT_EQ(outcome(request, policy), "this is for sergeant or above");
}

TEST(Decide, WantsReferencesAsTheOrganisationWritesThem) {
  const auto policy = policy_of(std::string(R"(
[[reference]]
organisation = "test-force"
patterns = ["CR/##/######", "OP @@*"]
)") + std::string(look));
  const auto with = [&](const char* reference) {
    auto request = search(days(1));
    request.scope.cameras = {base::CameraId::parse("cam-1").value()};
    request.purpose.reference = reference;
    return outcome(request, policy);
  };
  const auto wrong = "the reference is not written as your organisation writes them";
  EXPECT_EQ(with("CR/26/000123"), "permitted");
  EXPECT_EQ(with("OP Kestrel"), "permitted");
  EXPECT_EQ(with("CR/26/00012"), wrong);
  EXPECT_EQ(with("CR/26/000123x"), wrong);
  EXPECT_EQ(with("CR/2x/000123"), wrong);
  EXPECT_EQ(with("n/a"), wrong);
}

TEST(Decide, WhatIsHeldIsSeenForItsOwnCase) {
  auto request = search(days(1));
  request.act = Act::read_held;
  request.scope = {.rows_max = 100, .subject = "case-7"};
  EXPECT_EQ(outcome(request), "there is no such hold");
  request.held_for = {request.purpose.reference, request.person.organisation};
  EXPECT_EQ(outcome(request), "permitted");
  request.held_for->reference = "CR/other";
  EXPECT_EQ(outcome(request), "it is held for another case");
  request.act = Act::export_held;
  EXPECT_EQ(outcome(request), "it is held for another case");
  request.held_for->reference = request.purpose.reference;
  request.scope.window = Window{now - days(800), now - days(700)};  // of any age
  EXPECT_EQ(outcome(request), "permitted");
  request.held_for = {request.purpose.reference, base::OrganisationId::parse("other").value()};
  EXPECT_EQ(outcome(request), "there is no such hold");
}

// Whatever the policy: this one names no role, and forbids nothing.
TEST(Decide, NoAdministratorLooks) {
  const auto policy = policy_of(R"(
[[permit]]
id = "by-name"
persons = ["person-1"]
acts = ["search_sightings", "find_convoys", "export_evidence", "hold_sightings"]
purpose = "full"
age_days_max = 30
rows_max = 1000
valid_minutes = 5
[[permit]]
id = "by-name-too"
persons = ["person-1"]
acts = ["watch_alerts", "check_reads", "read_held", "export_held", "read_people"]
purpose = "none"
valid_minutes = 5
)");
  const auto no = "an administrator may look at no reads, whatever the policy says";
  for (const auto act :
       {Act::search_sightings, Act::find_convoys, Act::export_evidence, Act::hold_sightings,
        Act::watch_alerts, Act::check_reads, Act::read_held, Act::export_held}) {
    SCOPED_TRACE(name(act));
    auto request = search(days(1), {Role::anpr_manager});
    request.act = act;
    request.held_for = {request.purpose.reference, request.person.organisation};
    EXPECT_EQ(outcome(request, policy), "permitted");
    for (const auto& roles :
         {std::vector{Role::administrator}, std::vector{Role::anpr_manager, Role::administrator}}) {
      request.person.roles = roles;
      EXPECT_EQ(outcome(request, policy), no);
    }
  }
  auto people = search(days(1), {Role::administrator});
  people.act = Act::read_people;
  EXPECT_EQ(outcome(people, policy), "permitted");
}

// Whatever the policy: this one lets everybody change everybody.
TEST(Decide, NobodyMakesThemselvesAnother) {
  const auto policy = policy_of(R"(
[[permit]]
id = "anybody"
roles = ["administrator", "investigator"]
acts = ["change_people", "read_people"]
purpose = "none"
valid_minutes = 5
)");
  for (const auto role : {Role::administrator, Role::investigator}) {
    Request request{.person = test_person("person-1", {role}),
                    .act = Act::change_people,
                    .purpose = {},
                    .scope = {.subject = "person-1 roles: investigator"},
                    .now = now};
    EXPECT_EQ(outcome(request, policy), "permitted");  // somebody new
    request.whom = base::PersonId::parse("person-2").value();
    EXPECT_EQ(outcome(request, policy), "permitted");
    request.whom = request.person.id;
    EXPECT_EQ(outcome(request, policy),
              "nobody may change their own roles, rank, training, line or organisation: another "
              "administrator does it");
    request.act = Act::read_people;
    EXPECT_EQ(outcome(request, policy), "permitted");
  }
}

// Beside its owner, who does it under review_hold.
TEST(Decide, AHoldOfSomebodyElsesIsReleasedByASeniorOfficerOfItsOrganisation) {
  auto request = search(days(1), {Role::authoriser});
  request.act = Act::release_others_hold;
  request.scope = {.subject = "case-7"};
  request.person.rank = "inspector";
  EXPECT_EQ(outcome(request), "there is no such hold");
  request.held_for = {request.purpose.reference, request.person.organisation};
  EXPECT_EQ(outcome(request), "permitted");
  request.person.rank = "sergeant";
  EXPECT_EQ(outcome(request), "this is for inspector or above");
  for (const auto role : {Role::investigator, Role::reviewer, Role::dpo}) {
    request.person.roles = {role};
    EXPECT_EQ(outcome(request), "somebody else holds it, and none of your roles may release it");
  }
  request.person.roles = {Role::authoriser};
  request.held_for->reference = "CR/other";
  EXPECT_EQ(outcome(request), "it is held for another case");
  request.held_for = {request.purpose.reference, base::OrganisationId::parse("other").value()};
  EXPECT_EQ(outcome(request), "there is no such hold");
}

// An officer of a region is a senior officer for its forces where the policy says so, and there
// only.
TEST(Decide, AuthorityComesFromAboveWhereThePolicyLetsIt) {
  const auto policy = [](const std::string& given_by) {
    auto text = Policy::built_in().text();
    const std::string at = "oral_confirmed_hours = 24\n";
    text.insert(text.find(at), given_by);
    return Policy::parse(text).value();
  };
  const auto officer = [](std::vector<base::OrganisationId> part_of,
                          std::vector<base::OrganisationId> parts) {
    Request request{.person = test_person("person-9", {Role::authoriser}),
                    .act = Act::decide_authority,
                    .purpose = test_purpose(),
                    .scope = {.subject = "a-1"},
                    .now = now};
    request.person.organisation = base::OrganisationId::parse("region").value();
    request.person.rank = "inspector";
    request.person.part_of = std::move(part_of);
    request.person.parts = std::move(parts);
    request.authority = test_authority("a-1");
    return request;
  };
  const auto theirs = test_authority("a-1").organisation;
  const auto no = "it is for the requester's own organisation to decide";
  const auto above = policy("given_by = \"own_or_above\"\n");
  EXPECT_EQ(outcome(officer({}, {theirs}), above), "permitted");
  EXPECT_EQ(outcome(officer({}, {theirs})), no);
  EXPECT_EQ(outcome(officer({}, {theirs}), policy("given_by = \"own_organisation\"\n")), no);
  // Beside and below is not above.
  EXPECT_EQ(outcome(officer({}, {}), above), no);
  EXPECT_EQ(outcome(officer({theirs}, {}), above), no);
  // Nothing else is asked less of them.
  auto request = officer({}, {theirs});
  request.person.rank = "sergeant";
  EXPECT_EQ(outcome(request, above), "only inspector or above may give this authority");
  request = officer({}, {theirs});
  request.authority->requester = request.person.id;
  EXPECT_EQ(outcome(request, above), "nobody may authorise for themselves");
  EXPECT_EQ(above.kinds_from_above(), std::vector<std::string>{"senior_officer"});
  EXPECT_TRUE(Policy::built_in().kinds_from_above().empty());
}

TEST(Decide, OneAuthorityOpensOneMatter) {
  auto request = search(days(200));
  auto given = test_authority("authority-1");
  given.requester = request.person.id;
  given.granted_by = base::PersonId::parse("person-2").value();
  given.act = Act::search_sightings;
  given.category = request.purpose.category;
  given.reference = request.purpose.reference;
  given.scope = request.scope;
  given.valid_until = now + minutes(3);
  const auto with = [&](auto change) {
    auto changed = request;
    changed.authority = given;
    change(changed, *changed.authority);
    return outcome(changed);
  };
  const std::string needed = "data older than 90 days needs a senior officer's authority; ";
  EXPECT_EQ(with([](auto&, auto&) {}), "permitted");
  EXPECT_EQ(with([](auto&, auto& a) { a.granted_by.reset(); }),
            needed + "the authority does not stand: not granted, used up, withdrawn or run out");
  EXPECT_EQ(with([](auto& r, auto& a) { a.granted_by = r.person.id; }),
            needed + "the authority was given to somebody else");
  EXPECT_EQ(with([](auto& r, auto&) { r.person.id = base::PersonId::parse("p").value(); }),
            needed + "the authority was given to somebody else");
  EXPECT_EQ(with([](auto&, auto& a) { a.valid_until = now; }),
            needed + "the authority has run out");
  // Also where the policy says no more of it than that.
  std::string text(Policy::built_in().text());
  constexpr std::string_view why = "data older than 90 days needs a senior officer's authority";
  for (auto at = text.find(why); at != std::string::npos; at = text.find(why)) {
    text.replace(at, why.size(), "the authority has run out");
  }
  auto late = request;
  late.authority = given;
  late.authority->valid_until = now;
  EXPECT_EQ(outcome(late, Policy::parse(text).value()), "the authority has run out");
  EXPECT_EQ(with([](auto& r, auto&) { r.purpose.reference = "CR/other"; }),
            needed + "the authority is for another matter");
  EXPECT_EQ(with([](auto& r, auto&) { r.scope.plate = "AB1*"; }),
            needed + "the authority does not reach that far");
  EXPECT_EQ(with([](auto& r, auto& a) {
              a.scope.rows_max = 200;
              r.scope.rows_max = 300;
              r.scope.rows_given = 200;
            }),
            needed + "all rows that the authority allows were given");
  EXPECT_EQ(with([](auto& r, auto&) { r.scope.window->from -= days(200); }),
            "nothing older than a year may be seen");

  request.authority = given;
  const auto decision = decide(Policy::built_in(), request);
  EXPECT_EQ(std::get<Permit>(decision).authority(), given.id);
  EXPECT_EQ(std::get<Permit>(decision).valid_until(), given.valid_until);
  // What one's own role reaches stands on no authority, and so uses none up.
  request.scope.window->from = now - days(1);
  const auto own = decide(Policy::built_in(), request);
  EXPECT_EQ(std::get<Permit>(own).authority(), std::nullopt);
}

}  // namespace
}  // namespace regmark::access
