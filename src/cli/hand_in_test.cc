#include "cli/hand_in.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace regmark::cli {
namespace {

using nlohmann::json;

json read_of(const reading::Line& line, const std::string& supersedes = "") {
  const reading::Frame frame{
      reading::Picture::create(8, 8).value(), line.at, plate::TimeSource::camera_setting, {}};
  const std::string event = "video-1";
  return json::parse(read_json({line, frame.at_by, event, supersedes, frame}));
}

TEST(ReadJson, SaysOfAPassingWhatIsKnown) {
  reading::Line line;
  line.at = base::parse_utc("2026-11-22T02:40:04.123Z").value();
  line.reading = {"AB12CDE", "AB12CDE", 0.5F, {{"AB12CDF", 0.25F}}, {}};
  line.country = "GB";
  line.direction = plate::Direction::approaching;
  const auto read = read_of(line, "video-1-provisional");
  EXPECT_EQ(read["plate"], "AB12CDE");
  EXPECT_EQ(read["alternatives"][0]["plate"], "AB12CDF");
  EXPECT_EQ(read["observed_by"], "camera_setting");
  EXPECT_EQ(read["country"], "GB");
  EXPECT_EQ(read["direction"], "approaching");
  EXPECT_EQ(read["phase"], "final");
  EXPECT_EQ(read["supersedes"], "video-1-provisional");
}

TEST(ReadJson, LeavesOutWhatIsNotKnown) {
  reading::Line line;
  line.reading.text = "AB12CDE";
  line.phase = plate::Phase::provisional;
  const auto read = read_of(line);
  EXPECT_EQ(read["phase"], "provisional");
  for (const char* name : {"country", "direction", "supersedes"}) {
    EXPECT_FALSE(read.contains(name)) << name;
  }
}

}  // namespace
}  // namespace regmark::cli
