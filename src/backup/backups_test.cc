#include "backup/backups.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <thread>

#include "backup/backup_testing.h"
#include "backup/ring.h"

namespace regmark::backup {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

bool any_holds(const fs::path& folder, std::string_view needle) {
  return std::ranges::any_of(files_below(folder), [&](const fs::path& file) {
    const auto bytes = base::read_file(file, std::size_t{1} << 30U).value();
    return base::as_text(bytes).find(needle) != std::string_view::npos;
  });
}

std::string outcome(const Result<Restored>& restored) {
  return restored ? "restored" : std::string(name(restored.error().code));
}

TEST(Backup, GivesBackWhatWasThere) {
  TestBackup test;
  test.office->keep(test.maker, "AB12CDE", "2026-03-28T08:00:00Z");
  test.office->keep(test.maker, "GH56JKL", "2026-03-29T08:00:00Z");
  const auto made = test.make();
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->generation, 1U);
  EXPECT_EQ(made->new_files, made->files);
  test.office->keep(test.maker, "ZZ99ZZZ", "2026-03-29T09:00:00Z");  // too late for it
  const auto restored = test.restore("other");
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(restored->generation, 1U);
  EXPECT_EQ(restored->files, made->files);
  const auto other = test.opened("other");
  EXPECT_EQ(other->things(), 2);
  EXPECT_EQ(other->health().reads, 2U);
  EXPECT_EQ(other->health().pictures, 2U);
  EXPECT_EQ(other->health().faults, std::vector<std::string>());
  EXPECT_TRUE(audit::verify(other->data() / "audit", test.signing.public_key));
  // The keys are those of the office.
  const auto key = base::read_file(other->data() / "keys" / "store_master.key", 100).value();
  EXPECT_EQ(base::as_text(key), base::to_hex(test.master) + "\n");
}

TEST(Backup, WritesOnlyWhatIsNew) {
  TestBackup test;
  for (const char* time : {"2026-03-27T08:00:00Z", "2026-03-28T08:00:00Z"}) {
    test.office->keep(test.maker, "AB12CDE", time);
  }
  ASSERT_TRUE(test.make());
  test.office->keep(test.maker, "GH56JKL", "2026-03-29T08:00:00Z");
  const auto again = test.make();
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->generation, 2U);
  EXPECT_LT(again->new_files, again->files);
  // What the first alone had is gone from the folder: one blob for each file, and what says whose.
  EXPECT_EQ(files_below(test.place() / "blobs").size(), again->files);
  ASSERT_TRUE(test.restore("other"));
  EXPECT_EQ(test.opened("other")->health().reads, 3U);
}

TEST(Backup, ShowsNothingToWhoHasTheFolderAlone) {
  TestBackup test;
  test.office->keep(test.maker, "AB12CDE", "2026-03-28T08:00:00Z");
  ASSERT_TRUE(test.make());
  // The record has the plate in the open: it would be found, were it not sealed.
  EXPECT_TRUE(any_holds(test.office->data(), "AB12CDE2026"));
  EXPECT_FALSE(any_holds(test.place(), "AB12CDE"));
  EXPECT_FALSE(any_holds(test.ring().parent_path(), "rows-2026"));
  auto from = test.from();
  from.key = base::new_box_key();
  EXPECT_EQ(outcome(restore(from, test.folder.path() / "other")), "corrupt");
  EXPECT_FALSE(fs::exists(test.folder.path() / "other"));
}

TEST(Backup, IsMadeWhileOthersWrite) {
  TestBackup test;
  std::atomic<int> kept = 0;
  const std::jthread writer([&](const std::stop_token& stop) {
    sightings::ReadMaker maker(2);
    for (int number = 0; !stop.stop_requested(); ++number) {
      const auto second = std::to_string(10 + number / 1'000 % 50);
      const auto rest = std::to_string(1'000 + number % 1'000).substr(1);
      test.office->keep(maker, "W" + std::to_string(number % 10'000),
                        "2026-03-28T08:00:" + second + "." + rest + "Z");
      static_cast<void>(test.office->log->record(audit::MachineVerb::count, "{}"));
      ++kept;
    }
  });
  while (kept < 20) std::this_thread::yield();
  for (int round = 0; round < 3; ++round) {
    SCOPED_TRACE(round);
    const int before = kept;
    const auto made = test.make();
    ASSERT_TRUE(made) << made.error().message;
    const auto to = "other-" + std::to_string(round);
    const auto restored = test.restore(to);
    ASSERT_TRUE(restored) << restored.error().message;
    const auto other = test.opened(to);
    const auto health = other->health();
    EXPECT_EQ(health.faults, std::vector<std::string>());
    EXPECT_GE(health.reads, static_cast<std::uint64_t>(before));
    EXPECT_EQ(health.reads, health.pictures);
    EXPECT_GE(other->things(), before);
  }
}

TEST(Backup, WhatWasDroppedSinceStaysGone) {
  TestBackup test;
  test.office->keep(test.maker, "AB12CDE", "2026-03-27T08:00:00Z");
  test.office->keep(test.maker, "GH56JKL", "2026-03-28T08:00:00Z");
  ASSERT_TRUE(test.make());
  EXPECT_FALSE(test.backups->states()->front().ring_is_behind);
  test.drop("2026-03-27");
  EXPECT_TRUE(test.backups->states()->front().ring_is_behind);
  ASSERT_TRUE(test.rewrap());
  EXPECT_FALSE(test.backups->states()->front().ring_is_behind);
  EXPECT_TRUE(test.backups->states()->front().backup_is_behind);
  ASSERT_TRUE(test.restore("other"));
  {
    const auto other = test.opened("other");
    EXPECT_EQ(other->health().reads, 1U);
    EXPECT_EQ(other->health().faults, std::vector<std::string>());
    ASSERT_EQ(other->store->slices().size(), 1U);
    const auto late = sightings::append_all(
        *other->store, {{test.maker.plain("cam-1", "AB12CDE",
                                          base::parse_utc("2026-03-27T09:00:00Z").value(), "late"),
                         {}}});
    EXPECT_EQ(late->front(), sightings::Kept::too_old);
  }
  ASSERT_TRUE(test.make());
  EXPECT_FALSE(test.backups->states()->front().backup_is_behind);
}

// The medium of the ring is away, and an empty folder stands where it is mounted.
TEST(Backup, ARingThatIsAwayIsWaitedForAndNotMadeAnew) {
  TestBackup test;
  test.office->keep(test.maker, "AB12CDE", "2026-03-27T08:00:00Z");
  test.office->keep(test.maker, "GH56JKL", "2026-03-28T08:00:00Z");
  ASSERT_TRUE(test.make());
  EXPECT_EQ(test.backups->states()->front().at_place, AtPlace::both);
  const auto medium = test.ring().parent_path();
  const auto away = test.folder.path() / "medium";
  fs::rename(medium, away);
  test.drop("2026-03-27");
  for (const bool is_mount_point_there : {false, true}) {
    SCOPED_TRACE(is_mount_point_there);
    if (is_mount_point_there) {
      ASSERT_TRUE(base::make_private_folder(medium));
    }
    EXPECT_EQ(test.rewrap().error().code, ErrorCode::unavailable);
    EXPECT_EQ(test.make().error().code, ErrorCode::unavailable);
    EXPECT_EQ(fs::exists(medium), is_mount_point_there);
    EXPECT_FALSE(fs::exists(test.ring()));
    const auto state = test.backups->states()->front();
    EXPECT_TRUE(state.ring_is_behind);
    EXPECT_EQ(state.at_place, AtPlace::ring_is_away);
    EXPECT_EQ(state.generation, 1U);
    EXPECT_EQ(last_made(test.office->data(), {test.place(), test.ring()}).at_place,
              AtPlace::ring_is_away);
  }
  fs::remove(medium);
  fs::rename(away, medium);
  ASSERT_TRUE(test.rewrap());
  EXPECT_FALSE(test.backups->states()->front().ring_is_behind);
  ASSERT_TRUE(test.restore("other"));
  EXPECT_EQ(test.opened("other")->health().reads, 1U);
  ASSERT_TRUE(test.make());
}

TEST(Backup, AnotherRingIsNeitherTakenForItsOwnNorOverwritten) {
  TestBackup test;
  test.office->keep(test.maker, "AB12CDE", "2026-03-27T08:00:00Z");
  ASSERT_TRUE(test.make());
  const auto older = base::read_file(test.ring(), ring_size_max).value();
  ASSERT_TRUE(test.make());
  const auto newer = base::read_file(test.ring(), ring_size_max).value();
  ASSERT_TRUE(base::write_file(test.ring(), older));
  test.drop("2026-03-27");
  EXPECT_EQ(test.backups->states()->front().at_place, AtPlace::another_ring);
  EXPECT_EQ(test.make().error().code, ErrorCode::conflict);
  EXPECT_EQ(test.rewrap().error().code, ErrorCode::conflict);
  EXPECT_EQ(base::read_file(test.ring(), ring_size_max).value(), older);
  ASSERT_TRUE(base::write_file(test.ring(), newer));
  ASSERT_TRUE(test.make());
  EXPECT_EQ(test.backups->states()->front().at_place, AtPlace::both);
}

// Lost with its medium: the configuration names another path, and there one is made.
TEST(Backup, ALostRingIsMadeWhereItNeverWas) {
  TestBackup test;
  test.office->keep(test.maker, "AB12CDE", "2026-03-27T08:00:00Z");
  ASSERT_TRUE(test.make());
  fs::remove(test.ring());
  const Place elsewhere{test.place(), test.ring().parent_path() / "second"};
  auto backups =
      Backups::open({*test.office->log, *test.office->records, *test.office->store, test.clock},
                    {test.master, test.signing}, test.office->data(),
                    {.places = {elsewhere}, .public_key = test.box.public_key})
          .value();
  ASSERT_TRUE(backups->make(test.office->receipt(audit::MachineVerb::back_up), test.place()));
  EXPECT_EQ(backups->states()->front().at_place, AtPlace::both);
  auto from = test.from();
  from.ring = elsewhere.ring;
  EXPECT_EQ(outcome(restore(from, test.folder.path() / "other")), "restored");
}

TEST(Backup, WhatWasBackedUpAndIsAwayIsNotBegunAnew) {
  TestBackup test;
  test.office->keep(test.maker, "AB12CDE", "2026-03-27T08:00:00Z");
  ASSERT_TRUE(test.make());
  const auto away = test.folder.path() / "medium";
  fs::rename(test.place(), away);
  ASSERT_TRUE(base::make_private_folder(test.place()));
  EXPECT_EQ(test.make().error().code, ErrorCode::unavailable);
  EXPECT_EQ(test.backups->states()->front().at_place, AtPlace::folder_is_away);
  EXPECT_TRUE(fs::is_empty(test.place()));
  fs::remove(test.place());
  fs::rename(away, test.place());
  EXPECT_EQ(outcome(test.restore("other")), "restored");
}

// One that was begun before something was erased has it still: it is made anew, once.
TEST(Backup, SaysWhetherItIsNewerThanAMoment) {
  TestBackup test;
  EXPECT_TRUE(test.backups->make_newer_than(test.clock.now()).value());  // there is none
  ASSERT_TRUE(test.make());
  const auto erased_at = test.clock.now();
  EXPECT_FALSE(test.backups->make_newer_than(erased_at).value());
  EXPECT_TRUE(test.backups->states()->front().is_asked_for);
  test.clock.advance(std::chrono::seconds{1});
  ASSERT_TRUE(test.make());
  EXPECT_TRUE(test.backups->make_newer_than(erased_at).value());
}

// Somebody kept a copy of the whole folder from before the drop; the ring there is only once.
TEST(Backup, AnOlderCopyOfTheFolderIsNoise) {
  TestBackup test;
  test.office->keep(test.maker, "AB12CDE", "2026-03-27T08:00:00Z");
  ASSERT_TRUE(test.make());
  fs::copy(test.place(), test.folder.path() / "copy", fs::copy_options::recursive);
  test.drop("2026-03-27");
  ASSERT_TRUE(test.make());
  auto from = test.from();
  from.folder = test.folder.path() / "copy";
  EXPECT_EQ(outcome(restore(from, test.folder.path() / "other")), "invalid_input");
  EXPECT_FALSE(fs::exists(test.folder.path() / "other"));
}

TEST(Backup, KeepsWhatIsHeldWhenItsDayIsGone) {
  TestBackup test;
  test.office->keep(test.maker, "AB12CDE", "2026-03-27T08:00:00Z");
  const auto hold = base::HoldId::parse("case-7").value();
  const auto window = access::Window{base::parse_utc("2026-03-27T00:00:00Z").value(),
                                     base::parse_utc("2026-03-28T00:00:00Z").value()};
  const auto held = [&](sightings::Store& store) {
    return store
        .find(
            sightings::UnloggedReceipts::of(
                access::Act::read_held, {.rows_max = 10, .subject = hold.text()}, test.clock.now()),
            {})
        .value()
        .reads.size();
  };
  ASSERT_EQ(
      test.office->store
          ->hold(sightings::UnloggedReceipts::of(
                     access::Act::hold_sightings,
                     {.window = window, .rows_max = 10, .subject = hold.text()}, test.clock.now()),
                 hold, {})
          .value(),
      1U);
  test.drop("2026-03-27");
  ASSERT_TRUE(test.make());
  ASSERT_TRUE(test.restore("other"));
  EXPECT_EQ(held(*test.opened("other")->store), 1U);
  // Released since: the ring has no key of it, and the copy is struck out.
  ASSERT_EQ(test.office->store
                ->release(sightings::UnloggedReceipts::of(
                              access::Act::review_hold, {.subject = hold.text()}, test.clock.now()),
                          hold)
                .value(),
            1U);
  ASSERT_TRUE(test.rewrap());
  ASSERT_TRUE(test.restore("third"));
  const auto third = test.opened("third");
  EXPECT_EQ(held(*third->store), 0U);
  EXPECT_EQ(third->health().faults, std::vector<std::string>());
}

TEST(Backup, ADamagedOneIsRefusedAndLeavesNothing) {
  TestBackup test;
  test.office->keep(test.maker, "AB12CDE", "2026-03-28T08:00:00Z");
  ASSERT_TRUE(test.make());
  auto files = files_below(test.place());
  files.push_back(test.ring());
  std::size_t damaged = 0;
  for (const auto& file : files) {
    if (file.filename() == "lock" || file.filename() == "regmark-backup") continue;
    SCOPED_TRACE(file.string());
    const auto whole = base::read_file(file, std::size_t{1} << 30U).value();
    auto changed = whole;
    changed[changed.size() / 2] ^= 1;
    ASSERT_TRUE(base::write_file(file, changed));
    EXPECT_EQ(outcome(test.restore("other")), "corrupt");
    EXPECT_FALSE(fs::exists(test.folder.path() / "other"));
    EXPECT_FALSE(fs::exists(test.folder.path() / "other.restoring"));
    ASSERT_TRUE(base::write_file(file, whole));
    ++damaged;
  }
  EXPECT_GT(damaged, 10U);
  EXPECT_EQ(outcome(test.restore("other")), "restored");
}

TEST(Backup, GoesNowhereElse) {
  TestBackup test;
  const auto receipt = test.office->receipt(audit::MachineVerb::back_up);
  EXPECT_EQ(test.backups->make(receipt, test.folder.path() / "else").error().code,
            ErrorCode::not_found);
  EXPECT_EQ(
      test.backups->make(test.office->receipt(audit::MachineVerb::drop), test.place()).error().code,
      ErrorCode::invalid_input);
  // A folder with something else in it, and the backup of another office.
  ASSERT_TRUE(base::make_private_folder(test.place()));
  ASSERT_TRUE(base::write_file(test.place() / "letter", base::as_bytes("dear")));
  EXPECT_EQ(test.make().error().code, ErrorCode::conflict);
  ASSERT_TRUE(base::write_file(test.place() / "regmark-backup", base::as_bytes("another's")));
  EXPECT_EQ(test.make().error().code, ErrorCode::conflict);
  EXPECT_TRUE(fs::exists(test.place() / "letter"));
}

TEST(Restore, RefusesWhatIsNotEmptyAndWhatIsNoBackup) {
  TestBackup test;
  ASSERT_TRUE(test.make());
  ASSERT_TRUE(base::make_private_folder(test.folder.path() / "used"));
  ASSERT_TRUE(base::write_file(test.folder.path() / "used" / "x", {}));
  EXPECT_EQ(outcome(test.restore("used")), "conflict");
  ASSERT_TRUE(base::make_private_folder(test.folder.path() / "empty"));
  auto from = test.from();
  from.folder = test.folder.path() / "empty";
  EXPECT_EQ(outcome(restore(from, test.folder.path() / "other")), "invalid_input");
  from = test.from();
  from.log_key = base::Key{7};
  EXPECT_EQ(outcome(restore(from, test.folder.path() / "other")), "corrupt");
  from.log_key = test.signing.public_key;
  EXPECT_EQ(outcome(restore(from, test.folder.path() / "empty")), "restored");
}

}  // namespace
}  // namespace regmark::backup
