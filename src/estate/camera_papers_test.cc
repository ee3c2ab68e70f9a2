// What is written of one camera: its lens, direction and position, and how it was taken down.
#include <gtest/gtest.h>

#include "assessment/assessment_testing.h"
#include "estate/estate_testing.h"

namespace regmark::estate {
namespace {

using access::Act;
using assessment::Paper;
using assessment::whole_paper;
using std::chrono::days;

class CameraPapers : public ::testing::Test {
 protected:
  CameraPapers() {
    estate_.live_camera("cam-1");
    EXPECT_TRUE(estate_.hand_in("a file"));
  }
  Result<std::vector<assessment::Lack>> write(const Paper& paper) {
    const auto* form = assessment::Guidance::built_in().form(paper.form);
    return estate_->file(estate_.receipt(form->act, "cam-1", test_author), camera_, paper);
  }
  std::vector<PaperRecord> read() {
    return estate_->camera_papers(estate_.receipt(Act::read_estate, "cam-1", "reader"), camera_)
        .value();
  }
  std::vector<ToTakeDown> standing() {
    return estate_->to_take_down(estate_.receipt(Act::read_estate, "due", "reader")).value();
  }
  Paper view(std::string_view form, const std::string& field, const std::string& answer) {
    auto paper = whole_paper(form);
    auto& row = paper.parts.begin()->second.rows.front();
    if (row.contains("bearing")) row["bearing"] = "270";
    if (row.contains("latitude")) row["latitude"] = "53.4", row["longitude"] = "-2.2";
    if (!field.empty()) row[field] = answer;
    return paper;
  }

  TestEstate estate_;
  const base::CameraId camera_ = base::CameraId::parse("cam-1").value();
};

TEST_F(CameraPapers, LensDirectionAndPositionAreDatedVersions) {
  for (const auto* form : {"camera_lens", "camera_direction", "camera_position"}) {
    EXPECT_EQ(message(write(view(form, "", ""))), "done") << form;
    estate_.clock.advance(days{1});
    EXPECT_EQ(message(write(view(form, "", ""))), "done") << form;
  }
  estate_.reopen();
  const auto papers = read();
  ASSERT_EQ(papers.size(), 6U);
  EXPECT_EQ(papers[3].version, 2U);
  EXPECT_EQ(papers[3].by.text(), test_author);
  EXPECT_EQ(papers[3].at, papers[2].at + days{1});
  EXPECT_EQ(papers.back().paper.answer("position", "longitude"), "-2.2");
}

TEST_F(CameraPapers, RefuseWhatCannotBe) {
  struct Case {
    std::string_view form;
    std::string field, answer;
    std::string_view want;
  };
  const Case cases[] = {
      {"camera_lens", "lens", "", "camera_lens is not whole: lens.lens is not answered: Focal "},
      {"camera_lens", "on", "2099-01-01", "lens on: the day must be past, or today"},
      {"camera_lens", "on", "1900-01-02",
       "lens on: 1900-01-02 is before the camera was put up on 2026-03-28"},
      {"camera_direction", "on", "2026-03-27",
       "direction on: 2026-03-27 is before the camera was put up on 2026-03-28"},
      {"camera_position", "on", "2026-03-27",
       "position on: 2026-03-27 is before the camera was put up on 2026-03-28"},
      {"camera_direction", "bearing", "360", "direction.bearing must be 0 to 359"},
      {"camera_direction", "bearing", "west", "camera_direction is not whole: direction.bearing "},
      {"camera_position", "latitude", "here", "position: latitude and longitude are numbers"},
      {"camera_position", "latitude", "91", ""},
      {"camera_position", "longitude", "nan", ""},
      {"impact", "", "", "this form is not one of a camera"},
      {"self_assessment", "", "", "this form is not one of a camera"},
  };
  for (const auto& one : cases) {
    const auto got = message(write(view(one.form, one.field, one.answer)));
    EXPECT_NE(got, "done") << one.form << " " << one.answer;
    EXPECT_EQ(got.substr(0, one.want.size()), one.want);
  }
  EXPECT_TRUE(read().empty());
  const auto none = base::CameraId::parse("none").value();
  EXPECT_EQ(message(estate_->file(estate_.to_change("none"), none, view("camera_lens", "", ""))),
            "there is no such camera");
}

TEST_F(CameraPapers, AStoppedCameraIsShownUntilAllOfItIsDoneWithProof) {
  EXPECT_EQ(message(write(whole_paper("camera_decommissioning"))),
            "it was not stopped: stop it first");
  EXPECT_TRUE(standing().empty());
  ASSERT_TRUE(estate_->stop(estate_.to_change("cam-1"), camera_, "its pole was hit"));
  ASSERT_EQ(standing().size(), 1U);
  EXPECT_EQ(standing().front().camera, camera_);
  EXPECT_EQ(standing().front().lacks.size(), 4U);
  EXPECT_EQ(standing().front().urgency, Urgency::soon);
  estate_.clock.advance(days{29});
  EXPECT_EQ(standing().front().urgency, Urgency::overdue);
  estate_.clock.advance(days{7});
  EXPECT_EQ(standing().front().urgency, Urgency::escalated);
  const auto today = base::format_day(base::day_of(estate_.clock.now()));
  auto paper = whole_paper("camera_decommissioning", today);
  paper.parts.erase("sign_down");
  paper.parts["keys_ended"].evidence.clear();
  EXPECT_EQ(write(paper)->size(), 2U);
  EXPECT_EQ(standing().front().lacks.size(), 2U);
  ASSERT_TRUE(write(whole_paper("camera_decommissioning", today))->empty());
  EXPECT_TRUE(standing().empty());
  EXPECT_EQ(read().size(), 2U);  // the record stays
  EXPECT_EQ(message(write(view("camera_lens", "", ""))), "the camera was stopped");
}

TEST_F(CameraPapers, NothingIsTakenDownOnADayToCome) {
  ASSERT_TRUE(estate_->stop(estate_.to_change("cam-1"), camera_, "its pole was hit"));
  auto paper = whole_paper("camera_decommissioning");
  for (auto& [part, answers] : paper.parts) {
    for (auto& row : answers.rows) {
      if (row.contains("on")) row["on"] = "2099-01-01";
    }
  }
  EXPECT_NE(message(write(paper)).find("the day must be past, or today"), std::string::npos);
}

TEST_F(CameraPapers, NothingIsTakenDownBeforeItWasStopped) {
  estate_.clock.advance(days{10});
  ASSERT_TRUE(estate_->stop(estate_.to_change("cam-1"), camera_, "its pole was hit"));
  EXPECT_NE(message(write(whole_paper("camera_decommissioning", "2026-04-06")))
                .find(" on: 2026-04-06 is before it was stopped on 2026-04-07"),
            std::string::npos);
  EXPECT_TRUE(read().empty());
  EXPECT_EQ(message(write(whole_paper("camera_decommissioning", "2026-04-07"))), "done");
}

// Nobody here knows since when it stands.
TEST_F(CameraPapers, WhatWasInheritedMayBeOlderThanTheseRecords) {
  const auto old = base::CameraId::parse("cam-old").value();
  auto about = estate_.site("old");
  about.path = Path::inherited;
  const InheritedSite stood{about, {{old, "Lane", about.id, {}}}};
  ASSERT_TRUE(estate_->inherit(estate_.to_change("register"), std::vector{stood}, {}));
  const auto lens = view("camera_lens", "on", "2019-05-01");
  EXPECT_EQ(message(estate_->file(estate_.to_change("cam-old"), old, lens)), "done");
  EXPECT_EQ(message(write(lens)),
            "lens on: 2019-05-01 is before the camera was put up on 2026-03-28");
}

TEST_F(CameraPapers, ASiteIsTakenDownWithItsCameras) {
  const auto site = base::SiteId::parse("site-of-cam-1").value();
  ASSERT_TRUE(estate_->stop(estate_.to_change("cam-1"), camera_, "its pole was hit"));
  ASSERT_TRUE(estate_->stop(estate_.to_change(site.text()), site, "no longer needed"));
  ASSERT_EQ(standing().size(), 1U);
  EXPECT_FALSE(standing().front().camera);
  EXPECT_EQ(standing().front().site, site);
  EXPECT_EQ(standing().front().cameras, std::vector{camera_});
  const auto decommission = [&](const Paper& paper) {
    return message(estate_->decommission(estate_.to_change(site.text()), site, paper));
  };
  // Each task has its day, and its proof.
  for (const auto& part : assessment::Guidance::built_in().form("decommissioning")->parts) {
    auto paper = whole_paper("decommissioning");
    paper.parts[part.id].evidence.clear();
    EXPECT_EQ(decommission(paper).substr(0, 29), "decommissioning is not whole:") << part.id;
    paper = whole_paper("decommissioning");
    paper.parts[part.id].rows[0].erase("on");
    EXPECT_EQ(decommission(paper).substr(0, 29), "decommissioning is not whole:") << part.id;
  }
  EXPECT_NE(decommission(whole_paper("decommissioning", "2026-03-27"))
                .find(" on: 2026-03-27 is before it was stopped on 2026-03-28"),
            std::string::npos);
  EXPECT_EQ(decommission(whole_paper("decommissioning")), "done");
  EXPECT_TRUE(standing().empty());
}

// A camera that was taken down before has nothing left to be done.
TEST_F(CameraPapers, ASiteShowsTheCamerasThatStillStand) {
  const auto site = base::SiteId::parse("site-of-cam-1").value();
  estate_.commission("cam-2", site);
  ASSERT_TRUE(estate_->stop(estate_.to_change("cam-1"), camera_, "its pole was hit"));
  ASSERT_TRUE(write(whole_paper("camera_decommissioning"))->empty());
  ASSERT_TRUE(estate_->stop(estate_.to_change(site.text()), site, "no longer needed"));
  ASSERT_EQ(standing().size(), 1U);
  EXPECT_EQ(standing().front().cameras, std::vector{base::CameraId::parse("cam-2").value()});
}

// Nobody stopped it: its equipment stands all the same.
TEST_F(CameraPapers, WhatLapsedIsToBeStoppedAndTakenDown) {
  const auto site = base::SiteId::parse("site-of-cam-1").value();
  const auto review = base::day_of(estate_.clock.now()) + days{365};
  estate_.clock.advance(days{365});
  EXPECT_TRUE(standing().empty());
  estate_.clock.advance(days{1});
  ASSERT_EQ(standing().size(), 1U);
  const auto one = standing().front();
  EXPECT_EQ(one.site, site);
  EXPECT_EQ(one.cameras, std::vector{camera_});
  EXPECT_EQ(one.stopped, review + days{1});
  ASSERT_EQ(one.lacks.size(), 2U);
  EXPECT_EQ(one.lacks[0].part, "stop");
  EXPECT_NE(one.lacks[0].why.find("review was due " + base::format_day(review)), std::string::npos)
      << one.lacks[0].why;
  EXPECT_EQ(one.lacks[1].part, "decommissioning");
  ASSERT_TRUE(estate_->stop(estate_.to_change(site.text()), site, "nobody needs it"));
  EXPECT_EQ(standing().front().lacks.size(), 1U);
}

// Where no camera was ever put up there is nothing to be taken down.
TEST_F(CameraPapers, WhatLapsedWithoutACameraIsNotToBeTakenDown) {
  const auto site = base::SiteId::parse("empty").value();
  estate_.live_site("empty");
  estate_.clock.advance(days{400});
  ASSERT_EQ(standing().size(), 1U);
  EXPECT_NE(standing().front().site, site);
}

TEST_F(CameraPapers, TheCamerasOfADeploymentThatIsOverAreTakenDown) {
  const auto van = base::DeploymentId::parse("van").value();
  estate_.live_deployment("van");
  estate_.commission("cam-2", van);
  estate_.commission("cam-3", van);
  const auto third = base::CameraId::parse("cam-3").value();
  ASSERT_TRUE(estate_->stop(estate_.to_change("cam-3"), third, "its lens broke"));
  EXPECT_EQ(standing().size(), 1U);
  estate_.clock.advance(days{30});  // it came to its end
  ASSERT_EQ(standing().size(), 2U);
  const auto one = standing().back();
  EXPECT_EQ(one.camera->text(), "cam-2");
  EXPECT_EQ(one.deployment, van);
  EXPECT_FALSE(one.site);
  EXPECT_EQ(one.stopped, base::day_of(estate_.clock.now()));
  EXPECT_EQ(one.lacks.size(), 4U);
  const auto paper = whole_paper("camera_decommissioning", estate_.today());
  EXPECT_EQ(message(estate_->file(estate_.to_change("cam-2"), *one.camera, paper)), "done");
  EXPECT_EQ(standing().size(), 1U);
}

TEST_F(CameraPapers, OfWhatIsKeptApartThereIsNone) {
  auto about = estate_.deployment("apart");
  about.is_apart = true;
  const auto receipt = [&](std::string_view subject, std::string_view person) {
    return estate_.receipt(Act::change_covert, subject, person);
  };
  ASSERT_TRUE(estate_->propose(receipt("apart", test_author), about));
  ASSERT_TRUE(estate_->approve(receipt("apart", test_approver), about.id));
  const auto hidden = base::CameraId::parse("hidden").value();
  ASSERT_TRUE(
      estate_->commission(receipt("hidden", test_author), {hidden, "Van", std::nullopt, about.id}));
  EXPECT_EQ(
      message(estate_->file(estate_.to_change("hidden"), hidden, view("camera_lens", "", ""))),
      "there is no such camera");
  ASSERT_TRUE(estate_->stop(receipt("hidden", test_author), hidden, "over"));
  EXPECT_TRUE(standing().empty());
  EXPECT_EQ(message(estate_->camera_papers(estate_.receipt(Act::read_estate, "hidden", "reader"),
                                           hidden)),
            "there is no such camera");
}

}  // namespace
}  // namespace regmark::estate
