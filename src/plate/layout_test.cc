#include "plate/layout.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "plate/plate_testing.h"

namespace regmark::plate {
namespace {

// The names of the layouts that a text fits, the foreign one last as "+" to keep rows short.
std::string layouts(std::string_view text) {
  const auto found = layouts_of(Plate::parse(text).value());
  std::string names;
  for (const auto layout : all_layouts) {
    if (!found.contains(layout)) continue;
    if (layout == Layout::foreign) return names + "+";
    names += std::string(name(layout)) + " ";
  }
  return names;
}

TEST(Layout, FitsTheExamplesOfTheRegulations) {
  struct Case {
    std::string_view plate, want;
  };
  constexpr Case cases[] = {
      // SI 2001/561 Schedule 3 Part 1, row by row.
      {"DE51ABC", "current +"},
      {"A123ABC", "prefix +"},
      {"A1ABC", "prefix +"},
      {"ABC123A", "suffix +"},
      {"1234AB", "dateless_four_digits +"},
      {"123ABC", "dateless_digits_first trade +"},
      {"1A", "dateless_digits_first "},  // too short to be taken for a foreign one
      {"ABC123", "dateless_letters_first +"},
      {"AB1234", "dateless_four_last +"},
      {"AZ1234", "dateless_four_last +"},
      {"ABZ1234", "northern_ireland +"},
      {"AIB1234", "northern_ireland +"},
      {"1234ABZ", "northern_ireland_reversed +"},
      // Special ones.
      {"Q123ABC", "age_unknown +"},
      {"AB12CD", "military +"},
      {"12AB34", "military_older +"},
      {"101D101", "diplomatic +"},
      {"350X700", "diplomatic +"},
      {"12345", "trade +"},
      {"012AB", "trade +"},
      // Elsewhere.
      {"MUAB123", "+"},
      {"1ABC234", "+"},
      {"12ABC34", "+"},
      {"151D12345", "+"},
      {"A1B2C3D4E5", "+"},
      // Nearly lawful.
      {"IB51ABC", "+"},  // I, Q, Z never begin a current mark
      {"AZ51ABC", "+"},
      {"AB51QBC", "+"},  // I, Q never end one
      {"AB51ZBC", "current +"},
      {"AB01CDE", "+"},  // never issued
      {"AB00CDE", "current +"},
      {"AB5ICDE", "+"},  // a letter where a digit belongs
      {"O123ABC", "+"},  // O never stood for a year
      {"ABC123Z", "+"},
      {"A012ABC", "+"},  // no zeros in front
      {"0123AB", "+"},
      {"ABC1234", "+"},  // neither I nor Z
      {"101D100", "+"},  // no such group
      {"101A101", "+"},
      // No plate at all.
      {"AB", ""},
      {"A1", "dateless_letters_first "},
      {"ABCDEFG", ""},
  };
  for (const auto& [plate, want] : cases) {
    SCOPED_TRACE(plate);
    EXPECT_EQ(layouts(plate), want);
  }
}

TEST(Layout, HasANameForEach) {
  std::set<std::string_view> names;
  for (const auto layout : all_layouts) names.insert(name(layout));
  EXPECT_EQ(names.size(), all_layouts.size());
  EXPECT_FALSE(names.contains("unknown"));
}

TEST(LayoutSet, TellsBritishFromForeign) {
  EXPECT_TRUE(layouts_of(Plate::parse("AB12CDE").value()).british());
  EXPECT_FALSE(layouts_of(Plate::parse("MUAB123").value()).british());
  EXPECT_TRUE(LayoutSet{}.empty());
  EXPECT_FALSE(LayoutSet{}.british());
}

TEST(IssuePeriod, FollowsTheAgeDigits) {
  struct Case {
    std::string_view plate, from, until;
  };
  constexpr Case cases[] = {
      {"AB51CDE", "2001-09-01", "2002-03-01"},  // the first block
      {"AB02CDE", "2002-03-01", "2002-09-01"}, {"AB52CDE", "2002-09-01", "2003-03-01"},
      {"AB25CDE", "2025-03-01", "2025-09-01"}, {"AB75CDE", "2025-09-01", "2026-03-01"},
      {"AB50CDE", "2050-03-01", "2050-09-01"}, {"AB99CDE", "2049-09-01", "2050-03-01"},
      {"AB00CDE", "2050-09-01", "2051-03-01"},  // the last
  };
  for (const auto& [plate, from, until] : cases) {
    SCOPED_TRACE(plate);
    const auto period = issue_period(Plate::parse(plate).value());
    ASSERT_TRUE(period.has_value());
    EXPECT_EQ(base::format_day(period->from), from);
    EXPECT_EQ(base::format_day(period->until), until);
  }
  EXPECT_FALSE(issue_period(Plate::parse("AB01CDE").value()).has_value());
  EXPECT_FALSE(issue_period(Plate::parse("A123BCD").value()).has_value());
}

// The blocks of half a year follow one another without a gap from 2001 to 2051.
TEST(IssuePeriod, LeavesNoGap) {
  std::set<std::pair<base::UtcDay, base::UtcDay>> periods;
  for (int age = 0; age < 100; ++age) {
    const std::string digits{static_cast<char>('0' + age / 10), static_cast<char>('0' + age % 10)};
    const auto period = issue_period(Plate::parse("AB" + digits + "CDE").value());
    if (period) periods.emplace(period->from, period->until);
  }
  ASSERT_EQ(periods.size(), 99U);
  for (auto at = periods.begin(); std::next(at) != periods.end(); ++at) {
    EXPECT_EQ(at->second, std::next(at)->first) << base::format_day(at->first);
  }
}

TEST(LocalOffice, FollowsTheFirstTwoLetters) {
  struct Case {
    std::string_view plate, want;
  };
  constexpr Case cases[] = {
      {"RE51ABC", "Reading"},    {"LA02ABC", "London"},    {"HJ02ABC", "Bournemouth"},
      {"HK02ABC", "Portsmouth"}, {"SX02ABC", "Inverness"}, {"YY02ABC", "Beverley"},
      {"MN02ABC", "none"},  // kept for the Isle of Man
      {"XA02ABC", "none"},  // export
      {"TA02ABC", "none"},  // never given to an office
      {"RE1ABC", "none"},   // another layout
  };
  for (const auto& [plate, want] : cases) {
    SCOPED_TRACE(plate);
    EXPECT_EQ(local_office(Plate::parse(plate).value()).value_or("none"), want);
  }
}

RC_GTEST_PROP(Layout, CivilMarksAreTakenWhateverTheirLetters, ()) {
  const auto plate = *plate_like("RENNABL");
  const auto digits = plate.text().substr(2, 2);
  const char last = plate.text().back();
  const bool lawful = digits != "01" && last != 'I' && last != 'Q';
  RC_CLASSIFY(lawful, "lawful");
  RC_ASSERT(layouts_of(plate).contains(Layout::current) == lawful);
  RC_ASSERT(issue_period(plate).has_value() == lawful);
}

}  // namespace
}  // namespace regmark::plate
