#include "audit/log.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <thread>

#include "audit/checkpoint.h"
#include "audit/folder_testing.h"
#include "audit/proof.h"
#include "audit/verify.h"
#include "base/files.h"

namespace regmark::audit {
namespace {

namespace fs = std::filesystem;
using access::Act;

TEST(AuditLog, NumbersRecordsAndReadsThemBack) {
  TestLog test;
  const auto search = test.receipt_for(Act::search_sightings, {.plate = "AB12*"});
  EXPECT_EQ(search.number(), 0U);
  EXPECT_EQ(test.log().record(search, {.result = "done", .rows = 7}), 1U);
  const access::Request refused{.person = access::test_person("person-9", {}),
                                .act = Act::search_sightings,
                                .purpose = {},
                                .scope = {},
                                .now = test.clock.now()};
  EXPECT_EQ(test.log().record(refused, {.reasons = {"no reason given"}, .rules = {}}), 2U);
  EXPECT_EQ(test.machine_receipt(MachineVerb::drop).number(), 3U);
  EXPECT_EQ(test.log().record(event()), 4U);

  const auto auditor = test.receipt_for(Act::read_audit);
  const auto entries = test.log().read(auditor, 0, 100).value();
  ASSERT_EQ(entries.size(), 6U);
  EXPECT_EQ(entries[0].shown.operation, Operation::consultation);
  EXPECT_EQ(entries[0].shown.act, "search_sightings");
  EXPECT_EQ(entries[0].shown.role, "investigator");
  EXPECT_EQ(entries[0].at, test.clock.now());
  EXPECT_NE(entries[0].details.find("\"plate\":\"AB12*\""), std::string::npos);
  EXPECT_NE(entries[0].details.find("near a robbery"), std::string::npos);
  EXPECT_EQ(entries[1].shown.operation, Operation::outcome);
  EXPECT_EQ(entries[1].details, R"({"receipt":0,"rows":7})");
  EXPECT_EQ(entries[2].shown.operation, Operation::refusal);
  EXPECT_EQ(entries[2].shown.outcome, "refused");
  EXPECT_EQ(entries[2].shown.role, "nobody");
  EXPECT_NE(entries[2].details.find("no reason given"), std::string::npos);
  EXPECT_EQ(entries[3].shown.operation, Operation::erasure);
  EXPECT_EQ(entries[5].number, 5U);
}

TEST(AuditLog, ShowsNobodyWhoAskedForWhat) {
  TestLog test;
  test.receipt_for(Act::search_sightings, {.plate = "AB12CDE"}, "person-anna");
  test.close();
  std::string shown;
  for (const auto& [path, bytes] : read_all(test.folder())) {
    const bool is_secret = path.string().find("/details/") != std::string::npos ||
                           path.string().find("/pending/") != std::string::npos;
    if (!is_secret) shown += base::as_text(bytes);
  }
  EXPECT_NE(shown.find("search_sightings"), std::string::npos);
  for (const auto* secret : {"AB12CDE", "anna", "robbery", "4711", "CR/26"}) {
    EXPECT_EQ(shown.find(secret), std::string::npos) << secret;
  }
}

TEST(AuditLog, IsTheSameAfterItIsOpenedAgain) {
  for (const std::size_t count : {0U, 1U, 255U, 256U, 257U, 512U, 600U}) {
    SCOPED_TRACE(count);
    TestLog test;
    fill(test.log(), count);
    const auto before = test.log().checkpoint();
    EXPECT_EQ(complaint(test), "");
    test.reopen();
    EXPECT_EQ(test.log().size(), count);
    EXPECT_EQ(test.log().checkpoint(), before);
    const auto verified = verify(test.folder(), test.key().public_key);
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->size, count);
    EXPECT_EQ(verified->details_missing, 0U);
    EXPECT_EQ(open_checkpoint(before, test.key().public_key)->root, verified->root);
    fill(test.log(), 3);
    EXPECT_EQ(complaint(test), "");
  }
}

TEST(AuditLog, ReadsAnyPieceAcrossBundles) {
  TestLog test;
  fill(test.log(), 700);
  const auto auditor = test.receipt_for(Act::read_audit);
  for (const std::uint64_t first : {0U, 200U, 256U, 511U, 640U, 699U}) {
    const auto entries = test.log().read(auditor, first, 100).value();
    EXPECT_EQ(entries.size(), std::min<std::size_t>(100, 701 - first));
    for (std::size_t i = 0; i < entries.size() && first + i < 700; ++i) {
      EXPECT_EQ(entries[i].number, first + i);
      EXPECT_EQ(entries[i].details, "{\"i\":" + std::to_string(first + i) + "}");
    }
  }
  EXPECT_EQ(test.log().read(auditor, 701, 1)->size(), 0U);
  EXPECT_EQ(test.log().read(auditor, ~std::uint64_t{0}, 1'000)->size(), 0U);
  fill(test.log(), 400);
  EXPECT_EQ(test.log().read(auditor, 0, 1'100)->size(), entries_max);
}

TEST(AuditLog, ShowsItsDetailsOnlyForAFreshReceiptToReadIt) {
  TestLog test;
  const auto auditor = test.receipt_for(Act::read_audit);
  const auto other = test.receipt_for(Act::read_policy);
  EXPECT_EQ(test.log().read(other, 0, 1).error().code, ErrorCode::invalid_input);
  test.clock.advance(std::chrono::minutes(10) - std::chrono::microseconds(1));
  EXPECT_TRUE(test.log().read(auditor, 0, 1));
  test.clock.advance(std::chrono::microseconds(1));
  EXPECT_EQ(test.log().read(auditor, 0, 1).error().code, ErrorCode::invalid_input);
}

TEST(AuditLog, ChecksWhatItIsGiven) {
  TestLog test;
  const auto size = test.log().size();
  EXPECT_TRUE(test.log().record(event(std::string(event_size_max - 8, 'x'))));
  EXPECT_EQ(test.log().record(event(std::string(event_size_max, 'x'))).error().code,
            ErrorCode::limit_exceeded);
  auto bad = event();
  bad.shown.act = "AB12 CDE";
  EXPECT_EQ(test.log().record(bad).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(test.log().size(), size + 1);
  EXPECT_EQ(complaint(test), "");
}

TEST(AuditLog, RecordsTheLargestPermitAndAnyRefusal) {
  TestLog test;
  access::Scope scope{.plate = std::string(64, '*'), .subject = std::string(128, '"')};
  for (int i = 0; i < 1'000; ++i) {
    const auto id = std::string(60, 'x') + std::to_string(1'000 + i);
    scope.cameras.push_back(base::CameraId::parse(id).value());
    scope.lists.push_back(base::ListId::parse(id).value());
  }
  EXPECT_TRUE(test.log().record(test.permit_for(Act::search_sightings, scope)));
  access::Request request{.person = access::test_person("person-1", {}),
                          .act = Act::search_sightings,
                          .purpose = {.category = "\xff\xfe", .reason = std::string(5'000'000, 1)},
                          .scope = scope,
                          .now = test.clock.now()};
  for (int i = 0; i < 10; ++i) {
    request.scope.cameras.insert(request.scope.cameras.end(), scope.cameras.begin(),
                                 scope.cameras.end());
  }
  const access::Refusal refusal{.reasons = std::vector<std::string>(10'000, std::string(256, '\\')),
                                .rules = {}};
  EXPECT_TRUE(test.log().record(request, refusal));
  const auto auditor = test.receipt_for(Act::read_audit);
  const auto entries = test.log().read(auditor, 1, 1).value();
  EXPECT_NE(entries[0].details.find("\"cameras_left_out\":10000"), std::string::npos);
  EXPECT_EQ(complaint(test), "");
}

TEST(AuditLog, RecordsOfManyThreadsAreAllThereOnce) {
  TestLog test;
  constexpr int threads = 8;
  constexpr int each = 100;
  std::vector<std::vector<std::uint64_t>> numbers(threads);
  {
    std::vector<std::jthread> writers;
    for (int t = 0; t < threads; ++t) {
      writers.emplace_back([&, t] {
        for (int i = 0; i < each; ++i) {
          const auto text = std::to_string(t) + "," + std::to_string(i);
          numbers[static_cast<std::size_t>(t)].push_back(
              test.log().record(event("[" + text + "]")).value());
        }
      });
    }
  }
  const auto auditor = test.receipt_for(Act::read_audit);
  const auto entries = test.log().read(auditor, 0, 1'000).value();
  ASSERT_EQ(entries.size(), std::size_t{threads} * each + 1);
  for (std::size_t t = 0; t < threads; ++t) {
    EXPECT_TRUE(std::ranges::is_sorted(numbers[t]));
    for (std::size_t i = 0; i < each; ++i) {
      EXPECT_EQ(entries[numbers[t][i]].details,
                "[" + std::to_string(t) + "," + std::to_string(i) + "]");
    }
  }
  EXPECT_EQ(complaint(test), "");
}

TEST(AuditLog, CanBeVerifiedAndReadWhileItGrows) {
  TestLog test;
  const auto auditor = test.receipt_for(Act::read_audit);
  std::atomic<bool> is_done{false};
  std::jthread writer([&] {
    fill(test.log(), 1'500);
    is_done = true;
  });
  int checks = 0;
  while (!is_done) {
    EXPECT_EQ(complaint(test), "");
    const auto size = test.log().size();
    const auto first = size < 5 ? 0 : size - 5;
    const auto entries = test.log().read(auditor, first, 5);
    ASSERT_TRUE(entries) << entries.error().message;
    EXPECT_GE(entries->size(), std::min<std::size_t>(size, 5));
    ++checks;
  }
  EXPECT_GT(checks, 0);
}

TEST(AuditLog, IsOpenedOnceAndByItsOwnKeyAndName) {
  TestLog test;
  fill(test.log(), 3);
  const auto open = [&](const base::SigningKey& key, const std::string& origin) {
    return Log::open(test.folder(), key, origin, test.clock).error().code;
  };
  EXPECT_EQ(open(test.key(), std::string(test_origin)), ErrorCode::conflict);
  test.close();
  EXPECT_EQ(open(base::signing_key_from_seed({7}), std::string(test_origin)), ErrorCode::corrupt);
  EXPECT_EQ(open(test.key(), "another.example/log"), ErrorCode::corrupt);
  EXPECT_EQ(open(test.key(), "no origin"), ErrorCode::invalid_input);
  test.reopen();
  EXPECT_EQ(test.log().size(), 3U);
  EXPECT_EQ(verify(test.folder(), base::signing_key_from_seed({7}).public_key).error().code,
            ErrorCode::corrupt);
  EXPECT_EQ(verify(test.folder() / "none", test.key().public_key).error().code,
            ErrorCode::not_found);
}

TEST(AuditLog, ProvesEachOfItsRecordsToAStranger) {
  TestLog test;
  fill(test.log(), 600);
  test.close();
  const auto checkpoint = base::read_file(test.folder() / "checkpoint", file_size_max).value();
  const auto tree = open_checkpoint(base::as_text(checkpoint), test.key().public_key).value();
  for (const std::uint64_t number : {0U, 255U, 256U, 511U, 512U, 599U}) {
    const auto bundle = base::read_file(test.folder() / "tile/entries" /
                                            (number < 256   ? "000"
                                             : number < 512 ? "001"
                                                            : "002.p/88"),
                                        file_size_max);
    std::span<const std::uint8_t> entry = bundle.value();
    for (auto skip = number % 256; skip > 0; --skip) {
      entry = entry.subspan(2 + std::size_t{entry[0]} * 256 + entry[1]);
    }
    entry = entry.subspan(2, std::size_t{entry[0]} * 256 + entry[1]);
    const auto path = inclusion_proof(test.folder(), number, tree.size).value();
    EXPECT_TRUE(proves_inclusion(leaf_hash(entry), number, tree.size, path, tree.root)) << number;
  }
  EXPECT_EQ(inclusion_proof(test.folder(), 600, 600).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(inclusion_proof(test.folder(), 0, 900).error().code, ErrorCode::corrupt);
}

// --- Erasing -------------------------------------------------------------------------------------

TEST(AuditLog, ErasesDetailsAndKeepsTheTree) {
  TestLog test;
  for (int i = 0; i < 300; ++i) ASSERT_TRUE(test.log().record(event("{\"old\":1}", "2025-01-01")));
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(test.log().record(event("{\"new\":1}", "2026-03-01")));
  const auto root = verify(test.folder(), test.key().public_key)->root;
  const auto drop = test.machine_receipt(MachineVerb::drop);
  const auto before = base::parse_day("2026-01-01").value();
  EXPECT_EQ(test.log().erase_details(test.machine_receipt(MachineVerb::seal), before).error().code,
            ErrorCode::invalid_input);
  const auto size = test.log().size();
  EXPECT_EQ(test.log().erase_details(drop, before), 300U);
  EXPECT_EQ(test.log().erase_details(drop, before), 0U);  // and says nothing
  auto verified = verify(test.folder(), test.key().public_key);
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_EQ(verified->details_missing, 300U);
  EXPECT_EQ(verified->size, size + 1);  // the erasure itself is on record
  EXPECT_EQ(verified->unexplained, std::vector<MissingDetails>{});
  EXPECT_EQ(verified->erased_before, before);
  EXPECT_NE(verified->root, root);  // three more records, and otherwise the same

  for (int round = 0; round < 2; ++round) {
    const auto auditor = test.receipt_for(Act::read_audit);
    const auto entries = test.log().read(auditor, 250, 71).value();
    EXPECT_EQ(entries[0].details, "");
    EXPECT_EQ(entries[0].at, base::UtcTime{base::parse_day("2025-01-01").value()});
    EXPECT_EQ(entries[49].details, "");
    EXPECT_EQ(entries[50].details, "{\"new\":1}");
    fill(test.log(), 250);  // over the end of the bundle, with what was erased in it
    EXPECT_EQ(complaint(test), "");
    test.reopen();
  }
  test.close();
  for (const auto& [path, bytes] : read_all(test.folder())) {
    EXPECT_EQ(base::as_text(bytes).find("\"old\""), std::string_view::npos) << path;
  }
}

// --- Disks that are full -------------------------------------------------------------------------

// Lets no file grow past a size, as a full disk would.
class SmallFiles {
 public:
  explicit SmallFiles(std::uintmax_t size) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{size, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;
  ~SmallFiles() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST(AuditLog, AFullDiskRecordsNothingAndHarmsNothing) {
  TestLog test;
  fill(test.log(), 10);
  const auto before = test.log().checkpoint();
  for (const std::uintmax_t room : {0U, 1U, 60U, 150U}) {
    SCOPED_TRACE(room);
    const SmallFiles small(fs::file_size(test.folder() / "pending/000") + room);
    EXPECT_EQ(test.log().record(event()).error().code, ErrorCode::unavailable);
    EXPECT_EQ(test.log().checkpoint(), before);
    EXPECT_EQ(complaint(test), "");
  }
  fill(test.log(), 1);
  EXPECT_EQ(test.log().size(), 11U);
  test.reopen();
  EXPECT_EQ(test.log().size(), 11U);
  EXPECT_EQ(complaint(test), "");
}

// A file that cannot be written after the journal was: the group is taken back.
TEST(AuditLog, WhatCannotBePublishedIsNotRecorded) {
  for (const std::string blocked :
       {"checkpoint.new", "tile/0/000.p/11", "tile/entries/000.p/11", "tile/1/000.p/1",
        "tile/0/000", "tile/entries/000", "details/000"}) {
    SCOPED_TRACE(blocked);
    TestLog test;
    const bool is_at_end = !blocked.ends_with("11") && !blocked.ends_with("new");
    fill(test.log(), is_at_end ? 255 : 10);
    const auto before = test.log().checkpoint();
    // A folder that is not empty stands in the way of the file, and of its removal.
    fs::create_directories(test.folder() / blocked / "x");
    EXPECT_EQ(test.log().record(event()).error().code, ErrorCode::unavailable);
    EXPECT_EQ(test.log().checkpoint(), before);
    EXPECT_EQ(complaint(test), "");
    fs::remove_all(test.folder() / blocked);
    fill(test.log(), 2);
    EXPECT_EQ(test.log().size(), is_at_end ? 257U : 12U);
    EXPECT_EQ(complaint(test), "");
    test.reopen();
    EXPECT_EQ(complaint(test), "");
  }
}

}  // namespace
}  // namespace regmark::audit
