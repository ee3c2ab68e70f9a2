// A folder may include only folders of a lower floor. See ARCHITECTURE.md, "Who may know whom".
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>

namespace regmark {
namespace {

const std::map<std::string, int> floors = {
    {"base", 0},   {"plate", 1},    {"access", 1},     {"records", 1},   {"documents", 1},
    {"people", 2}, {"audit", 2},    {"assessment", 2}, {"authority", 3}, {"holds", 3},
    {"estate", 3}, {"planning", 4}, {"reading", 4},    {"watchlist", 4}, {"sightings", 4},
    {"alerts", 5}, {"drift", 5},    {"evidence", 5},   {"oversight", 5}, {"disclosure", 5},
    {"intake", 6}, {"relay", 6},    {"desk", 6},       {"api", 7},       {"cli", 7},
    {"server", 8},
};

TEST(Layering, EveryIncludePointsDownwards) {
  const std::filesystem::path src = REGMARK_SOURCE_DIR "/src";
  const std::regex include(R"re(^#include "([a-z_]+)/)re");
  int includes_seen = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(src)) {
    if (file.path().extension() != ".h" && file.path().extension() != ".cc") continue;
    const std::string from = file.path().lexically_relative(src).begin()->string();
    ASSERT_TRUE(floors.contains(from)) << from << ": give the new folder a floor";
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
