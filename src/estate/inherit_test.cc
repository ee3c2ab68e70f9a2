// A register that is taken in a second time, beside what the estate did since.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "assessment/assessment_testing.h"
#include "estate/estate_testing.h"

namespace regmark::estate {
namespace {

using access::Act;
using std::chrono::days;

class Inherit : public ::testing::Test {
 protected:
  Inherit() {
    EXPECT_EQ(again([](InheritedSite&) {}), "done");
  }

  // The same site with two cameras, changed, and beside it a new one.
  template <typename Change>
  std::string again(const Change& change) {
    InheritedSite said{estate_.site("gate"), {}, 7};
    said.site.grounds.review = first_review_;
    for (const auto* camera : {"cam-1", "cam-2"}) {
      said.cameras.push_back({base::CameraId::parse(camera).value(), "Lane", gate_, {}});
    }
    change(said);
    const InheritedSite fresh{estate_.site("hill-" + std::to_string(++tries_)), {}};
    const auto before = sites();
    const auto taken =
        estate_->inherit(estate_.to_change("register"), std::vector{said, fresh}, {});
    const auto after = sites();
    // All of it or nothing.
    EXPECT_EQ(after - before, !taken ? 0U : before == 0 ? 2U : 1U);
    return message(taken);
  }
  std::size_t sites() {
    return estate_->sites(estate_.receipt(Act::read_estate, "sites", "reader"))->size();
  }
  base::UtcDay today() const { return base::day_of(estate_.clock.now()); }

  TestEstate estate_;
  const base::SiteId gate_ = base::SiteId::parse("gate").value();
  const base::UtcDay first_review_ = base::day_of(estate_.clock.now()) + days{100};
  int tries_ = 0;
};

// The same register again says nothing new; anything else of what is on record is refused, whole.
TEST_F(Inherit, TakesInNothingTwiceAndRefusesWhatTheEstateKnowsOtherwise) {
  struct Case {
    std::string_view want;
    std::function<void(InheritedSite&)> change;
  };
  const auto cam_3 = base::CameraId::parse("cam-3").value();
  const auto cam_4 = base::CameraId::parse("cam-4").value();
  estate_.live_camera("cam-4");
  const Case cases[] = {
      {"done", [](InheritedSite&) {}},
      {"done", [](InheritedSite& one) { one.cameras.pop_back(); }},
      // What a file does not name is called by its id.
      {"done", [](InheritedSite& one) { one.site.name = "gate", one.cameras[0].name = "cam-1"; }},
      {"line 7: site gate: it stands somewhere else by the estate",
       [](InheritedSite& one) { one.site.position.latitude += 0.001; }},
      {"line 7: site gate: it has another name by the estate",
       [](InheritedSite& one) { one.site.name = "South gate"; }},
      {"line 7: site gate: its review is due 2026-07-06 by the estate, and not 2026-07-07",
       [](InheritedSite& one) { one.site.grounds.review += days{1}; }},
      {"line 7: site gate: camera cam-2 has another name by the estate",
       [](InheritedSite& one) { one.cameras[1].name = "Hard shoulder"; }},
      {"line 7: site gate: it is on record without camera cam-3: one more is put up on a decision",
       [&](InheritedSite& one) {
         one.cameras.push_back({cam_3, "Lane", gate_, {}});
       }},
      {"line 7: site gate: the id of camera cam-4 is taken",
       [&](InheritedSite& one) {
         one.cameras.push_back({cam_4, "Lane", gate_, {}});
       }},
      {"line 7: site site-of-cam-4: the site's id is taken",
       [](InheritedSite& one) {
         one.site.id = base::SiteId::parse("site-of-cam-4").value();
         one.cameras.clear();
       }},
  };
  for (const auto& [want, change] : cases) {
    EXPECT_EQ(again(change).substr(0, want.size()), want);
  }
}

// Then a newer file may say either day; and the first is long past.
TEST_F(Inherit, TakesInNothingTwiceThoughItWasReviewedSince) {
  estate_.clock.advance(days{90});
  ASSERT_TRUE(estate_.hand_in("a file"));
  estate_.file_all("gate");
  auto paper = assessment::review_that_continues();
  for (const auto* camera : {"cam-1", "cam-2"}) {
    paper.parts["cameras"].rows.push_back(
        {{"camera", camera}, {"outcome", "continue"}, {"words", "as found"}});
  }
  const auto next = today() + days{200};
  const auto reviewed =
      estate_->review(estate_.receipt(Act::review_estate, "gate", "reviewer"), gate_, paper, next);
  ASSERT_TRUE(reviewed) << reviewed.error().message;
  estate_.clock.advance(days{30});
  EXPECT_EQ(again([](InheritedSite&) {}), "done");
  EXPECT_EQ(again([&](InheritedSite& one) { one.site.grounds.review = next; }), "done");
  const auto due = estate_->reviews_due(estate_.receipt(Act::read_estate, "due", "reader"));
  const auto gate = std::ranges::find(*due, gate_, &ReviewDue::site);
  EXPECT_EQ(gate->review, next);
  ASSERT_TRUE(estate_->stop(estate_.to_change("gate"), gate_, "no longer needed"));
  EXPECT_EQ(again([](InheritedSite&) {}), "done");
}

}  // namespace
}  // namespace regmark::estate
