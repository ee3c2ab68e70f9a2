#include "audit/count.h"

#include <gtest/gtest.h>

#include "audit/folder_testing.h"

namespace regmark::audit {
namespace {

namespace fs = std::filesystem;

std::uint64_t records_of(const std::vector<Counted>& counts, std::string_view month,
                         std::string_view act, std::string_view outcome) {
  std::uint64_t records = 0;
  for (const auto& one : counts) {
    const bool is_asked =
        base::format_day(one.month) == month && one.act == act && one.outcome == outcome;
    if (is_asked) records += one.records;
  }
  return records;
}

TEST(CountedLog, SaysWhatHappenedInEachMonth) {
  TestLog test;
  for (int i = 0; i < 300; ++i) {
    const auto* day = i < 290 ? "2026-03-31" : "2026-04-01";
    ASSERT_TRUE(test.log().record(event("{}", day)));
  }
  auto failed = event("{}", "2026-04-30");
  failed.shown.outcome = "failed";
  ASSERT_TRUE(test.log().record(failed));
  const auto counts = count(test.folder(), test.key().public_key).value();
  EXPECT_EQ(counts.size(), 3U);
  EXPECT_EQ(records_of(counts, "2026-03-01", "sign_in", "done"), 290U);
  EXPECT_EQ(records_of(counts, "2026-04-01", "sign_in", "done"), 10U);
  EXPECT_EQ(records_of(counts, "2026-04-01", "sign_in", "failed"), 1U);
}

TEST(CountedLog, ANumberStandsForSoMany) {
  TestLog test;
  for (const auto* outcome : {"3_sampled", "3_sampled", "12_sampled_flagged", "3_", "0x", "_3"}) {
    auto one = event();
    one.shown.outcome = outcome;
    ASSERT_TRUE(test.log().record(one));
  }
  const auto counts = count(test.folder(), test.key().public_key).value();
  const auto records = [&](std::string_view outcome) {
    return records_of(counts, "2026-03-01", "sign_in", outcome);
  };
  EXPECT_EQ(records("sampled"), 3U);
  EXPECT_EQ(records("sampled_flagged"), 12U);
  EXPECT_EQ(records(""), 3U);
  EXPECT_EQ(records("0x"), 1U);
  EXPECT_EQ(records("_3"), 1U);
}

// An outsider has no details.
TEST(CountedLog, WantsThePublicHalfAlone) {
  TestLog test;
  fill(test.log(), 300);
  test.close();
  fs::remove_all(test.folder() / "details");
  fs::remove_all(test.folder() / "pending");
  const auto counts = count(test.folder(), test.key().public_key).value();
  ASSERT_EQ(counts.size(), 1U);
  EXPECT_EQ(counts[0].records, 300U);
}

TEST(CountedLog, CountsNothingThatDoesNotHold) {
  TestLog test;
  fill(test.log(), 3);
  test.close();
  const auto other = base::signing_key_from_seed({7});
  EXPECT_EQ(count(test.folder(), other.public_key).error().code, ErrorCode::corrupt);
  fs::remove_all(test.folder() / "tile");
  EXPECT_EQ(count(test.folder(), test.key().public_key).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace regmark::audit
