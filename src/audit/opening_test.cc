#include "audit/opening.h"

#include <gtest/gtest.h>

#include "audit/audit_testing.h"
#include "audit/folder_testing.h"

namespace regmark::audit {
namespace {

class OpeningTest : public ::testing::Test {
 protected:
  // An event under the receipt, such as what was given away.
  std::uint64_t record_under(const Receipt& receipt) {
    return test_.log()
        .record(Event{{.operation = Operation::disclosure,
                       .act = "export_evidence",
                       .day = base::day_of(test_.clock.now()),
                       .role = "investigator",
                       .outcome = "sealed"},
                      "{\"receipt\":" + std::to_string(receipt.number()) + "}"})
        .value();
  }
  Result<Shown> show(const Receipt& receipt, std::uint64_t number) {
    return show_record(receipt, {test_.folder(), {"test", KeyKind::log, test_.key().public_key}},
                       number);
  }
  std::string outcome(const Receipt& receipt, std::uint64_t number) {
    const auto shown = show(receipt, number);
    return shown ? "ok" : std::string(name(shown.error().code));
  }

  TestLog test_;
};

TEST_F(OpeningTest, ShowsWhatTheRecordSaysToAStranger) {
  const auto receipt = test_.receipt_for(access::Act::export_evidence, {.plate = "AB12*"});
  for (const std::size_t more : {0U, 300U, 256U}) {  // in the journal, then in files of its own
    SCOPED_TRACE(more);
    fill(test_.log(), more);
    for (const auto number : {receipt.number(), record_under(receipt)}) {
      const auto shown = show(receipt, number).value();
      const auto proved = check_proof(shown.proof, test_.key().public_key).value();
      const auto opening = read_opening(shown.opening).value();
      EXPECT_EQ(proved.number, number);
      EXPECT_TRUE(opens(opening, proved));
      const bool is_permit = opening.details.find("AB12*") != std::string::npos;
      EXPECT_EQ(is_permit, number == receipt.number());
      auto other = opening;
      other.details += ' ';
      EXPECT_FALSE(opens(other, proved));
      other = opening;
      other.at += std::chrono::microseconds(1);
      EXPECT_FALSE(opens(other, proved));
      other = opening;
      other.salt[31] ^= 1U;
      EXPECT_FALSE(opens(other, proved));
    }
  }
}

TEST_F(OpeningTest, OpensOnlyWhatIsUnderTheReceipt) {
  const auto another = test_.receipt_for(access::Act::export_evidence, {.plate = "XY99*"});
  const auto search = test_.receipt_for(access::Act::search_sightings, {.plate = "AB12*"});
  const auto receipt = test_.receipt_for(access::Act::export_evidence, {.plate = "AB12*"});
  EXPECT_EQ(outcome(receipt, receipt.number()), "ok");
  EXPECT_EQ(outcome(receipt, another.number()), "invalid_input");
  EXPECT_EQ(outcome(receipt, record_under(another)), "invalid_input");
  EXPECT_EQ(outcome(search, search.number()), "invalid_input");
  EXPECT_EQ(outcome(receipt, 1'000), "not_found");
}

TEST_F(OpeningTest, HasNothingToShowAfterErasure) {
  const auto receipt = test_.receipt_for(access::Act::export_evidence, {.plate = "AB12*"});
  const auto tomorrow = base::UtcDay{base::day_of(test_.clock.now()) + std::chrono::days(1)};
  ASSERT_TRUE(test_.log().erase_details(test_.machine_receipt(MachineVerb::drop), tomorrow));
  EXPECT_EQ(outcome(receipt, receipt.number()), "not_found");
}

TEST(Opening, ReadsOnlyWhatItWrites) {
  const Opening opening{
      .salt = {1, 2, 3}, .at = base::UtcTime{}, .details = "{\"a\":\"\xC3\xA9\"}"};
  const auto text = to_text(opening);
  EXPECT_EQ(read_opening(text).value(), opening);
  for (std::size_t at = 0; at < text.size(); ++at) {
    EXPECT_EQ(read_opening(text.substr(0, at)).error().code, ErrorCode::corrupt) << at;
  }
  EXPECT_EQ(read_opening(text + " ").error().code, ErrorCode::corrupt);
  EXPECT_EQ(read_opening(std::string(opening_size_max + 1, ' ')).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace regmark::audit
