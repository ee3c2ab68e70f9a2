#include "plate/look_alike.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "plate/plate_testing.h"

namespace regmark::plate {
namespace {

std::string joined(const std::vector<Plate>& plates) {
  std::string text;
  for (const auto& plate : plates) text += (text.empty() ? "" : " ") + std::string(plate.text());
  return text;
}

TEST(LookAlikes, AreEveryOtherSpelling) {
  struct Case {
    std::string_view plate, want;
  };
  constexpr Case cases[] = {
      {"AB22CDE", ""},
      {"AB12CDE", "ABI2CDE"},
      {"O1", "01 0I OI"},
      {"I", "1"},
  };
  for (const auto& [plate, want] : cases) {
    SCOPED_TRACE(plate);
    EXPECT_EQ(joined(look_alikes(Plate::parse(plate).value())), want);
  }
  EXPECT_EQ(look_alikes(Plate::parse("1010101010").value()).size(), look_alikes_max);
}

TEST(BritishSpellings, LetTheLayoutDecide) {
  struct Case {
    std::string_view plate, want;
  };
  constexpr Case cases[] = {
      {"ABI2CDE", "AB12CDE"},      {"ABIOCDO", "AB10CDO"},
      {"A10OABC", "A100ABC"},       // the year letter, three digits, three letters
      {"ABO123", "ABO123"},         // AB 0123 would begin with a zero
      {"AB1001", "AB1001 AB10OI"},  // the second is military {"MUAB123", ""},
  };
  for (const auto& [plate, want] : cases) {
    SCOPED_TRACE(plate);
    EXPECT_EQ(joined(british_spellings(Plate::parse(plate).value())), want);
  }
}

RC_GTEST_PROP(LookAlikes, AreASetThatEachMemberNames, ()) {
  const auto plate = *any_plate();
  const auto others = look_alikes(plate);
  RC_CLASSIFY(!others.empty(), "has some");
  const std::set<Plate> all(others.begin(), others.end());
  RC_ASSERT(all.size() == others.size());
  RC_ASSERT(!all.contains(plate));
  for (const auto& other : others) {
    RC_ASSERT(look_alike(plate, other));
    RC_ASSERT(look_alike(other, plate));
    auto back = look_alikes(other);
    RC_ASSERT(back.size() == others.size());
    RC_ASSERT(std::ranges::count(back, plate) == 1);
  }
}

RC_GTEST_PROP(LookAlike, NeedsTheSameGlyphs, ()) {
  const auto a = *any_confusing_plate();
  const auto b = *any_confusing_plate();
  const auto others = look_alikes(a);
  const bool want = a == b || std::ranges::count(others, b) == 1;
  RC_CLASSIFY(want, "alike");
  RC_ASSERT(look_alike(a, b) == want);
}

}  // namespace
}  // namespace regmark::plate
