#include "audit/verify.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "audit/folder_testing.h"
#include "audit/internal/erasure.h"
#include "audit/proof.h"

namespace regmark::audit {
namespace {

namespace fs = std::filesystem;

base::UtcDay day(std::string_view text) {
  return base::parse_day(text).value();
}

Checkpoint checkpoint_of(const TestLog& test, const std::string& note) {
  return open_checkpoint(note, test.key().public_key).value();
}

// Empty when the folder holds and begins with the kept checkpoint, and otherwise what is wrong.
std::string complaint_since(const TestLog& test, const Checkpoint& kept) {
  const auto verified = verify(test.folder(), test.key().public_key, std::span(&kept, 1));
  if (verified) return "";
  EXPECT_EQ(verified.error().code, ErrorCode::corrupt);
  return verified.error().message;
}

// --- Checkpoints kept from earlier ---------------------------------------------------------------

TEST(VerifySince, TakesEveryCheckpointThatTheLogEverHad) {
  TestLog test;
  std::vector<Checkpoint> kept{checkpoint_of(test, test.log().checkpoint())};
  while (test.log().size() < 600) {
    fill(test.log(), 1);
    const auto size = test.log().size();
    if (size % 50 == 0 || size % 256 < 2 || size % 256 == 255) {
      kept.push_back(checkpoint_of(test, test.log().checkpoint()));
    }
  }
  for (const auto& one : kept) EXPECT_EQ(complaint_since(test, one), "") << one.size;
  EXPECT_TRUE(verify(test.folder(), test.key().public_key, kept));
  for (auto other : kept) {
    SCOPED_TRACE(other.size);
    other.root[7] ^= 1U;
    EXPECT_EQ(complaint_since(test, other),
              "the log was forked: its first " + std::to_string(other.size) +
                  " records are not those of the checkpoint kept from earlier");
  }
  auto other = kept.back();
  other.origin = "another.example/audit";
  EXPECT_EQ(complaint_since(test, other), "the checkpoint kept from earlier is of another log");
}

// The folder alone cannot tell that it is an old one; who kept a checkpoint can.
TEST(VerifySince, SeesARollbackAndAFork) {
  TestLog test;
  fill(test.log(), 300);
  test.close();
  const auto old_files = read_all(test.folder());
  test.reopen();
  fill(test.log(), 50);
  const auto kept = checkpoint_of(test, test.log().checkpoint());
  fill(test.log(), 200);
  const auto newest = checkpoint_of(test, test.log().checkpoint());
  auto proof = consistency_proof(test.folder(), kept.size, newest.size).value();
  EXPECT_TRUE(proves_consistency(kept.size, kept.root, newest.size, newest.root, proof));

  // The old folder with its old checkpoint, which is signed like any other.
  test.close();
  write_all(test.folder(), old_files);
  EXPECT_EQ(complaint(test), "");
  EXPECT_EQ(complaint_since(test, kept),
            "the log was rolled back: it has 300 records, and the checkpoint kept from earlier is "
            "over 350");
  // Another history from there, until it is as long as the first.
  test.reopen();
  fill(test.log(), 250);
  EXPECT_EQ(complaint(test), "");
  const auto forked = checkpoint_of(test, test.log().checkpoint());
  EXPECT_EQ(forked.size, newest.size);
  for (const auto& one : {kept, newest}) {
    EXPECT_EQ(complaint_since(test, one),
              "the log was forked: its first " + std::to_string(one.size) +
                  " records are not those of the checkpoint kept from earlier");
  }
  proof = consistency_proof(test.folder(), kept.size, forked.size).value();
  EXPECT_FALSE(proves_consistency(kept.size, kept.root, forked.size, forked.root, proof));
}

// An old checkpoint alone, beside the newer files: the entries past it are not signed by it, so
// the folder holds as the log it was; who kept a later one sees it.
TEST(VerifySince, SeesAnOldCheckpointBesideNewFiles) {
  TestLog test;
  fill(test.log(), 280);
  const auto old_note = test.log().checkpoint();
  fill(test.log(), 20);
  const auto kept = checkpoint_of(test, test.log().checkpoint());
  test.close();
  ASSERT_TRUE(base::write_file(test.folder() / "checkpoint", base::as_bytes(old_note)));
  EXPECT_EQ(complaint(test), "");
  EXPECT_EQ(complaint_since(test, kept),
            "the log was rolled back: it has 280 records, and the checkpoint kept from earlier is "
            "over 300");
}

// --- Details that are missing --------------------------------------------------------------------

TEST(VerifyDetails, TellsWhatNoErasureExplains) {
  TestLog test;
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(test.log().record(event("{}", "2025-01-01")));
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(test.log().record(event("{}", "2025-06-01")));
  const auto erase = [&](std::string_view before) {
    return test.log().erase_details(test.machine_receipt(MachineVerb::drop), day(before)).value();
  };
  EXPECT_EQ(erase("2025-02-01"), 200U);
  auto verified = verify(test.folder(), test.key().public_key).value();
  EXPECT_EQ(verified.details_missing, 200U);
  EXPECT_EQ(verified.unexplained, std::vector<MissingDetails>{});
  EXPECT_EQ(verified.erased_before, day("2025-02-01"));

  // Somebody else takes the rest of that file, which the erasure does not name.
  test.close();
  fs::remove(test.folder() / "details/000");
  verified = verify(test.folder(), test.key().public_key).value();
  EXPECT_EQ(verified.details_missing, 256U);
  EXPECT_EQ(verified.unexplained, (std::vector<MissingDetails>{{day("2025-06-01"), 56, 200}}));

  // A later erasure names those days, too; with nothing left of them it would not be on record.
  test.reopen();
  EXPECT_EQ(erase("2025-07-01"), 44U);
  verified = verify(test.folder(), test.key().public_key).value();
  EXPECT_EQ(verified.details_missing, 300U);
  EXPECT_EQ(verified.unexplained, std::vector<MissingDetails>{});
  EXPECT_EQ(verified.erased_before, day("2025-07-01"));
}

TEST(VerifyDetails, AnErasureExplainsNothingThatCameLater) {
  TestLog test;
  ASSERT_TRUE(test.log().record(event("{}", "2025-01-01")));
  const auto receipt = test.machine_receipt(MachineVerb::drop);
  EXPECT_EQ(test.log().erase_details(receipt, day("2025-02-01")), 1U);
  // A record of an old day that came after the erasure, and whose details are taken away.
  for (int i = 0; i < 300; ++i) ASSERT_TRUE(test.log().record(event("{}", "2025-01-01")));
  test.close();
  fs::remove(test.folder() / "details/000");
  const auto verified = verify(test.folder(), test.key().public_key).value();
  // The first was explained; the receipt and the erasure are of the clock's own day.
  EXPECT_EQ(verified.unexplained,
            (std::vector<MissingDetails>{{day("2025-01-01"), 253, 3}, {day("2026-03-29"), 2, 1}}));
}

TEST(VerifyDetails, WhoHasThePublicHalfOnlyMissesEverything) {
  TestLog test;
  fill(test.log(), 300);
  test.close();
  fs::remove_all(test.folder() / "details");
  fs::remove_all(test.folder() / "pending");
  const auto verified = verify(test.folder(), test.key().public_key).value();
  EXPECT_EQ(verified.details_missing, 300U);
  EXPECT_EQ(verified.unexplained, (std::vector<MissingDetails>{{day("2026-03-29"), 300, 0}}));
}

TEST(Erasure, IsReadFromThePublicPartAlone) {
  const auto shown = erasure_of_details(day("2025-02-01"), day("2026-03-29"));
  EXPECT_EQ(shown.outcome, "before_2025_02_01");
  EXPECT_EQ(erased_before(shown), day("2025-02-01"));
  for (const auto* outcome : {"before_2025_02_30", "before_", "2025_02_01", "done",
                              "before_2025_02_01_", "before_20250201"}) {
    auto other = shown;
    other.outcome = outcome;
    EXPECT_EQ(erased_before(other), std::nullopt) << outcome;
  }
  auto other = shown;
  other.operation = Operation::machine;
  EXPECT_EQ(erased_before(other), std::nullopt);
  other = shown;
  other.act = "drop";
  EXPECT_EQ(erased_before(other), std::nullopt);
}

// A log is told in pieces on many threads: together they must say what one telling says.
RC_GTEST_PROP(MissingAccount, OfPiecesIsThatOfTheWhole, ()) {
  struct Step {
    bool is_erasure;
    base::UtcDay day;
  };
  const auto steps = *rc::gen::container<std::vector<Step>>(
      rc::gen::map(rc::gen::pair(rc::gen::inRange(0, 4), rc::gen::inRange(0, 6)), [](auto pair) {
        return Step{pair.first == 0, base::UtcDay{std::chrono::days{20'000 + pair.second}}};
      }));
  const auto told = [&](std::size_t first, std::size_t end) {
    MissingAccount account;
    for (auto at = first; at < end; ++at) {
      if (steps[at].is_erasure) {
        account.erased(steps[at].day);
      } else {
        account.missing(at, steps[at].day);
      }
    }
    return account;
  };
  const auto whole = told(0, steps.size());
  const auto first = *rc::gen::inRange<std::size_t>(0, steps.size() + 1);
  const auto second = *rc::gen::inRange<std::size_t>(first, steps.size() + 1);
  auto pieces = told(0, first);
  pieces.append(told(first, second));
  pieces.append(told(second, steps.size()));
  RC_CLASSIFY(!whole.unexplained().empty() && whole.erased_before(), "explains some");
  RC_ASSERT(pieces.count() == whole.count());
  RC_ASSERT(pieces.unexplained() == whole.unexplained());
  RC_ASSERT(pieces.erased_before() == whole.erased_before());
}

}  // namespace
}  // namespace regmark::audit
