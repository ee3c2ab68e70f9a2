// What somebody with a disk editor can do to a log's folder, and that it is seen.
#include <gtest/gtest.h>

#include <random>

#include "audit/cosignature.h"
#include "audit/cosigned.h"
#include "audit/folder_testing.h"
#include "audit/log.h"

namespace regmark::audit {
namespace {

namespace fs = std::filesystem;

TEST(AuditLogTampering, AnyChangedByteIsSeen) {
  TestLog test;
  fill(test.log(), 5);
  test.close();
  int tried = 0;
  for (const auto& [path, bytes] : read_all(test.folder())) {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      auto changed = bytes;
      changed[at] ^= 0x01U;
      ASSERT_TRUE(base::write_file(path, changed));
      EXPECT_NE(complaint(test), "") << path.filename() << " at " << at;
      ++tried;
    }
    ASSERT_TRUE(base::write_file(path, bytes));
  }
  EXPECT_GT(tried, 1'000);
  EXPECT_EQ(complaint(test), "");
}

TEST(AuditLogTampering, ChangedBytesOfALargeLogAreSeen) {
  TestLog test;
  fill(test.log(), 600);
  test.close();
  std::mt19937 random(20260329);
  for (const auto& [path, bytes] : read_all(test.folder())) {
    for (int tries = 0; tries < 25 && !bytes.empty(); ++tries) {
      const auto at = random() % bytes.size();
      auto changed = bytes;
      changed[at] = static_cast<std::uint8_t>(changed[at] + 1 + random() % 255);
      ASSERT_TRUE(base::write_file(path, changed));
      EXPECT_NE(complaint(test), "") << path << " at " << at;
    }
    ASSERT_TRUE(base::write_file(path, bytes));
  }
  EXPECT_EQ(complaint(test), "");
}

TEST(AuditLogTampering, AMissingFileAndADroppedTailAreSeen) {
  TestLog test;
  fill(test.log(), 300);
  test.close();
  const auto whole = read_all(test.folder());
  for (const auto& [path, bytes] : whole) {
    const auto name = path.lexically_relative(test.folder()).string();
    SCOPED_TRACE(name);
    fs::remove(path);
    const auto verified = verify(test.folder(), test.key().public_key);
    if (name.starts_with("details/")) {
      EXPECT_EQ(verified.value().details_missing, 256U);  // as if they were erased
    } else if (name.starts_with("pending/")) {
      EXPECT_EQ(verified.value().details_missing, 44U);  // the public half has none
    } else if (name != "lock") {
      EXPECT_FALSE(verified);
    }
    ASSERT_TRUE(base::write_file(path, bytes));
    // The same file without its last byte.
    if (bytes.empty()) continue;
    auto shorter = bytes;
    shorter.pop_back();
    ASSERT_TRUE(base::write_file(path, shorter));
    EXPECT_NE(complaint(test), "");
    ASSERT_TRUE(base::write_file(path, bytes));
  }
  EXPECT_EQ(complaint(test), "");
}

TEST(AuditLogTampering, OpeningRefusesAFolderThatLostRecords) {
  TestLog test;
  fill(test.log(), 300);
  test.close();
  const auto whole = read_all(test.folder());
  const auto outcome = [&] {
    const auto opened = Log::open(test.folder(), test.key(), std::string(test_origin), test.clock);
    return opened ? "ok" : name(opened.error().code);
  };
  for (const auto* lost : {"checkpoint", "pending/001", "tile/0/000"}) {
    fs::remove(test.folder() / lost);
    EXPECT_STREQ(outcome(), "corrupt") << lost;
    write_all(test.folder(), whole);
  }
  // A journal whose records are of another history.
  auto journal = whole.at(test.folder() / "pending/001");
  journal[60] ^= 1U;
  ASSERT_TRUE(base::write_file(test.folder() / "pending/001", journal));
  EXPECT_STREQ(outcome(), "corrupt");
  write_all(test.folder(), whole);
  EXPECT_STREQ(outcome(), "ok");
}

const base::SigningKey witness_key = base::signing_key_from_seed({7});
const VerifierKey witness{"witness.example", KeyKind::witness, witness_key.public_key};

// What a witness signed of the log as it is now, kept in the folder. Gives the file.
fs::path have_signed(const TestLog& test) {
  const auto bytes = base::read_file(test.folder() / "checkpoint", checkpoint_size_max).value();
  const std::string note(base::as_text(bytes));
  const auto text = note.substr(0, note.find("\n\n") + 1);
  EXPECT_TRUE(keep_cosigned(test.folder(), witness,
                            note + cosign(text, witness.name, witness_key, test.clock.now())));
  return test.folder() / cosigned_path(witness);
}

TEST(AuditLogTampering, AChangedByteOfWhatAWitnessSignedIsSeen) {
  TestLog test;
  fill(test.log(), 5);
  const auto file = have_signed(test);
  fill(test.log(), 3);
  test.close();
  EXPECT_EQ(complaint(test), "");
  const auto whole = base::read_file(file, checkpoint_size_max).value();
  const auto text = base::as_text(whole);
  // The last line is the witness's own, and only its key tells whether that holds.
  const auto own_line = text.rfind('\n', text.size() - 2) + 1;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    SCOPED_TRACE(at);
    auto changed = whole;
    changed[at] ^= 0x01U;
    ASSERT_TRUE(base::write_file(file, changed));
    if (at < own_line) {
      EXPECT_NE(complaint(test), "");
    }
    EXPECT_FALSE(read_cosigned(test.folder(), test.key().public_key, witness));
  }
  ASSERT_TRUE(base::write_file(file, whole));
  EXPECT_EQ(complaint(test), "");
  fs::rename(file, file.parent_path() / "00000000");  // another's name
  EXPECT_NE(complaint(test), "");
}

TEST(AuditLogTampering, AnOldFolderBesideWhatAWitnessSignedIsSeen) {
  TestLog test;
  fill(test.log(), 5);
  test.close();
  const auto old = read_all(test.folder());
  test.reopen();
  fill(test.log(), 4);
  test.close();
  const auto file = have_signed(test);
  EXPECT_EQ(complaint(test), "");
  const auto kept = base::read_file(file, checkpoint_size_max).value();
  write_all(test.folder(), old);
  EXPECT_EQ(complaint(test), "");  // nothing shows it by itself
  fs::create_directories(file.parent_path());
  ASSERT_TRUE(base::write_file(file, kept));
  EXPECT_NE(complaint(test).find("rolled back"), std::string::npos) << complaint(test);
}

}  // namespace
}  // namespace regmark::audit
