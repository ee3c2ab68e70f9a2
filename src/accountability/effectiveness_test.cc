#include "accountability/effectiveness.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "documents/page.h"

namespace regmark::accountability {
namespace {

using watchlist::ReasonCode;

Effectiveness made_of(const std::vector<std::vector<Outcomes>>& quarters) {
  const Sieve sieve({"Mill Lane"}, {});
  return {base::parse_day("2026-01-01").value(),
          base::parse_day("2026-03-31").value(),
          quarters,
          {sieve.pass("A stolen car was found.").value()}};
}

Effectiveness made(const std::vector<Outcomes>& outcomes) {
  return made_of({outcomes});
}

TEST(Effectiveness, SumsByReasonAndEnding) {
  const auto draft = made({{ReasonCode::stolen, Ending::stopped, 12},
                           {ReasonCode::stolen, Ending::stopped, 8},
                           {ReasonCode::stolen, Ending::not_found, 7},
                           {ReasonCode::wanted, Ending::stopped, 9}});
  ASSERT_EQ(draft.lines().size(), 2U);
  const auto& stolen = draft.lines()[1];
  EXPECT_EQ(stolen.reason, ReasonCode::stolen);
  EXPECT_EQ(stolen.by_ending[0].number(), 20U);
  EXPECT_EQ(stolen.all, 27U);
  const auto page = documents::page_of(draft.document());
  EXPECT_LT(page.find("NOT FOR RELEASE"), page.find("<table>"));
  EXPECT_GT(page.rfind("NOT FOR RELEASE"), page.find("</table>"));
  EXPECT_NE(page.find("A stolen car was found."), std::string::npos);
}

TEST(Effectiveness, TellsNoSmallNumber) {
  const auto draft = made(
      {{ReasonCode::missing, Ending::stopped, 2}, {ReasonCode::missing, Ending::not_found, 50}});
  const auto& line = draft.lines().front();
  EXPECT_FALSE(line.by_ending[0].number());
  EXPECT_EQ(line.by_ending[0].text(), "fewer than 5");
  EXPECT_EQ(line.by_ending[2].text(), "50");
  EXPECT_EQ(line.by_ending[1].text(), "0");
  EXPECT_FALSE(line.all);  // 52 less 50 would be the two
}

TEST(Effectiveness, SaysHowManyExamplesWereLeftOut) {
  const auto page = [](std::size_t left_out) {
    const Effectiveness draft{base::UtcDay{}, base::UtcDay{}, {}, {}, left_out};
    return documents::page_of(draft.document());
  };
  EXPECT_NE(page(0).find("None was approved."), std::string::npos);
  EXPECT_NE(page(1).find("1 example was left out"), std::string::npos);
  EXPECT_NE(page(2).find("2 examples were left out"), std::string::npos);
  EXPECT_EQ(page(2).find("None was approved."), std::string::npos);
}

TEST(Effectiveness, SaysNothingOfWhatDidNotHappen) {
  EXPECT_TRUE(made({{ReasonCode::crime, Ending::stopped, 0}}).lines().empty());
}

TEST(Effectiveness, OfSeveralQuartersTellsWhatTheyTellOneByOne) {
  const auto draft = made_of({{{ReasonCode::stolen, Ending::stopped, 12}},
                              {{ReasonCode::stolen, Ending::stopped, 2}},
                              {{ReasonCode::wanted, Ending::open, 7}}});
  ASSERT_EQ(draft.lines().size(), 2U);
  const auto& stolen = draft.lines()[1];
  EXPECT_EQ(stolen.by_ending[0].text(), "13 to 16");  // not 14: less the twelve, it would be two
  EXPECT_FALSE(stolen.all);
  EXPECT_EQ(draft.lines()[0].all, 7U);
}

// A year less its other quarters is no less vague than the quarter itself.
RC_GTEST_PROP(Effectiveness, NoSubtractionGivesASmallNumberAway, ()) {
  const auto counts =
      *rc::gen::container<std::vector<std::uint64_t>>(4, rc::gen::inRange<std::uint64_t>(0, 12));
  std::vector<std::vector<Outcomes>> quarters;
  std::uint64_t least = 0, most = 0;
  for (const auto count : counts) {
    quarters.push_back({{ReasonCode::stolen, Ending::stopped, count}});
    least += Count(count).least();
    most += Count(count).most();
  }
  RC_CLASSIFY(least != most, "has a small number");
  const auto draft = made_of(quarters);
  if (most == 0) {
    RC_ASSERT(draft.lines().empty());
    return;
  }
  const auto& year = draft.lines().front().by_ending[0];
  RC_ASSERT(year.least() == least && year.most() == most);
  RC_ASSERT(draft.lines().front().all.has_value() == (least == most));
}

// Nothing that is told lets a small number be worked out within its line.
RC_GTEST_PROP(Effectiveness, NoLineGivesASmallNumberAway, ()) {
  std::vector<Outcomes> outcomes;
  for (const auto& [ending, word] : ending_words) {
    outcomes.push_back({ReasonCode::stolen, ending, *rc::gen::inRange<std::uint64_t>(0, 9)});
  }
  const auto draft = made(outcomes);
  bool any_small = false;
  for (const auto& line : draft.lines()) {
    for (std::size_t i = 0; i < line.by_ending.size(); ++i) {
      const auto was = outcomes[i].alerts;
      const bool small = was > 0 && was < small_number;
      any_small = any_small || small;
      RC_ASSERT(line.by_ending[i].number().has_value() != small);
      const bool told = line.all.has_value();
      RC_ASSERT(!(small && told));
    }
  }
  RC_CLASSIFY(any_small, "has a small number");
}

}  // namespace
}  // namespace regmark::accountability
