#include "base/files.h"

#include <gtest/gtest.h>

#include "base/files_testing.h"

namespace regmark::base {
namespace {

class Files : public testing::Test {
 protected:
  const TestFolder own_;
  const std::filesystem::path& folder_ = own_.path();
};

TEST_F(Files, ReadsBackWhatItWrote) {
  ASSERT_TRUE(write_file(folder_ / "a", as_bytes("one")));
  ASSERT_TRUE(write_file(folder_ / "a", as_bytes("two")));
  EXPECT_EQ(as_text(read_file(folder_ / "a", 3).value()), "two");
  EXPECT_EQ(std::filesystem::status(folder_ / "a").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Files, SaysWhyItCannotRead) {
  EXPECT_EQ(read_file(folder_ / "none", 10).error().code, ErrorCode::not_found);
  ASSERT_TRUE(write_file(folder_ / "a", as_bytes("four")));
  EXPECT_EQ(read_file(folder_ / "a", 3).error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(read_file(folder_, 3).error().code, ErrorCode::unavailable);
}

TEST_F(Files, ALockIsHeldOnce) {
  {
    const auto first = FileLock::take(folder_ / "lock");
    ASSERT_TRUE(first);
    EXPECT_EQ(FileLock::take(folder_ / "lock").error().code, ErrorCode::conflict);
  }
  EXPECT_TRUE(FileLock::take(folder_ / "lock"));
}

}  // namespace
}  // namespace regmark::base
