#include "backup/blob.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "base/files_testing.h"

namespace regmark::backup {
namespace {

constexpr std::size_t piece = std::size_t{1} << 20U;

class Blob : public ::testing::Test {
 protected:
  base::Bytes noise(std::size_t size) {
    base::Bytes bytes(size);
    base::fill_random(bytes);
    return bytes;
  }
  // Seals these bytes anew.
  Result<void> write(const base::Bytes& bytes) {
    std::filesystem::remove(blob());
    REGMARK_TRY(base::write_file(file(), bytes));
    return write_blob(file(), bytes.size(), blob(), key_);
  }
  Result<base::Bytes> read(const base::Key& key) {
    base::Bytes all;
    REGMARK_ASSIGN(const auto size, read_blob(blob(), key, [&](auto part) -> Result<void> {
                     all.insert(all.end(), part.begin(), part.end());
                     return {};
                   }));
    EXPECT_EQ(size, all.size());
    return all;
  }
  std::filesystem::path file() const { return folder_.path() / "file"; }
  std::filesystem::path blob() const { return folder_.path() / "blob"; }
  base::Bytes sealed() const { return base::read_file(blob(), 8 * piece).value(); }

  base::TestFolder folder_;
  const base::Key key_ = base::random_bytes<32>();
};

TEST_F(Blob, GivesBackEverySize) {
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, piece - 1, piece, piece + 1, 2 * piece, 3 * piece + 7}) {
    SCOPED_TRACE(size);
    const auto bytes = noise(size);
    ASSERT_TRUE(write(bytes));
    EXPECT_EQ(read(key_).value(), bytes);
    EXPECT_EQ(std::filesystem::file_size(blob()), blob_size(size));
  }
}

TEST_F(Blob, TellsWhatWasChangedCutOrSwapped) {
  ASSERT_TRUE(write(noise(2 * piece + 100)));
  const auto whole = sealed();
  const auto sealed_piece = piece + base::seal_overhead;
  const auto expect_corrupt = [&](const base::Bytes& bytes) {
    ASSERT_TRUE(base::write_file(blob(), bytes));
    EXPECT_EQ(read(key_).error().code, ErrorCode::corrupt);
  };
  for (const std::size_t at : {std::size_t{0}, sealed_piece, whole.size() - 1}) {
    SCOPED_TRACE(at);
    auto changed = whole;
    changed[at] ^= 1;
    expect_corrupt(changed);
  }
  // Cut at the end of a piece, which is whole in itself; and anywhere else.
  for (const std::size_t size :
       {std::size_t{0}, sealed_piece, 2 * sealed_piece, whole.size() - 1}) {
    SCOPED_TRACE(size);
    expect_corrupt({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
  }
  auto swapped = whole;
  std::swap_ranges(swapped.begin(), swapped.begin() + static_cast<std::ptrdiff_t>(sealed_piece),
                   swapped.begin() + static_cast<std::ptrdiff_t>(sealed_piece));
  expect_corrupt(swapped);
  auto longer = whole;
  longer.push_back(0);
  expect_corrupt(longer);
  std::filesystem::remove(blob());
  EXPECT_EQ(read(key_).error().code, ErrorCode::corrupt);
}

TEST_F(Blob, OpensWithItsOwnKeyOnly) {
  ASSERT_TRUE(write(noise(10)));
  EXPECT_EQ(read(base::random_bytes<32>()).error().code, ErrorCode::corrupt);
}

// What is added to a file while it is sealed is not of this backup.
TEST_F(Blob, TakesNoMoreThanItWasTold) {
  ASSERT_TRUE(base::write_file(file(), noise(piece + 50)));
  ASSERT_TRUE(write_blob(file(), piece + 10, blob(), key_));
  EXPECT_EQ(read(key_)->size(), piece + 10);
  std::filesystem::remove(blob());
  EXPECT_EQ(write_blob(file(), piece + 51, blob(), key_).error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace regmark::backup
