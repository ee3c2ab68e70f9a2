#include "access/decide.h"

#include <gtest/gtest.h>

#include "access/decide_testing.h"

namespace regmark::access {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

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

TEST(Decide, LooksAheadFromNowOnOnly) {
  const auto policy = policy_of(R"toml(
[[permit]]
id = "track"
roles = ["investigator"]
acts = ["track_plate"]
purpose = "full"
window_days_max = 1
rows_max = 40
valid_minutes = 60
)toml");
  auto request = search(days(1));
  request.act = Act::track_plate;
  request.scope.rows_max = 40;
  EXPECT_EQ(outcome(request, policy), "the window must begin now");
  request.scope.window = Window{now - clock_tolerance, now + hours(23)};
  EXPECT_EQ(outcome(request, policy), "permitted");
  request.scope.window->from -= std::chrono::microseconds(1);
  EXPECT_EQ(outcome(request, policy), "the window must begin now");
  request.scope.window = Window{now, now + hours(25)};
  EXPECT_EQ(outcome(request, policy), "the window may be 1 day long at most");
  request.scope.window = Window{now, now};
  EXPECT_EQ(outcome(request, policy), "the window must end after it begins");
  request.scope.window.reset();
  EXPECT_EQ(outcome(request, policy), "say from when until when");
}

// Leave may be asked for to look ahead; for what else, `authority` knows.
TEST(Decide, LeaveMayBeAskedForAheadOfTime) {
  auto request = search(days(1));
  request.act = Act::ask_authority;
  request.scope.window = Window{now, now + hours(5)};
  EXPECT_EQ(outcome(request, Policy::built_in()), "permitted");
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
  const auto after = [&](std::size_t given) {
    return with([&](Scope& s) {
      s.rows_given = given;
      s.rows_max = given + 100;
    });
  };
  EXPECT_EQ(after(9'900), "permitted");
  EXPECT_EQ(after(9'901), "9901 of 10000 rows were given: ask for 99 at most");
  EXPECT_EQ(after(10'000), "all rows that one question may have were given: 10000");
  const auto camera = base::CameraId::parse("cam-1").value();
  EXPECT_EQ(with([&](Scope& s) { s.cameras.assign(1'000, camera); }), "permitted");
  EXPECT_EQ(with([&](Scope& s) { s.cameras.assign(1'001, camera); }), "at most 1,000 cameras");
  const auto list = base::ListId::parse("list-1").value();
  EXPECT_EQ(with([&](Scope& s) { s.lists.assign(1'001, list); }), "at most 1,000 lists");
  EXPECT_EQ(with([](Scope& s) { s.plate.assign(65, '*'); }), "the plate may have at most 64 bytes");
  EXPECT_EQ(with([](Scope& s) { s.subject.assign(129, 'x'); }),
            "the subject may have at most 128 bytes");
}

TEST(Decide, OpensWhatOfAReadAnyPermitOpensAndNoMoreThanWasAsked) {
  const auto rule = [](const std::string& id, const std::string& fields, int reach) {
    return "[[permit]]\nid = \"" + id + "\"\nroles = [\"investigator\"]\n" +
           "acts = [\"search_sightings\"]\npurpose = \"full\"\nrows_max = 100\n" +
           "valid_minutes = 5\nage_days_max = " + std::to_string(reach) + "\n" + fields;
  };
  const auto policy =
      policy_of(rule("far", "fields = []\n", 90) +
                rule("near", "fields = [\"place\", \"pictures\"]\n", 30) + rule("today", "", 2));
  const auto opened = [&](std::chrono::days age, const Fields& asked) {
    auto request = search(age);
    request.scope.fields = asked;
    return std::get<Permit>(decide(policy, request)).scope().fields;
  };
  EXPECT_EQ(opened(days(80), {}), no_fields);
  EXPECT_EQ(opened(days(20), {}), (Fields{.place = true, .vehicle = false, .pictures = true}));
  EXPECT_EQ(opened(days(1), {}), Fields{});
  const Fields pictures{.place = false, .vehicle = false, .pictures = true};
  EXPECT_EQ(opened(days(1), pictures), pictures);
  EXPECT_EQ(opened(days(80), pictures), no_fields);
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

TEST(Decide, RolesThatCheckEachOtherCanDoNothing) {
  auto request = search(days(1), {Role::investigator, Role::auditor});
  EXPECT_EQ(outcome(request), "one person may not be both auditor and investigator");
}

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

}  // namespace
}  // namespace regmark::access
