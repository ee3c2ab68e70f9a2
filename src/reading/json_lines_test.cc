#include "reading/json_lines.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace regmark::reading {
namespace {

Line a_line() {
  Line line;
  line.source = "van.jpg";
  line.at = base::parse_utc("2026-11-22T02:40:04.123Z").value();
  line.reading = {"AB12CDE", "AB12CDE", 0.97312F, {{"AB12CDF", 0.0121F}}, {0.99999F, 0.5F}};
  line.country = "GB";
  line.corners = {{{1.04F, 2}, {3, 4}, {5, 6}, {7, 8}}};
  line.track = 3;
  return line;
}

TEST(JsonLine, IsOneObjectOnOneLine) {
  EXPECT_EQ(json_line(a_line()),
            R"({"source":"van.jpg","at":"2026-11-22T02:40:04.123Z","plate":"AB12CDE",)"
            R"("score":0.9731,"alternatives":[{"plate":"AB12CDF","score":0.0121}],)"
            R"("character_scores":[1.0,0.5],"country":"GB",)"
            R"("corners":[[1.0,2.0],[3.0,4.0],[5.0,6.0],[7.0,8.0]],"track":3,"phase":"final",)"
            R"("direction":null})");
}

TEST(JsonLine, HasNullForAnUnknownCountry) {
  auto line = a_line();
  line.country = "";
  line.phase = plate::Phase::provisional;
  const auto json = nlohmann::json::parse(json_line(line));
  EXPECT_TRUE(json["country"].is_null());
  EXPECT_EQ(json["phase"], "provisional");
}

TEST(JsonLine, SaysWhereAVehicleGoes) {
  auto line = a_line();
  line.direction = plate::Direction::receding;
  EXPECT_EQ(nlohmann::json::parse(json_line(line))["direction"], "receding");
}

TEST(JsonLine, BearsAnyNameOfAFile) {
  for (const std::string source : {"a\"b\\c\n.jpg", "\xFF\xFE.jpg", "caf\xC3\xA9.jpg", ""}) {
    auto line = a_line();
    line.source = source;
    const auto text = json_line(line);
    EXPECT_EQ(text.find('\n'), std::string::npos);
    EXPECT_TRUE(nlohmann::json::accept(text)) << text;
  }
}

TEST(TextLine, ShowsDoubt) {
  EXPECT_EQ(text_line(a_line()), "AB12CDE    0.97  AB12CDF 0.01?  van.jpg");
}

}  // namespace
}  // namespace regmark::reading
