#include "reading/measure_file.h"

#include <gtest/gtest.h>

namespace regmark::reading {
namespace {

Outcome outcome(const std::string& file, const std::string& truth, const std::string& text) {
  return {"uk", file, truth, true, text, 0.75F, text, true, false, "ON80X"};
}

TEST(RunFile, ReadsBackAsWritten) {
  Tally run;
  run.outcomes = {outcome("a.jpg", "AB12CDE", "AB12CDE"), outcome("b\tc.jpg", "", "")};
  const auto read = parse_outcomes(text_of(run));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2U);
  const auto& one = read->front();
  EXPECT_EQ(std::tie(one.set, one.file, one.truth, one.text, one.there, one.on_box),
            std::tuple("uk", "a.jpg", "AB12CDE", "AB12CDE", "AB12CDE", "ON80X"));
  EXPECT_TRUE(one.found && one.in_five && !one.in_five_alike);
  EXPECT_FLOAT_EQ(one.score, 0.75F);
  EXPECT_EQ(read->back().file, "b c.jpg");
}

TEST(RunFile, RefusesWhatItIsNot) {
  const auto head = text_of({});
  EXPECT_TRUE(parse_outcomes(head));
  for (const std::string& text :
       {std::string(), std::string("set\tfile\n"), head + "uk\ta.jpg\n",
        head + "uk\ta\tB\t2\tB\t0.5\tB\t1\t1\tB\n", head + "uk\ta\tB\t1\tB\tx\tB\t1\t1\tB\n",
        head + "uk\ta\tB\t1\tB\tnan\tB\t1\t1\tB\n"}) {
    const auto read = parse_outcomes(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, ErrorCode::invalid_input);
  }
  const auto longest = parse_outcomes(std::string(run_size_max + 1, 'x'));
  EXPECT_EQ(longest.error().code, ErrorCode::limit_exceeded);
}

TEST(Compare, SaysWhichPicturesEachAloneGotRight) {
  const std::vector<Outcome> first = {outcome("a", "A1", "A1"), outcome("b", "B1", "B1"),
                                      outcome("c", "C1", "X"),  outcome("d", "D1", "X"),
                                      outcome("e", "E1", "E1"), outcome("f", "", "F1"),
                                      outcome("g", "G1", "G1"), outcome("g", "G1", "X")};
  const std::vector<Outcome> second = {outcome("a", "A1", "A1"), outcome("b", "B1", "X"),
                                       outcome("c", "C1", "C1"), outcome("d", "D1", "Y"),
                                       outcome("f", "", "F1"),   outcome("g", "G1", "G1"),
                                       outcome("g", "G1", "X")};
  const auto compared = compare(first, second);
  EXPECT_EQ(compared.plates, 6U);  // one that the second has not, and one without a truth
  EXPECT_EQ(compared.both, 2U);
  EXPECT_EQ(compared.neither, 2U);
  ASSERT_EQ(compared.only_first.size(), 1U);
  EXPECT_EQ(compared.only_first[0].file, "b");
  ASSERT_EQ(compared.only_second.size(), 1U);
  EXPECT_EQ(compared.only_second[0].text, "C1");
  EXPECT_DOUBLE_EQ(compared.chance, 1);
}

TEST(Compare, KnowsChance) {
  std::vector<Outcome> first, second;
  for (int at = 0; at < 6; ++at) {
    first.push_back(outcome(std::to_string(at), "A1", "A1"));
    second.push_back(outcome(std::to_string(at), "A1", "X"));
  }
  EXPECT_NEAR(compare(first, second).chance, 2.0 / 64, 1e-9);
  EXPECT_NEAR(compare(second, first).chance, 2.0 / 64, 1e-9);
  EXPECT_DOUBLE_EQ(compare(first, first).chance, 1);
}

}  // namespace
}  // namespace regmark::reading
