#include "sightings/internal/pattern.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "plate/plate_testing.h"

namespace regmark::sightings::internal {
namespace {

std::string outcome(std::string_view typed) {
  const auto pattern = Pattern::parse(typed);
  if (!pattern) return name(pattern.error().code);
  return pattern->exact() ? "exact" : "pattern";
}

TEST(Pattern, ReadsWhatAPersonTypes) {
  struct Case {
    std::string_view typed, want;
  };
  constexpr Case cases[] = {
      {"AB12CDE", "exact"},
      {" ab12-cde ", "exact"},
      {"AB12*", "pattern"},
      {"??12?BC", "pattern"},
      {"*1*", "pattern"},
      {"ABCDEFGHIJ", "exact"},  // as long as a plate may be
      {"**ABCDEFGHIJ**", "pattern"},
      {"", "invalid_input"},
      {"*", "invalid_input"},  // no letter or digit
      {"???", "invalid_input"},
      {" - ", "invalid_input"},
      {"AB!2", "invalid_input"},  // a character that no plate carries
      {"ABCDEFGHIJK", "invalid_input"},
      {"?ABCDEFGHIJ", "invalid_input"},
      {"A****************************************************************", "invalid_input"},
  };
  for (const auto& [typed, want] : cases) {
    SCOPED_TRACE(typed);
    EXPECT_EQ(outcome(typed), want);
  }
}

bool matches_by_hand(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    return matches_by_hand(pattern.substr(1), text) ||
           (!text.empty() && matches_by_hand(pattern, text.substr(1)));
  }
  return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) &&
         matches_by_hand(pattern.substr(1), text.substr(1));
}

// The masks are a shortcut: they must match exactly what reading the pattern matches.
RC_GTEST_PROP(Pattern, MatchesWhatReadingItMatches, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('A', 'B', '?', '*'));
  const auto pattern = Pattern::parse(text);
  RC_PRE(pattern.has_value());
  auto texts = *rc::gen::container<std::vector<std::string>>(
      150, rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::element('A', 'B', 'C'))));
  std::vector<PlateWord> words;
  std::vector<PlateWord> want;
  for (const auto& one : texts) {
    const auto plate = plate::Plate::parse(one.substr(0, plate::length_max)).value();
    words.push_back(word_of(plate));
    if (matches_by_hand(text, plate.text())) want.push_back(words.back());
    RC_ASSERT(pattern->matches(words.back()) == matches_by_hand(text, plate.text()));
  }
  std::ranges::sort(words);
  std::ranges::sort(want);
  std::vector<PlateWord> found;
  pattern->match_sorted(words, found);
  RC_CLASSIFY(!want.empty(), "some match");
  RC_ASSERT(found == want);
}

RC_GTEST_PROP(PlateNumber, IsAnotherWayToWriteAPlate, ()) {
  const auto plate = *plate::any_plate();
  const auto number = number_of(plate);
  RC_ASSERT(number >= 1 && number <= plate_number_max);
  RC_ASSERT(plate_of(number).value() == plate);
  RC_ASSERT(number_of_word(word_of(number)) == number);
}

RC_GTEST_PROP(PlateWord, SortsAsTheTextDoes, ()) {
  const auto a = *plate::any_plate();
  const auto b = *plate::any_plate();
  RC_ASSERT((word_of(a) < word_of(b)) == (a.text() < b.text()));
  RC_ASSERT((word_of(a) == word_of(b)) == (a == b));
}

TEST(PlateNumber, RefusesWhatIsNone) {
  EXPECT_EQ(plate_of(0).error().code, ErrorCode::corrupt);
  EXPECT_EQ(plate_of(plate_number_max).value().text(), "ZZZZZZZZZZ");
  EXPECT_EQ(plate_of(plate_number_max + 1).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace regmark::sightings::internal
