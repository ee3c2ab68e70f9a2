// A backup, a rewrapping and a restore that are killed at every step: what can be restored is
// always whole, and what is dropped never comes back.
#include <gtest/gtest.h>

#include <cstdlib>

#include "audit/kill_testing.h"
#include "backup/backup_testing.h"

namespace regmark::backup {
namespace {

namespace fs = std::filesystem;

constexpr const char* folder_variable = "REGMARK_BACKUP_FOLDER";

// In the process that is to be killed: where to work. Nothing in the test itself.
std::optional<fs::path> folder_of_child() {
  const char* folder = std::getenv(folder_variable);  // NOLINT(concurrency-mt-unsafe)
  return folder == nullptr ? std::nullopt : std::optional<fs::path>(folder);
}

// Runs the same test in a process that is killed at the Nth crash point. False: it came to its end.
bool is_killed_at(int number, const fs::path& folder) {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  return audit::run_until_killed(std::string("BackupKill.") + test->name(),
                                 {{folder_variable, folder.string()}}, {.at = number})
      .was_killed;
}

// Two days and a backup of both; then the first day is dropped and a third comes. Everything is
// closed.
class LaidOut {
 public:
  LaidOut() {
    test_.office->keep(test_.maker, "AB12CDE", "2026-03-27T08:00:00Z");
    test_.office->keep(test_.maker, "GH56JKL", "2026-03-28T08:00:00Z");
    REGMARK_CHECK(test_.make());
    test_.drop("2026-03-27");
    test_.office->keep(test_.maker, "MN78PQR", "2026-03-29T08:00:00Z");
    test_.backups.reset();
    test_.office.reset();
    fs::copy(path(), saved_.path(), fs::copy_options::recursive);
  }
  // As it was at first, in the same place: the office knows its backups by where they are.
  const fs::path& again() const {
    for (const auto& entry : fs::directory_iterator(path())) fs::remove_all(entry.path());
    fs::copy(saved_.path(), path(), fs::copy_options::recursive);
    return path();
  }
  const fs::path& path() const { return test_.folder.path(); }

 private:
  TestBackup test_;
  base::TestFolder saved_;
};

// The parts of TestBackup that a child uses, on a folder that is there.
class Reopened {
 public:
  explicit Reopened(const fs::path& folder) : folder_(folder) {
    office_.emplace(folder_ / "data", clock_, base::Key{1, 2, 3},
                    base::signing_key_from_seed({4, 5, 6}));
    backups_ = Backups::open({*office_->log, *office_->records, *office_->store, clock_},
                             {{1, 2, 3}, base::signing_key_from_seed({4, 5, 6})}, folder_ / "data",
                             {.places = {{folder_ / "to", folder_ / "apart" / "ring"}},
                              .public_key = box().public_key})
                   .value();
  }
  static base::BoxKey box() { return base::box_key_from_secret({9, 9, 9}); }
  Result<Made> make() {
    return backups_->make(office_->receipt(audit::MachineVerb::back_up), folder_ / "to");
  }
  Result<void> rewrap() { return backups_->rewrap(office_->receipt(audit::MachineVerb::back_up)); }

 private:
  fs::path folder_;
  base::ManualClock clock_{"2026-03-29T12:00:00Z"};
  std::optional<TestOffice> office_;
  std::unique_ptr<Backups> backups_;
};

// The reads of what can be restored, or why nothing can.
std::string restorable(const fs::path& folder) {
  const auto to = folder / "restored";
  fs::remove_all(to);
  const auto restored = restore({.folder = folder / "to",
                                 .ring = folder / "apart" / "ring",
                                 .key = Reopened::box(),
                                 .log_key = {}},
                                to);
  if (!restored) return restored.error().message;
  const base::ManualClock clock{"2026-03-29T12:00:00Z"};
  TestOffice office(to, clock, base::Key{1, 2, 3}, base::signing_key_from_seed({4, 5, 6}));
  const auto health = office.health();
  if (!health.faults.empty()) return health.faults.front();
  return std::to_string(health.reads) + " reads, " + std::to_string(office.things()) + " records";
}

TEST(BackupKill, LeavesTheOldOneOrTheNewOneWhole) {
  if (const auto mine = folder_of_child()) return static_cast<void>(Reopened(*mine).make().value());
  const LaidOut laid_out;
  bool was_killed = true;
  int old_ones = 0;
  int new_ones = 0;
  for (int at = 1; was_killed; ++at) {
    SCOPED_TRACE(at);
    const auto& folder = laid_out.again();
    was_killed = is_killed_at(at, folder);
    const auto left = restorable(folder);
    // The old ring still has the key of the dropped day, until the office is open again.
    old_ones += left == "2 reads, 2 records" ? 1 : 0;
    new_ones += left == "2 reads, 3 records" ? 1 : 0;
    EXPECT_TRUE(left == "2 reads, 2 records" || left == "2 reads, 3 records") << left;
    // The next one makes all of it good.
    ASSERT_TRUE(Reopened(folder).make());
    EXPECT_EQ(restorable(folder), "2 reads, 3 records");
    EXPECT_FALSE(fs::exists(folder / "data" / "backup" / "staging"));
  }
  EXPECT_GT(old_ones, 5);
  EXPECT_GT(new_ones, 1);
}

TEST(BackupKill, ARewrappedRingIsTheOldOneOrTheNewOne) {
  if (const auto mine = folder_of_child()) {
    return static_cast<void>(Reopened(*mine).rewrap().has_value());
  }
  const LaidOut laid_out;
  bool was_killed = true;
  int rewrapped = 0;
  for (int at = 1; was_killed; ++at) {
    SCOPED_TRACE(at);
    const auto& folder = laid_out.again();
    was_killed = is_killed_at(at, folder);
    const auto left = restorable(folder);
    EXPECT_TRUE(left == "2 reads, 2 records" || left == "1 reads, 2 records") << left;
    rewrapped += left == "1 reads, 2 records" ? 1 : 0;
    ASSERT_TRUE(Reopened(folder).rewrap());
    EXPECT_EQ(restorable(folder), "1 reads, 2 records");
  }
  EXPECT_GT(rewrapped, 1);
}

Result<Restored> restore_other(const fs::path& folder) {
  return restore({.folder = folder / "to",
                  .ring = folder / "apart" / "ring",
                  .key = Reopened::box(),
                  .log_key = {}},
                 folder / "other");
}

TEST(BackupKill, ARestoreIsWholeOrNotThere) {
  if (const auto mine = folder_of_child()) {
    return static_cast<void>(restore_other(*mine).value());
  }
  const LaidOut laid_out;
  const auto& folder = laid_out.path();
  const auto other = folder / "other";
  bool was_killed = true;
  for (int at = 1; was_killed; at += 5) {  // it has many, several for each file
    SCOPED_TRACE(at);
    fs::remove_all(other);
    was_killed = is_killed_at(at, folder);
    if (fs::exists(other)) {
      EXPECT_TRUE(fs::exists(other / "keys" / "store_master.key"));
      EXPECT_TRUE(fs::exists(other / "audit" / "checkpoint"));
    } else {
      ASSERT_TRUE(restore_other(folder));
    }
    EXPECT_FALSE(fs::exists(folder / "other.restoring"));
  }
}

}  // namespace
}  // namespace regmark::backup
