#include "plate/plate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "plate/fold.h"
#include "plate/plate_testing.h"

namespace regmark::plate {
namespace {

TEST(PlateParse, ReadsWhatAPersonTypes) {
  struct Case {
    std::string_view typed, want;
  };
  constexpr Case cases[] = {
      {"AB12CDE", "AB12CDE"},
      {" ab12-cde ", "AB12CDE"},
      {"ab.12\tcde", "AB12CDE"},
      {"ABCDEFGHIJ", "ABCDEFGHIJ"},           // exactly length_max
      {"A-B C.D E F G H I J", "ABCDEFGHIJ"},  // what is dropped does not count
      {"1E10", "1E10"},                       // never taken for a number
      {"0012", "0012"},
      // Errors, in the order the header promises them.
      {"AB12!CDEFGHIJK", "invalid_input"},
      {"ABCDEFGHIJK!", "invalid_input"},
      {"", "invalid_input"},
      {" - . ", "invalid_input"},
      {"AB*", "invalid_input"},
      {"AB?", "invalid_input"},
      {"ABCDEFGHIJK", "limit_exceeded"},
  };
  for (const auto& [typed, want] : cases) {
    SCOPED_TRACE(typed);
    EXPECT_EQ(outcome(Plate::parse(typed)), want);
  }
}

TEST(PlateParse, FoldsLettersOfOtherScripts) {
  struct Case {
    std::string_view typed, want;
  };
  constexpr Case cases[] = {
      {"MÜ AB 123", "MUAB123"},
      {"mü-ab 123", "MUAB123"},
      {"MU\u0308 AB 123", "MUAB123"},  // the accent follows its letter
      {"Č123 ŠŽ", "C123SZ"},
      {"ŁÓDŹ 1", "LODZ1"},
      {"Æ 1", "AE1"},
      {"A\u00A0123\u2013BC·4", "A123BC4"},
      {"А123ВС77", "A123BC77"},     // Cyrillic: В is B and С is C
      {"м001нр", "M001HP"},         // Cyrillic: н is H and р is P
      {"ΙΚΗ 1234", "IKH1234"},      // Greek: Η is H
      {"АІ 1234 ВХ", "AI1234BX"},   // Ukrainian
      {"Æ23456789", "AE23456789"},  // one letter that becomes two fits ten
      {"Æ234567890", "limit_exceeded"},
      {"Ж123", "invalid_input"},  // has no Latin twin
      {"AB12ß", "invalid_input"},
      {"京A12345", "invalid_input"},
      {"\xC4 1", "invalid_input"},             // Latin-1, not UTF-8
      {"A\xC0\xAF", "invalid_input"},          // overlong
      {"A\xED\xA0\x80", "invalid_input"},      // a surrogate
      {"A\xF4\x90\x80\x80", "invalid_input"},  // past the last point
      {"A\xE2\x80", "invalid_input"},          // cut short
      {std::string_view("A\0B", 3), "invalid_input"},
  };
  for (const auto& [typed, want] : cases) {
    SCOPED_TRACE(typed);
    EXPECT_EQ(outcome(Plate::parse(typed)), want);
  }
}

TEST(PlateParse, TakesLongTextsWithoutRepeatingThem) {
  const auto long_text = Plate::parse(std::string(1'000'000, 'A'));
  ASSERT_FALSE(long_text.has_value());
  EXPECT_EQ(long_text.error().code, ErrorCode::limit_exceeded);
  EXPECT_LT(long_text.error().message.size(), 100U);
  const auto secret = Plate::parse("AB12CDE!");
  ASSERT_FALSE(secret.has_value());
  EXPECT_EQ(secret.error().message.find("AB12"), std::string::npos);
}

TEST(PlateFold, GivesOnlyWhatAPlateHolds) {
  std::size_t carried = 0;
  for (char32_t point = 0; point < 0x3000; ++point) {
    const auto text = folded(point);
    if (!text) continue;
    ++carried;
    EXPECT_LE(text->size(), 2U);
    for (const char c : *text) {
      EXPECT_TRUE((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
          << "point " << static_cast<std::uint32_t>(point);
    }
  }
  EXPECT_GT(carried, 300U);
}

RC_GTEST_PROP(PlateParse, ReadsBackAsItself, ()) {
  const auto plate = *any_plate();
  const auto spaced = [&] {
    std::string text;
    for (const char c : plate.text()) {
      text += *rc::gen::element<std::string>("", " ", "-", ".", "\u00A0");
      text += *rc::gen::arbitrary<bool>() && c >= 'A' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
  }();
  RC_CLASSIFY(spaced != plate.text(), "typed in another way");
  RC_ASSERT(Plate::parse(spaced).value() == plate);
}

}  // namespace
}  // namespace regmark::plate
