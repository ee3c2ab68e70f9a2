#include "reading/ctc.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>

#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

// The slow honest twin: walks every path there is. Only classes below `used` have a share.
void walk(const Distribution& distribution, std::size_t used, std::size_t step, std::size_t last,
          const std::string& text, double odds, std::map<std::string, double>& texts) {
  if (odds == 0) return;
  if (step == distribution.steps()) {
    texts[text] += odds;
    return;
  }
  for (std::size_t of_class = 0; of_class < used; ++of_class) {
    const bool is_new = of_class != 0 && of_class != last;
    walk(distribution, used, step + 1, of_class, is_new ? text + alphabet[of_class - 1] : text,
         odds * distribution.at(step, of_class), texts);
  }
}

constexpr std::size_t used_classes = 4;  // the blank, 0, 1 and 2

// A few steps over a few classes, all others impossible.
Distribution any_distribution() {
  const auto steps = *rc::gen::inRange<std::size_t>(1, 7);
  std::vector<float> logits(steps * classes, -1e9F);
  for (std::size_t step = 0; step < steps; ++step) {
    for (std::size_t of_class = 0; of_class < used_classes; ++of_class) {
      logits[step * classes + of_class] = static_cast<float>(*rc::gen::inRange(-40, 40)) / 10.F;
    }
  }
  return Distribution::of_logits(logits, classes);
}

RC_GTEST_PROP(Ctc, GivesEveryTextTheSumOfItsPaths, ()) {
  const auto distribution = any_distribution();
  std::map<std::string, double> want;
  walk(distribution, used_classes, 0, 0, "", 1, want);
  for (const auto& [text, odds] : want) {
    RC_ASSERT(std::abs(std::exp(log_probability(distribution, text)) - odds) < 1e-9);
  }
}

RC_GTEST_PROP(Ctc, SearchesWithoutLossWhenTheBeamIsWideEnough, ()) {
  const auto distribution = any_distribution();
  std::map<std::string, double> want;
  walk(distribution, used_classes, 0, 0, "", 1, want);
  const auto found = beam_search(distribution, 10'000, 0);
  RC_ASSERT(found.size() == want.size());
  for (std::size_t at = 0; at < found.size(); ++at) {
    RC_ASSERT(std::abs(std::exp(found[at].log_probability) - want.at(found[at].text)) < 1e-9);
    if (at > 0) RC_ASSERT(found[at].log_probability <= found[at - 1].log_probability);
  }
}

RC_GTEST_PROP(Ctc, NeverPromisesMoreThanThereIsWhenTheBeamIsNarrow, ()) {
  const auto distribution = any_distribution();
  const auto width = *rc::gen::inRange<std::size_t>(1, 6);
  const auto found = beam_search(distribution, width);
  RC_ASSERT(found.size() <= width);
  for (const auto& [text, log] : found) {
    RC_ASSERT(log <= log_probability(distribution, text) + 1e-9);
  }
}

TEST(BestPath, IsTheFirstImpression) {
  const auto sure = best_path(distribution_of("AAB1", 0.99));
  EXPECT_EQ(sure.text, "AAB1");
  EXPECT_GT(sure.least, 0.98);
  const auto doubtful = best_path(distribution_of({{{'A', 1.0}}, {{'8', 0.6}, {'B', 0.4}}}, 0.99));
  EXPECT_EQ(doubtful.text, "A8");
  EXPECT_NEAR(doubtful.least, 0.6, 0.02);
  EXPECT_NEAR(doubtful.mean, 0.8, 0.02);
  EXPECT_EQ(best_path(distribution_of("")).text, "");
  EXPECT_EQ(best_path(distribution_of("")).mean, 0);
}

// The shortcut against one call for each text.
bool one_away_is_right(const Distribution& distribution, const std::string& text) {
  const auto all = log_probabilities_one_away(distribution, text);
  bool is_right = all.size() == text.size();
  for (std::size_t place = 0; place < text.size(); ++place) {
    for (std::size_t of_class = 0; of_class < alphabet.size(); ++of_class) {
      auto other = text;
      other[place] = alphabet[of_class];
      const double want = log_probability(distribution, other), got = all[place][of_class];
      is_right &= std::isinf(want) ? got < -600 : std::abs(got - want) < 1e-6;
    }
  }
  return is_right;
}

RC_GTEST_PROP(OneAway, GivesWhatEachTextHasByItself, ()) {
  const auto steps = *rc::gen::inRange<std::size_t>(1, 12);
  std::vector<float> logits(steps * classes);
  for (auto& logit : logits) logit = static_cast<float>(*rc::gen::inRange(-60, 60)) / 10.F;
  // Characters come twice in a row often, where a blank must stand between them.
  const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("012Z")));
  RC_CLASSIFY(text.size() * 2 > steps, "no room");
  RC_ASSERT(one_away_is_right(Distribution::of_logits(logits, classes), text.substr(0, 8)));
}

TEST(OneAway, IsRightForATextThatIsHardlyThere) {
  const auto distribution = distribution_of("AB12CDE", 0.999999);
  for (const std::string text : {"AB12CDE", "ZZZZZZZ", "AB12CD", "AAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_TRUE(one_away_is_right(distribution, text)) << text;
  }
}

TEST(Ctc, TellsADoubleCharacterFromALongOne) {
  // A step each: "1", blank, "1" is 11; "1", "1", "1" is 1.
  const auto row = [](std::size_t of_class) {
    std::vector<float> step(classes, -30.F);
    step[of_class] = 0;
    return step;
  };
  std::vector<float> with_blank, without;
  for (const std::size_t of_class : {2U, 0U, 2U}) {
    std::ranges::copy(row(of_class), std::back_inserter(with_blank));
  }
  for (int step = 0; step < 3; ++step) std::ranges::copy(row(2), std::back_inserter(without));
  EXPECT_EQ(beam_search(Distribution::of_logits(with_blank, classes), 4).front().text, "11");
  EXPECT_EQ(beam_search(Distribution::of_logits(without, classes), 4).front().text, "1");
}

TEST(Ctc, KnowsWhatNoPathCanGive) {
  const auto distribution = distribution_of("AB");  // 7 steps
  EXPECT_TRUE(std::isinf(log_probability(distribution, "ABCDEFGH")));
  EXPECT_TRUE(std::isinf(log_probability(distribution, "AAAAA")));  // needs 9 with the blanks
  EXPECT_TRUE(std::isinf(log_probability(distribution, "a")));
  EXPECT_FALSE(std::isinf(log_probability(distribution, "AAAA")));
}

TEST(Ctc, DoesNotUnderflowOverManySteps) {
  // Uniform over 200 steps: any one text is far below the smallest double.
  const std::vector<float> logits(classes * 200, 0.F);
  const auto distribution = Distribution::of_logits(logits, classes);
  const double log = log_probability(distribution, "AB12CDE");
  EXPECT_TRUE(std::isfinite(log));
  EXPECT_LT(log, -600);
  EXPECT_FALSE(beam_search(distribution, 8).empty());
}

TEST(Ctc, LeavesOutClassesThatWereNeverTrained) {
  std::vector<float> logits(classes + 1, 0.F);
  logits.back() = 1000.F;  // were it counted, nothing would be left for the others
  const auto distribution = Distribution::of_logits(logits, classes + 1);
  double sum = 0;
  for (std::size_t of_class = 0; of_class < classes; ++of_class)
    sum += distribution.at(0, of_class);
  EXPECT_NEAR(sum, 1, 1e-9);
  EXPECT_NEAR(distribution.at(0, 5), 1.0 / static_cast<double>(classes), 1e-9);
}

}  // namespace
}  // namespace regmark::reading
