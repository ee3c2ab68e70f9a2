// The papers of a made-up force are whole: the office takes them at every step.
#include "cli/demo/made_up_paper.h"

#include <gtest/gtest.h>

#include "assessment/check.h"
#include "assessment/review_course.h"

namespace regmark::cli {
namespace {

MadeUp about() {
  return {std::chrono::sys_days{std::chrono::year{2026} / 3 / 1},
          {"cam-1", "cam-2"},
          [](std::string_view kind) -> Result<base::Digest> {
            return base::sha256(base::as_bytes(kind));
          }};
}

TEST(MadeUpPaper, IsWholeOfEveryForm) {
  for (const auto& form : assessment::Guidance::built_in().forms()) {
    SCOPED_TRACE(form.id);
    const auto paper = made_up_paper(form, about());
    ASSERT_TRUE(paper);
    for (const auto& lack : assessment::lacks(form, *paper)) {
      // The counts of a review, which the program adds.
      EXPECT_EQ(form.id + "/" + lack.part, "review/aims") << lack.field << ": " << lack.why;
    }
  }
}

TEST(MadeUpPaper, SaysOfEachCameraWhatItIsAskedTo) {
  auto asked = about();
  const auto& form = *assessment::Guidance::built_in().form("review");
  const auto review = made_up_paper(form, asked).value();
  const auto& rows = review.parts.at("cameras").rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].at("camera"), "cam-2");
  EXPECT_EQ(assessment::follow(assessment::answers_in(review)).outcome,
            assessment::ReviewOutcome::go_on);
  asked.said["aims.met"] = "no";
  EXPECT_EQ(assessment::follow(assessment::answers_in(made_up_paper(form, asked).value())).outcome,
            assessment::ReviewOutcome::reassess);
}

TEST(MadeUpPaper, FailsWithoutItsEvidence) {
  auto asked = about();
  asked.evidence = [](std::string_view) -> Result<base::Digest> {
    return fail(ErrorCode::unavailable, "the office is closed");
  };
  const auto& form = *assessment::Guidance::built_in().form("impact");
  EXPECT_EQ(made_up_paper(form, asked).error().message, "the office is closed");
}

}  // namespace
}  // namespace regmark::cli
