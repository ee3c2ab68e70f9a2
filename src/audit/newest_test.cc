#include "audit/newest.h"

#include "audit/folder_testing.h"

namespace regmark::audit {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::string newest(const TestLog& log) {
  const auto at = newest_record_at(log.folder(), log.key().public_key);
  if (!at) return std::string(name(at.error().code));
  return *at ? base::format_utc(**at) : "none";
}

// However many there are: in the journal, in a whole bundle, and in both.
TEST(NewestRecord, SaysWhenItWasWritten) {
  TestLog log;
  EXPECT_EQ(newest(log), "none");
  for (const std::size_t count : {1U, 254U, 1U, 1U, 300U}) {
    fill(log.log(), count - 1);
    log.clock.advance(1h);
    fill(log.log(), 1);
    SCOPED_TRACE(log.log().size());
    EXPECT_EQ(newest(log), base::format_utc(log.clock.now()));
  }
}

// A copy of the folder is as new as the day on which it was copied.
TEST(NewestRecord, DoesNotGoByTheTimesOfFiles) {
  TestLog log;
  fill(log.log(), 3);
  const auto written = base::format_utc(log.clock.now());
  for (const auto& file : fs::recursive_directory_iterator(log.folder())) {
    fs::last_write_time(file.path(), fs::file_time_type::clock::now() + 24h * 400);
  }
  EXPECT_EQ(newest(log), written);
}

TEST(NewestRecord, IsTheLatestThoughTheClockWentBackSince) {
  TestLog log;
  fill(log.log(), 3);
  const auto latest = base::format_utc(log.clock.now());
  log.clock.advance(-24h * 300);
  fill(log.log(), 5);
  EXPECT_EQ(newest(log), latest);
}

// What it said is erased after a while: the day is left.
TEST(NewestRecord, OfWhatWasErasedIsItsDay) {
  TestLog log;
  fill(log.log(), 3);
  log.close();
  for (const auto& [path, bytes] : read_all(log.folder())) {
    if (path.string().find("pending") != std::string::npos) fs::remove(path);
  }
  EXPECT_EQ(newest(log), base::format_day(base::day_of(log.clock.now())) + "T00:00:00.000Z");
}

TEST(NewestRecord, IsBelievedOnlyWhenTheLogIsSigned) {
  TestLog log;
  fill(log.log(), 1);
  EXPECT_EQ(newest_record_at(log.folder(), PublicKey{7}).error().code, ErrorCode::corrupt);
  EXPECT_EQ(newest_record_at(log.folder() / "none", log.key().public_key).error().code,
            ErrorCode::not_found);
}

}  // namespace
}  // namespace regmark::audit
