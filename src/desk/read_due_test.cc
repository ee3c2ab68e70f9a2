// What is due, and who is told; a deployment and a camera from proposal to their end, by the desk.
#include "desk/read_due.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "assessment/assessment_testing.h"
#include "desk/approve_estate.h"
#include "desk/change_estate.h"
#include "desk/desk_testing.h"
#include "desk/file_paper.h"
#include "desk/read_estate.h"

namespace regmark::desk {
namespace {

using access::Role;
using assessment::whole_paper;
using std::chrono::days;

class WhatIsDue : public ::testing::Test {
 protected:
  WhatIsDue() {
    const auto now = rooms_.clock.now();
    REGMARK_CHECK(words(propose_deployment(desk(), manager(),
                                           {van_,
                                            "Harvest patrols",
                                            {{51.5, -0.1}, 10'000},
                                            now,
                                            now + days{200},
                                            {"thefts", "local_crime", today() + days{150}}})) ==
                  "done");
    REGMARK_CHECK(words(approve_deployment(desk(), second(), van_)) == "done");
    REGMARK_CHECK(words(commission_camera(desk(), manager(), {cam_, "Van", {}, van_})) == "done");
    REGMARK_CHECK(words(hand_in_evidence(desk(), manager(), base::as_bytes("a file"))) == "done");
  }

  const Desk& desk() const { return *rooms_.desk; }
  base::UtcDay today() const { return base::day_of(rooms_.clock.now()); }
  Asker manager() const { return rooms_.asker({Role::anpr_manager}); }
  Asker second() const {
    auto other = manager();
    other.person.id = base::PersonId::parse("person-second").value();
    return other;
  }
  Due due(const Asker& asker) const {
    const auto answer = read_due(desk(), asker).value();
    return std::get<Done<Due>>(answer).value;
  }
  // "deployment van impact overdue", of everything that awaits this.
  std::string of(const Due& all, std::string_view awaits) const {
    std::string text;
    for (const auto& one : all.things) {
      if (one.awaits != awaits) continue;
      text += one.kind + " " + one.id + " " + std::string(name(one.urgency)) + ";";
    }
    return text;
  }

  TestDesk rooms_;
  const base::DeploymentId van_ = base::DeploymentId::parse("van").value();
  const base::CameraId cam_ = base::CameraId::parse("cam-1").value();
};

TEST_F(WhatIsDue, TheManagerHearsFirstAndThenTheController) {
  const auto controller = [&] { return rooms_.asker({Role::controller}); };
  const auto dpo = [&] { return rooms_.asker({Role::dpo}); };
  const auto text = [&] { return of(due(manager()), "impact"); };
  EXPECT_EQ(text(), "deployment van soon;");
  EXPECT_EQ(due(controller()).yours, 0U);
  rooms_.clock.advance(days{29});
  EXPECT_EQ(text(), "deployment van overdue;");
  EXPECT_GT(due(manager()).yours, 0U);
  EXPECT_EQ(due(controller()).yours, 0U);
  rooms_.clock.advance(days{7});
  EXPECT_EQ(text(), "deployment van escalated;");
  EXPECT_EQ(due(controller()).yours, 2U);  // the impact assessment and the signs
  EXPECT_EQ(due(dpo()).yours, 0U);         // who may see it, and is not told
  EXPECT_FALSE(due(dpo()).things.empty());
  rooms_.clock.advance(days{21});
  EXPECT_EQ(text(), "deployment van lapsed;");
  EXPECT_EQ(due(controller()).things.front().awaits, "impact");  // the most urgent first
  ASSERT_EQ(words(file_paper(desk(), manager(), van_, whole_paper("impact"))), "done");
  EXPECT_EQ(text(), "");
}

// Of what has yearly reviews, no review lets it continue once it lapsed; what is short ends.
TEST_F(WhatIsDue, WhatLapsedWaitsForItsReassessment) {
  const auto to_import =
      rooms_.log.receipt_for(access::Act::change_estate, {.subject = "register"}, "owner");
  const estate::InheritedSite old{{base::SiteId::parse("old").value(),
                                   "Old gate",
                                   {51.5, -0.1},
                                   {"Thefts", "local_crime", today() + days{30}},
                                   estate::Path::inherited},
                                  {}};
  ASSERT_TRUE(rooms_.estate->inherit(to_import, std::vector{old}, {}));
  const estate::NewSite fair{base::SiteId::parse("fair").value(),
                             "Fair",
                             {51.6, -0.1},
                             {"Thefts", "local_crime", today() + days{30}}};
  ASSERT_EQ(words(propose_site(desk(), manager(), fair)), "done");
  ASSERT_EQ(words(approve_site(desk(), second(), fair.id)), "done");
  EXPECT_EQ(of(due(manager()), "review"), "site fair soon;site old soon;");
  rooms_.clock.advance(days{31});
  EXPECT_EQ(of(due(manager()), "review"), "site fair lapsed;");
  EXPECT_EQ(of(due(manager()), "reassessment"), "site old lapsed;");
}

TEST_F(WhatIsDue, OnlyWhoReadsTheEstateReadsIt) {
  for (const auto role : access::all_roles) {
    const auto& readers = {Role::anpr_manager, Role::overt_lead, Role::dpo, Role::controller,
                           Role::auditor};
    const bool may = std::ranges::find(readers, role) != readers.end();
    EXPECT_EQ(words(read_due(desk(), rooms_.asker({role}))) == "done", may) << name(role);
  }
}

TEST_F(WhatIsDue, ADeploymentIsAdvisedOnAndExtended) {
  EXPECT_EQ(
      words(file_paper(desk(), rooms_.asker({Role::overt_lead}), van_, whole_paper("dpo_advice"))),
      "this is for the dpo to write");
  ASSERT_EQ(words(file_paper(desk(), manager(), van_, whole_paper("impact"))), "done");
  ASSERT_EQ(
      words(file_paper(desk(), rooms_.person("dpo", Role::dpo), van_, whole_paper("dpo_advice"))),
      "done");
  ASSERT_EQ(words(file_paper(desk(), rooms_.person("lead", Role::overt_lead), van_,
                             whole_paper("overt_lead_advice"))),
            "done");
  ASSERT_EQ(words(file_paper(desk(), manager(), van_, whole_paper("public_notice"))), "done");
  const estate::Extension longer{{"harvest is late", "local_crime", today() + days{200}},
                                 rooms_.clock.now() + days{250}};
  EXPECT_EQ(words(review_deployment(desk(), manager(), van_, longer)),
            "its author may not review it: somebody else must");
  ASSERT_EQ(words(review_deployment(desk(), second(), van_, longer)), "done");
  const auto answer = read_deployment_file(desk(), manager(), van_, std::nullopt).value();
  const auto& file = std::get<Done<estate::DeploymentFile>>(answer).value;
  EXPECT_EQ(file.steps.size(), 3U);
  EXPECT_EQ(file.papers.size(), 4U);
  EXPECT_EQ(file.cameras, std::vector{cam_});
}

TEST_F(WhatIsDue, ACameraThatWasStoppedIsDueUntilItIsTakenDown) {
  EXPECT_EQ(of(due(manager()), "taking_down"), "");
  ASSERT_EQ(words(stop_camera(desk(), manager(), cam_, "broken")), "done");
  EXPECT_EQ(of(due(manager()), "taking_down"), "camera cam-1 soon;");
  EXPECT_EQ(of(due(manager()), "clock_test"), "");  // nobody tests what was stopped
  ASSERT_EQ(words(file_paper(desk(), manager(), cam_, whole_paper("camera_decommissioning"))),
            "done");
  EXPECT_EQ(of(due(manager()), "taking_down"), "");
  const auto answer = read_camera_papers(desk(), manager(), cam_).value();
  EXPECT_EQ(std::get<Done<std::vector<estate::PaperRecord>>>(answer).value.size(), 1U);
}

}  // namespace
}  // namespace regmark::desk
