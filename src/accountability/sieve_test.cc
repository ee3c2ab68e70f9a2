// Tries to get a place past the sieve.
#include "accountability/sieve.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regmark::accountability {
namespace {

Sieve a_sieve() {
  return Sieve({"Mill Lane north", "site-mill", "Eastgate", "Hathersage north"},
               {"Bridge", "Old Quay", "cam-7", "Kestrel", "North"},
               {"Weaver's Rise east", "Aston"});
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
      {"in East Gate, often", name},
      {"in Hathersage", name},  // a word of its name that is no other place's
      {"people of hathersage", name},
      {"down weaver's rise", name},
      {"through Aston", name},  // of what lies around it
      {"beside the Old Quay", name},
      {"seen near Kestrel at night", name},
      {"KESTREL", name},
      {"as cam-7 showed", name},
      {"on the A614 and back", "a road's number"},
      {"on the A 614", "a road's number"},
      {"on the A1M", "a road's number"},
      {"on the A\xC2\xA0"
       "614",
       "a road's number"},  // a blank that no line breaks at
      {"on the A  614", "a road's number"},
      {"on the A\r\n  614", "a road's number"},
      {"on the a614", "a road's number"},
      {"on the m1", "a road's number"},
      {"along King's Road", "a road's name"},
      {"along King\xE2\x80\x99s Road", "a road's name"},
      {"along Kings' Road", "a road's name"},
      {"in St Mary's Lane", "a road's name"},
      {"in the High St", "a road's name"},
      {"at Park Row", "a road's name"},
      {"by the Market Place", "a road's name"},
      {"along Station\xC2\xA0Road", "a road's name"},
      {"along Station Road", "a road's name"},
      {"from junction 12", "a road's name"},
      {"at J12", "a road's name"},
      {"in S10 2TN", "a postcode"},
      {"in s102tn", "a postcode"},
      {"in S10\xC2\xA0"
       "2TN",
       "a postcode"},
      {"in S10  2TN", "a postcode"},
      {"in S10\r\n2TN", "a postcode"},
      {"at SK 123 456", "a grid reference"},
      {"at SK123456", "a grid reference"},
      {"at sk123456", "a grid reference"},
      {"at sk 123 456", "a grid reference"},
      {"at SK\xC2\xA0"
       "123\xC2\xA0"
       "456",
       "a grid reference"},
      {"at 445123, 412345", "a grid reference"},
      {"at 445123 412345", "a grid reference"},
      {"at E445123 N412345", "a grid reference"},
      {"at 445123.5, 1212345.5", "a grid reference"},
      {"53.40012", "a coordinate"},
      {"53.4, -2.2", "a coordinate"},
      {"53.4N 2.2W", "a coordinate"},
      {"at N52.139 W1.155", "a coordinate"},
      {"at w1.155", "a coordinate"},
      {"at N52.1, W1.1", "a coordinate"},
      {"at 52,139 1,155", "a coordinate"},
      {"at 52,13; 1,15", "a coordinate"},
      {"at N 52 08 20 W 1 09 18", "a coordinate"},
      {"at N52 08, W1 09", "a coordinate"},
      {"at 52 08 20 N, 1 09 18 W", "a coordinate"},
      {"at 52 8N 1 9W", "a coordinate"},
      {"at 9C3W9QCJ+2V", "a coordinate"},
      {"near 9qcj+2v", "a coordinate"},
      {"53\xC2\xB0 24", "a coordinate"},
      {"///filled.count.soap", "a coordinate"},
      {"AB12CDE was seen", "a number plate"},
      {"AB12 CDE was seen", "a number plate"},
      {"ab12 cde was seen", "a number plate"},
      {"AB12\xC2\xA0"
       "CDE was seen",
       "a number plate"},
      {"AB12  CDE was seen", "a number plate"},
      {"AB12\r\nCDE was seen", "a number plate"},
      {"AB-12-CDE was seen", "a number plate"},
      {"A123 BCD was seen", "a number plate"},
      {"a123 bcd was seen", "a number plate"},
      {"ABC 123D was seen", "a number plate"},
      {"ABC 1D was seen", "a number plate"},
      {"ABZ 1234 was seen", "a number plate"},
      {"abz1234 was seen", "a number plate"},
      {"1234 AB was seen", "a number plate"},
      {"ABC 12 was seen", "a number plate"},
      {"123 ABC was seen", "a number plate"},
      {"123ABC was seen", "a number plate"},
      {"101 D 101 was seen", "a number plate"},
      {"Q123 ABC was seen", "a number plate"},
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
        "Paragraph 5.1, and 2.2.1 of the guidance.",
        "From 52,139 in 2024 to 1,155 in 2025; 52 of 60, and N 52 of them.",
        "About \u00a340,000 \u2013 a year.", "Data are kept for 365 days, pictures for 90.",
        "The caf\xC3\xA9 owners asked for it.",
        "A kestrel was seen in the North; the Bridge fund paid.", "The streets end at gates."}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(kinds(text), "");
    ASSERT_TRUE(a_sieve().pass(text).has_value());
    EXPECT_EQ(a_sieve().pass(text)->text(), text);
  }
}

// Whoever is stopped at every line reads none of them.
TEST(Sieve, LetsAnOrdinaryAssessmentThrough) {
  const std::string_view text =
      "The controller is the chief constable. The processing is for the law enforcement purposes "
      "of Part 3 DPA 2018; s35 DPA 2018 is the lawful basis, with s.62(4) for the log. Article 8 "
      "ECHR and HRA 1998 were weighed. The SCC Code of 2021, ICO 2021 guidance, NASP 2.1 and "
      "BS 7958 apply; Regulation (EU) 2016/679 does not. ISO 27001 and TLS 1.3 protect the data, "
      "AES 256 at rest and SHA256 for hashes.\r\n\r\n"
      "A 12 month trial was agreed on 14 March 2025. A 30-day review found 3 of 4 CCTV cameras "
      "working. 12 ANPR cameras, 2 DPO advisers and 1 SIO were asked. Each is 5 MP, with 12 GB "
      "and 2 TB, on 250 m2 of ground, 30mph and 40 mph, 24hrs, at 10 AM and 5 PM.\n"
      "Plan A: 2 poles. Option B, 3 poles. The 100m zone takes place 3 times a week. We close 2 "
      "of the 5 lanes, in 2025 and 2026. The park is open; so is the market. The Crown Court and "
      "the High Court gave judgments. The Car Park was left out. Vehicle crime rose by 12.5 % "
      "(from 1,200 to 1,350), that is 150 more, and 200,000 people live in the county.\n"
      "Whoever passes is seen by 1 camera of each lane; see 4.1, 7.2.1 and Annex C. Reads are "
      "kept for 365 days, pictures for 90. COVID-19 lowered traffic in 2020 by 40 to 60 %.";
  const auto found = a_sieve().findings(text);
  for (const auto& one : found) {
    ADD_FAILURE() << one.what << ": " << text.substr(one.begin, one.end - one.begin);
  }
}

TEST(Sieve, FindsNumbersHoweverTheyAreWritten) {
  const std::vector<std::string> numbers{"8431", "7"};
  const auto found = [&](std::string_view text) {
    return a_sieve().findings(text, numbers).size();
  };
  for (const auto* text : {"8431 pass", "8,431 pass", "8 431", "8\u00a0431", "some 8,431.",
                           "7 live there", "7, and 8", "(8431)"}) {
    EXPECT_EQ(found(text), 1U) << text;
  }
  for (const auto* text : {"18,431 pass", "8,4312", "84310", "8,431,000", "8431.5", "70", "1.7",
                           "7.5", "1,007", "about 8000"}) {
    EXPECT_EQ(found(text), 0U) << text;
  }
}

// All roads of a county, and a long text: compared one with each other it would take minutes.
TEST(Sieve, TakesAsLongAsTheTextHoweverManyNamesThereAre) {
  std::vector<std::string> roads;
  for (int i = 0; i < 200'000; ++i) roads.push_back("Road " + std::to_string(i) + " of Many");
  const Sieve sieve({}, roads);
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "thefts of vehicles ";
  EXPECT_TRUE(sieve.findings(text).empty());
  EXPECT_EQ(sieve.findings(text + "road 199999 of many").size(), 1U);
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
  const auto between =
      *rc::gen::element<std::string>(" ", "-", ", ", "  ", "/", "", "\xC2\xA0", "\r\n");
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
