#include "base/link_tree.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/files_testing.h"

namespace regmark::base {
namespace {

std::string text_in(const std::filesystem::path& path) {
  const auto bytes = read_file(path, 100);
  return bytes ? std::string(as_text(*bytes)) : std::string(name(bytes.error().code));
}

TEST(LinkTree, KeepsWhatIsReplacedAndUnlinked) {
  const TestFolder folder;
  const auto from = folder.path() / "from";
  const auto to = folder.path() / "to";
  ASSERT_TRUE(make_private_folder(from / "deep"));
  for (const char* file : {"one", "deep/two", "lock", "deep/half.new"}) {
    ASSERT_TRUE(write_file(from / file, as_bytes("first")));
  }
  ASSERT_TRUE(link_tree(from, to));
  ASSERT_TRUE(write_file(from / "one", as_bytes("second")));
  std::filesystem::remove(from / "deep/two");
  EXPECT_EQ(text_in(to / "one"), "first");
  EXPECT_EQ(text_in(to / "deep/two"), "first");
  EXPECT_EQ(text_in(to / "lock"), "not_found");
  EXPECT_EQ(text_in(to / "deep/half.new"), "not_found");
}

TEST(LinkTree, SaysThatAFileIsInTheWay) {
  const TestFolder folder;
  ASSERT_TRUE(make_private_folder(folder.path() / "from"));
  ASSERT_TRUE(write_file(folder.path() / "from/one", as_bytes("1")));
  ASSERT_TRUE(link_tree(folder.path() / "from", folder.path() / "to"));
  const auto again = link_tree(folder.path() / "from", folder.path() / "to");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace regmark::base
