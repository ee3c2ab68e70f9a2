// What was done to a camera, by the acts themselves: on any day, and as it was known on any day.
#include "estate/camera_acts.h"

#include <gtest/gtest.h>

#include "assessment/assessment_testing.h"
#include "estate/estate_testing.h"

namespace regmark::estate {
namespace {

using access::Act;
using assessment::commissioning_of;
using assessment::whole_paper;
using std::chrono::days;

class Acts : public ::testing::Test {
 protected:
  Acts() {
    EXPECT_TRUE(estate_.hand_in("a file"));
    EXPECT_TRUE(estate_->set_matrix(estate_.receipt(Act::change_matrix, "matrix", "controller"),
                                    assessment::Matrix::example_as_if_decided(),
                                    "by the guidance"));
  }

  static base::CameraId camera(std::string_view id) { return base::CameraId::parse(id).value(); }
  void propose() {
    auto site = estate_.site("gate");
    site.path = Path::full;
    ASSERT_TRUE(estate_->propose(estate_.to_change("gate"), site));
  }
  void decide(std::string_view cameras = "2") {
    estate_.file_all("gate");
    ASSERT_TRUE(estate_->assess(estate_.to_approve("gate"), gate_));
    auto decision = whole_paper("decision");
    decision.parts["decision"].rows[0]["cameras"] = cameras;
    ASSERT_TRUE(estate_->decide(estate_.receipt(Act::decide_estate, "gate", "controller"), gate_,
                                decision));
  }
  std::string add(std::string_view id) {
    return message(estate_->commission(estate_.to_change(id), {camera(id), "Lane", gate_, {}}));
  }
  void begin(std::initializer_list<std::string_view> cameras) {
    ASSERT_EQ(
        message(estate_->commission(estate_.to_change("gate"), gate_, commissioning_of(cameras))),
        "done");
    ASSERT_TRUE(estate_->begin(estate_.to_change("gate"), gate_,
                               base::day_of(estate_.clock.now()) + days{365}));
  }
  std::vector<CameraActs> acts(std::optional<base::UtcTime> known = std::nullopt) {
    const auto at = known.value_or(estate_.clock.now());
    return estate_->camera_acts(estate_.receipt(Act::read_register, "standing", "reader"), at, at)
        .value();
  }

  TestEstate estate_;
  const base::SiteId gate_ = base::SiteId::parse("gate").value();
};

TEST_F(Acts, SayWhenACameraCameAndWentAndWhatFor) {
  propose();
  estate_.clock.advance(days{1});
  decide();
  EXPECT_TRUE(acts().empty());
  estate_.clock.advance(days{1});
  const auto put_up = estate_.clock.now();
  EXPECT_EQ(add("cam-1"), "done");
  EXPECT_EQ(add("cam-2"), "done");
  begin({"cam-1", "cam-2"});
  estate_.clock.advance(days{30});
  const auto stopped = estate_.clock.now();
  ASSERT_TRUE(estate_->stop(estate_.to_change("cam-1"), camera("cam-1"), "broken"));
  estate_.clock.advance(days{30});
  ASSERT_TRUE(estate_->stop(estate_.to_change("gate"), gate_, "road closed"));
  for (int restart = 0; restart < 2; ++restart) {
    const auto now = acts();
    ASSERT_EQ(now.size(), 2U);
    EXPECT_EQ(now[0].installed, put_up);
    EXPECT_EQ(now[0].removed, stopped);
    EXPECT_EQ(now[1].removed, estate_.clock.now());
    // Of what was claimed the strongest at such a place; of several, what it was proposed for.
    EXPECT_EQ(now[0].purpose, "national_security");
    EXPECT_FALSE(now[0].was_inherited);
    EXPECT_EQ(now[0].site, gate_);
    // As it was known before: nobody had stopped it.
    EXPECT_FALSE(acts(stopped - std::chrono::seconds{1})[0].removed);
    EXPECT_EQ(acts(stopped)[0].removed, stopped);
    EXPECT_FALSE(acts(stopped)[1].removed);
    EXPECT_TRUE(acts(put_up - std::chrono::seconds{1}).empty());
    estate_.reopen();
  }
}

TEST_F(Acts, EndWithADeploymentOrAProposalThatIsWithdrawn) {
  estate_.live_deployment("patrol");
  const auto patrol = base::DeploymentId::parse("patrol").value();
  estate_.commission("car-1", patrol);
  propose();
  decide();
  EXPECT_EQ(add("cam-1"), "done");
  estate_.clock.advance(days{1});
  const auto withdrawn = estate_.clock.now();
  ASSERT_TRUE(estate_->withdraw(estate_.to_change("gate"), gate_, "another road will do"));
  EXPECT_EQ(acts()[0].removed, withdrawn);
  // It still hangs there.
  const auto standing =
      estate_->to_take_down(estate_.receipt(Act::read_estate, "due", "reader")).value();
  ASSERT_EQ(standing.size(), 1U);
  EXPECT_EQ(standing.front().camera, camera("cam-1"));
  EXPECT_EQ(standing.front().stopped, base::day_of(withdrawn));
  EXPECT_EQ(acts()[1].purpose, "local_crime");
  EXPECT_FALSE(acts()[1].site);
  EXPECT_FALSE(acts()[1].removed);
  estate_.clock.advance(days{40});
  EXPECT_EQ(acts()[1].removed, estate_.deployment("patrol").until - days{41});
  EXPECT_EQ(message(estate_->renew_token(estate_.to_change("cam-1"), camera("cam-1"))),
            "the site was withdrawn");
}

TEST_F(Acts, OfWhatWasInheritedNobodyHereDecidedWhatFor) {
  auto site = estate_.site("old");
  site.path = Path::inherited;
  const InheritedSite old{site, {{camera("cam-old"), "Lane", site.id, {}}}};
  ASSERT_TRUE(estate_->inherit(estate_.to_change("register"), std::vector{old}, {}));
  EXPECT_TRUE(acts()[0].was_inherited);
  // Its first review cannot let it continue before it was assessed here: its file says so.
  const auto file = estate_->site_file(
      estate_.receipt(Act::read_estate, old.site.id.text(), "reader"), old.site.id, std::nullopt);
  ASSERT_EQ(file->missing.size(), 5U);
  EXPECT_EQ(file->missing.back(),
            "for its review to let it continue: overt_lead_advice is missing: nothing continues "
            "without");
  EXPECT_FALSE(file->views.at(0).installed);  // the register may know since when
  EXPECT_EQ(acts()[0].purpose, "");
  const auto as_change = estate_.to_change("register");
  EXPECT_EQ(estate_->camera_acts(as_change, estate_.clock.now(), estate_.clock.now())->size(), 1U);
  const auto apart = estate_.receipt(Act::read_covert, "register", "reader");
  EXPECT_TRUE(estate_->camera_acts(apart, estate_.clock.now(), estate_.clock.now())->empty());
  for (const auto& wrong : {estate_.to_change("old"), estate_.to_approve("register")}) {
    EXPECT_FALSE(estate_->camera_acts(wrong, estate_.clock.now(), estate_.clock.now()));
  }
}

// Nothing is put up that no paper names.
TEST_F(Acts, ACameraWantsPapersThatDecideForIt) {
  propose();
  EXPECT_EQ(add("cam-1"), "its place was not approved yet");
  decide("2");
  EXPECT_EQ(add("cam-1"), "done");
  EXPECT_EQ(add("cam-2"), "done");
  EXPECT_EQ(add("cam-3"),
            "the controller decided for 2 cameras, and as many stand: another is proposed as a site"
            " of its own, or waits for the site's next review");
  // In the place of one that was taken away again.
  ASSERT_TRUE(estate_->stop(estate_.to_change("cam-2"), camera("cam-2"), "wrong pole"));
  EXPECT_EQ(add("cam-3"), "done");
  ASSERT_TRUE(
      estate_->commission(estate_.to_change("gate"), gate_, commissioning_of({"cam-1", "cam-3"})));
  ASSERT_TRUE(estate_->stop(estate_.to_change("cam-3"), camera("cam-3"), "stolen"));
  EXPECT_EQ(add("cam-4").substr(0, 37), "it was commissioned with 1 camera: an");
  ASSERT_TRUE(estate_->begin(estate_.to_change("gate"), gate_,
                             base::day_of(estate_.clock.now()) + days{365}));
  EXPECT_EQ(add("cam-4"),
            "it stands as it was decided or inherited, with 1 camera: another is proposed as a site"
            " of its own, or the site's review sends it back to be assessed and decided with it");
}

TEST_F(Acts, AnInheritedSiteGetsNoFurtherCameraEither) {
  auto site = estate_.site("gate");
  site.path = Path::inherited;
  const InheritedSite old{site, {{camera("cam-old"), "Lane", site.id, {}}}};
  ASSERT_TRUE(estate_->inherit(estate_.to_change("register"), std::vector{old}, {}));
  EXPECT_EQ(add("cam-1").substr(0, 56), "it stands as it was decided or inherited, with 1 camera:");
}

TEST_F(Acts, ACommissioningSeesToEachCameraThatStandsAndToNoOther) {
  propose();
  decide();
  const auto commission = [&](const assessment::Paper& paper) {
    return message(estate_->commission(estate_.to_change("gate"), gate_, paper));
  };
  const auto no_such = [](const std::string& id) {
    return "views: " + id + " does not stand at the site, or is there twice: add it first";
  };
  EXPECT_EQ(commission(commissioning_of({"cam-1"})), no_such("camera cam-1"));
  EXPECT_EQ(commission(commissioning_of({"no camera's id"})), no_such("one camera"));
  EXPECT_EQ(add("cam-1"), "done");
  EXPECT_EQ(add("cam-2"), "done");
  EXPECT_EQ(commission(commissioning_of({"cam-1"})), "views: nothing is said of camera cam-2");
  EXPECT_EQ(commission(commissioning_of({"cam-1", "cam-1"})), no_such("camera cam-1"));
  EXPECT_EQ(commission(commissioning_of({"cam-1", "cam-2", "cam-3"})), no_such("camera cam-3"));
  auto paper = commissioning_of({"cam-1", "cam-2"});
  auto& day = paper.parts["location_attested"].rows[0]["on"];
  day = "2026-03-29";
  EXPECT_EQ(commission(paper), "location_attested on: the day must be past, or today");
  day = "1899-12-31";
  EXPECT_EQ(commission(paper),
            "commissioning is not whole: location_attested.on must be a day: 2026-01-31");
  day = "1999-11-22";
  EXPECT_EQ(commission(paper),
            "location_attested on: 1999-11-22 is before the site was proposed on 2026-03-28");
  EXPECT_EQ(commission(commissioning_of({"cam-2", "cam-1"})), "done");
}

// The cameras, what they see and who attested where they stand, as it was on that day.
TEST_F(Acts, ASitesFileHasTheCamerasOfTheDay) {
  propose();
  decide();
  const auto at = [&](std::optional<base::UtcTime> day) {
    return estate_->site_file(estate_.receipt(Act::read_estate, "gate", test_author), gate_, day)
        .value();
  };
  const auto before = estate_.clock.now();
  estate_.clock.advance(days{1});
  EXPECT_EQ(add("cam-1"), "done");
  EXPECT_EQ(add("cam-2"), "done");
  const auto put_up = estate_.clock.now();
  estate_.clock.advance(days{1});
  begin({"cam-1", "cam-2"});
  const auto begun = estate_.clock.now();
  estate_.clock.advance(days{1});
  ASSERT_TRUE(estate_->stop(estate_.to_change("cam-1"), camera("cam-1"), "broken"));
  EXPECT_TRUE(at(before).cameras.empty());
  EXPECT_TRUE(at(before).views.empty());
  EXPECT_EQ(at(put_up).cameras.size(), 2U);
  EXPECT_EQ(at(put_up).views[0].lens, "");
  EXPECT_FALSE(at(put_up).views[0].attested_on);
  EXPECT_FALSE(at(put_up).site.approver);
  const auto then = at(begun);
  EXPECT_EQ(then.cameras.size(), 2U);
  EXPECT_EQ(then.views[0].lens, "lens of cam-1");
  EXPECT_EQ(then.views[1].lens, "lens of cam-2");
  EXPECT_EQ(then.views[0].attested_by, "as it was found on the spot");
  EXPECT_EQ(then.views[0].attested_on, base::parse_day(assessment::day_at_first).value());
  EXPECT_FALSE(then.views[0].stopped);
  EXPECT_EQ(then.site.approver->text(), "controller");
  const auto now = at(std::nullopt);
  EXPECT_EQ(now.cameras, std::vector{camera("cam-2")});
  EXPECT_EQ(now.views[0].stopped, estate_.clock.now());
}

}  // namespace
}  // namespace regmark::estate
