// Each question against entries of which the answer is known, and against a slow twin.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "camera_register/camera_register_testing.h"

namespace regmark::camera_register {
namespace {

// "fixed 2, movable 1+1?": a number, ~ when it is approximate, and what is open.
std::string said(const Draft& draft) {
  std::string text;
  for (const auto& [label, figure] : draft.lines()) {
    text += (text.empty() ? "" : ", ") + text_of(label) + " ";
    if (figure.how == Certainty::approximate) text += "~";
    text += figure.how == Certainty::not_recorded ? "not recorded" : std::to_string(figure.value);
    if (figure.unknown > 0) text += "+" + std::to_string(figure.unknown) + "?";
    for (const auto kind : figure.without) text += " without " + std::string(name(kind));
    if (figure.counted) text += " of " + base::format_day(*figure.counted);
  }
  return text;
}

class Answer : public ::testing::Test {
 protected:
  Answer() {
    add(test_camera("a", "2013-05-01"));
    add(test_camera("b", "2020-03-26")).kind = CameraKind::movable;
    auto& about = add(test_camera("c", "2018-01-01"));
    about.installed.how = Certainty::approximate;
    about.ground = Ground::local_crime;
    auto& gone = add(test_camera("d", "2014-01-01"));
    gone.is_removed = true;
    gone.removed = {test_day("2019-12-31"), Certainty::exact};
    gone.ground = Ground::local_crime;
    add(test_camera("e"));  // nobody wrote down when it was put up
    auto& lost = add(test_camera("f", "2015-01-01"));
    lost.is_removed = true;  // nor when this one was taken down
    counts_ = {{CameraKind::body_worn, test_day("2017-06-30"), 21'000, Certainty::approximate},
               {CameraKind::body_worn, test_day("2021-01-01"), 26'500, Certainty::exact}};
    costs_ = {{2019, CostKind::purchase, 1'000, Certainty::exact},
              {2019, CostKind::purchase, 500, Certainty::approximate},
              {2020, CostKind::running, 0, Certainty::not_recorded},
              {2023, CostKind::running, 70, Certainty::exact}};
  }

  Particulars& add(Particulars camera) {
    cameras_.push_back({std::move(camera), test_day("2023-01-10")});
    return cameras_.back().camera;
  }
  std::string ask(Question question, std::string_view from, std::string_view until) {
    return said(
        answer({question, test_day(from), test_day(until)}, cameras_, counts_, costs_, {7, 2}));
  }

  std::vector<Known> cameras_;
  std::vector<WholeCount> counts_;
  std::vector<Cost> costs_;
};

TEST_F(Answer, HowManyStoodOnADay) {
  struct Case {
    std::string_view day, want;
  };
  constexpr Case cases[] = {
      {"2012-12-31", "fixed 0+1?, movable 0, body_worn not recorded, all 0+1? without body_worn"},
      {"2013-12-31", "fixed 1+1?, movable 0, body_worn not recorded, all 1+1? without body_worn"},
      // One that was put up about 2018-01-01 leaves a year open on either side of it, and no more.
      {"2016-12-29", "fixed 2+2?, movable 0, body_worn not recorded, all 2+2? without body_worn"},
      {"2016-12-31", "fixed ~2+2?, movable 0, body_worn not recorded, all ~2+2? without body_worn"},
      {"2017-12-31", "fixed ~2+2?, movable 0, body_worn ~21000 of 2017-06-30, all ~21002+2?"},
      {"2018-01-01", "fixed ~3+2?, movable 0, body_worn ~21000 of 2017-06-30, all ~21003+2?"},
      {"2019-01-01", "fixed ~3+2?, movable 0, body_worn ~21000 of 2017-06-30, all ~21003+2?"},
      {"2019-01-02", "fixed 3+2?, movable 0, body_worn ~21000 of 2017-06-30, all ~21003+2?"},
      {"2020-03-25", "fixed 2+2?, movable 0, body_worn ~21000 of 2017-06-30, all ~21002+2?"},
      {"2020-03-26", "fixed 2+2?, movable 1, body_worn ~21000 of 2017-06-30, all ~21003+2?"},
      // Since it was entered it is known to stand, whenever it was put up.
      // A count is of its day: of a later one nobody counted.
      {"2021-01-01", "fixed 2+2?, movable 1, body_worn 26500 of 2021-01-01, all 26503+2?"},
      {"2021-01-02", "fixed 2+2?, movable 1, body_worn ~26500 of 2021-01-01, all ~26503+2?"},
      {"2023-12-31", "fixed 3+1?, movable 1, body_worn ~26500 of 2021-01-01, all ~26504+1?"},
  };
  for (const auto& [day, want] : cases) {
    EXPECT_EQ(ask(Question::standing, day, day), want) << day;
  }
}

TEST_F(Answer, HowManyWerePutUpAndTakenDownBetweenTwoDays) {
  EXPECT_EQ(ask(Question::installed, "2013-01-01", "2020-03-26"),
            "fixed 4+1?, movable 1, body_worn not recorded, all 5+1? without body_worn");
  // The day that is about right lies near the beginning, or the end, of what is asked.
  EXPECT_EQ(ask(Question::installed, "2018-01-02", "2023-01-01"),
            "fixed ~0+1?, movable 1, body_worn not recorded, all ~1+1? without body_worn");
  EXPECT_EQ(ask(Question::installed, "2018-01-01", "2023-01-01"),
            "fixed ~1+1?, movable 1, body_worn not recorded, all ~2+1? without body_worn");
  EXPECT_EQ(ask(Question::installed, "2016-01-01", "2017-12-31"),
            "fixed ~0+1?, movable 0, body_worn not recorded, all ~0+1? without body_worn");
  EXPECT_EQ(ask(Question::installed, "2016-01-01", "2018-01-01"),
            "fixed ~1+1?, movable 0, body_worn not recorded, all ~1+1? without body_worn");
  EXPECT_EQ(ask(Question::installed, "2020-03-27", "2023-01-01"),
            "fixed 0+1?, movable 0, body_worn not recorded, all 0+1? without body_worn");
  EXPECT_EQ(ask(Question::removed, "2019-01-01", "2019-12-31"),
            "fixed 1+1?, movable 0, body_worn not recorded, all 1+1? without body_worn");
  EXPECT_EQ(ask(Question::removed, "2020-01-01", "2023-12-31"),
            "fixed 0+1?, movable 0, body_worn not recorded, all 0+1? without body_worn");
}

TEST_F(Answer, CostsByYearAndKind) {
  EXPECT_EQ(ask(Question::costs, "2019-01-01", "2022-12-31"),
            "2019 purchase ~1500, 2019 all ~1500, 2020 running 0+1?, 2020 all 0+1?, 2021 all not "
            "recorded, 2022 all not recorded");
  EXPECT_EQ(ask(Question::costs, "2023-06-01", "2023-07-01"), "2023 running 70, 2023 all 70");
  EXPECT_EQ(ask(Question::costs, "2001-01-01", "2001-12-31"), "all not recorded");
  // They are written down by the year.
  const auto draft = answer({Question::costs, test_day("2020-03-01"), test_day("2021-01-15")},
                            cameras_, counts_, costs_, {});
  EXPECT_EQ(draft.from(), test_day("2020-01-01"));
  EXPECT_EQ(draft.until(), test_day("2021-12-31"));
}

TEST_F(Answer, GroundsReviewsAndWhatIsPublished) {
  EXPECT_EQ(ask(Question::grounds, "2019-06-01", "2019-06-01"), "local_crime 2, not_recorded 1+2?");
  EXPECT_EQ(ask(Question::reviews, "2022-01-01", "2022-12-31"), "done 7, overdue 2");
  cameras_[0].camera.impact_published = test_day("2021-01-01");
  EXPECT_EQ(ask(Question::impact_published, "2020-12-31", "2020-12-31"),
            "published 0+4?, not_published 1+4?");
  EXPECT_EQ(ask(Question::impact_published, "2021-01-01", "2021-01-01"),
            "published 1+4?, not_published 0+4?");
  // What the estate decided itself it knows, and of what it inherited only what was written down.
  cameras_[1].is_of_estate = true;
  cameras_[2].is_of_estate = cameras_[2].was_inherited = true;
  EXPECT_EQ(ask(Question::impact_published, "2021-01-01", "2021-01-01"),
            "published 1+3?, not_published 1+3?");
}

// A whole is of what is recorded, and says of which kinds nothing is; of none, it is not recorded.
TEST_F(Answer, AWholeSaysWhichKindsItIsWithout) {
  const Asked asked{Question::standing, test_day("2016-12-29"), test_day("2016-12-29")};
  counts_.push_back({CameraKind::estate_cctv, test_day("2020-01-01"), 90, Certainty::exact});
  const auto text = answer(asked, cameras_, counts_, costs_, {}).text();
  EXPECT_NE(text.find("all: 2, and 2 not recorded, of what is recorded; "
                      "not recorded: body_worn, estate_cctv\n"),
            std::string::npos)
      << text;
  EXPECT_NE(answer(asked, {}, counts_, {}, {}).text().find("all: not recorded\n"),
            std::string::npos);
  // Some of a kind stand in rows, and it was counted later: they are of the whole all the same.
  counts_.push_back({CameraKind::fixed, test_day("2020-01-01"), 50, Certainty::exact});
  EXPECT_NE(answer(asked, cameras_, counts_, costs_, {})
                .text()
                .find("all: 2, and 2 not recorded, of what is recorded; not recorded: fixed, "),
            std::string::npos);
}

// A draft says on its face that it is none of the public's, and nothing of where a camera stands.
TEST_F(Answer, ADraftIsMarkedAndNamesNoPlace) {
  for (const auto question : all_questions) {
    const auto draft = answer({question, test_day("2013-01-01"), test_day("2023-12-31")}, cameras_,
                              counts_, costs_, {1, 1});
    EXPECT_TRUE(draft.text().starts_with(not_for_release)) << draft.text();
    EXPECT_TRUE(draft.text().ends_with(std::string(not_for_release) + "\n"));
  }
}

TEST_F(Answer, ADraftSaysOnWhichDayAKindWasCounted) {
  const Asked asked{Question::standing, test_day("2023-12-31"), test_day("2023-12-31")};
  const auto text = answer(asked, cameras_, counts_, costs_, {}).text();
  EXPECT_NE(text.find("body_worn: about 26500, by the count of 2021-01-01\n"), std::string::npos)
      << text;
  // A count that nobody has the figure of is no count.
  counts_.push_back({CameraKind::body_worn, test_day("2022-01-01"), 0, Certainty::not_recorded});
  const auto without = answer(asked, cameras_, counts_, costs_, {}).text();
  EXPECT_NE(without.find("body_worn: not recorded\n"), std::string::npos) << without;
}

// What stands at the end is what stood at the beginning, and came, and did not go.
RC_GTEST_PROP(AnswerProperty, WhatCameAndWentAddsUp, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint32_t>();
  const auto today = test_day("2026-11-22");
  const auto entries = made_up_force(100, today, seed);
  std::vector<Known> cameras;
  for (const auto& one : entries.cameras) {
    if (one.installed.day && (!one.is_removed || one.removed.day)) cameras.push_back({one, today});
  }
  const auto from = today - std::chrono::days{*rc::gen::inRange(0, 4'000)};
  const auto until = from + std::chrono::days{*rc::gen::inRange(0, 2'000)};
  const auto all = [&](Question question, base::UtcDay first, base::UtcDay last) {
    return answer({question, first, last}, cameras, {}, {}, {}).lines().back().figure.value;
  };
  const auto eve = from - std::chrono::days{1};
  const auto before = all(Question::standing, eve, eve);
  const auto after = all(Question::standing, until, until);
  const auto came = all(Question::installed, from, until);
  const auto went = all(Question::removed, from, until);
  RC_CLASSIFY(came > 0 && went > 0, "both came and went");
  RC_ASSERT(before + came == after + went);
}

TEST(PastReviews, MayNeverHaveBeenWrittenDown) {
  const auto entered = test_day("2026-01-01");
  const auto site = [](std::string_view text) { return base::SiteId::parse(text).value(); };
  std::vector<Known> cameras{{test_camera("a", "2014-05-01"), entered, site("s-1"), true, true},
                             {test_camera("b", "2016-05-01"), entered, site("s-1"), true, true},
                             {test_camera("c"), entered, site("s-2"), true, true},
                             {test_camera("d", "2014-05-01"), entered, site("s-3"), true, true},
                             {test_camera("e", "2026-01-01"), entered, site("s-4"), true, false}};
  const std::vector<KnownReview> past{
      {{site("s-3"), test_day("2018-01-01"), Certainty::exact}, entered}};
  const auto ask = [&](std::string_view from, std::string_view until) {
    const Asked asked{Question::reviews, test_day(from), test_day(until)};
    return said(answer(asked, cameras, {}, {}, {}, past));
  };
  EXPECT_EQ(ask("2013-01-01", "2013-12-31"), "done 0+1?, overdue 0+1?");
  EXPECT_EQ(ask("2014-01-01", "2014-12-31"), "done 0+3?, overdue 0+1?");
  EXPECT_EQ(ask("2015-01-01", "2015-12-31"), "done 0+3?, overdue 0+3?");
  EXPECT_EQ(ask("2018-01-01", "2018-12-31"), "done 1+2?, overdue 0+2?");
  // What became due since it came in, the estate knows.
  EXPECT_EQ(ask("2025-01-01", "2026-06-01"), "done 0+2?, overdue 0");
  EXPECT_EQ(ask("2026-01-02", "2026-06-01"), "done 0, overdue 0");
}

TEST(PastReviews, CountToo) {
  const auto entered = test_day("2026-01-01");
  const auto review = [&](std::string_view site, std::string_view day,
                          Certainty how = Certainty::exact) {
    return KnownReview{{base::SiteId::parse(site).value(), test_day(day), how}, entered};
  };
  const std::vector<KnownReview> past{review("s-1", "2020-05-01"), review("s-1", "2021-05-01"),
                                      review("s-2", "2020-07-01", Certainty::approximate),
                                      review("s-2", "2023-01-01")};
  struct Case {
    std::string_view from, until;
    Figure done, overdue;
  };
  const Case cases[] = {
      {"2019-01-01", "2019-06-01", {0}, {0}},
      // About July: it may have been in April.
      {"2019-01-01", "2020-04-30", {0, Certainty::approximate}, {0}},
      {"2020-01-01", "2020-06-30", {1, Certainty::approximate}, {0}},
      {"2020-01-01", "2020-12-31", {2, Certainty::approximate}, {0, Certainty::approximate}},
      // The first is reviewed again in time; the second is not.
      {"2021-01-01", "2021-08-01", {1, Certainty::approximate}, {1, Certainty::approximate}},
      {"2022-01-01", "2022-12-31", {0}, {2}},
      {"2023-01-01", "2023-12-31", {1}, {1}},
      // From then on the estate itself knows.
      {"2026-01-01", "2026-12-31", {0}, {0}},
  };
  for (const auto& [from, until, done, overdue] : cases) {
    SCOPED_TRACE(until);
    const Asked asked{Question::reviews, test_day(from), test_day(until)};
    const auto draft = answer(asked, {}, {}, {}, {}, past);
    EXPECT_EQ(draft.lines()[0].figure, done);
    EXPECT_EQ(draft.lines()[1].figure, overdue);
    const auto with_estate = answer(asked, {}, {}, {}, {3, 2}, past);
    EXPECT_EQ(with_estate.lines()[0].figure.value, done.value + 3);
    EXPECT_EQ(with_estate.lines()[1].figure.value, overdue.value + 2);
  }
}

}  // namespace
}  // namespace regmark::camera_register
