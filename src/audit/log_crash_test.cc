// Nothing acknowledged is lost, whenever the process dies or the power goes.
//
// A few dozen kills by default; REGMARK_KILLS=1000 makes as many.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include "audit/audit_testing.h"
#include "audit/checkpoint.h"
#include "audit/kill_testing.h"
#include "audit/verify.h"
#include "base/files.h"
#include "base/files_testing.h"

namespace regmark::audit {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t file_size_max = 100'000'000;

Event event(const std::string& details) {
  return {.shown = {.operation = Operation::sign_in,
                    .act = "sign_in",
                    .day = base::parse_day("2026-03-29").value(),
                    .role = "operator",
                    .outcome = "done"},
          .details = details};
}

const base::SigningKey key = base::signing_key_from_seed({1, 2, 3});

// --- What is left when the power goes ------------------------------------------------------------

// Everything that was not synced may be gone: partial tiles, the checkpoint's newest text.
TEST(AuditLogPowerCut, TheJournalAloneBringsEverythingBack) {
  for (const std::size_t count : {10U, 300U}) {
    TestLog test;
    for (std::size_t i = 0; i < count; ++i) ASSERT_TRUE(test.log().record(event("{}")));
    const auto older = test.log().checkpoint();
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(test.log().record(event("{}")));
    const auto newest = test.log().checkpoint();
    for (const auto& left : {older, std::string()}) {
      test.close();
      ASSERT_TRUE(base::write_file(test.folder() / "checkpoint", base::as_bytes(left)));
      std::vector<fs::path> partials;
      for (const auto& file : fs::recursive_directory_iterator(test.folder() / "tile")) {
        if (file.path().extension() == ".p") partials.push_back(file.path());
      }
      ASSERT_FALSE(partials.empty());
      for (const auto& partial : partials) fs::remove_all(partial);
      test.reopen();
      EXPECT_EQ(test.log().checkpoint(), newest);
      EXPECT_TRUE(verify(test.folder(), key.public_key));
    }
  }
}

// The last group may be torn anywhere. It was not acknowledged, so it is gone; the rest is not.
TEST(AuditLogPowerCut, ATornGroupIsCutOff) {
  TestLog test;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(test.log().record(event("{}")));
  const auto journal_path = test.folder() / "pending/000";
  const auto whole = fs::file_size(journal_path);
  const auto before = test.log().checkpoint();
  ASSERT_TRUE(test.log().record(event("{\"torn\":true}")));
  const auto after = test.log().checkpoint();
  test.close();
  const auto journal = base::read_file(journal_path, file_size_max).value();
  std::mt19937 random(7);
  for (auto end = whole; end <= journal.size(); ++end) {
    SCOPED_TRACE(end);
    for (const bool has_rubbish : {false, true}) {
      base::Bytes torn(journal.begin(), journal.begin() + static_cast<std::ptrdiff_t>(end));
      // Some disks leave zeros or old bytes where the write did not arrive.
      while (has_rubbish && torn.size() < journal.size()) {
        torn.push_back(static_cast<std::uint8_t>(end % 2 == 0 ? 0 : random()));
      }
      ASSERT_TRUE(base::write_file(journal_path, torn));
      ASSERT_TRUE(base::write_file(test.folder() / "checkpoint", base::as_bytes(before)));
      test.reopen();
      EXPECT_EQ(test.log().checkpoint(), end == journal.size() ? after : before);
      EXPECT_TRUE(verify(test.folder(), key.public_key));
      test.close();
    }
  }
}

// A byte of the last group that arrived wrong, wherever it is: the checkpoint behind the group is
// over other bytes, so the group is none.
TEST(AuditLogPowerCut, AGroupThatIsNotWhatItsCheckpointSignedIsCutOff) {
  TestLog test;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(test.log().record(event("{}")));
  const auto journal_path = test.folder() / "pending/000";
  const auto whole = static_cast<std::size_t>(fs::file_size(journal_path));
  const auto before = test.log().checkpoint();
  ASSERT_TRUE(test.log().record(event("{\"wrong\":true}")));
  test.close();
  const auto journal = base::read_file(journal_path, file_size_max).value();
  for (auto at = whole; at < journal.size(); ++at) {
    SCOPED_TRACE(at);
    auto changed = journal;
    changed[at] ^= 1U;
    ASSERT_TRUE(base::write_file(journal_path, changed));
    ASSERT_TRUE(base::write_file(test.folder() / "checkpoint", base::as_bytes(before)));
    test.reopen();
    EXPECT_EQ(test.log().checkpoint(), before);
    EXPECT_TRUE(verify(test.folder(), key.public_key));
    test.close();
  }
}

// --- What is left when the process is killed -----------------------------------------------------

// What the killed process does: records until it dies, and says which were acknowledged.
void record_until_killed(const char* folder) {
  const base::SystemClock clock;
  auto log = Log::open(folder, key, std::string(test_origin), clock);
  ASSERT_TRUE(log) << log.error().message;
  std::vector<std::jthread> writers;
  for (int t = 0; t < 3; ++t) {
    writers.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        const auto word = base::random_id("r");
        const auto number = (*log)->record(event(word));
        if (!number) std::abort();
        // One write, so that lines of several threads do not mix.
        const auto line = "ack " + std::to_string(*number) + " " + word + "\n";
        if (::write(STDERR_FILENO, line.data(), line.size()) < 0) std::abort();
      }
    });
  }
}

struct Child {
  std::map<std::uint64_t, std::string> acknowledged;
  bool was_killed = false;
};

// Runs the child until it is done, dies at a crash point, or `patience` is over.
Child run_child(const fs::path& folder, const CrashPlan& plan) {
  const auto run = run_until_killed("AuditLogKill.LosesNothingAcknowledged",
                                    {{"REGMARK_AUDIT_FOLDER", folder.string()}}, plan);
  Child child{.acknowledged = {}, .was_killed = run.was_killed};
  std::istringstream lines(run.said);
  std::uint64_t number = 0;
  for (std::string ack, word; lines >> ack >> number >> word;) child.acknowledged[number] = word;
  return child;
}

// Opens what the child left, and looks for all that was ever acknowledged.
void check(const fs::path& folder, const std::map<std::uint64_t, std::string>& acknowledged) {
  base::ManualClock clock;
  auto log = Log::open(folder, key, std::string(test_origin), clock);
  ASSERT_TRUE(log) << log.error().message;
  const auto verified = verify(folder, key.public_key);
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_EQ(verified->details_missing, 0U);
  const access::Request request{
      .person = access::test_person("person-1", {access::Role::investigator}),
      .act = access::Act::read_audit,
      .purpose = {},
      .scope = {},
      .now = clock.now()};
  const auto auditor =
      (*log)->record(access::permit_or_stop(access::decide(access::wide_policy(), request)));
  std::vector<Entry> entries;
  while (entries.size() < (*log)->size()) {
    auto more = (*log)->read(auditor.value(), entries.size(), entries_max).value();
    ASSERT_FALSE(more.empty());
    entries.insert(entries.end(), more.begin(), more.end());
  }
  for (const auto& [number, word] : acknowledged) {
    ASSERT_LT(number, entries.size());
    EXPECT_EQ(entries[number].details, word) << number;
  }
}

// Is also what the killed process runs.
TEST(AuditLogKill, LosesNothingAcknowledged) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no thread has begun
  if (const char* mine = std::getenv("REGMARK_AUDIT_FOLDER")) return record_until_killed(mine);
  static constexpr const char* points[] = {"",  // any
                                           "audit.create",
                                           "audit.journal_written",
                                           "audit.journal_synced",
                                           "audit.tiles_written",
                                           "audit.checkpoint_written",
                                           "audit.checkpoint_synced",
                                           "audit.journal_removed",
                                           "write_file.written",
                                           "write_file.synced",
                                           "write_file.renamed"};
  constexpr unsigned seed = 20260329;
  std::mt19937 random(seed);
  int died = 0;
  const int kills = kills_wanted(44);
  for (int folders = 0; died < kills; ++folders) {
    const base::TestFolder folder;
    std::map<std::uint64_t, std::string> acknowledged;
    // On the same folder again and again, so that recovery is recovered from too.
    for (int runs = 0; runs < 15 && died < kills; ++runs) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", folder " + std::to_string(folders) +
                   ", run " + std::to_string(runs));
      const bool by_time = runs % 3 == 2;
      const std::string point = points[random() % std::size(points)];
      const int at = by_time ? 0 : 1 + static_cast<int>(random() % (point.empty() ? 800 : 4));
      const auto child = run_child(
          folder.path(), {.point = by_time ? "" : point,
                          .at = at,
                          .patience = std::chrono::microseconds(5'000 + random() % 60'000)});
      died += child.was_killed ? 1 : 0;
      for (const auto& [number, word] : child.acknowledged) acknowledged[number] = word;
      check(folder.path(), acknowledged);
      if (HasFatalFailure()) return;
    }
    EXPECT_FALSE(acknowledged.empty());
  }
}

}  // namespace
}  // namespace regmark::audit
