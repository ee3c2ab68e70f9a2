// Tries to get a place past the sieve.
#include "accountability/sieve.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regmark::accountability {
namespace {

Sieve a_sieve() {
  return Sieve({"Mill Lane north", "site-mill", "Eastgate"},
               {"Bridge", "Old Quay", "cam-7", "Kestrel", "North"});
}

std::string kinds(std::string_view text) {
  std::string all;
  for (const auto& one : a_sieve().findings(text)) all += (all.empty() ? "" : "; ") + one.what;
  return all;
}

TEST(Sieve, FindsWhatTellsAPlace) {
  struct Case {
    std::string_view text, want;
  };
  constexpr std::string_view name = "the name of a place";
  const Case cases[] = {
      {"The camera at Mill Lane north sees them.", name},
      {"Near mill lane, thefts.", name},  // two words of its name
      {"at MILL-LANE", name},
      {"at M i l l  L a n e", name},
      {"at MillLane", name},
      {"site-mill", name},
      {"In Eastgate, often", name},
      {"beside the Old Quay", name},
      {"as cam-7 showed", name},
      {"seen near Kestrel at night", name},
      {"KESTREL", name},
      {"on the A614 and back", "a road's number"},
      {"on the A 614", "a road's number"},
      {"on the A1M", "a road's number"},
      {"along Station Road", "a road's name"},
      {"from junction 12", "a road's name"},
      {"at J12", "a road's name"},
      {"in S10 2TN", "a postcode"},
      {"in s102tn", "a postcode"},
      {"at SK 123 456", "a grid reference"},
      {"at SK123456", "a grid reference"},
      {"53.40012", "a coordinate"},
      {"53.4, -2.2", "a coordinate"},
      {"53.4N 2.2W", "a coordinate"},
      {"53\xC2\xB0 24", "a coordinate"},
      {"///filled.count.soap", "a coordinate"},
      {"AB12CDE was seen", "a number plate"},
      {"AB12 CDE was seen", "a number plate"},
      {"M\xEF\xBC\xA9ll", "a letter that cannot be checked"},   // a wide I
      {"Mi\xE2\x80\x8Bll", "a letter that cannot be checked"},  // a blank of no width
      {"Mi\xC2\xADll", "a letter that cannot be checked"},      // a hyphen that does not show
      {"\xD0\x9Cill", "a letter that cannot be checked"},       // another alphabet's M
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_NE(kinds(text).find(want), std::string::npos) << kinds(text);
    EXPECT_FALSE(a_sieve().pass(text).has_value());
  }
}

TEST(Sieve, LetsThroughWhatTellsNone) {
  for (const std::string_view text :
       {"", "Thefts of vehicles rose by 12.5 % in 2025, from 1,200 to 1,350.",
        "The road leads out of town; a bridge and a lane are near.",
        "A kestrel was seen in the North; the Bridge fund paid.",
        "Paragraph 5.1, and 2.2.1 of the guidance.",
        "About \xC2\xA3"
        "40,000 \xE2\x80\x93 a year.",
        "Data are kept for 365 days, pictures for 90.", "The caf\xC3\xA9 owners asked for it."}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(kinds(text), "");
    ASSERT_TRUE(a_sieve().pass(text).has_value());
    EXPECT_EQ(a_sieve().pass(text)->text(), text);
  }
}

TEST(Sieve, SaysWhereAndNeverWhat) {
  const std::string text = "Thefts at Mill Lane north and on the A614.";
  const auto found = a_sieve().findings(text);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(text.substr(found[0].begin, found[0].end - found[0].begin), "Mill Lane north");
  EXPECT_EQ(text.substr(found[1].begin, found[1].end - found[1].begin), "A614");
  const auto refused = a_sieve().pass(text);
  EXPECT_EQ(refused.error().message.find("Mill"), std::string::npos);
}

// However a name is written into words, it is found.
RC_GTEST_PROP(Sieve, FindsANameAmongAnyWords, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(
      rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'z'))));
  const auto between = *rc::gen::element<std::string>(" ", "-", ", ", "  ", "/", "");
  const auto big = *rc::gen::arbitrary<bool>();
  std::string text;
  for (const auto& word : words) text += word + " ";
  text += (big ? "MILL" : "mill") + between + (big ? "LANE" : "lane");
  for (const auto& word : words) text += " " + word;
  RC_CLASSIFY(between.empty(), "run together");
  RC_ASSERT(!a_sieve().pass(text).has_value());
}

}  // namespace
}  // namespace regmark::accountability
