#include "intake/read_json.h"

#include <simdjson.h>

#include <algorithm>
#include <bitset>
#include <cmath>

#include "base/check.h"
#include "base/encoding.h"
#include "base/geography.h"

namespace regmark::intake {
namespace {

namespace dom = simdjson::dom;

// A read while its fields come in.
struct Draft {
  std::string source_event, supersedes, raw_text;
  std::optional<plate::Plate> plate;
  std::optional<float> score;
  std::vector<plate::Alternative> alternatives;
  std::vector<std::uint8_t> character_scores;
  std::string country;
  std::optional<base::UtcTime> observed, sent;
  plate::TimeSource observed_by = plate::TimeSource::explicit_offset;
  std::optional<base::Position> position;
  std::optional<float> heading;
  plate::Direction direction = plate::Direction::unknown;
  std::optional<std::uint8_t> lane;
  std::optional<std::array<plate::Point, 4>> corners;
  plate::Claim vehicle_class, make, colour;
  std::string reader_version;
  plate::Phase phase = plate::Phase::final;
  std::vector<MessagePicture> pictures;
};

// Gets the draft, the field's value, and where to note what is dropped inside it.
struct Taking {
  Draft& draft;
  Dropped& dropped;
};

tl::unexpected<Error> wrong(std::string what) {
  return fail(ErrorCode::invalid_input, std::move(what));
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

Result<std::string_view> text_of(dom::element value, std::size_t size_max) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return wrong("not a text");
  if (text.size() > size_max) return wrong("longer than " + std::to_string(size_max) + " bytes");
  if (has_control_character(text)) return wrong("holds a control character");
  return text;
}

Result<double> number_of(dom::element value, double least, double most) {
  double number = 0;
  if (value.get(number) != simdjson::SUCCESS) return wrong("not a number");
  if (!std::isfinite(number) || number < least || number > most) return wrong("out of range");
  return number;
}

Result<float> score_of(dom::element value) {
  REGMARK_ASSIGN(const auto score, number_of(value, 0, 1));
  return static_cast<float>(score);
}

Result<base::UtcTime> time_of(dom::element value) {
  REGMARK_ASSIGN(const auto text, text_of(value, 40));
  const auto time = base::parse_utc(text);
  if (!time) return wrong("not a time with an offset (RFC 3339)");
  return *time;
}

Result<dom::array> list_of(dom::element value, std::size_t most) {
  dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return wrong("not a list");
  if (list.size() > most) return wrong("more than " + std::to_string(most));
  return list;
}

Result<dom::object> object_of(dom::element value) {
  dom::object object;
  if (value.get(object) != simdjson::SUCCESS) return wrong("not an object");
  return object;
}

// The value of an enumeration by its word.
template <typename Value, std::size_t size>
Result<Value> one_of(dom::element value,
                     const std::array<std::pair<std::string_view, Value>, size>& words) {
  REGMARK_ASSIGN(const auto text, text_of(value, 32));
  for (const auto& [word, meaning] : words) {
    if (word == text) return meaning;
  }
  return wrong("not one of its words");
}

Result<plate::Plate> plate_of(dom::element value, std::string_view& text) {
  REGMARK_ASSIGN(text, text_of(value, plate_size_max));
  auto plate = plate::Plate::parse(text);
  if (!plate) return wrong("not a plate");
  return plate;
}

Result<void> take_source_event(Taking to, dom::element value) {
  REGMARK_ASSIGN(to.draft.source_event, text_of(value, source_event_size_max));
  if (to.draft.source_event.empty()) return wrong("empty");
  return {};
}

Result<void> take_supersedes(Taking to, dom::element value) {
  REGMARK_ASSIGN(to.draft.supersedes, text_of(value, source_event_size_max));
  return {};
}

Result<void> take_plate(Taking to, dom::element value) {
  std::string_view text;
  REGMARK_ASSIGN(to.draft.plate, plate_of(value, text));
  if (to.draft.raw_text.empty()) to.draft.raw_text = text;
  return {};
}

Result<void> take_raw(Taking to, dom::element value) {
  REGMARK_ASSIGN(const auto text, text_of(value, plate_size_max));
  if (!text.empty()) to.draft.raw_text = text;
  return {};
}

Result<void> take_score(Taking to, dom::element value) {
  REGMARK_ASSIGN(to.draft.score, score_of(value));
  return {};
}

Result<void> take_alternatives(Taking to, dom::element value) {
  REGMARK_ASSIGN(const auto list, list_of(value, plate::alternatives_max));
  for (const auto element : list) {
    REGMARK_ASSIGN(const auto object, object_of(element));
    dom::element text;
    dom::element score;
    if (object["plate"].get(text) != simdjson::SUCCESS ||
        object["score"].get(score) != simdjson::SUCCESS) {
      return wrong("each needs a plate and a score");
    }
    std::string_view typed;
    REGMARK_ASSIGN(const auto plate, plate_of(text, typed));
    REGMARK_ASSIGN(const auto sure, score_of(score));
    to.draft.alternatives.push_back({.text = std::string(plate.text()), .score = sure});
  }
  std::ranges::stable_sort(to.draft.alternatives, std::ranges::greater{},
                           &plate::Alternative::score);
  return {};
}

Result<void> take_character_scores(Taking to, dom::element value) {
  REGMARK_ASSIGN(const auto list, list_of(value, plate::length_max));
  for (const auto element : list) {
    REGMARK_ASSIGN(const auto score, number_of(element, 0, 1));
    to.draft.character_scores.push_back(static_cast<std::uint8_t>(std::lround(score * 100)));
  }
  return {};
}

Result<void> take_country(Taking to, dom::element value) {
  REGMARK_ASSIGN(to.draft.country, text_of(value, 2));
  const bool is_code = std::ranges::all_of(to.draft.country, [](char& c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return c >= 'A' && c <= 'Z';
  });
  if (!is_code || to.draft.country.size() == 1) return wrong("not two letters (ISO 3166-1)");
  return {};
}

Result<void> take_observed(Taking to, dom::element value) {
  REGMARK_ASSIGN(to.draft.observed, time_of(value));
  return {};
}

Result<void> take_observed_by(Taking to, dom::element value) {
  static constexpr std::array<std::pair<std::string_view, plate::TimeSource>, 3> words{
      {{"explicit_offset", plate::TimeSource::explicit_offset},
       {"camera_setting", plate::TimeSource::camera_setting},
       {"assumed", plate::TimeSource::assumed}}};
  REGMARK_ASSIGN(to.draft.observed_by, one_of(value, words));
  return {};
}

Result<void> take_sent(Taking to, dom::element value) {
  REGMARK_ASSIGN(to.draft.sent, time_of(value));
  return {};
}

Result<void> take_position(Taking to, dom::element value) {
  REGMARK_ASSIGN(const auto object, object_of(value));
  dom::element latitude;
  dom::element longitude;
  if (object["latitude"].get(latitude) != simdjson::SUCCESS ||
      object["longitude"].get(longitude) != simdjson::SUCCESS) {
    return wrong("needs a latitude and a longitude");
  }
  REGMARK_ASSIGN(const auto north, number_of(latitude, -90, 90));
  REGMARK_ASSIGN(const auto east, number_of(longitude, -180, 180));
  REGMARK_ASSIGN(to.draft.position, base::make_position(north, east));
  return {};
}

Result<void> take_heading(Taking to, dom::element value) {
  REGMARK_ASSIGN(const auto degrees, number_of(value, 0, 360));
  to.draft.heading = degrees == 360 ? 0.0F : static_cast<float>(degrees);
  return {};
}

Result<void> take_direction(Taking to, dom::element value) {
  static constexpr std::array<std::pair<std::string_view, plate::Direction>, 3> words{
      {{"unknown", plate::Direction::unknown},
       {"approaching", plate::Direction::approaching},
       {"receding", plate::Direction::receding}}};
  REGMARK_ASSIGN(to.draft.direction, one_of(value, words));
  return {};
}

Result<void> take_lane(Taking to, dom::element value) {
  std::int64_t lane = 0;
  if (value.get(lane) != simdjson::SUCCESS) return wrong("not a whole number");
  if (lane < 0 || lane > 255) return wrong("out of range");
  to.draft.lane = static_cast<std::uint8_t>(lane);
  return {};
}

Result<void> take_corners(Taking to, dom::element value) {
  REGMARK_ASSIGN(const auto list, list_of(value, 4));
  std::array<plate::Point, 4> corners;
  if (list.size() != corners.size()) return wrong("a plate has four");
  std::size_t next = 0;
  for (const auto element : list) {
    REGMARK_ASSIGN(const auto pair, list_of(element, 2));
    if (pair.size() != 2) return wrong("each is x and y");
    REGMARK_ASSIGN(const auto x, number_of(pair.at(0).value_unsafe(), -pixel_max, pixel_max));
    REGMARK_ASSIGN(const auto y, number_of(pair.at(1).value_unsafe(), -pixel_max, pixel_max));
    corners.at(next++) = {.x = static_cast<float>(x), .y = static_cast<float>(y)};
  }
  to.draft.corners = corners;
  return {};
}

Result<plate::Claim> claim_of(dom::element value) {
  REGMARK_ASSIGN(const auto object, object_of(value));
  plate::Claim claim;
  dom::element part;
  if (object["text"].get(part) == simdjson::SUCCESS && !part.is_null()) {
    REGMARK_ASSIGN(claim.text, text_of(part, claim_size_max));
  }
  if (object["score"].get(part) == simdjson::SUCCESS && !part.is_null()) {
    REGMARK_ASSIGN(claim.score, score_of(part));
  }
  return claim;
}

void note_dropped(Dropped& dropped, std::string_view inside, std::string_view name,
                  dom::element value);

Result<void> take_vehicle(Taking to, dom::element value) {
  REGMARK_ASSIGN(const auto object, object_of(value));
  for (const auto field : object) {
    plate::Claim* claim = nullptr;
    if (field.key == "class") claim = &to.draft.vehicle_class;
    if (field.key == "make") claim = &to.draft.make;
    if (field.key == "colour") claim = &to.draft.colour;
    if (claim == nullptr) {
      note_dropped(to.dropped, "vehicle", field.key, field.value);
    } else if (!field.value.is_null()) {
      REGMARK_ASSIGN(*claim, claim_of(field.value));
    }
  }
  return {};
}

Result<void> take_reader(Taking to, dom::element value) {
  REGMARK_ASSIGN(to.draft.reader_version, text_of(value, reader_size_max));
  return {};
}

Result<void> take_phase(Taking to, dom::element value) {
  static constexpr std::array<std::pair<std::string_view, plate::Phase>, 2> words{
      {{"final", plate::Phase::final}, {"provisional", plate::Phase::provisional}}};
  REGMARK_ASSIGN(to.draft.phase, one_of(value, words));
  return {};
}

Result<void> take_pictures(Taking to, dom::element value) {
  static constexpr std::array<std::pair<std::string_view, plate::PictureKind>, 2> words{
      {{"plate", plate::PictureKind::plate}, {"overview", plate::PictureKind::overview}}};
  // More than we keep may come: those of faces are dropped.
  REGMARK_ASSIGN(const auto list, list_of(value, 8));
  for (const auto element : list) {
    REGMARK_ASSIGN(const auto object, object_of(element));
    dom::element kind;
    dom::element content;
    if (object["kind"].get(kind) != simdjson::SUCCESS ||
        object["base64"].get(content) != simdjson::SUCCESS) {
      return wrong("each needs a kind and base64");
    }
    REGMARK_ASSIGN(const auto word, text_of(kind, 32));
    if (to.dropped.note("", word)) continue;
    REGMARK_ASSIGN(const auto meaning, one_of(kind, words));
    std::string_view base64;
    if (content.get(base64) != simdjson::SUCCESS) return wrong("not a text");
    auto bytes = base::from_base64(base64);
    if (!bytes) return wrong("not base64");
    to.draft.pictures.push_back({.kind = meaning, .jpeg = *std::move(bytes)});
  }
  return {};
}

enum class Need { required, optional };

struct Field {
  std::string_view name;
  Need need;
  Result<void> (*take)(Taking, dom::element);
};

// Sorted by name.
constexpr std::array fields{
    Field{"alternatives", Need::optional, take_alternatives},
    Field{"character_scores", Need::optional, take_character_scores},
    Field{"corners", Need::optional, take_corners},
    Field{"country", Need::optional, take_country},
    Field{"direction", Need::optional, take_direction},
    Field{"heading", Need::optional, take_heading},
    Field{"lane", Need::optional, take_lane},
    Field{"observed", Need::required, take_observed},
    Field{"observed_by", Need::optional, take_observed_by},
    Field{"phase", Need::optional, take_phase},
    Field{"pictures", Need::optional, take_pictures},
    Field{"plate", Need::required, take_plate},
    Field{"position", Need::optional, take_position},
    Field{"raw", Need::optional, take_raw},
    Field{"reader", Need::optional, take_reader},
    Field{"score", Need::required, take_score},
    Field{"sent", Need::required, take_sent},
    Field{"source_event", Need::required, take_source_event},
    Field{"supersedes", Need::optional, take_supersedes},
    Field{"vehicle", Need::optional, take_vehicle},
};
static_assert(std::ranges::is_sorted(fields, {}, &Field::name));

// Looks for what we must not hold in a field that is passed over. The parser has bounded its depth.
// NOLINTNEXTLINE(misc-no-recursion)
void note_dropped(Dropped& dropped, std::string_view inside, std::string_view name,
                  dom::element value) {
  if (dropped.note(inside, name)) return;
  dom::object object;
  dom::array list;
  if (value.get(object) == simdjson::SUCCESS) {
    for (const auto field : object) note_dropped(dropped, name, field.key, field.value);
  } else if (value.get(list) == simdjson::SUCCESS) {
    for (const auto element : list) note_dropped(dropped, inside, name, element);
  }
}

Result<void> take_fields(const dom::object& object, Taking to) {
  std::bitset<fields.size()> seen;
  std::optional<Error> first_fault;
  for (const auto member : object) {
    const auto* const field = std::ranges::lower_bound(fields, member.key, {}, &Field::name);
    if (field == fields.end() || field->name != member.key) {
      note_dropped(to.dropped, "", member.key, member.value);
      continue;
    }
    // The rest is still looked through for what must be listed as dropped.
    if (first_fault || member.value.is_null()) continue;
    const auto number = static_cast<std::size_t>(field - fields.begin());
    if (seen.test(number)) {
      first_fault = Error{ErrorCode::invalid_input, std::string(field->name) + ": there twice"};
      continue;
    }
    seen.set(number);
    if (auto taken = field->take(to, member.value); !taken) {
      first_fault =
          Error{taken.error().code, std::string(field->name) + ": " + taken.error().message};
    }
  }
  if (first_fault) return tl::unexpected<Error>(*std::move(first_fault));
  for (std::size_t number = 0; number < fields.size(); ++number) {
    if (fields.at(number).need == Need::required && !seen.test(number)) {
      return wrong(std::string(fields.at(number).name) + ": missing");
    }
  }
  return {};
}

Result<ReadMessage> finished(Draft draft) {
  // take_fields() saw to it that what is required is there.
  REGMARK_CHECK(draft.plate && draft.score && draft.observed && draft.sent);
  const auto length = draft.plate->text().size();
  if (!draft.character_scores.empty() && draft.character_scores.size() != length) {
    return wrong("character_scores: not one for each character of the plate");
  }
  if (draft.supersedes == draft.source_event) {
    return wrong("supersedes: a read cannot correct itself");
  }
  return ReadMessage{.source_event = std::move(draft.source_event),
                     .supersedes = std::move(draft.supersedes),
                     .raw_text = std::move(draft.raw_text),
                     .plate = *std::move(draft.plate),
                     .score = *draft.score,
                     .alternatives = std::move(draft.alternatives),
                     .character_scores = std::move(draft.character_scores),
                     .country = std::move(draft.country),
                     .observed = *draft.observed,
                     .observed_by = draft.observed_by,
                     .sent = *draft.sent,
                     .position = draft.position,
                     .heading = draft.heading,
                     .direction = draft.direction,
                     .lane = draft.lane,
                     .corners = draft.corners,
                     .vehicle_class = std::move(draft.vehicle_class),
                     .make = std::move(draft.make),
                     .colour = std::move(draft.colour),
                     .reader_version = std::move(draft.reader_version),
                     .phase = draft.phase,
                     .pictures = std::move(draft.pictures)};
}

}  // namespace

struct ReadJson::Parser {
  dom::parser dom{read_size_max};
  bool ready = dom.allocate(4'096, nesting_max) == simdjson::SUCCESS;
};

ReadJson::ReadJson() : parser_(std::make_unique<Parser>()) {}
ReadJson::~ReadJson() = default;
ReadJson::ReadJson(ReadJson&&) noexcept = default;
ReadJson& ReadJson::operator=(ReadJson&&) noexcept = default;

Result<ReadMessage> ReadJson::read(std::string_view json, Dropped& dropped) {
  if (json.size() > read_size_max) return fail(ErrorCode::limit_exceeded, "the read is too large");
  if (!parser_->ready) return fail(ErrorCode::unavailable, "no memory to read with");
  dom::element root;
  const auto error = parser_->dom.parse(json.data(), json.size()).get(root);
  if (error == simdjson::MEMALLOC) return fail(ErrorCode::unavailable, "no memory to read with");
  if (error == simdjson::DEPTH_ERROR) {
    return fail(ErrorCode::limit_exceeded, "the read is nested too deeply");
  }
  if (error == simdjson::UTF8_ERROR) return wrong("the read is not UTF-8");
  if (error != simdjson::SUCCESS) return wrong("the read is not JSON");
  dom::object object;
  if (root.get(object) != simdjson::SUCCESS) return wrong("the read is not a JSON object");
  Draft draft;
  REGMARK_TRY(take_fields(object, {draft, dropped}));
  return finished(std::move(draft));
}

}  // namespace regmark::intake
