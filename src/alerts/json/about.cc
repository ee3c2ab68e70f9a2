#include "alerts/json/about.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace regmark::alerts::json {
namespace {

using Json = nlohmann::json;

constexpr int format = 1;

// Thrown and caught here only, beside nlohmann's own exceptions: a member that is not what
// encode() writes.
struct NotOurs {};

template <typename T>
T value_or_throw(Result<T> result) {
  if (!result) throw NotOurs{};
  return *std::move(result);
}

template <typename Enum>
int number_of(Enum value) {
  return static_cast<int>(value);
}

template <typename Enum>
Enum enum_of(const Json& json, Enum last) {
  const auto number = json.get<std::int64_t>();
  if (number < 0 || number > number_of(last)) throw NotOurs{};
  return static_cast<Enum>(number);
}

std::int64_t micros_of(base::UtcTime time) {
  return time.time_since_epoch().count();
}

base::UtcTime time_of(const Json& json) {
  return base::UtcTime{std::chrono::microseconds{json.get<std::int64_t>()}};
}

Json encode(const plate::Claim& claim) {
  return Json::array({claim.text, claim.score});
}

float float_of(const Json& json) {
  const auto number = json.get<double>();
  if (!(std::abs(number) <= std::numeric_limits<float>::max())) throw NotOurs{};
  return static_cast<float>(number);
}

plate::Claim claim_of(const Json& json) {
  return {json.at(0).get<std::string>(), float_of(json.at(1))};
}

template <typename T, typename Encode>
Json optional(const std::optional<T>& value, const Encode& encode_one) {
  return value ? Json(encode_one(*value)) : Json(nullptr);
}

Json encode(const plate::Read& read) {
  Json alternatives = Json::array();
  for (const auto& one : read.alternatives) {
    alternatives.push_back(Json::array({one.text, one.score}));
  }
  Json pictures = Json::array();
  for (const auto& one : read.pictures) {
    pictures.push_back(Json::array({number_of(one.kind), base::to_hex(one.sha256), one.size}));
  }
  Json corners = nullptr;
  if (read.corners) {
    corners = Json::array();
    for (const auto& point : *read.corners) corners.push_back(Json::array({point.x, point.y}));
  }
  return {
      {"id", read.id.text()},
      {"camera", read.camera.text()},
      {"source_event", read.source_event},
      {"raw", read.raw_text},
      {"plate", std::string(read.plate.text())},
      {"score", read.score},
      {"alternatives", std::move(alternatives)},
      {"character_scores", read.character_scores},
      {"country", read.country},
      {"observed", micros_of(read.observed)},
      {"observed_by", number_of(read.observed_by)},
      {"sent", micros_of(read.sent)},
      {"received", micros_of(read.received)},
      {"skewed", read.skewed},
      {"late", read.late},
      {"position", optional(read.position,
                            [](const base::Position& at) {
                              return Json::array({at.latitude, at.longitude});
                            })},
      {"position_by", number_of(read.position_by)},
      {"heading", optional(read.heading, [](float heading) { return heading; })},
      {"direction", number_of(read.direction)},
      {"lane", optional(read.lane, [](std::uint8_t lane) { return lane; })},
      {"corners", std::move(corners)},
      {"class", encode(read.vehicle_class)},
      {"make", encode(read.make)},
      {"colour", encode(read.colour)},
      {"pictures", std::move(pictures)},
      {"reader", read.reader_version},
      {"phase", number_of(read.phase)},
      {"supersedes", optional(read.supersedes, [](const plate::ReadId& id) { return id.text(); })},
  };
}

std::array<plate::Point, 4> corners_of(const Json& json) {
  std::array<plate::Point, 4> corners;
  for (std::size_t at = 0; at < corners.size(); ++at) {
    corners[at] = {float_of(json.at(at).at(0)), float_of(json.at(at).at(1))};
  }
  return corners;
}

plate::PictureName picture_of(const Json& json) {
  plate::PictureName picture{
      enum_of(json.at(0), plate::PictureKind::overview), {}, json.at(2).get<std::uint32_t>()};
  const auto digest = value_or_throw(base::from_hex(json.at(1).get<std::string>()));
  if (digest.size() != picture.sha256.size()) throw NotOurs{};
  std::ranges::copy(digest, picture.sha256.begin());
  return picture;
}

void add_optional_parts(const Json& json, plate::Read& read) {
  for (const auto& one : json.at("alternatives")) {
    read.alternatives.push_back({one.at(0).get<std::string>(), float_of(one.at(1))});
  }
  for (const auto& one : json.at("pictures")) read.pictures.push_back(picture_of(one));
  if (const auto& at = json.at("position"); !at.is_null()) {
    read.position = base::Position{at.at(0).get<double>(), at.at(1).get<double>()};
  }
  if (const auto& heading = json.at("heading"); !heading.is_null()) {
    read.heading = float_of(heading);
  }
  if (const auto& lane = json.at("lane"); !lane.is_null()) read.lane = lane.get<std::uint8_t>();
  if (const auto& corners = json.at("corners"); !corners.is_null()) {
    read.corners = corners_of(corners);
  }
  if (const auto& earlier = json.at("supersedes"); !earlier.is_null()) {
    read.supersedes = value_or_throw(plate::ReadId::parse(earlier.get<std::string>()));
  }
}

plate::Read read_of(const Json& json) {
  plate::Read read{
      .id = value_or_throw(plate::ReadId::parse(json.at("id").get<std::string>())),
      .camera = value_or_throw(base::CameraId::parse(json.at("camera").get<std::string>())),
      .source_event = json.at("source_event").get<std::string>(),
      .raw_text = json.at("raw").get<std::string>(),
      .plate = value_or_throw(plate::Plate::parse(json.at("plate").get<std::string>())),
      .score = float_of(json.at("score")),
      .character_scores = json.at("character_scores").get<std::vector<std::uint8_t>>(),
      .country = json.at("country").get<std::string>(),
      .observed = time_of(json.at("observed")),
      .observed_by = enum_of(json.at("observed_by"), plate::TimeSource::assumed),
      .sent = time_of(json.at("sent")),
      .received = time_of(json.at("received")),
      .skewed = json.at("skewed").get<bool>(),
      .late = json.at("late").get<bool>(),
      .position_by = enum_of(json.at("position_by"), plate::PositionSource::camera),
      .direction = enum_of(json.at("direction"), plate::Direction::receding),
      .vehicle_class = claim_of(json.at("class")),
      .make = claim_of(json.at("make")),
      .colour = claim_of(json.at("colour")),
      .reader_version = json.at("reader").get<std::string>(),
      .phase = enum_of(json.at("phase"), plate::Phase::final),
  };
  add_optional_parts(json, read);
  return read;
}

Json encode(const watchlist::Hit& hit) {
  Json alerted = Json::array();
  for (const auto& organisation : hit.alerted) alerted.push_back(organisation.text());
  return {
      {"entry", hit.entry.text()},
      {"list", hit.list.text()},
      {"grade", number_of(hit.grade)},
      {"probability", hit.probability},
      {"priority", number_of(hit.priority)},
      {"conflicts", hit.conflicts},
      {"listed_plate", std::string(hit.listed_plate.text())},
      {"list_name", hit.list_name},
      {"reason", hit.reason},
      {"action", hit.action},
      {"warning_markers", hit.warning_markers},
      {"entry_confirmed_at", micros_of(hit.entry_confirmed_at)},
      {"alert_window", hit.alert_window.count()},
      {"alerted", std::move(alerted)},
  };
}

// Alerts that were kept before lists said who is alerted are for everybody.
std::set<base::OrganisationId> alerted_of(const Json& hit) {
  std::set<base::OrganisationId> alerted;
  const auto found = hit.find("alerted");
  if (found == hit.end()) return alerted;
  if (!found->is_array()) throw NotOurs{};
  for (const auto& one : *found) {
    alerted.insert(value_or_throw(base::OrganisationId::parse(one.get<std::string>())));
  }
  return alerted;
}

watchlist::Hit hit_of(const Json& json) {
  return {
      .entry = value_or_throw(base::EntryId::parse(json.at("entry").get<std::string>())),
      .list = value_or_throw(base::ListId::parse(json.at("list").get<std::string>())),
      .grade = enum_of(json.at("grade"), watchlist::Grade::near),
      .probability = float_of(json.at("probability")),
      .priority = enum_of(json.at("priority"), watchlist::Priority::high),
      .conflicts = json.at("conflicts").get<std::vector<std::string>>(),
      .listed_plate =
          value_or_throw(plate::Plate::parse(json.at("listed_plate").get<std::string>())),
      .list_name = json.at("list_name").get<std::string>(),
      .reason = json.at("reason").get<std::string>(),
      .action = json.at("action").get<std::string>(),
      .warning_markers = json.at("warning_markers").get<std::string>(),
      .entry_confirmed_at = time_of(json.at("entry_confirmed_at")),
      .alert_window = std::chrono::seconds{json.at("alert_window").get<std::int64_t>()},
      .alerted = alerted_of(json),
  };
}

}  // namespace

std::string encode(const plate::Read& read, const watchlist::Hit& hit) {
  const Json json = {{"format", format}, {"read", encode(read)}, {"hit", encode(hit)}};
  // A text that is no UTF-8 must not stop an alert from being kept.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<About> decode(std::string_view text) {
  const auto not_ours = fail(ErrorCode::corrupt, "the records hold an alert that is none");
  try {
    const auto json = Json::parse(text);
    if (json.at("format").get<int>() != format) return not_ours;
    return About{read_of(json.at("read")), hit_of(json.at("hit"))};
  } catch (const NotOurs&) {
    return not_ours;
  } catch (const Json::exception&) {
    return not_ours;
  }
}

}  // namespace regmark::alerts::json
