#include "reading/vote.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

Reading one_look(const Distribution& distribution) {
  return vote(std::vector<Look>(1, Look{distribution})).value();
}

bool has_alternative(const Reading& reading, std::string_view text) {
  return std::ranges::any_of(reading.alternatives,
                             [&](const auto& one) { return one.text == text; });
}

TEST(Vote, ReadsWhatStandsThere) {
  const auto reading = one_look(distribution_of("AB12CDE"));
  EXPECT_EQ(reading.text, "AB12CDE");
  EXPECT_EQ(reading.raw_text, "AB12CDE");
  EXPECT_GT(reading.score, 0.95F);
  ASSERT_EQ(reading.character_scores.size(), 7U);
  for (const float score : reading.character_scores) EXPECT_GT(score, 0.99F);
}

TEST(Vote, SaysNothingWhereNothingStands) {
  EXPECT_FALSE(vote({}));
  EXPECT_FALSE(vote(std::vector<Look>(1, Look{distribution_of("")})));
}

TEST(Vote, ShowsItsDoubtWhereItIs) {
  auto places = std::vector<PlaceOdds>{{{'A', 1}}, {{'B', 1}}, {{'1', 1}},
                                       {{'2', 1}}, {{'C', 1}}, {{'D', .7}, {'P', .3}},
                                       {{'E', 1}}};
  const auto reading = one_look(distribution_of(places));
  EXPECT_EQ(reading.text, "AB12CDE");
  EXPECT_NEAR(reading.score, 0.7, 0.05);
  EXPECT_NEAR(reading.character_scores[5], 0.7, 0.01);
  EXPECT_GT(reading.character_scores[4], 0.99F);
  ASSERT_FALSE(reading.alternatives.empty());
  EXPECT_EQ(reading.alternatives[0].text, "AB12CPE");
  EXPECT_NEAR(reading.alternatives[0].score, 0.3, 0.05);
}

TEST(Vote, SpellsOneGlyphAsTheLayoutAsks) {
  struct Case {
    std::string_view shown, want;
  };
  constexpr Case cases[] = {
      {"ABO2CDE", "AB02CDE"},  // a current mark has a digit there
      {"A8O1CDE", "A801CDE"},  // prefix, once the O is a 0
      {"AB12CD0", "AB12CDO"},  // and a letter here
      {"AB12CDE", "AB12CDE"},
      {"K0AA123", "K0AA123"},  // fits nothing in any spelling: as the network has it
  };
  for (const auto& [shown, want] : cases) {
    SCOPED_TRACE(shown);
    const auto reading = one_look(distribution_of(shown));
    EXPECT_EQ(reading.text, want);
    EXPECT_EQ(reading.raw_text, shown);
  }
}

TEST(Vote, CountsTheSpellingsOfOneGlyphTogether) {
  // The network cannot tell O from 0 in the third place. There is nothing else in doubt.
  auto places =
      std::vector<PlaceOdds>{{{'A', 1}}, {{'B', 1}}, {{'O', .6}, {'0', .4}}, {{'2', 1}}, {{'C', 1}},
                             {{'D', 1}}, {{'E', 1}}};
  const auto reading = one_look(distribution_of(places));
  EXPECT_EQ(reading.text, "AB02CDE");
  EXPECT_EQ(reading.raw_text, "ABO2CDE");
  EXPECT_GT(reading.score, 0.95F);
  EXPECT_GT(reading.character_scores[2], 0.99F);
  EXPECT_FALSE(has_alternative(reading, "ABO2CDE"));
}

TEST(Vote, NeverRewritesWhatItSawToFitALayout) {
  // A Z where a current mark has a digit: 2 is likely enough to name, and no more.
  auto places = std::vector<PlaceOdds>{{{'A', 1}}, {{'B', 1}}, {{'1', 1}}, {{'Z', .9}, {'2', .1}},
                                       {{'C', 1}}, {{'D', 1}}, {{'E', 1}}};
  const auto reading = one_look(distribution_of(places));
  EXPECT_EQ(reading.text, "AB1ZCDE");
  EXPECT_TRUE(has_alternative(reading, "AB12CDE"));
}

TEST(Vote, NamesTheLikeliestTextThatFitsEvenBehindOthers) {
  // Six others come first, and only five have room.
  auto places =
      std::vector<PlaceOdds>{{{'A', .3}, {'H', .2}, {'K', .15}, {'R', .12}, {'X', .11}, {'M', .1}},
                             {{'B', 1}},
                             {{'1', 1}},
                             {{'Z', .996}, {'2', .002}, {'7', .002}},
                             {{'C', 1}},
                             {{'D', 1}},
                             {{'E', 1}}};
  const auto reading = one_look(distribution_of(places, 0.9999));
  EXPECT_EQ(reading.text, "AB1ZCDE");
  ASSERT_EQ(reading.alternatives.size(), plate::alternatives_max);
  EXPECT_TRUE(has_alternative(reading, "AB12CDE") || has_alternative(reading, "AB17CDE"));
}

TEST(Vote, HasManyLooksOutvoteABadOne) {
  std::vector<Look> looks(4, Look{distribution_of("AB12CDE", 0.97)});
  looks.push_back({distribution_of("XY98ZWV", 0.99)});  // a lorry went through
  EXPECT_EQ(vote(looks)->text, "AB12CDE");
}

TEST(Vote, GrowsSurerWithLooksButSlowly) {
  auto places = std::vector<PlaceOdds>{{{'A', 1}}, {{'B', 1}}, {{'1', 1}},
                                       {{'2', 1}}, {{'C', 1}}, {{'D', .6}, {'P', .4}},
                                       {{'E', 1}}};
  const Look look{distribution_of(places)};
  const std::vector<Look> two(2, look), ten(10, look);
  const float once = one_look(look[0]).score, twice = vote(two)->score, often = vote(ten)->score;
  EXPECT_GT(twice, once);
  EXPECT_GT(often, twice);
  EXPECT_LT(often, 0.9F);  // the same doubt ten times is not ten opinions
}

TEST(Vote, TakesCutsOfOneFrameForOneLook) {
  auto places = std::vector<PlaceOdds>{
      {{'A', 1}}, {{'B', 1}}, {{'2', .6}, {'Z', .4}}, {{'2', 1}}, {{'C', 1}}};
  const auto distribution = distribution_of(places);
  const float one = one_look(distribution).score;
  const auto thrice = vote(std::vector<Look>(1, Look{distribution, distribution, distribution}));
  EXPECT_NEAR(thrice->score, one, 0.03);
}

// Where looks see no text, each says something else with little behind it: no text is then likely,
// however it compares with the others that were weighed.
TEST(Vote, IsNotSureOfAnythingWhereNothingIsLikely) {
  const PlaceOdds any = {{'A', .3}, {'K', .25}, {'7', .25}, {'W', .2}};
  const std::vector<PlaceOdds> places(7, any);
  const Look look{distribution_of(places, 0.9), distribution_of(places, 0.88)};
  for (const std::size_t count : {1U, 2U, 8U}) {
    const auto reading = vote(std::vector<Look>(count, look));
    ASSERT_TRUE(reading);
    EXPECT_LT(reading->score, 0.1F) << count;
  }
}

TEST(Vote, LeavesOutWhatNoPlateCanHold) {
  EXPECT_FALSE(vote(std::vector<Look>(1, Look{distribution_of("ABCDEFGHJKLMN", 0.9999)})));
}

// Odds of the places are all there is: their product must come back.
RC_GTEST_PROP(Vote, GivesScoresThatAreProbabilities, ()) {
  std::vector<PlaceOdds> places;
  const auto length = *rc::gen::inRange(1, 9);
  for (int place = 0; place < length; ++place) {
    const auto first = *rc::gen::elementOf(alphabet.substr(2, 9));  // 2 to 9: no look-alikes
    const double share = *rc::gen::inRange(50, 101) / 100.0;
    places.push_back({{first, share}, {'W', 1 - share}});
  }
  const auto reading = one_look(distribution_of(places));
  float sum = reading.score;
  for (const auto& other : reading.alternatives) {
    sum += other.score;
    RC_ASSERT(other.text != reading.text);
    RC_ASSERT(other.score <= reading.score + 1e-6F);
  }
  RC_ASSERT(sum <= 1.001F);
  RC_ASSERT(reading.character_scores.size() == reading.text.size());
  for (const float score : reading.character_scores) {
    RC_ASSERT(score >= reading.score - 1e-3F);
    RC_ASSERT(score <= 1.001F);
  }
}

TEST(EditsBetween, CountsSingleChanges) {
  struct Case {
    std::string_view a, b;
    std::size_t want;
  };
  constexpr Case cases[] = {{"", "", 0},         {"AB", "", 2},           {"AB12", "AB12", 0},
                            {"AB12", "AB1", 1},  {"AB12", "B12", 1},      {"AB12", "AC12", 1},
                            {"AB12", "BA12", 2}, {"KITTEN", "SITTING", 3}};
  for (const auto& [a, b, want] : cases) {
    EXPECT_EQ(edits_between(a, b), want) << a << " " << b;
    EXPECT_EQ(edits_between(b, a), want) << a << " " << b;
  }
}

}  // namespace
}  // namespace regmark::reading
