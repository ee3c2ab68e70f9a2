// docs/estate.md answers for every numbered paragraph of the guidance, and every test that it names
// is there.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace regmark {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

const std::string page = text_of(REGMARK_SOURCE_DIR "/docs/estate.md");

TEST(EstatePage, HasARowForEachParagraph) {
  std::set<std::string> wanted{"2.1.1", "2.1.2", "2.2.1", "2.3.1", "2.4.1", "2.5.1",
                               "2.5.2", "3.1",   "3.2",   "5.1",   "5.2",   "5.3a",
                               "5.4a",  "5.3b",  "5.4b",  "6.1",   "6.2",   "Appendix A"};
  for (const auto& [section, last] : std::map<int, int>{{1, 13}, {4, 3}, {7, 9}}) {
    for (int number = 1; number <= last; ++number) {
      wanted.insert(std::to_string(section) + "." + std::to_string(number));
    }
  }
  std::multiset<std::string> rows;
  const std::regex row(R"re(\n\| ([0-9][0-9a-b.]*|Appendix A) \|)re");
  for (std::sregex_iterator at(page.begin(), page.end(), row), end; at != end; ++at) {
    rows.insert((*at)[1]);
  }
  EXPECT_EQ(rows, (std::multiset<std::string>(wanted.begin(), wanted.end())));
}

TEST(EstatePage, NamesTestsThatAreThere) {
  std::set<std::string> there;
  const std::regex test(R"re((?:TEST|TEST_F|TEST_P|RC_GTEST_PROP)\((\w+),\s*(\w+))re");
  for (const auto* folder : {"/src", "/tests"}) {
    for (const auto& file :
         std::filesystem::recursive_directory_iterator(REGMARK_SOURCE_DIR + std::string(folder))) {
      if (file.path().extension() != ".cc") continue;
      const auto text = text_of(file.path());
      for (std::sregex_iterator at(text.begin(), text.end(), test), end; at != end; ++at) {
        there.insert((*at)[1].str() + "." + (*at)[2].str());
      }
    }
  }
  int named = 0;
  const std::regex name(R"re(`([A-Z]\w+\.[A-Z]\w+)`)re");
  for (std::sregex_iterator at(page.begin(), page.end(), name), end; at != end; ++at) {
    EXPECT_TRUE(there.contains((*at)[1])) << (*at)[1] << " is no test";
    ++named;
  }
  EXPECT_GT(named, 40);
}

}  // namespace
}  // namespace regmark
