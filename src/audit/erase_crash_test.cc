// Details that are erased by a process that dies at any step: what is gone is on record, and what
// is left goes the next time.
#include <gtest/gtest.h>

#include "audit/folder_testing.h"
#include "audit/kill_testing.h"

namespace regmark::audit {
namespace {

constexpr const char* folder_variable = "REGMARK_ERASE_FOLDER";
constexpr std::uint64_t old_records = 300;

base::UtcDay border() {
  return base::parse_day("2026-01-01").value();
}

Result<std::uint64_t> erase(Log& log) {
  REGMARK_ASSIGN(const auto receipt, log.record(MachineVerb::drop, "{}"));
  return log.erase_details(receipt, border());
}

void erase_until_killed(const char* folder) {
  const base::ManualClock clock;
  const auto key = base::signing_key_from_seed({1, 2, 3});
  auto log = Log::open(folder, key, std::string(test_origin), clock);
  ASSERT_TRUE(log) << log.error().message;
  ASSERT_TRUE(erase(**log));
}

// Is also what the killed process runs.
TEST(AuditEraseKill, HasOnRecordWhatIsGone) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no thread has begun
  if (const char* mine = std::getenv(folder_variable)) return erase_until_killed(mine);
  TestLog test;
  for (std::uint64_t i = 0; i < old_records; ++i) {
    ASSERT_TRUE(test.log().record(event("{\"old\":1}", "2025-01-01")));
  }
  fill(test.log(), 20);
  test.close();
  const auto before = read_all(test.folder());
  int half_done = 0;
  bool was_killed = true;
  for (int at = 1; was_killed; ++at) {
    SCOPED_TRACE(at);
    write_all(test.folder(), before);
    was_killed = run_until_killed("AuditEraseKill.HasOnRecordWhatIsGone",
                                  {{folder_variable, test.folder().string()}}, {.at = at})
                     .was_killed;
    test.reopen();
    auto verified = verify(test.folder(), test.key().public_key);
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->unexplained, std::vector<MissingDetails>{});
    half_done += verified->details_missing > 0 && verified->details_missing < old_records ? 1 : 0;
    const auto left = old_records - verified->details_missing;
    EXPECT_EQ(erase(test.log()), left);
    verified = verify(test.folder(), test.key().public_key);
    EXPECT_EQ(verified->details_missing, old_records);
    EXPECT_EQ(verified->unexplained, std::vector<MissingDetails>{});
    test.close();
  }
  EXPECT_GT(half_done, 0);
}

}  // namespace
}  // namespace regmark::audit
