// A site to review, for tests of what a yearly review does. Never included by a program.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "assessment/assessment_testing.h"
#include "estate/estate_testing.h"

namespace regmark::estate {

class ReviewedSite : public ::testing::Test {
 protected:
  // A site that stood before, with two cameras, to be reviewed in 100 days.
  ReviewedSite() {
    InheritedSite stood{estate_.site("gate"), {}};
    stood.site.grounds.review = today() + std::chrono::days{100};
    for (const auto* camera : {"cam-1", "cam-2"}) {
      stood.cameras.push_back({base::CameraId::parse(camera).value(), "Lane", gate_, {}});
    }
    EXPECT_TRUE(estate_->inherit(estate_.to_change("register"), std::vector{stood}, {}));
    EXPECT_TRUE(estate_.hand_in("a file"));
  }

  base::UtcDay today() const { return base::day_of(estate_.clock.now()); }
  Result<assessment::ReviewCourse> review(const assessment::Paper& paper,
                                          std::chrono::days until_next = std::chrono::days{365},
                                          std::string_view person = "reviewer") {
    return estate_->review(estate_.receipt(access::Act::review_estate, "gate", person), gate_,
                           paper, today() + until_next);
  }
  bool collects(std::string_view camera) {
    return std::holds_alternative<Justification>(
        estate_->standing(base::CameraId::parse(camera).value()));
  }
  std::vector<ReviewDue> due() {
    return estate_->reviews_due(estate_.receipt(access::Act::read_estate, "reviews", "reviewer"))
        .value();
  }
  std::size_t would_stop(std::chrono::days in) {
    return estate_
        ->would_stop(estate_.receipt(access::Act::read_estate, "reviews", "reviewer"), today() + in)
        ->size();
  }
  assessment::Paper of_both(assessment::Paper paper, std::string_view first = "continue",
                            std::string_view second = "continue") {
    paper.parts["cameras"].rows = {
        {{"camera", "cam-1"}, {"outcome", std::string(first)}, {"words", "as found"}},
        {{"camera", "cam-2"}, {"outcome", std::string(second)}, {"words", "as found"}}};
    return paper;
  }
  // All that its first review wants.
  void assess_at_last() {
    for (const auto* form :
         {"strategic_assessment", "pressing_need", "impact", "dpo_advice", "overt_lead_advice"}) {
      ASSERT_TRUE(estate_.file("gate", assessment::whole_paper(form)));
    }
  }
  // Nothing changed, and both cameras go on: 7.6.
  assessment::Paper that_continues() { return of_both(assessment::review_that_continues()); }
  // Something changed, and it is still proportionate: 7.7.
  assessment::Paper that_finds_a_change() {
    auto paper = that_continues();
    paper.parts["impact"].rows[0]["residents_changed"] = "yes";
    paper.parts["proportionate"] = assessment::whole_paper("review").parts["proportionate"];
    return paper;
  }
  SiteFile file() {
    return estate_
        ->site_file(estate_.receipt(access::Act::read_estate, "gate", "reviewer"), gate_,
                    std::nullopt)
        .value();
  }

  TestEstate estate_;
  const base::SiteId gate_ = base::SiteId::parse("gate").value();
};

}  // namespace regmark::estate
