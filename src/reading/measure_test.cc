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

Tally run_of(const std::vector<Label>& labels, const std::vector<Seen>& seen,
             const std::vector<std::string>& on_boxes = {}) {
  std::vector<Found> found;
  for (const auto& one : seen) found.push_back(one.found);
  Tally run;
  add_picture(run, "set", "a.jpg", labels, found, seen, on_boxes);
  return run;
}

TEST(Measure, CountsWhatWasFoundAndRead) {
  // Read; found and misread in one character; not found; found, and no text to compare.
  const auto made =
      measure(run_of({label_of("AB12CDE", 100), label_of("FG34HJK", 300), label_of("LM56NPR", 500),
                      label_of("", 700)},
                     {seen_as("AB12CDE", 105), seen_as("FG34HJX", 300), seen_as("XY98ZWV", 700)},
                     {"AB12CDE", "FG34HJK", "", "?"}));
  EXPECT_EQ(made.found.part, 3U);
  EXPECT_EQ(made.found.whole, 4U);
  EXPECT_DOUBLE_EQ(made.exact.value(), 1.0 / 3);
  EXPECT_DOUBLE_EQ(made.exact_found.value(), 0.5);
  EXPECT_DOUBLE_EQ(made.on_box.value(), 2.0 / 3);
  EXPECT_DOUBLE_EQ(made.character_errors(), 1.0 / 14);
  EXPECT_EQ(made.false_plates, 0U);
}

TEST(Measure, CountsAPlateAsFoundThatHasNoText) {
  Tally run;
  const Label label = label_of("AB12CDE", 100);
  const Found found{corners_around(100, 100, 100), 0.5F};
  add_picture(run, "set", "a.jpg", {&label, 1}, {&found, 1}, {}, {});
  const auto made = measure(run);
  EXPECT_EQ(made.found.part, 1U);
  EXPECT_EQ(made.exact_found.whole, 1U);
  EXPECT_DOUBLE_EQ(made.exact_found.value(), 0);
  EXPECT_EQ(made.characters, 0U);
}

TEST(Measure, CountsPlatesWhereThereAreNone) {
  auto run = run_of({}, {seen_as("AB12CDE", 100)});
  add_picture(run, "set", "b.jpg", {}, {}, {}, {});
  EXPECT_DOUBLE_EQ(measure(run).false_per_hundred(), 50);
  EXPECT_DOUBLE_EQ(measure(run).found.value(), 0);  // of nothing
  // A sign with two lines is one picture that misled.
  run.false_plates.push_back(run.false_plates.front());
  EXPECT_DOUBLE_EQ(measure(run).false_per_hundred(), 100);
  EXPECT_DOUBLE_EQ(measure(run).with_false.value(), 0.5);
}

TEST(Measure, TellsExactFromAlike) {
  const auto made = measure(run_of({label_of("KOAQ1234", 100)}, {seen_as("K0A0I234", 100)}));
  EXPECT_DOUBLE_EQ(made.exact.value(), 0);
  EXPECT_DOUBLE_EQ(made.exact_alike.value(), 1);
  EXPECT_TRUE(alike("OQ0I1", "00011"));
  EXPECT_FALSE(alike("O", "D"));
  EXPECT_FALSE(alike("1", "11"));
}

TEST(Measure, TakesAShiftedBoxForNotFound) {
  // 40 of 100 pixels in common: an overlap of a quarter. Still the same plate, and so not false.
  const auto made = measure(run_of({label_of("AB12CDE", 100)}, {seen_as("AB12CDE", 160)}));
  EXPECT_EQ(made.found.part, 0U);
  EXPECT_EQ(made.exact.part, 1U);
  EXPECT_EQ(made.false_plates, 0U);
}

TEST(Measure, LooksIntoAlternatives) {
  auto seen = seen_as("AB12CDF", 100);
  seen.reading.alternatives = {{"AB12CDE", 0.3F}};
  const auto made = measure(run_of({label_of("AB12CDE", 100)}, {seen}));
  EXPECT_EQ(made.exact.part, 0U);
  EXPECT_EQ(made.in_five.part, 1U);
}

TEST(Calibration, SaysWhatGapChanceAloneMakes) {
  const auto set_of = [](std::size_t count, float score) {
    std::vector<Outcome> outcomes(count);
    for (auto& one : outcomes) one.truth = one.text = "AB12CDE", one.score = score;
    return outcomes;
  };
  // Of a hundred plates with a score of a half, 40 to 60 are right by chance (two spreads of 5).
  EXPECT_NEAR(calibration_error_by_chance(set_of(100, 0.5F)), 0.098, 0.02);
  EXPECT_NEAR(calibration_error_by_chance(set_of(10'000, 0.5F)), 0.0098, 0.002);
  EXPECT_DOUBLE_EQ(calibration_error_by_chance(set_of(100, 1)), 0);
  EXPECT_DOUBLE_EQ(calibration_error_by_chance({}), 0);
}

TEST(Calibration, CountsWhatIsAlikeWhereItIsAsked) {
  std::vector<Outcome> outcomes(1);
  outcomes[0].truth = "AB10CDE", outcomes[0].text = "AB1OCDE", outcomes[0].score = 0.95F;
  EXPECT_EQ(calibration(outcomes).back().right, 0U);
  EXPECT_EQ(calibration(outcomes, Right::alike).back().right, 1U);
}

TEST(Measure, CountsByMark) {
  auto run = run_of({label_of("AB12CDE", 100)}, {seen_as("AB12CDE", 100)});
  for (const std::string text : {"AB12CDE", "FG34HJK", "FG34HJX"}) {
    const Label label = label_of(text == "AB12CDE" ? text : "FG34HJK", 100);
    const auto seen = seen_as(text, 100);
    add_picture(run, "set", "b.jpg", {&label, 1}, {&seen.found, 1}, {&seen, 1}, {});
  }
  const auto made = measure(run);
  EXPECT_EQ(made.marks, 2U);
  EXPECT_EQ(made.marks_always, 1U);
  EXPECT_DOUBLE_EQ(made.marks_exact, 0.75);
}

TEST(Measure, GivesTheTimesInTheMiddleAndNearTheEnd) {
  Tally run;
  for (int at = 1; at <= 200; ++at) run.milliseconds.push_back(201 - at);
  EXPECT_DOUBLE_EQ(measure(run).median, 100);
  EXPECT_DOUBLE_EQ(measure(run).p99, 198);
  EXPECT_DOUBLE_EQ(measure(Tally{}).p99, 0);
}

TEST(Calibration, IsTheGapBetweenScoreAndTruth) {
  std::vector<Outcome> outcomes;
  const auto add = [&](float score, bool right) {
    outcomes.push_back({"s", "f", "A", true, right ? "A" : "B", score, "A", true, true, "A"});
  };
  for (int at = 0; at < 10; ++at) add(0.95F, at < 9);  // says 0.95, is right in 0.9
  for (int at = 0; at < 10; ++at) add(0.35F, at < 6);  // says 0.35, is right in 0.6
  add(1.0F, true);
  outcomes.push_back({"s", "f", "", true, "B", 0.5F, "B", false, false, ""});  // truth not known
  outcomes.push_back({"s", "f", "A", false, "", 0, "", false, false, ""});     // nothing read
  const auto bins = calibration(outcomes);
  EXPECT_EQ(bins[9].count, 11U);
  EXPECT_EQ(bins[3].right, 6U);
  // In the last bin: 11 scores that add up to 10.5, 10 right.
  EXPECT_NEAR(expected_calibration_error(bins), (0.5 + 2.5) / 21, 1e-6);
  EXPECT_DOUBLE_EQ(expected_calibration_error({}), 0);
}

}  // namespace
}  // namespace regmark::reading
