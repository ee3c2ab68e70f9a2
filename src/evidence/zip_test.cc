#include "evidence/zip.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/files.h"
#include "base/files_testing.h"

namespace regmark::evidence {
namespace {

std::vector<File> some() {
  return {
      {"read.me", "Some words.\n"}, {"pictures/a-1.jpg", std::string(1'000, '\xFF')}, {"e", ""}};
}

std::string outcome(const Result<std::string>& zip) {
  return zip ? "ok" : std::string(name(zip.error().code));
}

TEST(Zip, ReadsWhatItWrites) {
  EXPECT_EQ(read_zip(write_zip(some()).value()).value(), some());
  EXPECT_EQ(read_zip(write_zip({}).value()).value(), std::vector<File>{});
}

TEST(Zip, IsOneForOthersToo) {
  const base::TestFolder folder;
  const auto path = folder.path() / "some.zip";
  std::ofstream(path, std::ios::binary) << write_zip(some()).value();
  const auto command = "unzip -qq " + path.string() + " -d " + folder.path().string();
  ASSERT_EQ(std::system(command.c_str()), 0);
  for (const auto& file : some()) {
    const auto bytes = base::read_file(folder.path() / file.name, 10'000).value();
    EXPECT_EQ(base::as_text(bytes), file.bytes);
  }
}

TEST(Zip, TakesNoOtherBytes) {
  const auto zip = write_zip(some()).value();
  for (std::size_t at = 0; at < zip.size(); ++at) {
    auto changed = zip;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const auto read = read_zip(changed);
    EXPECT_TRUE(!read && read.error().code == ErrorCode::corrupt) << at;
    EXPECT_FALSE(read_zip(zip.substr(0, at))) << at;
  }
  EXPECT_FALSE(read_zip(zip + "x"));
  EXPECT_FALSE(read_zip("x" + zip));
}

TEST(Zip, WantsPlainNames) {
  for (const auto* bad : {"", "/etc", "a/", "../a", "a/../b", "a//b", "a\\b", "a b", "\xC3\xA9"}) {
    EXPECT_EQ(outcome(write_zip({{bad, "x"}})), "invalid_input") << bad;
  }
  EXPECT_EQ(outcome(write_zip({{std::string(101, 'a'), "x"}})), "invalid_input");
  EXPECT_EQ(outcome(write_zip({{std::string(100, 'a'), "x"}})), "ok");
  EXPECT_EQ(outcome(write_zip({{"a", "x"}, {"a", "y"}})), "invalid_input");
  EXPECT_EQ(outcome(write_zip(std::vector<File>(zip_files_max + 1))), "limit_exceeded");
}

}  // namespace
}  // namespace regmark::evidence
