#include "plate/misread.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "plate/look_alike.h"
#include "plate/misread_table.h"
#include "plate/plate_testing.h"

namespace regmark::plate {
namespace {

constexpr std::string_view glyphs = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

void expect_stochastic(const MisreadModel& model) {
  for (const char one : glyphs) {
    SCOPED_TRACE(one);
    double row = 0;
    double column = 0;
    for (const char other : glyphs) {
      EXPECT_GT(model.read_as(one, other), 0);
      row += static_cast<double>(model.read_as(one, other));
      column += static_cast<double>(model.shown_as(one, other));
    }
    EXPECT_NEAR(row, 1, 1e-5);
    EXPECT_NEAR(column, 1, 1e-5);
  }
}

TEST(MisreadModel, AddsUpToOne) {
  expect_stochastic(MisreadModel::built_in());
  expect_stochastic(MisreadModel::learned({}));
}

// The prior's one number that a stranger can check: seven characters make 97 plates of 100 right.
TEST(MisreadModel, StartsFromTheClaimedAccuracy) {
  const auto model = MisreadModel::learned({});
  for (const char one : glyphs) {
    EXPECT_NEAR(std::pow(static_cast<double>(model.read_as(one, one)), 7), 0.97, 1e-4);
  }
  EXPECT_GT(model.read_as('B', '8'), model.read_as('B', '3'));  // strong before weak
  EXPECT_GT(model.read_as('B', '3'), 10 * model.read_as('B', 'T'));
}

TEST(MisreadModel, TreatsLookAlikesAsOneGlyph) {
  const auto& model = MisreadModel::built_in();
  for (const char other : glyphs) {
    EXPECT_EQ(model.read_as('O', other), model.read_as('0', other));
    EXPECT_EQ(model.shown_as('I', other), model.shown_as('1', other));
  }
  EXPECT_GT(model.read_as('O', '0'), 0.9F);
}

TEST(MisreadModel, NamesASuspectForEveryPairOfTheTable) {
  const auto model = MisreadModel::learned({});
  std::size_t suspects = 0;
  for (const char read : glyphs) suspects += model.suspects(read).size();
  EXPECT_EQ(suspects, confused_pairs().size() * 2);
  for (const auto& pair : confused_pairs()) {
    const auto found = model.suspects(pair.one);
    EXPECT_TRUE(std::ranges::any_of(found, [&](auto& s) { return s.shown == pair.other; }))
        << pair.one << pair.other;
  }
}

// Bayes' rule by hand for one column.
TEST(MisreadModel, TurnsRowsIntoColumns) {
  const auto& model = MisreadModel::built_in();
  double sum = 0;
  for (const char shown : glyphs) sum += static_cast<double>(model.read_as(shown, '8'));
  EXPECT_NEAR(model.shown_as('8', 'B'), static_cast<double>(model.read_as('B', '8')) / sum, 1e-7);
}

// What was measured is many more characters than any one kind of mistake, and mostly right.
TEST(MisreadModel, KnowsOurOwnReader) {
  std::uint64_t all = 0;
  std::uint64_t right = 0;
  for (const auto& count : measured_misreads()) {
    all += count.times;
    if (count.shown == count.read) right += count.times;
  }
  EXPECT_GT(all, 20'000U);
  EXPECT_GT(right, all * 95 / 100);
  const auto& model = MisreadModel::built_in();
  for (const char read : glyphs) {
    EXPECT_GT(model.shown_as(read, read), 0.9F) << read;
    EXPECT_LE(model.suspects(read).size(), 10U) << read;
  }
  EXPECT_TRUE(model.suspects('8', 'B'));
  EXPECT_TRUE(model.suspects('O', 'D'));
  EXPECT_FALSE(model.suspects('B', 'J'));
  EXPECT_FALSE(model.suspects('0', 'O'));  // one glyph
}

TEST(MisreadModel, LearnsFromAReadersMistakes) {
  const MisreadCount counts[] = {{'7', '7', 900}, {'7', '1', 100}, {'1', '1', 1'000}};
  const auto model = MisreadModel::learned(counts);
  expect_stochastic(model);
  // The prior weighs a thousand: (1000 * 0.00013 + 100) / 2000.
  EXPECT_NEAR(model.read_as('7', '1'), 0.05, 0.001);
  EXPECT_EQ(model.suspects('1').front().shown, '7');
  // What was not measured stays as it was.
  EXPECT_EQ(model.read_as('B', '8'), MisreadModel::learned({}).read_as('B', '8'));
}

RC_GTEST_PROP(MisreadModel, StaysStochasticWhateverItLearns, ()) {
  std::vector<MisreadCount> counts;
  for (int at = *rc::gen::inRange(0, 20); at > 0; --at) {
    counts.push_back({*rc::gen::elementOf(std::string(glyphs)),
                      *rc::gen::elementOf(std::string(glyphs)),
                      *rc::gen::inRange<std::uint64_t>(0, 100'000)});
  }
  expect_stochastic(MisreadModel::learned(counts));
}

TEST(LikelyMisreads, AreWhatMayHaveBeenShown) {
  const auto found = likely_misreads(Plate::parse("J8O").value(), MisreadModel::learned({}));
  std::map<std::string, float> by_text;
  for (const auto& each : found) by_text[std::string(each.shown.text())] = each.probability;
  std::set<std::string> texts;
  for (const auto& [text, probability] : by_text) texts.insert(text);
  EXPECT_EQ(texts, (std::set<std::string>{"J80", "JBO", "J3O", "J8D", "J8Q"}));
  EXPECT_NEAR(by_text["J80"], 0.49, 0.01);  // one picture, two spellings
  EXPECT_GT(by_text["JBO"], by_text["J3O"]);
}

TEST(LikelyMisreads, SpellAnAmbiguousGlyphBothWays) {
  std::set<std::string> texts;
  for (const auto& each : likely_misreads(Plate::parse("D").value(), MisreadModel::learned({}))) {
    texts.insert(std::string(each.shown.text()));
  }
  EXPECT_EQ(texts, (std::set<std::string>{"0", "O", "Q"}));
}

// The slow honest twin: every plate of the same length over the whole alphabet.
RC_GTEST_PROP(LikelyMisreads, AreFoundByEnumeration, ()) {
  const auto read = *rc::gen::suchThat(any_confusing_plate(),
                                       [](const Plate& plate) { return plate.text().size() <= 2; });
  const auto& model = MisreadModel::built_in();
  constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::vector<std::string> texts{""};
  for (std::size_t at = 0; at < read.text().size(); ++at) {
    std::vector<std::string> longer;
    for (const auto& text : texts) {
      for (const char c : alphabet) longer.push_back(text + c);
    }
    texts = std::move(longer);
  }
  std::set<Plate> want;
  for (const auto& text : texts) {
    const auto shown = Plate::parse(text).value();
    std::size_t literal = 0;  // characters that differ
    bool likely = true;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == read.text()[at]) continue;
      ++literal;
      likely = likely && model.suspects(read.text()[at], text[at]);
    }
    const bool alike = look_alike(shown, read);
    if (shown != read && (alike || (literal == 1 && likely))) want.insert(shown);
  }
  std::set<Plate> found;
  float before = 1;
  for (const auto& each : likely_misreads(read)) {
    found.insert(each.shown);
    RC_ASSERT(each.probability <= before);
    before = each.probability;
  }
  RC_CLASSIFY(!look_alikes(read).empty(), "has look-alikes");
  RC_ASSERT(found == want);
}

}  // namespace
}  // namespace regmark::plate
