#include "camera_register/camera_register.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "audit/audit_testing.h"
#include "camera_register/camera_register_testing.h"
#include "records/database_testing.h"

namespace regmark::camera_register {
namespace {

using access::Act;

template <typename T>
std::string outcome(const Result<T>& result) {
  return result ? "done" : name(result.error().code);
}

class RegisterTest : public ::testing::Test {
 protected:
  RegisterTest() {
    EXPECT_TRUE(database_->migrate(CameraRegister::migrations()));
    register_.emplace(*database_, clock_);
  }
  Result<Taken> enter(const Entries& entries, const Against& against = {}) {
    return database_->write([&](records::Transaction& transaction) {
      return register_->enter(log_.receipt_for(Act::change_estate, {.subject = "register"}),
                              entries, against, transaction);
    });
  }
  std::uint64_t standing(std::string_view day, std::optional<base::UtcTime> known = std::nullopt) {
    return register_
        ->answer(log_.receipt_for(Act::read_register, {.subject = "standing"}),
                 {Question::standing, test_day(day), test_day(day), known}, {})
        ->lines()
        .back()
        .figure.value;
  }

  // Pounds in 2020.
  std::uint64_t running() {
    const auto answer =
        register_->answer(log_.receipt_for(Act::read_register),
                          {Question::costs, test_day("2020-01-01"), test_day("2020-12-31")}, {});
    return answer->lines().front().figure.value;
  }

  base::ManualClock clock_{"2026-11-22T10:00:00Z"};
  audit::TestLog log_{clock_};
  records::TestDatabase database_;
  std::optional<CameraRegister> register_;
};

TEST_F(RegisterTest, AnswersFromWhatIsKnownNowOrWasKnownThen) {
  ASSERT_TRUE(enter({.cameras = {test_camera("a", "2020-01-01"), test_camera("b", "2021-01-01")}}));
  const auto then = clock_.now();
  clock_.advance(std::chrono::days{1});
  // Somebody found the papers: b was put up earlier, and a was taken down.
  auto gone = test_camera("a", "2020-01-01");
  gone.is_removed = true;
  gone.removed = {test_day("2020-06-01"), Certainty::exact};
  ASSERT_TRUE(enter({.cameras = {test_camera("b", "2019-01-01"), gone}}));
  EXPECT_EQ(standing("2020-03-01"), 2U);
  EXPECT_EQ(standing("2020-12-31"), 1U);
  EXPECT_EQ(standing("2020-03-01", then), 1U);
  EXPECT_EQ(standing("2020-12-31", then), 1U);
  EXPECT_EQ(standing("2021-12-31", then), 2U);
  EXPECT_EQ(standing("2020-03-01", then - std::chrono::seconds{1}), 0U);
}

TEST_F(RegisterTest, ACostIsAddedByHandAndASecondLikeItOnlyWhenItIsSaid) {
  const auto add = [&](const Cost& cost, LikeOne like_one = LikeOne::the_same,
                       std::string_view subject = "register") {
    const auto done = register_->add_cost(
        log_.receipt_for(Act::change_estate, {.subject = std::string(subject)}), cost, like_one);
    return done ? "done" : done.error().message;
  };
  const Cost cost{2020, CostKind::running, 1'200, Certainty::exact};
  EXPECT_EQ(add(cost), "done");
  EXPECT_EQ(running(), 1'200U);
  EXPECT_EQ(add(cost),
            "the same cost of that year is on record already: if this is another, say so");
  EXPECT_EQ(running(), 1'200U);
  EXPECT_EQ(add(cost, LikeOne::another), "done");
  EXPECT_EQ(add({2020, CostKind::running, 100, Certainty::exact}), "done");
  EXPECT_EQ(running(), 2'500U);
  EXPECT_EQ(add({2027, CostKind::running, 1, Certainty::exact}),
            "cost 1: the year lies between 1900 and this one");
  EXPECT_EQ(add({2020, CostKind::running, pounds_max + 1, Certainty::exact}),
            "cost 1: is too large");
  EXPECT_NE(add(cost, LikeOne::another, "gate"), "done");
  EXPECT_EQ(running(), 2'500U);
}

// A table of days: what each was answered, and is.
TEST_F(RegisterTest, AGroundHoldsFromTheDayOnWhichItWasSaid) {
  auto camera = test_camera("a", "2014-05-01");
  const auto say = [&](Ground ground, std::string_view from = "") {
    camera.ground = ground;
    camera.ground_from.reset();
    if (!from.empty()) camera.ground_from = test_day(from);
    EXPECT_TRUE(enter({.cameras = {camera}}));
    return clock_.now();
  };
  const auto on = [&](std::string_view day, std::optional<base::UtcTime> known = std::nullopt) {
    const auto answer =
        register_->answer(log_.receipt_for(Act::read_register),
                          {Question::grounds, test_day(day), test_day(day), known}, {});
    return text_of(answer->lines().front().label);
  };
  const auto first = say(Ground::local_crime);
  clock_.advance(std::chrono::days{400});
  const auto second = say(Ground::serious_organised_major_crime);
  clock_.advance(std::chrono::days{400});
  // What says nothing of the ground, and what says the same again, change nothing of it.
  camera.owner = "Made-up Council";
  say(Ground::serious_organised_major_crime);
  constexpr std::string_view serious = "serious_organised_major_crime";
  struct Case {
    std::string_view day, want;
    std::optional<base::UtcTime> known;
  };
  const Case cases[] = {{"2014-05-01", "local_crime", {}},    {"2026-11-22", "local_crime", {}},
                        {"2027-12-26", "local_crime", {}},    {"2027-12-27", serious, {}},
                        {"2029-01-30", serious, {}},          {"2014-05-01", "local_crime", first},
                        {"2028-01-01", "local_crime", first}, {"2027-12-26", "local_crime", second},
                        {"2028-01-01", serious, second}};
  for (const auto& one : cases) EXPECT_EQ(on(one.day, one.known), one.want) << one.day;
  const auto third = clock_.now();
  // One that says since when, and one that corrects all that was said.
  clock_.advance(std::chrono::days{1});
  say(Ground::national_security, "2027-06-01");
  EXPECT_EQ(on("2027-05-31"), "local_crime");
  EXPECT_EQ(on("2027-06-01"), "national_security");
  EXPECT_EQ(on("2027-06-01", third), "local_crime");
  say(Ground::crime_prevention, "1900-01-01");
  EXPECT_EQ(on("2014-05-01"), "crime_prevention");
  EXPECT_EQ(on("2014-05-01", third), "local_crime");
}

TEST_F(RegisterTest, EntersAllOrNothing) {
  struct Case {
    std::string_view what;
    std::function<void(Particulars&)> change;
  };
  const Case cases[] = {
      {"put up tomorrow", [](auto& one) { one.installed.day = test_day("2026-11-23"); }},
      {"put up long ago",
       [](auto& one) { one.installed.day = test_day("1900-01-01") - std::chrono::days{1}; }},
      {"exactly never", [](auto& one) { one.installed.day.reset(); }},
      {"unrecorded on a day", [](auto& one) { one.installed.how = Certainty::not_recorded; }},
      {"taken down and standing",
       [](auto& one) {
         one.removed = {test_day("2022-01-01"), Certainty::exact};
       }},
      {"taken down before it was put up",
       [](auto& one) {
         one.is_removed = true;
         one.removed = {test_day("2019-01-01"), Certainty::exact};
       }},
      {"on its ground tomorrow",
       [](auto& one) {
         one.ground = Ground::local_crime;
         one.ground_from = test_day("2026-11-23");
       }},
      {"on no ground since a day", [](auto& one) { one.ground_from = test_day("2020-01-01"); }},
      {"published tomorrow", [](auto& one) { one.impact_published = test_day("2026-11-23"); }},
      {"an owner that moves the cursor", [](auto& one) { one.owner = "\x1b[2J"; }},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    auto bad = test_camera("b", "2020-01-01");
    one.change(bad);
    const auto entered = enter({.cameras = {test_camera("a", "2020-01-01"), bad}});
    EXPECT_EQ(outcome(entered), "invalid_input");
    EXPECT_EQ(entered.error().message.substr(0, 9), "camera 2:");
    EXPECT_EQ(standing("2026-11-22"), 0U);
  }
  Entries many;
  many.costs.resize(entries_max + 1, Cost{2020});
  EXPECT_EQ(outcome(enter(many)), "limit_exceeded");
}

TEST_F(RegisterTest, TakesNoFigureThatIsTooLargeToAddUp) {
  const auto cost = [&](std::uint64_t pounds) {
    return outcome(enter({.costs = {{2020, CostKind::running, pounds, Certainty::exact}}}));
  };
  const auto most = pounds_max;
  EXPECT_EQ(cost(most + 1), "invalid_input");
  EXPECT_EQ(cost(std::numeric_limits<std::uint64_t>::max()), "invalid_input");
  EXPECT_EQ(cost(most), "done");
}

// Nothing was spent of a year to come; of this one, what was spent so far.
TEST_F(RegisterTest, TakesNoCostOfAYearToCome) {
  const auto cost = [&](int year) {
    const auto entered = enter({.costs = {{year, CostKind::running, 100, Certainty::exact}}});
    return entered ? "done" : entered.error().message;
  };
  EXPECT_EQ(cost(2031), "cost 1: the year lies between 1900 and this one");
  EXPECT_EQ(cost(2027), "cost 1: the year lies between 1900 and this one");
  EXPECT_EQ(cost(1899), "cost 1: the year lies between 1900 and this one");
  EXPECT_EQ(cost(2026), "done");
}

// The same file again adds nothing up; and what a file does not speak of stays.
TEST_F(RegisterTest, EntersNothingTwice) {
  auto owned = test_camera("a", "2020-01-01");
  owned.owner = "Made-up Constabulary";
  const auto site = base::SiteId::parse("gate").value();
  const Entries first{.cameras = {owned},
                      .counts = {{CameraKind::body_worn, test_day("2021-01-01"), 7}},
                      .costs = {{2020, CostKind::running, 100}, {2020, CostKind::running, 100}},
                      .reviews = {{site, test_day("2021-05-01")}}};
  const Against known{.sites = {site}};
  EXPECT_EQ(enter(first, known)->held_already, 0U);
  EXPECT_EQ(running(), 200U);
  clock_.advance(std::chrono::hours{1});
  const auto again = enter(first, known);
  EXPECT_EQ(again->held_already, 5U);
  EXPECT_EQ(again->was_held, std::vector{true});
  EXPECT_EQ(running(), 200U);
  // A third of the same amount, in a file with all three.
  auto third = first;
  third.costs.push_back(third.costs.front());
  EXPECT_EQ(enter(third, known)->held_already, 5U);
  EXPECT_EQ(running(), 300U);

  auto update = test_camera("a", "2019-01-01");
  const Entries named{.cameras = {update},
                      .named = {.kind = false,
                                .owner = false,
                                .controller = false,
                                .removed = false,
                                .ground = false,
                                .published = false}};
  ASSERT_TRUE(enter(named));
  const auto read = register_->cameras(log_.receipt_for(Act::read_estate), {});
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().camera.owner, "Made-up Constabulary");
  EXPECT_EQ(read->front().camera.installed.day, test_day("2019-01-01"));
  const auto before = register_->cameras(log_.receipt_for(Act::read_estate), {},
                                         clock_.now() - std::chrono::hours{1});
  EXPECT_EQ(before->front().camera.installed.day, test_day("2020-01-01"));
}

TEST_F(RegisterTest, RefusesWhatTheEstateContradicts) {
  const estate::CameraActs stopped{.camera = base::CameraId::parse("b").value(),
                                   .installed = clock_.now() - std::chrono::days{30},
                                   .removed = clock_.now()};
  const Entries entries{.cameras = {test_camera("a"), test_camera("b")},
                        .lines = {.cameras = {2, 7}}};
  const auto refused = enter(entries, {.cameras = {stopped}});
  EXPECT_EQ(outcome(refused), "conflict");
  EXPECT_EQ(refused.error().message,
            "line 7: camera b: it stands, and by the estate it was stopped on 2026-11-22");
  EXPECT_EQ(standing("2026-11-22"), 0U);
  // A file without the column says nothing of it.
  auto silent = entries;
  silent.named.removed = false;
  EXPECT_TRUE(enter(silent, {.cameras = {stopped}}));
}

TEST_F(RegisterTest, ReviewsAreOfSitesThatThereAre) {
  const auto site = base::SiteId::parse("gate").value();
  const Entries entries{.reviews = {{site, test_day("2021-05-01")}}, .lines = {.reviews = {3}}};
  EXPECT_EQ(enter(entries).error().message, "line 3: review of site gate: there is no such site");
  EXPECT_TRUE(enter(entries, {.sites = {site}}));
  const Entries later{.reviews = {{site, test_day("2022-05-01")}}};
  EXPECT_TRUE(enter(later));  // of a site that was reviewed before
}

TEST_F(RegisterTest, AnswersOfNoDayThatIsToCome) {
  const auto receipt = log_.receipt_for(Act::read_register);
  const auto today = test_day("2026-11-22");
  const auto ask = [&](base::UtcDay until, std::optional<base::UtcTime> known = std::nullopt) {
    const auto answer = register_->answer(receipt, {Question::standing, today, until, known}, {});
    return answer ? "answered" : answer.error().message;
  };
  EXPECT_EQ(ask(today), "answered");
  constexpr auto to_come =
      "the register answers of days until today, 2026-11-22, and of none to come";
  EXPECT_EQ(ask(today + std::chrono::days{1}), to_come);
  EXPECT_EQ(ask(today, today + std::chrono::hours{23}), "answered");
  EXPECT_EQ(ask(today, today + std::chrono::hours{24}), to_come);
}

TEST_F(RegisterTest, WritesTheParticularsOfOneBesideItsAct) {
  NewParticulars one{.camera = test_camera("a").camera,
                     .kind = CameraKind::in_vehicle,
                     .owner = "Made-up Council"};
  const auto write = [&](std::string_view subject) {
    return database_->write([&](records::Transaction& transaction) {
      return register_->enter_one(
          log_.receipt_for(Act::change_estate, {.subject = std::string(subject)}), one,
          transaction);
    });
  };
  EXPECT_EQ(outcome(write("register")), "invalid_input");
  EXPECT_TRUE(write("a"));
  const FromEstate from{.cameras = {{.camera = one.camera, .installed = clock_.now()}}};
  const auto read = register_->cameras(log_.receipt_for(Act::read_estate), from);
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().camera.owner, "Made-up Council");
  EXPECT_EQ(read->front().camera.kind, CameraKind::in_vehicle);
  EXPECT_EQ(read->front().camera.installed.day, test_day("2026-11-22"));
  // Of one that the register knew, what is not said stays.
  auto known = test_camera("b", "2014-01-01");
  known.controller = "Chief Officer";
  known.kind = CameraKind::cctv_with_anpr;
  ASSERT_TRUE(enter({.cameras = {known}}));
  one.camera = known.camera;
  one.kind.reset();
  EXPECT_TRUE(write("b"));
  const auto later = register_->cameras(log_.receipt_for(Act::read_estate), {});
  EXPECT_EQ(later->back().camera.installed.day, test_day("2014-01-01"));
  EXPECT_EQ(later->back().camera.controller, "Chief Officer");
  EXPECT_EQ(later->back().camera.owner, "Made-up Council");
  EXPECT_EQ(later->back().camera.kind, CameraKind::cctv_with_anpr);
}

TEST_F(RegisterTest, SaysNothingOfACameraThatWentByWhatIsSaidOfAnother) {
  auto gone = test_camera("a", "2014-01-01");
  gone.is_removed = true;
  ASSERT_TRUE(enter({.cameras = {gone}}));
  const auto written = database_->write([&](records::Transaction& transaction) {
    return register_->enter_one(log_.receipt_for(Act::change_estate, {.subject = "a"}),
                                {.camera = gone.camera, .owner = "Made-up Council"}, transaction);
  });
  EXPECT_EQ(outcome(written), "conflict");
}

TEST_F(RegisterTest, WantsAReceiptForIt) {
  const auto wrong = log_.receipt_for(Act::read_estate, {.subject = "register"});
  const auto entered = database_->write([&](records::Transaction& transaction) {
    return register_->enter(wrong, {}, {}, transaction);
  });
  EXPECT_EQ(outcome(entered), "invalid_input");
  EXPECT_EQ(outcome(register_->cameras(log_.receipt_for(Act::read_register), {})), "invalid_input");
  const Asked asked{Question::standing, test_day("2020-01-01"), test_day("2020-01-01")};
  EXPECT_EQ(outcome(register_->answer(wrong, asked, {})), "invalid_input");
  const Asked backwards{Question::standing, test_day("2020-01-02"), test_day("2020-01-01")};
  EXPECT_EQ(outcome(register_->answer(log_.receipt_for(Act::read_register), backwards, {})),
            "invalid_input");
}

TEST_F(RegisterTest, NoEntryChangesOrGoes) {
  const auto force = made_up_force(5, test_day("2026-11-22"), 1);
  ASSERT_TRUE(enter(force, {.sites = sites_of(force)}));
  for (const auto* table : {"register_cameras", "register_counts", "register_costs"}) {
    for (const auto& statement :
         {"UPDATE " + std::string(table) + " SET at = 1", "DELETE FROM " + std::string(table)}) {
      SCOPED_TRACE(statement);
      EXPECT_EQ(outcome(database_->write(
                    [&](records::Transaction& transaction) { return transaction.run(statement); })),
                "conflict");
    }
  }
}

}  // namespace
}  // namespace regmark::camera_register
