#include "reading/json_lines.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "plate/read_words.h"

namespace regmark::reading {
namespace {

using Json = nlohmann::ordered_json;

// More digits than anyone can mean; without this a float prints as 0.9731000065803528.
double rounded(float value, double unit) {
  return std::round(static_cast<double>(value) * unit) / unit;
}
double score(float value) {
  return rounded(value, 10'000);
}

}  // namespace

std::string json_line(const Line& line) {
  Json json;
  json["source"] = line.source;
  json["at"] = base::format_utc(line.at);
  json["plate"] = line.reading.text;
  json["score"] = score(line.reading.score);
  json["alternatives"] = Json::array();
  for (const auto& other : line.reading.alternatives) {
    json["alternatives"].push_back({{"plate", other.text}, {"score", score(other.score)}});
  }
  json["character_scores"] = Json::array();
  for (const float one : line.reading.character_scores) {
    json["character_scores"].push_back(score(one));
  }
  json["country"] = line.country.empty() ? Json(nullptr) : Json(line.country);
  json["corners"] = Json::array();
  for (const auto& corner : line.corners) {
    json["corners"].push_back(Json::array({rounded(corner.x, 10), rounded(corner.y, 10)}));
  }
  json["track"] = line.track;
  json["phase"] = base::word(plate::phase_words, line.phase);
  const bool is_known = line.direction != plate::Direction::unknown;
  json["direction"] =
      is_known ? Json(base::word(plate::direction_words, line.direction)) : Json(nullptr);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string text_line(const Line& line) {
  std::string text = fmt::format("{:<10} {:.2f}", line.reading.text, line.reading.score);
  for (const auto& other : line.reading.alternatives) {
    if (other.score < 0.01F) continue;
    text += fmt::format("  {} {:.2f}?", other.text, other.score);
  }
  text += fmt::format("  {}", line.source);
  if (line.phase == plate::Phase::provisional) text += "  (provisional)";
  return text;
}

}  // namespace regmark::reading
