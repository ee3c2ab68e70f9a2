#include "reading/failures_page.h"

#include <gtest/gtest.h>

#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

Outcome outcome(const std::string& truth, const std::string& text, bool found) {
  return {"uk", "a<b.jpg", truth, found, text, 0.5F, text, false, false, text};
}

TEST(Failures, SayWhatWentWrongFirst) {
  EXPECT_EQ(failure_of(outcome("AB12CDE", "AB12CDE", true)), Failure::none);
  EXPECT_EQ(failure_of(outcome("AB12CDE", "AB12CDE", false)), Failure::none);
  EXPECT_EQ(failure_of(outcome("AB12CDE", "", false)), Failure::not_found);
  EXPECT_EQ(failure_of(outcome("AB12CDE", "", true)), Failure::nothing_read);
  EXPECT_EQ(failure_of(outcome("AB12CDE", "AB12CDF", true)), Failure::misread);
  EXPECT_EQ(failure_of(outcome("", "", true)), Failure::none);
  EXPECT_EQ(failure_of(outcome("", "", false)), Failure::not_found);
}

TEST(FailuresPage, ShowsWhatFailedAndNothingElse) {
  const auto picture = patterned(300, 200);
  const Label label{"a<b.jpg", box_around(corners_around(100, 100, 100)), "AB12CDE"};
  const auto seen = seen_at(corners_around(100, 100, 100), distribution_of("AB12CDF"));
  FailuresPage page;
  page.add(picture, {&label, 1}, std::vector{outcome("AB12CDE", "AB12CDE", true)}, {}, {});
  EXPECT_EQ(page.html("t").find("<figure>"), std::string::npos);
  page.add(picture, {&label, 1}, std::vector{outcome("AB12CDE", "AB12CDF", true)}, {&seen, 1}, {});
  const auto html = page.html("of a & b");
  EXPECT_NE(html.find("misread"), std::string::npos);
  EXPECT_NE(html.find("data:image/jpeg;base64,"), std::string::npos);
  EXPECT_NE(html.find("a&lt;b.jpg"), std::string::npos);
  EXPECT_NE(html.find("of a &amp; b"), std::string::npos);
  EXPECT_EQ(html.find("http"), std::string::npos);  // nothing from elsewhere
}

TEST(FailuresPage, ShowsPlatesThatAreNoneAndBoxesOutsideThePicture) {
  const auto picture = patterned(300, 200);
  const auto seen = seen_at(corners_around(900, 900, 100), distribution_of("AB12CDF"));
  FailuresPage page;
  page.add(picture, {}, {}, {&seen, 1}, std::vector{FalsePlate{"no", "b.jpg", "AB12CDF", 0.5F}});
  EXPECT_NE(page.html("t").find("not a labelled plate"), std::string::npos);
}

}  // namespace
}  // namespace regmark::reading
