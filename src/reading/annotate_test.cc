#include "reading/annotate.h"

#include <gtest/gtest.h>

#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

TEST(MarkOf, SaysHowSureItIsAndWhatElseItMayBe) {
  const Reading reading{"AB12CDE",
                        "AB12CDE",
                        0.9312F,
                        {{"AB12CDF", 0.0421F}, {"A812CDE", 0.0151F}, {"AB12CBE", 0.002F}},
                        {}};
  const auto mark = mark_of(reading, corners_around(50, 50, 40), "3 looks, approaching");
  EXPECT_EQ(mark.lines, (std::vector<std::string>{"AB12CDE 0.93", "or AB12CDF 0.04, A812CDE 0.02",
                                                  "3 looks, approaching"}));
  EXPECT_EQ(mark.ink, Ink::plain);
  EXPECT_EQ(mark_of({"AB12CDE", "AB12CDE", 1, {}, {}}, {}, "").lines.size(), 1U);
}

TEST(MarksWithoutText, ShowWhatWasFoundAndNotRead) {
  const std::vector<Seen> seen{seen_at(corners_around(100, 100, 50), distribution_of("AB12CDE"))};
  // The second look moved the corners of the first one a little.
  const std::vector<Found> found{{corners_around(102, 100, 48), 0.9F},
                                 {corners_around(300, 100, 50), 0.41F}};
  const auto marks = marks_without_text(found, seen);
  ASSERT_EQ(marks.size(), 1U);
  EXPECT_EQ(marks[0].corners, found[1].corners);
  EXPECT_EQ(marks[0].ink, Ink::faint);
  EXPECT_EQ(marks[0].lines, std::vector<std::string>{"plate 0.41, no sure text"});
}

}  // namespace
}  // namespace regmark::reading
