#include "access/decide.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "access/access_testing.h"
#include "access/policy.h"
#include "base/time_testing.h"

namespace regmark::access {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const base::UtcTime now = base::parse_utc("2026-03-29T00:30:00Z").value();

Request search(days age, std::vector<Role> roles = {Role::investigator}) {
  return {.person = test_person("person-1", std::move(roles)),
          .act = Act::search_sightings,
          .purpose = test_purpose(),
          .scope = {.plate = "AB12*",
                    .window = Window{.from = now - age, .until = now},
                    .rows_max = 100},
          .now = now};
}

// "permitted", or the reasons one after another.
std::string outcome(const Decision& decision) {
  const auto* refusal = std::get_if<Refusal>(&decision);
  if (refusal == nullptr) return "permitted";
  std::string all;
  for (const auto& reason : refusal->reasons) all.append(all.empty() ? "" : "; ").append(reason);
  return all;
}

std::string outcome(const Request& request, const Policy& policy = Policy::built_in()) {
  return outcome(decide(policy, request));
}

bool permits(const Policy& policy, const Request& request) {
  return std::holds_alternative<Permit>(decide(policy, request));
}

Policy named_for_a_year() {
  std::string text = Policy::built_in().text();
  for (auto at = text.find("persons = []"); at != std::string::npos;
       at = text.find("persons = []")) {
    text.replace(at, 12, "persons = [\"person-7\"]");
  }
  return Policy::parse(text).value();
}

TEST(Decide, LooksBackAsFarAsTheRoleReaches) {
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
            "it reaches back 90 days at most; the window may be 1 day long at most; "
            "this category of investigation does not reach that far; "
            "the window may be 31 days long at most");
}

TEST(Decide, WhoIsNamedLooksBackAYear) {
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

TEST(Decide, WantsAPurposeInFull) {
  const auto with = [](auto change) {
    auto request = search(days(1));
    change(request.purpose);
    return outcome(request);
  };
  EXPECT_EQ(with([](Purpose& p) { p.category = ""; }), "a category of investigation is needed");
  EXPECT_EQ(with([](Purpose& p) { p.category = "curiosity"; }),
            "the policy knows no such category of investigation");
  EXPECT_EQ(with([](Purpose& p) { p.reference = "  "; }), "a reference is needed");
  EXPECT_EQ(with([](Purpose& p) { p.for_whom = ""; }), "say for whom it is");
  const auto reason = "a reason in words is needed, of at least 10 characters";
  EXPECT_EQ(with([](Purpose& p) { p.reason = ""; }), reason);
  EXPECT_EQ(with([](Purpose& p) { p.reason = "          a          "; }), reason);
  EXPECT_EQ(with([](Purpose& p) { p.reason = "123456789"; }), reason);
  EXPECT_EQ(with([](Purpose& p) { p.reason = "1234567890"; }), "permitted");
  EXPECT_EQ(with([](Purpose& p) { p.reason = "äöüäöüäöü"; }), reason);  // nine, of two bytes each
  EXPECT_EQ(with([](Purpose& p) { p.reason = "äöüäöüäöüä"; }), "permitted");
  EXPECT_EQ(with([](Purpose& p) { p.reason = std::string(1'000, 'x'); }), "permitted");
  EXPECT_EQ(with([](Purpose& p) { p.reason = std::string(1'001, 'x'); }),
            "the reason may have at most 1000 bytes");
  for (const std::string_view bad : {"tab\tand more text", "\xff\xfe no utf-8 at all",
                                     "cut off here: \xe2\x82", "too long a form \xc0\xaf"}) {
    EXPECT_EQ(with([&](Purpose& p) { p.reason = bad; }),
              "the reason holds characters that cannot be recorded");
  }
}

TEST(Decide, WantsAWindowThatIsOver) {
  auto request = search(days(1));
  request.scope.window.reset();
  EXPECT_EQ(outcome(request), "say from when until when");
  request = search(days(1));
  request.scope.window->until = now + clock_tolerance;
  EXPECT_EQ(outcome(request), "permitted");
  request.scope.window->until += std::chrono::microseconds(1);
  EXPECT_EQ(outcome(request), "the window must not end in the future");
  request = search(days(0));
  EXPECT_EQ(outcome(request), "the window must end after it begins");
}

TEST(Decide, StopsAtItsLimits) {
  const auto with = [](auto change) {
    auto request = search(days(1));
    change(request.scope);
    return outcome(request);
  };
  const auto rows = "say how many rows at most, up to 10000";
  EXPECT_EQ(with([](Scope& s) { s.rows_max = 0; }), rows);
  EXPECT_EQ(with([](Scope& s) { s.rows_max = 10'000; }), "permitted");
  EXPECT_EQ(with([](Scope& s) { s.rows_max = 10'001; }), rows);
  const auto camera = base::CameraId::parse("cam-1").value();
  EXPECT_EQ(with([&](Scope& s) { s.cameras.assign(1'000, camera); }), "permitted");
  EXPECT_EQ(with([&](Scope& s) { s.cameras.assign(1'001, camera); }), "at most 1,000 cameras");
  const auto list = base::ListId::parse("list-1").value();
  EXPECT_EQ(with([&](Scope& s) { s.lists.assign(1'001, list); }), "at most 1,000 lists");
  EXPECT_EQ(with([](Scope& s) { s.plate.assign(65, '*'); }), "the plate may have at most 64 bytes");
  EXPECT_EQ(with([](Scope& s) { s.subject.assign(129, 'x'); }),
            "the subject may have at most 128 bytes");
}

TEST(Decide, APermitSaysWhatWasAskedAndForHowLong) {
  const auto request = search(days(30), {Role::control_operator, Role::investigator});
  const auto decision = decide(Policy::built_in(), request);
  const auto& permit = std::get<Permit>(decision);
  EXPECT_EQ(permit.role(), Role::investigator);
  EXPECT_EQ(permit.scope().plate, "AB12*");
  EXPECT_EQ(permit.valid_from(), now);
  EXPECT_EQ(permit.valid_until(), now + minutes(10));
  EXPECT_EQ(permit.policy_version(), Policy::built_in().version());
  EXPECT_EQ(permit.rules(), std::vector<std::string>{"search-90-days"});

  Request watch{.person = test_person("person-2", {Role::control_operator}),
                .act = Act::watch_alerts,
                .purpose = {},
                .scope = {},
                .now = now};
  EXPECT_EQ(std::get<Permit>(decide(Policy::built_in(), watch)).valid_until(), now + hours(8));
  watch.session_until = now + hours(3);
  EXPECT_EQ(std::get<Permit>(decide(Policy::built_in(), watch)).valid_until(), now + hours(3));
  watch.session_until = now;
  EXPECT_EQ(outcome(watch), "the session is over");
}

// Every act for every role, and for nobody: the whole table, so that no cell changes unseen.
TEST(Decide, TheBuiltInPolicyGivesEachRoleItsActs) {
  using enum Act;
  const std::pair<Role, std::vector<Act>> table[] = {
      {Role::control_operator,
       {watch_alerts, confirm_alert, reject_alert, assign_alert, act_on_alert, record_outcome}},
      {Role::patrol, {}},
      {Role::investigator,
       {search_sightings, hold_sightings, ask_authority, read_authorities, read_held, review_hold,
        read_holds, export_evidence}},
      {Role::authoriser, {decide_authority, read_authorities}},
      {Role::list_owner, {read_lists, change_lists, withdraw_entry}},
      {Role::anpr_manager,
       {read_days, read_estate, change_estate, approve_estate, review_estate, read_register}},
      {Role::overt_lead, {read_estate, advise_estate, read_register}},
      {Role::dpo,
       {read_holds, answer_subject, read_days, read_estate, advise_estate, read_register}},
      {Role::controller, {read_estate, decide_estate, change_matrix, read_register}},
      {Role::reviewer, {review_searches}},
      {Role::standards, {read_signals, change_household}},
      {Role::foi_officer, {read_register}},
      {Role::administrator,
       {read_people, change_people, read_policy, change_cases, read_days, back_up}},
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

TEST(Decide, RolesThatCheckEachOtherCanDoNothing) {
  auto request = search(days(1), {Role::investigator, Role::auditor});
  EXPECT_EQ(outcome(request), "one person may not be both auditor and investigator");
}

TEST(Decide, AuditorsSayWhy) {
  Request request{.person = test_person("person-3", {Role::auditor}),
                  .act = Act::read_audit,
                  .purpose = {},
                  .scope = {},
                  .now = now};
  EXPECT_EQ(outcome(request), "a reason in words is needed, of at least 10 characters");
  request.purpose.reason = "yearly check of searches";
  EXPECT_EQ(outcome(request), "permitted");
}

Policy policy_of(std::string_view rules) {
  return Policy::parse(
             "format = 1\ntitle = \"t\"\ncategories = [\"serious\", \"major\"]\n"
             "ranks = [\"sergeant\", \"inspector\"]\ncourses = [\"search\"]\n"
             "[[authority]]\nid = \"senior_officer\"\nrank_least = \"inspector\"\n"
             "valid_hours_max = 48\nuses_max = 3\n"
             "[retention]\nsightings_days = 1\npictures_days = 1\n" +
             std::string(rules))
      .value();
}

constexpr std::string_view look = R"(
[[permit]]
id = "look"
roles = ["investigator"]
acts = ["search_sightings"]
purpose = "full"
age_days_max = 30
rows_max = 1000
cameras_max = 2
window_days_max = 7
valid_minutes = 5
)";

TEST(Decide, NothingSaysYesByDefault) {
  EXPECT_EQ(outcome(search(days(1)), policy_of("")), "none of your roles may do this");
}

TEST(Decide, ANoWinsOverEveryYes) {
  const auto policy = policy_of(std::string(look) + R"(
[[permit]]
id = "also"
persons = ["person-1"]
acts = ["search_sightings"]
purpose = "full"
age_days_max = 3650
rows_max = 1000
valid_minutes = 5
[[forbid]]
id = "not-major"
acts = ["search_sightings"]
categories = ["major"]
why = "not for major crime"
[[forbid]]
id = "not-much-and-old"
acts = ["search_sightings"]
age_days_over = 10
rows_over = 500
why = "old and much"
)");
  auto request = search(days(1));
  request.scope.cameras = {base::CameraId::parse("cam-1").value()};
  EXPECT_EQ(outcome(request, policy), "permitted");
  request.purpose.category = "major";
  EXPECT_EQ(outcome(request, policy), "not for major crime");
  // A no with two bounds wants both passed.
  request = search(days(20));
  EXPECT_EQ(outcome(request, policy), "permitted");
  request.scope.rows_max = 501;
  EXPECT_EQ(outcome(request, policy), "old and much");
  request = search(days(5));
  request.scope.rows_max = 501;
  EXPECT_EQ(outcome(request, policy), "permitted");
}

TEST(Decide, ARuleThatCannotBeEvaluatedRefuses) {
  // The first rule would say yes, but the second cannot tell: no rows are named, no category is.
  const std::string hold = R"(
[[permit]]
id = "hold"
roles = ["investigator"]
acts = ["hold_sightings"]
purpose = "full"
age_days_max = 30
valid_minutes = 5
)";
  auto request = search(days(1));
  request.act = Act::hold_sightings;
  request.scope.rows_max = 0;
  EXPECT_EQ(outcome(request, policy_of(hold)), "permitted");
  const auto policy = policy_of(hold + R"(
[[permit]]
id = "hold-few"
roles = ["investigator"]
acts = ["hold_sightings"]
purpose = "full"
age_days_max = 30
rows_max = 10
valid_minutes = 5
)");
  EXPECT_EQ(outcome(request, policy), "say how many rows at most, up to 10");
  EXPECT_EQ(std::get<Refusal>(decide(policy, request)).rules, std::vector<std::string>{"hold-few"});

  const auto by_category = policy_of(R"(
[[permit]]
id = "watch"
roles = ["operator"]
acts = ["watch_alerts"]
purpose = "none"
valid_minutes = 5
[[forbid]]
id = "not-major"
acts = ["watch_alerts"]
categories = ["major"]
why = "not for major crime"
)");
  Request watch{.person = test_person("person-1", {Role::control_operator}),
                .act = Act::watch_alerts,
                .purpose = {.category = "serious"},
                .scope = {},
                .now = now};
  EXPECT_EQ(outcome(watch, by_category), "permitted");
  watch.purpose.category = "";
  EXPECT_EQ(outcome(watch, by_category), "a category of investigation is needed");
}

// --- Properties, for any policy of the language --------------------------------------------------

// RapidCheck keeps ranges near their beginning while a test is young; here that would be requests
// that every rule refuses.
template <typename Number = int>
rc::Gen<Number> number(Number least, Number end) {
  return rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, end));
}

rc::Gen<std::string> any_bounds(std::string ending) {
  return rc::gen::map(
      rc::gen::tuple(number(10, 60), number(5, 50), number(10, 50), number(1, 4), number(0, 16)),
      [ending](const std::tuple<int, int, int, int, int>& drawn) {
        const auto [age, window, rows, cameras, which] = drawn;
        const auto plate = ending == "max" ? "plate_characters_min" : "plate_characters_under";
        std::string text;
        const auto add = [&](const char* key, int value) {
          text += std::string(key) + "_" + ending + " = " + std::to_string(value) + "\n";
        };
        if (ending == "max" || (which & 4) != 0) add("age_days", age);
        if (ending == "max" || (which & 2) != 0) add("rows", rows);
        if ((which & 1) != 0) add("window_days", window);
        if ((which & 7) == 3 || (which & 7) == 7) add("cameras", cameras);
        if ((which & 8) != 0) text += std::string(plate) + " = " + std::to_string(cameras) + "\n";
        return text;
      });
}

rc::Gen<std::string> any_rule() {
  const auto subject = rc::gen::map(
      rc::gen::tuple(rc::gen::arbitrary<bool>(), rc::gen::arbitrary<bool>()),
      [](const std::tuple<bool, bool>& drawn) {
        const auto [is_named, has_category] = drawn;
        return std::string("acts = [\"search_sightings\"]\n") +
               (is_named ? "persons = [\"person-1\"]\n" : "roles = [\"investigator\"]\n") +
               (has_category ? "categories = [\"serious\"]\n" : "");
      });
  const auto permit = rc::gen::apply(
      [](const std::string& about, const std::string& bounds, bool authority) {
        return "[[permit]]\n" + about + bounds + "purpose = \"full\"\nvalid_minutes = 5\n" +
               (authority ? "authority = \"senior_officer\"\nwhy = \"ask\"\n" : "");
      },
      subject, any_bounds("max"), rc::gen::map(number(0, 4), [](int one) { return one == 0; }));
  const auto forbid = rc::gen::apply(
      [](const std::string& about, const std::string& bounds) {
        return "[[forbid]]\n" + about + bounds + "why = \"no\"\n";
      },
      subject, any_bounds("over"));
  return rc::gen::oneOf(permit, permit, permit, forbid);
}

// Requests against each policy that is made up.
constexpr int tries_each = 20;

// Which cases a policy's requests met, as labels of the one try that they are.
struct Seen {
  bool both = false;
  bool too_far = false;
  bool refused = false;
  void count(bool was_permitted, bool is_permitted) {
    both |= was_permitted && is_permitted;
    too_far |= was_permitted && !is_permitted;
    refused |= !was_permitted;
  }
  void classify() const {
    RC_CLASSIFY(both, "permitted, and wider too");
    RC_CLASSIFY(too_far, "permitted, but wider not");
    RC_CLASSIFY(refused, "refused");
  }
};

Policy any_policy() {
  std::string rules;
  for (int left = *number(1, 7); left > 0; --left) {
    const std::string rule = *any_rule();
    const auto head_end = rule.find('\n') + 1;
    rules += rule.substr(0, head_end) + "id = \"r" + std::to_string(left) + "\"\n" +
             rule.substr(head_end);
  }
  return policy_of(rules);
}

// Each fits all plates that the one before it fits.
constexpr const char* ever_looser[] = {"AB12CDE", "AB12C*", "AB1?C*", "AB1*", "A*", "*", ""};

Window any_window() {
  const auto until = now - hours(*number(0, 300));
  return {until - hours(*number(1, 900)), until};
}

std::vector<base::CameraId> any_cameras() {
  std::vector<base::CameraId> cameras;
  for (int i = *number(0, 4); i > 0; --i) {
    cameras.push_back(base::CameraId::parse("cam-" + std::to_string(i)).value());
  }
  return cameras;
}

Authority any_authority(const Request& request) {
  auto given = test_authority("authority-1");
  given.requester = request.person.id;
  given.granted_by = base::PersonId::parse("person-2").value();
  given.act = request.act;
  given.category = *rc::gen::element<std::string>("serious", "major");
  given.reference = request.purpose.reference;
  given.scope.plate = ever_looser[*number(0, 7)];
  given.scope.cameras = any_cameras();
  given.scope.window = any_window();
  given.scope.rows_max = *number<std::size_t>(1, 45);
  given.valid_until = now + hours(*number(0, 3));
  return given;
}

Request any_request() {
  auto request = search(days(1));
  request.scope.plate = ever_looser[*number(0, 7)];
  request.scope.window = any_window();
  request.scope.rows_max = *number<std::size_t>(1, 45);
  request.scope.cameras = any_cameras();
  request.purpose.category = *rc::gen::element<std::string>("serious", "major");
  if (*number(0, 2) == 0) request.authority = any_authority(request);
  return request;
}

// The same request, asking for more in one or several ways.
Request widened(Request request) {
  auto& scope = request.scope;
  const int ways = *number(1, 16);
  if ((ways & 1) != 0) scope.window->from -= hours(*number(1, 600));
  if ((ways & 2) != 0) {
    scope.window->until += hours(*number(1, 400));  // perhaps into the future
  }
  if ((ways & 4) != 0) scope.rows_max += *number<std::size_t>(1, 40);
  if ((ways & 8) != 0) {
    if (*rc::gen::arbitrary<bool>()) {
      scope.cameras.clear();
    } else if (!scope.cameras.empty()) {
      scope.cameras.push_back(base::CameraId::parse("cam-9").value());
    }
  }
  auto looser = std::ranges::find(ever_looser, scope.plate);
  looser += *number<std::ptrdiff_t>(0, std::end(ever_looser) - looser);
  scope.plate = *looser;
  return request;
}

RC_GTEST_PROP(Decide, WideningARefusedRequestNeverHelps, ()) {
  const auto policy = any_policy();
  Seen seen;
  for (int tries = 0; tries < tries_each; ++tries) {
    const auto request = any_request();
    const auto more = widened(request);
    const bool was_permitted = permits(policy, request);
    const bool is_permitted = permits(policy, more);
    seen.count(was_permitted, is_permitted);
    RC_ASSERT(was_permitted || !is_permitted);
  }
  seen.classify();
}

// The same window a while ago: older data never needs less than younger data. (An authority is for
// the days that were asked for, and for no others, older or younger.)
RC_GTEST_PROP(Decide, MoreAgeNeverNeedsLess, ()) {
  const auto policy = any_policy();
  Seen seen;
  for (int tries = 0; tries < tries_each; ++tries) {
    auto request = any_request();
    request.authority.reset();
    auto older = request;
    const auto by = hours(*number(1, 900));
    older.scope.window->from -= by;
    older.scope.window->until -= by;
    const bool was_permitted = permits(policy, request);
    const bool is_permitted = permits(policy, older);
    seen.count(was_permitted, is_permitted);
    RC_ASSERT(was_permitted || !is_permitted);
  }
  seen.classify();
}

RC_GTEST_PROP(Decide, APermitNeverCoversMoreThanWasAsked, ()) {
  const auto policy = any_policy();
  const auto request = any_request();
  const auto decision = decide(policy, request);
  const auto* permit = std::get_if<Permit>(&decision);
  RC_CLASSIFY(permit != nullptr, "permitted");
  if (permit == nullptr) return;
  const auto& asked = request.scope;
  const auto& given = permit->scope();
  RC_ASSERT(given.plate == asked.plate);
  RC_ASSERT(given.cameras == asked.cameras);
  RC_ASSERT(given.window->from >= asked.window->from);
  RC_ASSERT(given.window->until <= asked.window->until);
  RC_ASSERT(given.rows_max <= asked.rows_max);
  RC_ASSERT(permit->person().id == request.person.id);
  RC_ASSERT(permit->act() == request.act);
  RC_ASSERT(permit->valid_from() == request.now);
  RC_ASSERT(permit->valid_until() > request.now);
}

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
  request.held_for = {request.purpose.reference, base::OrganisationId::parse("other").value()};
  EXPECT_EQ(outcome(request), "there is no such hold");
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
  EXPECT_EQ(with([](auto& r, auto&) { r.purpose.reference = "CR/other"; }),
            needed + "the authority is for another matter");
  EXPECT_EQ(with([](auto& r, auto&) { r.scope.plate = "AB1*"; }),
            needed + "the authority does not reach that far");
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

// Whatever the rules, a refusal says why.
RC_GTEST_PROP(Decide, ARefusalAlwaysHasAReason, ()) {
  const auto decision = decide(any_policy(), any_request());
  if (const auto* refusal = std::get_if<Refusal>(&decision)) RC_ASSERT(!refusal->reasons.empty());
}

}  // namespace
}  // namespace regmark::access
