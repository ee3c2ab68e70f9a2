#include "accountability/public_versions.h"

#include <gtest/gtest.h>

#include "accountability/accountability_testing.h"
#include "assessment/assessment_testing.h"

namespace regmark::accountability {
namespace {

using access::Act;
using assessment::Guidance;
using assessment::whole_paper;

class PublicVersionsTest : public ::testing::Test {
 protected:
  estate::PaperRecord paper() const {
    return {.number = 7,
            .version = 2,
            .at = room_.clock.now(),
            .by = base::PersonId::parse("author").value(),
            .receipt = 1,
            .paper = whole_paper("impact")};
  }
  Result<std::uint64_t> keep(std::string_view person, std::string_view subject = "gate") {
    const Sieve sieve({"Mill Lane"}, {});
    const std::vector<Strike> struck{
        {"impact", "rights", "words", 0, "as it was found", "Not ours to say."}};
    REGMARK_ASSIGN(const auto checked, check(Redaction::built_in(), Guidance::built_in(),
                                             {paper().paper}, struck, sieve));
    REGMARK_ASSIGN(const auto impact,
                   PublicImpact::of(Redaction::built_in(), Guidance::built_in(), checked, sieve));
    return room_.room.public_versions.keep(
        room_.receipt(Act::advise_estate, subject, person), gate_, paper(),
        {base::PersonId::parse("adviser").value()}, Redaction::built_in(), struck, impact);
  }

  TestAccountability room_;
  const base::SiteId gate_ = base::SiteId::parse("gate").value();
};

TEST_F(PublicVersionsTest, KeepsWhatWasCheckedAndByWhom) {
  const auto number = keep("dpo");
  ASSERT_TRUE(number) << number.error().message;
  const auto all =
      room_.room.public_versions.of_site(room_.receipt(Act::read_estate), gate_).value();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].checked.by.text(), "dpo");
  EXPECT_EQ(all[0].paper, 7U);
  EXPECT_EQ(all[0].paper_version, 2U);
  EXPECT_EQ(all[0].struck.front().reason, "Not ours to say.");
  EXPECT_EQ(all[0].rules, Redaction::built_in().version());
  EXPECT_EQ(room_.room.public_versions.sites(room_.receipt(Act::read_estate)).value(),
            std::vector{gate_});
  const auto draft =
      room_.room.public_versions.draft(room_.receipt(Act::read_estate), gate_, *number).value();
  EXPECT_TRUE(draft.pdf.starts_with("%PDF-"));
  EXPECT_NE(draft.page.find("NOT FOR RELEASE"), std::string::npos);
  EXPECT_NE(draft.page.find("[withheld] on the spot"), std::string::npos);
}

TEST_F(PublicVersionsTest, IsCheckedByAnotherPersonThanTheAuthor) {
  EXPECT_EQ(keep("author").error().code, ErrorCode::conflict);
  EXPECT_EQ(keep("adviser").error().code,
            ErrorCode::conflict);  // who wrote what is shown beside it
  EXPECT_TRUE(keep("dpo"));
}

TEST_F(PublicVersionsTest, WantsTheReceiptForTheSite) {
  EXPECT_EQ(keep("dpo", "elsewhere").error().code, ErrorCode::invalid_input);
}

TEST_F(PublicVersionsTest, ChangesAndLosesNothing) {
  ASSERT_TRUE(keep("dpo"));
  EXPECT_FALSE(room_.database.lets("UPDATE accountability_public_versions SET struck = '[]'"));
  EXPECT_FALSE(room_.database.lets("DELETE FROM accountability_public_versions"));
  const auto other = room_.room.public_versions.draft(room_.receipt(Act::read_estate),
                                                      base::SiteId::parse("other").value(), 1);
  EXPECT_EQ(other.error().code, ErrorCode::not_found);
}

TEST(Strikes, ReadsOnlyWhatItWrote) {
  const std::vector<Strike> strikes{{"impact", "rights", "words", 3, "a \"b\"", "why"}};
  EXPECT_EQ(parse_strikes(format_strikes(strikes)).value(), strikes);
  for (const auto* wrong :
       {"", "{}", "[1]", "[{}]",
        R"([{"form":"a","part":"b","field":"c","row":-1,"passage":"","reason":""}])",
        R"([{"form":"a","part":"b","field":"c","row":0,"passage":"","why":""}])"}) {
    EXPECT_FALSE(parse_strikes(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace regmark::accountability
