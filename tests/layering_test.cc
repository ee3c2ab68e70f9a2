// A folder may include only folders of a lower floor: ARCHITECTURE.md says on which each stands.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>

namespace regmark {
namespace {

// The table of ARCHITECTURE.md: | floor | `folder` | what lives there |
std::map<std::string, int> floors_of_the_page() {
  std::ifstream page(REGMARK_SOURCE_DIR "/ARCHITECTURE.md");
  const std::regex row(R"re(^\| ([0-9]) \| `([a-z_]+)` \|)re");
  std::map<std::string, int> floors;
  for (std::string line; std::getline(page, line);) {
    std::smatch match;
    if (std::regex_search(line, match, row)) floors[match[2]] = std::stoi(match[1]);
  }
  return floors;
}

TEST(Layering, EveryIncludePointsDownwards) {
  const std::filesystem::path src = REGMARK_SOURCE_DIR "/src";
  const auto floors = floors_of_the_page();
  const std::regex include(R"re(^#include "([a-z_]+)/)re");
  int includes_seen = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(src)) {
    if (file.path().extension() != ".h" && file.path().extension() != ".cc") continue;
    const std::string from = file.path().lexically_relative(src).begin()->string();
    ASSERT_TRUE(floors.contains(from))
        << from << ": give the new folder a floor in ARCHITECTURE.md";
    std::ifstream in(file.path());
    int number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      std::smatch match;
      if (!std::regex_search(line, match, include)) continue;
      ++includes_seen;
      const std::string to = match[1];
      EXPECT_TRUE(to == from || floors.at(to) < floors.at(from))
          << file.path().string() << ":" << number << ": " << from << " may not know " << to;
    }
  }
  EXPECT_GT(includes_seen, 0);  // a check that read nothing must not pass
}

}  // namespace
}  // namespace regmark
