// A short site's impact assessment: due, warned of, overdue, escalated, and without it collection
// ceases.
#include <gtest/gtest.h>

#include <algorithm>

#include "estate/estate_testing.h"

namespace regmark::estate {
namespace {

using access::Act;
using std::chrono::days;

class ShortImpact : public ::testing::Test {
 protected:
  ShortImpact() {
    const auto& about = estate_.site("van");
    EXPECT_TRUE(estate_->propose(estate_.to_change("van"), about));
    EXPECT_TRUE(estate_->approve(estate_.to_approve("van"), van_));
    estate_.commission("cam-1", van_);
  }

  std::optional<ReviewDue> impact_due() {
    const auto all = estate_->reviews_due(estate_.receipt(Act::read_estate, "reviews", "reader"));
    for (const auto& one : all.value()) {
      if (one.awaits == Awaits::impact) return one;
    }
    return std::nullopt;
  }
  bool collects(base::UtcTime time) {
    const auto standing = estate_->standing(base::CameraId::parse("cam-1").value());
    const auto* justification = std::get_if<Justification>(&standing);
    return justification && justification->covers(time);
  }
  bool collects() { return collects(estate_.clock.now()); }
  SiteRecord listed(std::string_view id) {
    const auto all = estate_->sites(estate_.receipt(Act::read_estate, "sites", "reader")).value();
    return *std::ranges::find_if(all,
                                 [&](const SiteRecord& one) { return one.about.id.text() == id; });
  }
  // An emergency, which ends by itself.
  NewSite flood() {
    auto site = estate_.site("flood");
    site.path = Path::emergency;
    site.grounds.review = base::day_of(estate_.clock.now()) + days{20};
    EXPECT_TRUE(estate_->propose(estate_.to_change("flood"), site));
    EXPECT_TRUE(estate_->approve(estate_.to_approve("flood"), site.id));
    return site;
  }

  TestEstate estate_;
  const base::SiteId van_ = base::SiteId::parse("van").value();
};

TEST_F(ShortImpact, WarnThenEscalateThenItLapses) {
  struct Case {
    days later;
    Urgency urgency;
    bool collects;
  };
  constexpr Case cases[] = {
      {days{0}, Urgency::soon, true},       {days{28}, Urgency::soon, true},
      {days{1}, Urgency::overdue, true},    {days{7}, Urgency::escalated, true},
      {days{20}, Urgency::escalated, true}, {days{1}, Urgency::lapsed, false}};
  for (const auto& one : cases) {
    estate_.clock.advance(one.later);
    const auto day = base::format_day(base::day_of(estate_.clock.now()));
    EXPECT_EQ(impact_due()->urgency, one.urgency) << day;
    EXPECT_EQ(collects(), one.collects) << day;
  }
  const auto standing = estate_->standing(base::CameraId::parse("cam-1").value());
  const auto today = base::day_of(estate_.clock.now());
  EXPECT_EQ(std::get<NotJustified>(standing).reason,
            "impact assessment was due " + base::format_day(today - days{29}) +
                "; collects nothing from " + base::format_day(today));
}

TEST_F(ShortImpact, AWholeOneIsWantedAndEndsTheWait) {
  ASSERT_TRUE(estate_.file("van", assessment::Paper{"impact", {}}));
  estate_.clock.advance(std::chrono::hours{2});
  EXPECT_TRUE(impact_due());  // it lacks everything
  estate_.write_impact("van");
  EXPECT_FALSE(impact_due());
  const auto then = estate_.clock.now() - std::chrono::hours{1};
  EXPECT_TRUE(estate_->site_file(estate_.receipt(Act::read_estate, "van", "reader"), van_, then)
                  ->site.impact_due);
  for (int restart = 0; restart < 2; ++restart) {
    estate_.clock.advance(days{100});
    EXPECT_TRUE(collects());
    estate_.reopen();
  }
}

TEST_F(ShortImpact, OneThatComesLateOpensItFromThenOn) {
  estate_.clock.advance(days{70});
  const auto between = estate_.clock.now();
  EXPECT_FALSE(collects());
  estate_.clock.advance(days{1});
  estate_.write_impact("van");
  EXPECT_TRUE(collects());
  EXPECT_FALSE(collects(between));  // what was seen in between stays uncovered
}

// One that came after the end of everything opens nothing, and what ended it stays what it was.
TEST_F(ShortImpact, OneThatComesTooLateIsStillWhatItLapsedFor) {
  const auto first = base::day_of(estate_.clock.now());
  auto about = estate_.site("brief");
  about.position.latitude += 1;
  about.grounds.review = first + days{70};
  ASSERT_TRUE(estate_->propose(estate_.to_change("brief"), about));
  ASSERT_TRUE(estate_->approve(estate_.to_approve("brief"), about.id));
  estate_.clock.advance(days{80});
  const auto want = "impact assessment was due " + base::format_day(first + days{28}) +
                    "; collects nothing from " + base::format_day(first + days{57});
  EXPECT_EQ(listed("brief").why_not, want);
  estate_.write_impact("brief");
  EXPECT_FALSE(listed("brief").collects_now);
  EXPECT_EQ(listed("brief").why_not, want);
}

// The list says so of each site, and so does its file, of any day.
TEST_F(ShortImpact, TheListSaysWhichSitesCollectAndWhyOthersDoNot) {
  const auto site = flood();
  const auto day = [&](days in) {
    return base::format_day(base::day_of(estate_.clock.now()) + in);
  };
  EXPECT_TRUE(listed("flood").collects_now);
  EXPECT_EQ(listed("flood").why_not, "");
  const auto ended = "it ended on " + day(days{20}) + "; collects nothing from " + day(days{21});
  estate_.clock.advance(days{21});
  EXPECT_TRUE(listed("van").collects_now);
  EXPECT_EQ(listed("flood").state, State::live);  // nobody stopped it
  EXPECT_FALSE(listed("flood").collects_now);
  EXPECT_EQ(listed("flood").why_not, ended);
  const auto file = [&](std::optional<base::UtcTime> as_of) {
    return estate_->site_file(estate_.receipt(Act::read_estate, "flood", "reader"), site.id, as_of)
        ->site;
  };
  EXPECT_EQ(file(std::nullopt).why_not, ended);
  EXPECT_TRUE(file(estate_.clock.now() - days{1}).collects_now);
  ASSERT_TRUE(estate_->stop(estate_.to_change("van"), van_, "it is over"));
  EXPECT_EQ(listed("van").why_not.substr(0, 21), "the site was stopped ");
  EXPECT_TRUE(file(estate_.clock.now() - days{1}).collects_now);
  ASSERT_TRUE(estate_->propose(estate_.to_change("new"), estate_.site("new")));
  EXPECT_EQ(listed("new").why_not, "never live");
}

TEST_F(ShortImpact, NoneIsWantedOfASiteThatWasStopped) {
  estate_.clock.advance(days{2});
  ASSERT_TRUE(estate_->stop(estate_.to_change("van"), van_, "it is over"));
  const auto file =
      estate_->site_file(estate_.receipt(Act::read_estate, "van", "reader"), van_, std::nullopt);
  EXPECT_FALSE(file->site.impact_due);
  EXPECT_EQ(file->missing, std::vector<std::string>{"its decommissioning"});
}

TEST_F(ShortImpact, NothingIsExtendedWithoutItAndTheAdviceOnIt) {
  const auto extend = [&] {
    return message(estate_->review(estate_.to_approve("van"), van_, estate_.grounds(days{300})));
  };
  const auto missing = [&] {
    return estate_
        ->site_file(estate_.receipt(Act::read_estate, "van", "reader"), van_, std::nullopt)
        ->missing;
  };
  EXPECT_EQ(extend(), "impact is missing: nothing is extended without");
  estate_.write_impact("van");
  EXPECT_EQ(extend(), "dpo_advice is missing: nothing is extended without");
  EXPECT_EQ(missing(),
            (std::vector<std::string>{
                "signs and public information, with proof, due on " +
                    base::format_day(base::day_of(estate_.clock.now()) + days{28}),
                "to be extended: dpo_advice is missing: nothing is extended without",
                "to be extended: overt_lead_advice is missing: nothing is extended without",
                "to be extended: public_notice is missing: nothing is extended without"}));
  estate_.write_to_extend(van_);
  EXPECT_TRUE(missing().empty());
  EXPECT_EQ(extend(), "done");
}

// 5.4b: of what stands for under twelve months, and of nothing that ends sooner by itself.
TEST_F(ShortImpact, SignsAndPublicInformationAreWantedBesideIt) {
  const auto wanted = [&] {
    std::string found;
    const auto all = estate_->reviews_due(estate_.receipt(Act::read_estate, "reviews", "reader"));
    for (const auto& one : all.value()) {
      if (one.awaits != Awaits::notice) continue;
      found += one.site.text() + " " + std::string(name(one.urgency)) + ";";
    }
    return found;
  };
  const auto site = flood();
  const auto notice = assessment::whole_paper("public_notice");
  EXPECT_EQ(wanted(), "van soon;");
  EXPECT_EQ(message(estate_->file(estate_.to_change("flood"), site.id, notice)),
            "this form is of what stands for under twelve months: its path is emergency");
  estate_.write_impact("van");
  for (const auto* urgency : {"overdue", "escalated"}) {
    estate_.clock.advance(days{29});
    EXPECT_EQ(wanted(), "van " + std::string(urgency) + ";");
  }
  estate_.clock.advance(days{100});
  EXPECT_EQ(wanted(), "van escalated;");
  EXPECT_TRUE(collects());  // what has no sign collects all the same
  EXPECT_EQ(message(estate_.file("van", assessment::Paper{"public_notice", {}})).substr(0, 26),
            "public_notice is not whole");
  ASSERT_TRUE(estate_.file("van", notice));
  EXPECT_EQ(wanted(), "");
  estate_.reopen();
  EXPECT_EQ(wanted(), "");
}

// It says so at its commissioning.
TEST_F(ShortImpact, WhatTakesTheFullPathWaitsForNoSignsUntilItsCommissioning) {
  ASSERT_TRUE(estate_->take_full_path(estate_.to_change("van"), van_, "it is to stay"));
  const auto due = estate_->reviews_due(estate_.receipt(Act::read_estate, "reviews", "reader"));
  EXPECT_EQ(std::ranges::count(due.value(), Awaits::notice, &ReviewDue::awaits), 0);
  ASSERT_TRUE(estate_.hand_in("a file"));
  EXPECT_EQ(message(estate_.file("van", assessment::whole_paper("public_notice"))),
            "this form is of what stands for under twelve months: its path is full");
}

TEST_F(ShortImpact, IsSeenInADryRun) {
  const auto stopping = [&](days in) {
    return estate_
        ->would_stop(estate_.receipt(Act::read_estate, "reviews", "reader"),
                     base::day_of(estate_.clock.now()) + in)
        ->size();
  };
  EXPECT_EQ(stopping(days{56}), 0U);
  EXPECT_EQ(stopping(days{57}), 1U);
  estate_.write_impact("van");
  EXPECT_EQ(stopping(days{57}), 0U);
}

TEST_F(ShortImpact, BeginningTheFullPathDoesNotEndTheWait) {
  ASSERT_TRUE(estate_->take_full_path(estate_.to_change("van"), van_, "it is to stay"));
  ASSERT_TRUE(impact_due());
  EXPECT_EQ(impact_due()->urgency, Urgency::soon);
  estate_.clock.advance(days{57});
  EXPECT_EQ(impact_due()->urgency, Urgency::lapsed);
  EXPECT_FALSE(collects());
}

TEST_F(ShortImpact, AnEmergencyEndsBeforeOneIsDue) {
  flood();
  EXPECT_EQ(impact_due()->site, van_);
}

// Nobody may review it, so it is not told as waiting for that.
TEST_F(ShortImpact, AnEmergencyWaitsForItsEnd) {
  const auto site = flood();
  const auto flood = base::CameraId::parse("cam-flood").value();
  ASSERT_TRUE(estate_->commission(estate_.to_change("cam-flood"), {flood, "Bank", site.id, {}}));
  const auto due = [&] {
    const auto all = estate_->reviews_due(estate_.receipt(Act::read_estate, "reviews", "reader"));
    const auto one = std::ranges::find(all.value(), site.id, &ReviewDue::site);
    return std::string(name(one->awaits)) + " " + std::string(name(one->urgency)) + " " +
           base::format_day(one->review) + " " + base::format_day(one->lapses);
  };
  const auto last = base::format_day(site.grounds.review);
  EXPECT_EQ(due(), "end soon " + last + " " + last);
  estate_.clock.advance(days{21});
  EXPECT_EQ(due(), "end lapsed " + last + " " + last);
  const auto standing = estate_->standing(flood);
  EXPECT_EQ(std::get<NotJustified>(standing).reason,
            "it ended on " + last + "; collects nothing from " +
                base::format_day(site.grounds.review + days{1}));
}

}  // namespace
}  // namespace regmark::estate
