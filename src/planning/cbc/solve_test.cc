#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <limits>

#include "planning/program.h"

namespace regmark::planning {
namespace {

Instant soon() {
  return std::chrono::steady_clock::now() + std::chrono::seconds(20);
}

RC_GTEST_PROP(Solve, FindsTheLeastCostOfAllChoices, ()) {
  constexpr std::uint32_t variables = 8;
  Program program;
  for (std::uint32_t i = 0; i < variables; ++i) {
    program.cost.push_back(*rc::gen::inRange<std::int64_t>(-50, 100'000));
    program.fixed.push_back(
        *rc::gen::weightedElement<Fixed>({{8, Fixed::no}, {1, Fixed::open}, {1, Fixed::shut}}));
  }
  const auto rows = *rc::gen::inRange(0, 6);
  for (int i = 0; i < rows; ++i) {
    Row row{.terms = {}, .least = *rc::gen::inRange<std::int64_t>(-3, 5)};
    for (std::uint32_t variable = 0; variable < variables; ++variable) {
      const auto value = *rc::gen::inRange<std::int64_t>(-2, 4);
      if (value != 0) row.terms.push_back({variable, value});
    }
    program.rows.push_back(std::move(row));
  }
  std::optional<std::int64_t> best;
  for (std::uint32_t bits = 0; bits < (1U << variables); ++bits) {
    std::int64_t cost = 0;
    bool fits = true;
    const auto is_set = [&](std::uint32_t variable) { return (bits >> variable & 1U) != 0; };
    for (std::uint32_t i = 0; i < variables; ++i) {
      cost += is_set(i) ? program.cost[i] : 0;
      fits =
          fits && (program.fixed[i] == Fixed::no || is_set(i) == (program.fixed[i] == Fixed::open));
    }
    for (const auto& row : program.rows) {
      std::int64_t sum = 0;
      for (const auto& term : row.terms) sum += is_set(term.variable) ? term.value : 0;
      fits = fits && sum >= row.least;
    }
    if (fits && (!best || cost < *best)) best = cost;
  }
  RC_CLASSIFY(!best.has_value(), "cannot be met");
  const auto solved = solve(program, soon());
  RC_ASSERT(solved.has_value());
  RC_ASSERT(solved->has_value() == best.has_value());
  if (!best) return;
  RC_ASSERT((*solved)->cost == *best);
  RC_ASSERT((*solved)->proved());
}

// Covers of Steiner triple systems are the classic hard ones (Fulkerson, Nemhauser and Trotter
// 1974): here those of the affine plane of order 3, whose optimum is known to be 5, and of the
// projective space of dimension 3 over two elements.
Program cover_of_triples(std::uint32_t points,
                         const std::vector<std::array<std::uint32_t, 3>>& triples) {
  Program program{.cost = std::vector<std::int64_t>(points, 1),
                  .fixed = std::vector<Fixed>(points, Fixed::no)};
  for (const auto& triple : triples) {
    Row row{.terms = {}, .least = 1};
    for (const auto point : triple) row.terms.push_back({point, 1});
    program.rows.push_back(std::move(row));
  }
  return program;
}

TEST(Solve, CoversTheSteinerTriplesOfNinePoints) {
  std::vector<std::array<std::uint32_t, 3>> lines;
  // Points (x, y) over three elements; a line is three points whose sum is nought.
  for (std::uint32_t a = 0; a < 9; ++a) {
    for (std::uint32_t b = a + 1; b < 9; ++b) {
      const std::uint32_t c = (6 - a / 3 - b / 3) % 3 * 3 + (6 - a % 3 - b % 3) % 3;
      if (c > b) lines.push_back({a, b, c});
    }
  }
  ASSERT_EQ(lines.size(), 12U);
  const auto solved = solve(cover_of_triples(9, lines), soon());
  ASSERT_TRUE(solved.has_value() && solved->has_value());
  EXPECT_EQ((*solved)->cost, 5);
  EXPECT_TRUE((*solved)->proved());
}

TEST(Solve, CoversTheSteinerTriplesOfFifteenPoints) {
  std::vector<std::array<std::uint32_t, 3>> lines;
  // Points 1 to 15 as bits; a line is three whose exclusive or is nought. What is left out of a
  // cover has no line in it: a cap, whose largest has 8 points here, so that a cover needs 7.
  for (std::uint32_t a = 1; a < 16; ++a) {
    for (std::uint32_t b = a + 1; b < 16; ++b) {
      if ((a ^ b) > b) lines.push_back({a - 1, b - 1, (a ^ b) - 1});
    }
  }
  ASSERT_EQ(lines.size(), 35U);
  const auto solved = solve(cover_of_triples(15, lines), soon());
  ASSERT_TRUE(solved.has_value() && solved->has_value());
  EXPECT_EQ((*solved)->cost, 7);
  EXPECT_TRUE((*solved)->proved());
}

TEST(Solve, HasNoChoiceForRowsThatContradict) {
  const Program program{.cost = {1, 1},
                        .fixed = {Fixed::no, Fixed::no},
                        .rows = {{{{0, 1}, {1, 1}}, 1}, {{{0, -1}, {1, -1}}, 0}}};
  const auto solved = solve(program, soon());
  ASSERT_TRUE(solved.has_value());
  EXPECT_FALSE(solved->has_value());
}

// A bound is a promise: out of time it is weaker, and never wrong.
TEST(Solve, ChoosesNothingWhereThereIsNothingToChoose) {
  const auto solved = solve(Program{}, soon());
  ASSERT_TRUE(solved && *solved);
  EXPECT_TRUE((*solved)->chosen.empty());
  EXPECT_TRUE((*solved)->proved());
  EXPECT_EQ(solve({.rows = {{.terms = {}, .least = 1}}}, soon()).value(), std::nullopt);
}

TEST(Solve, GivesTheStartAndABoundWhenThereIsNoTime) {
  std::vector<std::array<std::uint32_t, 3>> triples;
  for (std::uint32_t a = 0; a < 30; ++a)
    triples.push_back({a, (a * 7 + 1) % 30, (a * 11 + 6) % 30});
  auto program = cover_of_triples(30, triples);
  program.start.assign(30, true);
  const auto hurried = solve(program, std::chrono::steady_clock::now());
  const auto patient = solve(program, soon());
  ASSERT_TRUE(hurried.has_value() && hurried->has_value());
  ASSERT_TRUE(patient.has_value() && patient->has_value());
  EXPECT_TRUE((*patient)->proved());
  EXPECT_LE((*hurried)->bound, (*patient)->cost);
  EXPECT_GE((*hurried)->cost, (*patient)->cost);
}

}  // namespace
}  // namespace regmark::planning
