#include "reading/measure.h"

#include <gtest/gtest.h>

#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

Seen seen_as(const std::string& text, float x) {
  return seen_at(corners_around(x, 100, 100), distribution_of(text));
}
Label label_of(const std::string& text, float x) {
  return {"a.jpg", box_around(corners_around(x, 100, 100)), text};
}

void add(Measure& measure, const std::vector<Label>& labels, const std::vector<Seen>& seen) {
  std::vector<Found> found;
  for (const auto& one : seen) found.push_back(one.found);
  measure.add(labels, found, seen);
}

TEST(Measure, CountsWhatWasFoundAndRead) {
  Measure measure;
  // Read; found and misread in one character; not found; found, and no text to compare.
  add(measure,
      {label_of("AB12CDE", 100), label_of("FG34HJK", 300), label_of("LM56NPR", 500),
       label_of("", 700)},
      {seen_as("AB12CDE", 105), seen_as("FG34HJX", 300), seen_as("XY98ZWV", 700)});
  EXPECT_EQ(measure.plates, 4U);
  EXPECT_EQ(measure.found, 3U);
  EXPECT_DOUBLE_EQ(measure.recall(), 0.75);
  EXPECT_DOUBLE_EQ(measure.exact(), 1.0 / 3);
  EXPECT_DOUBLE_EQ(measure.exact_given_found(), 0.5);
  EXPECT_DOUBLE_EQ(measure.character_errors(), 1.0 / 14);
  EXPECT_EQ(measure.false_plates, 0U);
}

TEST(Measure, CountsAPlateAsFoundThatHasNoText) {
  Measure measure;
  measure.add({label_of("AB12CDE", 100)}, {{corners_around(100, 100, 100), 0.5F}}, {});
  EXPECT_EQ(measure.found, 1U);
  EXPECT_EQ(measure.texts_found, 0U);
  EXPECT_DOUBLE_EQ(measure.exact(), 0);
}

TEST(Measure, CountsPlatesWhereThereAreNone) {
  Measure measure;
  add(measure, {}, {seen_as("AB12CDE", 100)});
  add(measure, {}, {});
  EXPECT_DOUBLE_EQ(measure.false_per_hundred(), 50);
  EXPECT_DOUBLE_EQ(measure.recall(), 0);  // of nothing
}

TEST(Measure, TellsExactFromAlike) {
  Measure measure;
  add(measure, {label_of("KOAA1234", 100)}, {seen_as("K0AAI234", 100)});
  EXPECT_DOUBLE_EQ(measure.exact(), 0);
  EXPECT_DOUBLE_EQ(measure.exact_alike(), 1);
}

TEST(Measure, TakesAShiftedBoxForNotFound) {
  Measure measure;
  // 40 of 100 pixels in common: an overlap of a quarter. Still the same plate, and so not false.
  add(measure, {label_of("AB12CDE", 100)}, {seen_as("AB12CDE", 160)});
  EXPECT_EQ(measure.found, 0U);
  EXPECT_EQ(measure.read, 1U);
  EXPECT_EQ(measure.false_plates, 0U);
}

}  // namespace
}  // namespace regmark::reading
