#include "assessment/matrix.h"

#include <gtest/gtest.h>

#include <regex>

namespace regmark::assessment {
namespace {

std::string outcome(const Result<Matrix>& result) {
  return result ? "done" : result.error().message;
}

std::string example_with(const std::string& find, const std::string& put) {
  auto text = std::regex_replace(std::string(Matrix::example_text()), std::regex(find), put,
                                 std::regex_constants::format_first_only);
  EXPECT_NE(text, Matrix::example_text()) << find;
  return text;
}

// The guidance's two tendencies: over each row, and over each column.
TEST(Matrix, TheExampleKeepsWhatTheGuidanceSaysOfEveryMatrix) {
  const auto& matrix = Matrix::example();
  EXPECT_EQ(matrix.departures(), std::vector<std::string>{});
  const auto& guidance = Guidance::built_in();
  for (const auto& place : guidance.location_types()) {
    for (const auto& column : guidance.columns()) {
      EXPECT_LE(matrix.code(place.id, "national_security"), matrix.code(place.id, column.id));
      EXPECT_GE(matrix.code(place.id, "community_confidence"), matrix.code(place.id, column.id));
      EXPECT_GE(matrix.code("private_place", column.id), matrix.code(place.id, column.id));
    }
  }
  for (const auto& column : guidance.columns()) {
    EXPECT_LE(matrix.code("strategic_road", column.id), matrix.code("minor_road", column.id));
    EXPECT_LE(matrix.code("major_road", column.id), matrix.code("minor_road", column.id));
  }
}

// What nobody decided says so of itself, until somebody takes that line out.
TEST(Matrix, AnExampleSaysThatItIsOne) {
  const auto& guidance = Guidance::built_in();
  EXPECT_TRUE(Matrix::example().is_example());
  EXPECT_TRUE(Matrix::parse(example_with("\"yes\"", "\"no\""), guidance)->is_example());
  const auto text = Matrix::example_as_if_decided();
  const auto decided = Matrix::parse(text, guidance).value();
  EXPECT_FALSE(decided.is_example());
  EXPECT_EQ(decided.code("minor_road", "local_crime"),
            Matrix::example().code("minor_road", "local_crime"));
  EXPECT_EQ(text, example_with("\nexample = \"yes\"", ""));
}

TEST(Matrix, TheStrongestOfSeveralPurposesCounts) {
  const auto& matrix = Matrix::example();
  EXPECT_EQ(matrix.strongest("minor_road", {"community_confidence"}), 2U);
  EXPECT_EQ(matrix.strongest("minor_road", {"community_confidence", "local_crime"}), 1U);
  EXPECT_EQ(matrix.strongest("minor_road", {"national_security", "community_confidence"}), 0U);
  EXPECT_EQ(matrix.strongest("strategic_road", {}), 2U);  // no purpose justifies nothing easily
}

TEST(Matrix, SaysWhereOneDeparts) {
  const auto& guidance = Guidance::built_in();
  const auto upside_down =
      Matrix::parse(example_with("very_likely", "exceptional"), guidance).value();
  EXPECT_FALSE(upside_down.departures().empty());
  EXPECT_NE(upside_down.departures().front().find("strategic_road"), std::string::npos);
}

TEST(Matrix, HasNoHoles) {
  const auto& guidance = Guidance::built_in();
  EXPECT_EQ(outcome(Matrix::parse(example_with(R"re(, "exceptional"\])re", "]"), guidance)),
            "line 17: a hole: major_road has 4 codes for 5 columns: national_security, "
            "serious_organised_major_crime, local_crime, crime_prevention, community_confidence");
  EXPECT_EQ(outcome(Matrix::parse(example_with("minor_road", "major_road"), guidance)),
            "line 19: a kind of place stands there twice");
  EXPECT_EQ(outcome(Matrix::parse("format = 1\n", guidance)),
            "a hole: there is no row for strategic_road");
  EXPECT_EQ(outcome(Matrix::parse(example_with("most_cases", "perhaps"), guidance)),
            "line 13: no such code: strategic_road, local_crime");
  EXPECT_EQ(outcome(Matrix::parse(example_with("crowded_place", "beach"), guidance)),
            "line 24: there is no such kind of place");
}

}  // namespace
}  // namespace regmark::assessment
