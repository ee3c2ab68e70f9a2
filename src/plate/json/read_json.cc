#include "plate/json/read_json.h"

#include <cmath>

#include "base/encoding.h"
#include "plate/read_words.h"

namespace regmark::plate {
namespace {

using Json = nlohmann::json;
using base::word;

// More are noise, and a float shown as a double has sixteen.
double rounded(float value) {
  return std::round(static_cast<double>(value) * 1e4) / 1e4;
}

Json json_of(const Claim& claim) {
  return {{"text", claim.text}, {"score", rounded(claim.score)}};
}

Json json_of(const base::Position& position) {
  return {{"latitude", position.latitude}, {"longitude", position.longitude}};
}

Json corners_or_null(const Read& read) {
  if (!read.corners) return nullptr;
  Json corners = Json::array();
  for (const auto& point : *read.corners) {
    corners.push_back(Json::array({rounded(point.x), rounded(point.y)}));
  }
  return corners;
}

}  // namespace

Json json_of(const Read& read) {
  Json alternatives = Json::array();
  for (const auto& other : read.alternatives) {
    alternatives.push_back({{"plate", other.text}, {"score", rounded(other.score)}});
  }
  Json scores = Json::array();
  for (const auto per_cent : read.character_scores) scores.push_back(per_cent / 100.0);
  Json pictures = Json::array();
  for (const auto& picture : read.pictures) {
    pictures.push_back({{"kind", word(picture_kind_words, picture.kind)},
                        {"sha256", base::to_hex(picture.sha256)},
                        {"size", picture.size}});
  }
  const auto skew = std::chrono::duration_cast<std::chrono::milliseconds>(read.skew());
  return {{"id", read.id.text()},
          {"camera", read.camera.text()},
          {"plate", std::string(read.plate.text())},
          {"raw", read.raw_text},
          {"score", rounded(read.score)},
          {"alternatives", std::move(alternatives)},
          {"character_scores", std::move(scores)},
          {"country", read.country},
          {"observed", base::format_utc(read.observed)},
          {"observed_by", word(time_source_words, read.observed_by)},
          {"sent", base::format_utc(read.sent)},
          {"received", base::format_utc(read.received)},
          {"skew_ms", skew.count()},
          {"late", read.late},
          {"skewed", read.skewed},
          {"position", read.position ? json_of(*read.position) : Json(nullptr)},
          {"heading", read.heading ? Json(rounded(*read.heading)) : Json(nullptr)},
          {"direction", word(direction_words, read.direction)},
          {"lane", read.lane ? Json(*read.lane) : Json(nullptr)},
          {"corners", corners_or_null(read)},
          {"vehicle",
           {{"class", json_of(read.vehicle_class)},
            {"make", json_of(read.make)},
            {"colour", json_of(read.colour)}}},
          {"phase", word(phase_words, read.phase)},
          {"supersedes", read.supersedes ? Json(read.supersedes->text()) : Json(nullptr)},
          {"pictures", std::move(pictures)},
          {"reader", read.reader_version}};
}

}  // namespace regmark::plate
