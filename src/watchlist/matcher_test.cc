#include "watchlist/matcher.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "plate/layout.h"
#include "plate/look_alike.h"
#include "plate/plate_testing.h"

namespace regmark::watchlist {
namespace {

using plate::Plate;

Plate plate_of(std::string_view text) {
  return Plate::parse(text).value();
}

std::shared_ptr<const Matcher> matcher_of(const std::vector<Plate>& plates) {
  std::vector<Matcher::Listed> listed;
  for (const auto& plate : plates) {
    listed.push_back({plate, static_cast<EntryNumber>(listed.size())});
  }
  return Matcher::build(listed);
}

// "exact AB12CDE, near A812CDE": what was found, best first.
std::string told(const std::vector<Match>& matches) {
  std::string text;
  for (const auto& match : matches) {
    if (!text.empty()) text += ", ";
    text += match.grade == Grade::exact        ? "exact "
            : match.grade == Grade::look_alike ? "look_alike "
                                               : "near ";
    text += match.listed.plate().text();
  }
  return text;
}

TEST(Matcher, GradesWhatItFinds) {
  const auto matcher = matcher_of({plate_of("AB12CDE"), plate_of("ABI2CDE"), plate_of("A812CDE"),
                                   plate_of("AB12CD"), plate_of("XX99XXX")});
  struct Case {
    std::string_view seen, want;
  };
  constexpr Case cases[] = {
      {"AB12CDE", "exact AB12CDE, look_alike ABI2CDE, near A812CDE"},
      {"ABI2CDE", "exact ABI2CDE, look_alike AB12CDE, near A812CDE"},
      {"A812CDE", "exact A812CDE, near AB12CDE, near ABI2CDE"},
      {"AB12CDF", "near AB12CDE, near ABI2CDE"},
      {"A312CDE", "near A812CDE, near AB12CDE, near ABI2CDE"},  // 8 before B
      {"A812CDF", "near A812CDE"},                              // AB12CDE is two misreads away
      {"AJ12CDE", ""},                                          // B is not read as J
      {"B12CDE", ""},                                           // another length
      {"X", ""},
  };
  for (const auto& [seen, want] : cases) {
    SCOPED_TRACE(seen);
    const auto found = matcher->matches(plate_of(seen), {});
    EXPECT_EQ(told(found), want);
  }
  EXPECT_EQ(told(matcher->exact(plate_of("ABI2CDE"))), "exact ABI2CDE");
  EXPECT_EQ(told(matcher->exact(plate_of("ABI2CDF"))), "");
}

TEST(Matcher, TakesTheReadsAlternatives) {
  const auto matcher = matcher_of({plate_of("KN05PQR"), plate_of("AB12CDE")});
  const plate::Alternative alternatives[] = {
      {"KNO5PQR", 0.2F}, {"not a plate", 0.1F}, {"", 0.1F},
      {"AB12CDE", 0.1F}, {"ZZ99ZZZ", NAN},      {"KN05PQR", 0.9F}};  // the sixth is one too many
  const auto found = matcher->matches(plate_of("AB12CDE"), alternatives, {.score = 0.4F});
  ASSERT_EQ(told(found), "exact AB12CDE, near KN05PQR");
  EXPECT_NEAR(found[1].probability, 0.2 / (0.4 + 0.2 + 0.1 + 0.1 + 0.1), 1e-5);
}

TEST(Matcher, BelievesTheCamerasDoubtButNotItsCertainty) {
  const auto matcher = matcher_of({plate_of("AB12CDE"), plate_of("A812CDE")});
  const auto seen = plate_of("AB12CDE");
  const auto probabilities = [&](const Doubt& doubt) {
    const auto found = matcher->matches(seen, {}, doubt);
    EXPECT_EQ(found.size(), 2U);
    return std::pair(found[0].probability, found[1].probability);
  };
  const auto [usual, usual_near] = probabilities({});
  const auto& model = plate::MisreadModel::built_in();
  const float right_b = model.shown_as('B', 'B');
  const float shown_8 = model.shown_as('B', '8');
  EXPECT_GT(usual, 0.85);
  EXPECT_LT(usual, 0.97);
  EXPECT_NEAR(usual_near, usual / right_b * shown_8, 1e-6);
  EXPECT_EQ(probabilities({.score = 1}), probabilities({}));
  const std::uint8_t certain[] = {100, 100, 100, 100, 100, 100, 100};
  EXPECT_EQ(probabilities({.score = 0.5F, .character_scores = certain}), probabilities({}));
  // The second character is as likely wrong as right, and then what the model says of a B.
  const std::uint8_t doubtful[] = {100, 50, 100, 100, 100, 100, 100};
  const auto [half, half_near] = probabilities({.score = 0.97F, .character_scores = doubtful});
  EXPECT_NEAR(half, usual / right_b / 2, 1e-5);
  EXPECT_NEAR(half_near, half * shown_8 / (1 - right_b), 1e-5);
  EXPECT_GT(half_near, 10 * usual_near);
  // One figure for the whole plate is shared among its characters.
  EXPECT_NEAR(probabilities({.score = 0.6F}).first, 0.6, 1e-5);
  const std::uint8_t nothing[] = {0, 0, 0, 0, 0, 0, 0};
  EXPECT_GT(probabilities({.score = 0, .character_scores = nothing}).first, 0);
}

TEST(Matcher, LetsTheLayoutDecideBetweenSpellings) {
  const auto found = [](std::string_view listed, std::string_view seen) {
    return matcher_of({plate_of(listed)})->matches(plate_of(seen), {}).at(0).probability;
  };
  const float exact = found("AB12CDE", "AB12CDE");
  EXPECT_EQ(found("AB12CDE", "ABI2CDE"), exact);      // only the listed one is lawful
  EXPECT_EQ(found("ABI2CDE", "AB12CDE"), exact / 2);  // the list itself may be wrong
  // Abroad nobody knows.
  EXPECT_EQ(found("MOAB123", "M0AB123"), found("MOAB123", "MOAB123") / 2);
}

TEST(Matcher, KeepsTheBestOfVeryMany) {
  std::vector<Plate> plates(100, plate_of("AB12CDF"));
  plates.push_back(plate_of("AB12CDE"));
  const auto matcher = matcher_of(plates);
  const auto found = matcher->matches(plate_of("AB12CDE"), {});
  ASSERT_EQ(found.size(), matches_max);
  EXPECT_EQ(found[0].grade, Grade::exact);
  for (std::size_t at = 1; at < found.size(); ++at) EXPECT_EQ(found[at].entry, at - 1);
  EXPECT_EQ(matcher->exact(plate_of("AB12CDF")).size(), matches_max);
}

TEST(Matcher, PassesOverWhatDoesNotStand) {
  std::vector<Plate> plates(100, plate_of("AB12CDE"));
  plates.push_back(plate_of("AB12CDF"));
  const auto matcher = matcher_of(plates);
  const auto stands = [](const Match& match) { return match.entry >= 99; };
  EXPECT_EQ(told(matcher->matches(plate_of("AB12CDE"), {}, {}, stands)),
            "exact AB12CDE, near AB12CDF");
  const auto not_near = [](const Match& match) { return match.grade != Grade::near; };
  EXPECT_EQ(matcher->matches(plate_of("AB12CDF"), {}, {}, not_near).size(), 1U);
}

TEST(Matcher, FindsNothingInNothing) {
  const auto matcher = Matcher::build({});
  EXPECT_EQ(matcher->size(), 0U);
  EXPECT_TRUE(matcher->matches(plate_of("AB12CDE"), {}).empty());
  EXPECT_TRUE(matcher->exact(plate_of("AB12CDE")).empty());
}

TEST(Matcher, StaysWithinItsBytes) {
  constexpr std::size_t count = 100'000;
  MatcherBuilder builder(count);
  for (std::size_t at = 0; at < count; ++at) {
    builder.add(PlateCode::of(plate_of("AB" + std::to_string(at))), static_cast<EntryNumber>(at));
  }
  const auto matcher = std::move(builder).build();
  EXPECT_EQ(matcher->size(), count);
  EXPECT_LE(matcher->bytes(), count * 19);
  std::vector<bool> seen(count);
  matcher->each([&](PlateCode code, EntryNumber entry) {
    EXPECT_FALSE(seen[entry]);
    seen[entry] = true;
    EXPECT_EQ(code.plate().text(), "AB" + std::to_string(entry));
  });
  EXPECT_EQ(std::ranges::count(seen, true), static_cast<std::ptrdiff_t>(count));
}

// The listed plate's glyphs where exactly one differs from the seen one's: where, or nothing.
std::optional<std::size_t> only_difference(const Plate& listed, const Plate& seen) {
  if (listed.text().size() != seen.text().size()) return std::nullopt;
  std::optional<std::size_t> difference;
  for (std::size_t at = 0; at < seen.text().size(); ++at) {
    if (plate::glyph_of(listed.text()[at]) == plate::glyph_of(seen.text()[at])) continue;
    if (difference) return std::nullopt;
    difference = at;
  }
  return difference;
}

// What the matcher should say of one entry, from the words of its header alone.
std::optional<Match> match_by_hand(EntryNumber entry, const Plate& listed, const Plate& seen,
                                   std::span<const plate::Alternative> alternatives) {
  const auto& model = plate::MisreadModel::built_in();
  float right = 1;
  for (const char c : seen.text()) right *= model.shown_as(c, c);
  Match match{entry, Grade::exact, right, PlateCode::of(listed)};
  if (listed == seen) return match;
  match.grade = look_alike(listed, seen) ? Grade::look_alike : Grade::near;
  if (match.grade == Grade::near) {
    match.probability = -1;
    if (const auto at = only_difference(listed, seen)) {
      const float back = model.shown_as(seen.text()[*at], listed.text()[*at]);
      const float usual = model.shown_as(seen.text()[*at], seen.text()[*at]);
      if (model.suspects(seen.text()[*at], listed.text()[*at]))
        match.probability = right / usual * back;
    }
    float sum = 1;
    for (const auto& each : alternatives) sum += each.score;
    for (const auto& each : alternatives) {
      if (!look_alike(plate_of(each.text), listed)) continue;
      match.probability = std::max(match.probability, each.score / sum);
    }
    if (match.probability < 0) return std::nullopt;
  }
  bool respelled = false;
  for (std::size_t at = 0; at < std::min(listed.text().size(), seen.text().size()); ++at) {
    const char a = listed.text()[at];
    const char b = seen.text()[at];
    if (a != b && plate::glyph_of(a) == plate::glyph_of(b)) respelled = true;
  }
  if (respelled && !(layouts_of(listed).british() && !layouts_of(seen).british())) {
    match.probability /= 2;
  }
  return match;
}

// The index is a shortcut: it must find exactly what reading the whole list finds.
RC_GTEST_PROP(Matcher, FindsWhatAFullScanFinds, ()) {
  const auto listed =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<Plate>>(plate::any_plate()));
  // Two plates made apart are seldom near, so most tries change a listed one.
  const auto one = *rc::gen::elementOf(listed);
  const auto seen = *rc::gen::oneOf(plate::any_plate(), rc::gen::just(one), plate::misread(one),
                                    plate::respelled(one), plate::misread(one));
  std::vector<plate::Alternative> alternatives;
  for (int left = *rc::gen::inRange(0, 4); left > 0; --left) {
    const auto other = *rc::gen::oneOf(plate::any_plate(), rc::gen::elementOf(listed));
    alternatives.push_back(
        {std::string(other.text()), static_cast<float>(*rc::gen::inRange(1, 100)) / 100});
  }
  std::map<EntryNumber, Match> want;
  for (EntryNumber entry = 0; entry < listed.size(); ++entry) {
    if (auto match = match_by_hand(entry, listed[entry], seen, alternatives)) {
      want.emplace(entry, *match);
    }
  }
  RC_PRE(want.size() <= matches_max);
  std::array<bool, 3> grades{};
  for (const auto& [entry, match] : want) grades[static_cast<std::size_t>(match.grade)] = true;
  RC_CLASSIFY(grades[0], "exact");
  RC_CLASSIFY(grades[1], "look_alike");
  RC_CLASSIFY(grades[2], "near");
  const auto matcher = matcher_of(listed);
  const auto found = matcher->matches(seen, alternatives);
  RC_ASSERT(found.size() == want.size());
  for (const auto& match : found) {
    const auto& wanted = want.at(match.entry);
    RC_ASSERT(match.grade == wanted.grade);
    RC_ASSERT(match.listed == wanted.listed);
    RC_ASSERT(std::abs(match.probability - wanted.probability) < 1e-5F);
  }
  RC_ASSERT(std::ranges::is_sorted(found, [](const Match& a, const Match& b) {
    return std::pair(a.grade, -a.probability) < std::pair(b.grade, -b.probability);
  }));
  const auto exact = matcher->exact(seen);
  RC_ASSERT(exact.size() == static_cast<std::size_t>(std::ranges::count(listed, seen)));
}

RC_GTEST_PROP(PlateCode, ReadsBackAsThePlate, ()) {
  const auto plate = *plate::any_plate();
  const auto code = PlateCode::of(plate);
  RC_ASSERT(code.plate() == plate);
  RC_ASSERT(PlateCode::of(plate.text()) == code);
  for (const auto& other : look_alikes(plate)) {
    RC_ASSERT(PlateCode::of(other) != code);
    RC_ASSERT(PlateCode::of(other).glyphs() == code.glyphs());
  }
}

RC_GTEST_PROP(PlateCode, HasTheSameGlyphsOnlyIfDrawnAlike, ()) {
  const auto a = *plate::any_confusing_plate();
  const auto b = *rc::gen::oneOf(plate::any_confusing_plate(), plate::respelled(a));
  RC_CLASSIFY(look_alike(a, b), "alike");
  RC_ASSERT((PlateCode::of(a).glyphs() == PlateCode::of(b).glyphs()) == look_alike(a, b));
  RC_ASSERT((PlateCode::of(a) == PlateCode::of(b)) == (a == b));
}

RC_GTEST_PROP(PlateCode, ReplacesOneGlyph, ()) {
  const auto plate = *plate::any_plate();
  const auto at = *rc::gen::inRange<std::size_t>(0, plate.text().size());
  const char glyph = *rc::gen::element('0', 'O', 'I', '7', 'Z', 'A');
  std::string text(plate.text());
  text[at] = glyph;
  RC_ASSERT(PlateCode::of(plate).with_glyph(at, glyph) == PlateCode::of(plate_of(text)).glyphs());
}

TEST(PlateCode, TakesOnlyNormalisedText) {
  for (const std::string_view text : {"", "ab12", "AB 12", "ABCDEFGHIJK", "A\xC3\x84"}) {
    EXPECT_FALSE(PlateCode::of(text).has_value()) << text;
  }
  EXPECT_TRUE(PlateCode::of("ZZZZZZZZZZ").has_value());
}

}  // namespace
}  // namespace regmark::watchlist
