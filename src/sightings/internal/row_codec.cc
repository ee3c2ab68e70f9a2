#include "sightings/internal/row_codec.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/encoding.h"
#include "sightings/internal/bytes.h"
#include "sightings/store.h"

namespace regmark::sightings::internal {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr float score_steps = 200;
constexpr double position_steps = 1e7;
constexpr double heading_steps = 100;
constexpr double corner_steps = 4;
constexpr double corner_max = 1e6;  // no picture has a million pixels on a side

// How the camera's name for the event is written.
enum class EventForm : std::uint8_t { text, uuid, decimal };
// How the camera's own text differs from the plate.
enum class RawForm : std::uint8_t { same, one_space, text };

// What most of a camera's rows have in common, as the text of a book. The order is the format.
struct Shape {
  plate::TimeSource observed_by = plate::TimeSource::explicit_offset;
  plate::Phase phase = plate::Phase::final;
  plate::Direction direction = plate::Direction::unknown;
  bool skewed = false;
  bool late = false;
  bool id_given = false;  // the id does not follow from camera and event
  EventForm event = EventForm::text;
  RawForm raw = RawForm::same;
  bool sent_in_microseconds = false;
  bool position_in_row = false;
  bool heading_in_row = false;
  bool corners = false;
  std::uint8_t space_after = 0;  // characters before the one space
  std::uint8_t alternatives = 0;
  std::uint8_t character_scores = 0;
  std::array<bool, 3> claims{};  // class, make, colour
  std::vector<plate::PictureKind> pictures;
  plate::PositionSource position_by = plate::PositionSource::site;
  std::optional<std::uint8_t> lane;
  std::string country;
};

unsigned bit(bool value, unsigned place) {
  return value ? 1U << place : 0U;
}

base::Bytes text_of(const Shape& shape) {
  Writer out;
  const auto byte = [&](unsigned value) { out.byte(static_cast<std::uint8_t>(value)); };
  const auto number = [](auto value) { return static_cast<unsigned>(value); };
  byte(number(shape.observed_by) | number(shape.phase) << 2U | number(shape.direction) << 3U |
       bit(shape.skewed, 5) | bit(shape.late, 6) | bit(shape.id_given, 7));
  byte(number(shape.event) | number(shape.raw) << 2U | bit(shape.sent_in_microseconds, 4) |
       bit(shape.position_in_row, 5) | bit(shape.heading_in_row, 6) | bit(shape.corners, 7));
  byte(number(shape.space_after) | number(shape.alternatives) << 4U |
       bit(shape.lane.has_value(), 7));
  byte(number(shape.character_scores) | bit(shape.claims[0], 5) | bit(shape.claims[1], 6) |
       bit(shape.claims[2], 7));
  unsigned pictures = number(shape.pictures.size());
  for (std::size_t at = 0; at < shape.pictures.size(); ++at) {
    pictures |= number(shape.pictures[at]) << (2 + at);
  }
  byte(pictures | number(shape.position_by) << 4U);
  if (shape.lane) byte(*shape.lane);
  out.text(shape.country);
  return out.take();
}

// Every value a field of these many bits may have must be one of the enum's, or the bytes are none
// of ours.
template <typename Enum>
Enum enum_of(Reader& in, unsigned value, Enum last) {
  if (value > static_cast<unsigned>(last)) in.fail();
  return static_cast<Enum>(value);
}

Shape shape_of(Reader& in) {
  Shape shape;
  unsigned byte = in.byte();
  shape.observed_by = enum_of(in, byte & 3U, plate::TimeSource::assumed);
  shape.phase = enum_of(in, byte >> 2U & 1U, plate::Phase::final);
  shape.direction = enum_of(in, byte >> 3U & 3U, plate::Direction::receding);
  shape.skewed = (byte >> 5U & 1U) != 0;
  shape.late = (byte >> 6U & 1U) != 0;
  shape.id_given = (byte >> 7U & 1U) != 0;
  byte = in.byte();
  shape.event = enum_of(in, byte & 3U, EventForm::decimal);
  shape.raw = enum_of(in, byte >> 2U & 3U, RawForm::text);
  shape.sent_in_microseconds = (byte >> 4U & 1U) != 0;
  shape.position_in_row = (byte >> 5U & 1U) != 0;
  shape.heading_in_row = (byte >> 6U & 1U) != 0;
  shape.corners = (byte >> 7U & 1U) != 0;
  byte = in.byte();
  shape.space_after = byte & 15U;
  shape.alternatives = byte >> 4U & 7U;
  const bool has_lane = (byte >> 7U & 1U) != 0;
  byte = in.byte();
  shape.character_scores = byte & 31U;
  for (unsigned at = 0; at < 3; ++at) shape.claims[at] = (byte >> (5 + at) & 1U) != 0;
  byte = in.byte();
  const unsigned pictures = byte & 3U;
  if (pictures > plate::pictures_max || byte >> 5U != 0) in.fail();
  for (unsigned at = 0; at < pictures; ++at) {
    shape.pictures.push_back(static_cast<plate::PictureKind>(byte >> (2 + at) & 1U));
  }
  shape.position_by = enum_of(in, byte >> 4U & 1U, plate::PositionSource::camera);
  if (has_lane) shape.lane = in.byte();
  shape.country = in.text(country_length_max);
  if (shape.alternatives > plate::alternatives_max || !in.whole()) in.fail();
  return shape;
}

// The camera's own setting. A fixed camera's position and heading are the same in every read.
base::Bytes setting_text(const plate::Read& read) {
  Writer out;
  out.text(read.reader_version);
  const bool fixed = read.position_by == plate::PositionSource::site;
  const bool has_position = fixed && read.position;
  const bool has_heading = fixed && read.heading;
  out.byte(static_cast<std::uint8_t>(bit(has_position, 0) | bit(has_heading, 1)));
  if (has_position) {
    out.big(std::bit_cast<std::uint64_t>(read.position->latitude), 8);
    out.big(std::bit_cast<std::uint64_t>(read.position->longitude), 8);
  }
  if (has_heading) out.big(std::bit_cast<std::uint32_t>(*read.heading), 4);
  return out.take();
}

void read_setting(Reader& in, plate::Read& read) {
  read.reader_version = in.text(text_length_max);
  const auto has = in.byte();
  if (has > 3) in.fail();
  if ((has & 1U) != 0) {
    base::Position position;
    position.latitude = std::bit_cast<double>(in.big(8));
    position.longitude = std::bit_cast<double>(in.big(8));
    if (!base::make_position(position.latitude, position.longitude)) in.fail();
    read.position = position;
  }
  if ((has & 2U) != 0) {
    read.heading = std::bit_cast<float>(static_cast<std::uint32_t>(in.big(4)));
    if (!std::isfinite(*read.heading)) in.fail();
  }
  if (!in.whole()) in.fail();
}

base::Bytes description_text(const plate::Read& read) {
  Writer out;
  for (const auto* claim : {&read.vehicle_class, &read.make, &read.colour}) out.text(claim->text);
  return out.take();
}

// A name such as 0f8fad5b-d9cb-469f-a165-70867728950e, as its sixteen bytes.
std::optional<base::Bytes> uuid_bytes(std::string_view text) {
  constexpr std::size_t dashes[] = {8, 13, 18, 23};
  if (text.size() != 36) return std::nullopt;
  std::string digits;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool dash = std::ranges::find(dashes, at) != std::end(dashes);
    if (dash != (text[at] == '-')) return std::nullopt;
    if (!dash) digits += text[at];
  }
  auto bytes = base::from_hex(digits);
  if (!bytes || base::to_hex(*bytes) != digits) return std::nullopt;
  return *std::move(bytes);
}

std::string uuid_text(std::span<const std::uint8_t> bytes) {
  std::string text = base::to_hex(bytes);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
  return text;
}

// A counter without leading zeros, below 10^18 so that it fits.
std::optional<std::uint64_t> decimal_of(std::string_view text) {
  if (text.empty() || text.size() > 18 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

EventForm form_of_event(std::string_view event) {
  if (uuid_bytes(event)) return EventForm::uuid;
  return decimal_of(event) ? EventForm::decimal : EventForm::text;
}

void write_event(Writer& out, EventForm form, std::string_view event) {
  if (form == EventForm::uuid) {
    out.bytes(*uuid_bytes(event));
  } else if (form == EventForm::decimal) {
    out.varint(*decimal_of(event));
  } else {
    out.text(event);
  }
}

std::string read_event(Reader& in, EventForm form) {
  if (form == EventForm::uuid) {
    const auto bytes = in.bytes(16);
    return bytes.empty() ? std::string() : uuid_text(bytes);
  }
  if (form == EventForm::decimal) return std::to_string(in.varint());
  return std::string(in.text(source_event_length_max));
}

std::uint8_t score_byte(float score) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(score, 0.0F, 1.0F) * score_steps));
}

float score_of(Reader& in) {
  const auto byte = in.byte();
  if (byte > score_steps) in.fail();
  return static_cast<float>(byte) / score_steps;
}

// Most alternatives differ from the plate in one character.
std::optional<std::size_t> one_difference(std::string_view plate, std::string_view other) {
  if (plate.size() != other.size()) return std::nullopt;
  std::optional<std::size_t> place;
  for (std::size_t at = 0; at < plate.size(); ++at) {
    if (plate[at] == other[at]) continue;
    if (place) return std::nullopt;
    place = at;
  }
  return place;
}

constexpr std::uint8_t written_out = 0x80;

void write_alternative(Writer& out, std::string_view plate, const plate::Alternative& other) {
  if (const auto place = one_difference(plate, other.text)) {
    out.byte(static_cast<std::uint8_t>(*place));
    out.byte(static_cast<std::uint8_t>(other.text[*place]));
  } else {
    out.byte(static_cast<std::uint8_t>(written_out | other.text.size()));
    out.bytes(base::as_bytes(other.text));
  }
  out.byte(score_byte(other.score));
}

plate::Alternative read_alternative(Reader& in, std::string_view plate) {
  plate::Alternative other;
  const unsigned head = in.byte();
  if ((head & written_out) != 0) {
    const std::size_t size = head & 0x7fU;
    if (size > raw_text_length_max) in.fail();
    other.text = base::as_text(in.bytes(size));
  } else if (head < plate.size()) {
    other.text = plate;
    other.text[head] = static_cast<char>(in.byte());
    if (other.text == plate) in.fail();
  } else {
    in.fail();
  }
  other.score = score_of(in);
  return other;
}

// Half a byte each for scores of 86 to 100, which most are; the others after a half byte of 15.
class Halves {
 public:
  void write(Writer& out, std::span<const std::uint8_t> scores) {
    for (const auto score : scores) {
      if (score >= 86 && score <= 100) {
        half(out, 100U - score);
      } else {
        half(out, 15);
        half(out, score >> 4U);
        half(out, score & 15U);
      }
    }
    if (has_one_) out.byte(static_cast<std::uint8_t>(one_ << 4U));
  }

  std::vector<std::uint8_t> read(Reader& in, std::size_t count) {
    std::vector<std::uint8_t> scores;
    for (std::size_t at = 0; at < count && !in.failed(); ++at) {
      const auto first = half(in);
      if (first < 15) {
        scores.push_back(static_cast<std::uint8_t>(100 - first));
        continue;
      }
      const auto high = half(in);
      scores.push_back(static_cast<std::uint8_t>(high << 4U | half(in)));
      if (scores.back() >= 86 && scores.back() <= 100) in.fail();  // would have been written short
    }
    if (has_one_ && one_ != 0) in.fail();
    return scores;
  }

 private:
  void half(Writer& out, unsigned value) {
    if (has_one_) out.byte(static_cast<std::uint8_t>(one_ << 4U | value));
    one_ = value;
    has_one_ = !has_one_;
  }
  unsigned half(Reader& in) {
    has_one_ = !has_one_;
    if (!has_one_) return one_;
    const unsigned byte = in.byte();
    one_ = byte & 15U;
    return byte >> 4U;
  }
  unsigned one_ = 0;
  bool has_one_ = false;
};

std::int64_t steps(double value, double per_unit) {
  return std::llround(value * per_unit);
}

void write_corners(Writer& out, const std::array<plate::Point, 4>& corners) {
  std::int64_t x = 0;
  std::int64_t y = 0;
  for (const auto& corner : corners) {
    const auto next_x = steps(corner.x, corner_steps);
    const auto next_y = steps(corner.y, corner_steps);
    out.zigzag(next_x - x);
    out.zigzag(next_y - y);
    x = next_x;
    y = next_y;
  }
}

std::array<plate::Point, 4> read_corners(Reader& in) {
  std::array<plate::Point, 4> corners;
  constexpr auto most = static_cast<std::int64_t>(corner_max * corner_steps);
  std::int64_t x = 0;
  std::int64_t y = 0;
  for (auto& corner : corners) {
    const auto step_x = in.zigzag();
    const auto step_y = in.zigzag();
    if (std::max({step_x, step_y}) > 2 * most || std::min({step_x, step_y}) < -2 * most) {
      in.fail();
      return corners;
    }
    x += step_x;
    y += step_y;
    if (std::max({x, y}) > most || std::min({x, y}) < -most) in.fail();
    corner.x = static_cast<float>(static_cast<double>(x) / corner_steps);
    corner.y = static_cast<float>(static_cast<double>(y) / corner_steps);
  }
  return corners;
}

RawForm form_of_raw(const plate::Read& read, std::uint8_t& space_after) {
  const auto plate = read.plate.text();
  if (read.raw_text == plate) return RawForm::same;
  const auto space = read.raw_text.find(' ');
  if (space == std::string::npos || space > 15) return RawForm::text;
  auto without = read.raw_text;
  without.erase(space, 1);
  if (without != plate) return RawForm::text;
  space_after = static_cast<std::uint8_t>(space);
  return RawForm::one_space;
}

Shape shape_of(const plate::Read& read) {
  Shape shape;
  shape.observed_by = read.observed_by;
  shape.phase = read.phase;
  shape.direction = read.direction;
  shape.skewed = read.skewed;
  shape.late = read.late;
  shape.id_given = plate::ReadId::of(read.camera, read.source_event) != read.id;
  shape.event = form_of_event(read.source_event);
  shape.raw = form_of_raw(read, shape.space_after);
  shape.sent_in_microseconds = read.lateness() != std::chrono::floor<milliseconds>(read.lateness());
  const bool moves = read.position_by == plate::PositionSource::camera;
  shape.position_in_row = moves && read.position;
  shape.heading_in_row = moves && read.heading;
  shape.corners = read.corners.has_value();
  shape.alternatives = static_cast<std::uint8_t>(read.alternatives.size());
  shape.character_scores = static_cast<std::uint8_t>(read.character_scores.size());
  shape.claims = {!read.vehicle_class.text.empty(), !read.make.text.empty(),
                  !read.colour.text.empty()};
  for (const auto& picture : read.pictures) shape.pictures.push_back(picture.kind);
  shape.position_by = read.position_by;
  shape.lane = read.lane;
  shape.country = read.country;
  return shape;
}

// A text's number in the book, or the text itself after a zero.
void write_text(Writer& out, TextNumbers& numbers, TextKind kind, const base::Bytes& text) {
  const auto number = numbers.number_of(kind, base::as_text(text));
  out.varint(number);
  if (number == 0) out.text(base::as_text(text));
}

// Longer than any text of a book: three texts of text_length_max each.
constexpr std::size_t book_text_length_max = 4 * (text_length_max + 1);

std::string read_text(Reader& in, const TextBook& book, TextKind kind) {
  const auto number = in.varint();
  if (number == 0) return std::string(in.text(book_text_length_max));
  if (number > UINT32_MAX) {
    in.fail();
    return {};
  }
  auto text = book.text_of(kind, static_cast<std::uint32_t>(number));
  if (!text) in.fail();
  return text ? *std::move(text) : std::string();
}

void write_times(Writer& out, const plate::Read& read, bool in_microseconds) {
  const auto lateness = read.lateness();
  out.zigzag(in_microseconds ? lateness.count() : duration_cast<milliseconds>(lateness).count());
  const auto received = std::chrono::floor<milliseconds>(read.received);
  const auto sent = std::chrono::floor<milliseconds>(read.sent);
  out.zigzag((received - sent).count());
}

// Times further than this from the time observed were never checked in.
constexpr auto apart_max = duration_cast<microseconds>(std::chrono::years{400});

void read_times(Reader& in, plate::Read& read, bool in_microseconds) {
  const auto lateness = in.zigzag();
  const auto unit = in_microseconds ? 1 : 1'000;
  const auto most = apart_max.count() / unit;
  const auto skew = in.zigzag();
  const auto skew_most = apart_max.count() / 1'000;
  if (lateness > most || lateness < -most || skew > skew_most || skew < -skew_most) {
    in.fail();
    return;
  }
  read.sent = read.observed + microseconds{lateness * unit};
  read.received = std::chrono::floor<milliseconds>(read.sent) + milliseconds{skew};
}

// What follows the shape, in the order of the format.
void write_parts(Writer& out, const plate::Read& read, const Shape& shape) {
  if (shape.id_given) out.bytes(read.id.bytes());
  write_event(out, shape.event, read.source_event);
  write_times(out, read, shape.sent_in_microseconds);
  out.byte(score_byte(read.score));
  if (shape.raw == RawForm::text) out.text(read.raw_text);
  const plate::Claim* claims[] = {&read.vehicle_class, &read.make, &read.colour};
  for (std::size_t at = 0; at < 3; ++at) {
    if (shape.claims[at]) out.byte(score_byte(claims[at]->score));
  }
  for (const auto& other : read.alternatives) write_alternative(out, read.plate.text(), other);
  Halves().write(out, read.character_scores);
  if (shape.position_in_row) {
    out.big(static_cast<std::uint32_t>(steps(read.position->latitude, position_steps)), 4);
    out.big(static_cast<std::uint32_t>(steps(read.position->longitude, position_steps)), 4);
  }
  if (shape.heading_in_row) {
    out.big(static_cast<std::uint16_t>(steps(static_cast<double>(*read.heading), heading_steps)),
            2);
  }
  if (shape.corners) write_corners(out, *read.corners);
}

base::Position read_position(Reader& in) {
  const auto degrees = [&] {
    return static_cast<double>(static_cast<std::int32_t>(in.big(4))) / position_steps;
  };
  const double latitude = degrees();
  const auto position = base::make_position(latitude, degrees());
  if (!position) in.fail();
  return position.value_or(base::Position{});
}

void read_raw_text(Reader& in, plate::Read& read, const Shape& shape) {
  if (shape.raw == RawForm::text) {
    read.raw_text = in.text(raw_text_length_max);
    return;
  }
  read.raw_text = read.plate.text();
  if (shape.raw == RawForm::same) return;
  if (shape.space_after > read.raw_text.size()) {
    in.fail();
  } else {
    read.raw_text.insert(shape.space_after, 1, ' ');
  }
}

void read_parts(Reader& in, plate::Read& read, const Shape& shape) {
  std::array<std::uint8_t, 16> id{};
  if (shape.id_given) std::ranges::copy(in.bytes(id.size()), id.begin());
  read.source_event = read_event(in, shape.event);
  if (read.source_event.empty()) in.fail();
  read.id = shape.id_given ? plate::ReadId::from_bytes(id)
                           : plate::ReadId::of(read.camera, read.source_event);
  read_times(in, read, shape.sent_in_microseconds);
  read.score = score_of(in);
  read_raw_text(in, read, shape);
  plate::Claim* claims[] = {&read.vehicle_class, &read.make, &read.colour};
  for (std::size_t at = 0; at < 3; ++at) {
    if (shape.claims[at]) claims[at]->score = score_of(in);
  }
  for (unsigned at = 0; at < shape.alternatives && !in.failed(); ++at) {
    read.alternatives.push_back(read_alternative(in, read.plate.text()));
  }
  read.character_scores = Halves().read(in, shape.character_scores);
  if (shape.position_in_row) read.position = read_position(in);
  if (shape.heading_in_row) {
    read.heading = static_cast<float>(static_cast<double>(in.big(2)) / heading_steps);
  }
  if (shape.corners) read.corners = read_corners(in);
}

void read_description(Reader& in, plate::Read& read, const Shape& shape) {
  plate::Claim* claims[] = {&read.vehicle_class, &read.make, &read.colour};
  for (std::size_t at = 0; at < 3; ++at) {
    claims[at]->text = in.text(text_length_max);
    if (claims[at]->text.empty() == shape.claims[at]) in.fail();
  }
  if (!in.whole()) in.fail();
}

void read_pictures(Reader& in, Row& row, const Shape& shape) {
  for (const auto kind : shape.pictures) {
    plate::PictureName name{.kind = kind, .sha256 = {}, .size = 0};
    const auto size = in.varint();
    const auto sum = in.bytes(name.sha256.size());
    const auto pack = in.varint();
    if (size > picture_size_max || sum.empty() || pack > UINT32_MAX) {
      in.fail();
      return;
    }
    name.size = static_cast<std::uint32_t>(size);
    std::ranges::copy(sum, name.sha256.begin());
    row.read.pictures.push_back(name);
    row.places.push_back({static_cast<std::uint32_t>(pack), in.varint()});
  }
}

}  // namespace

base::Bytes encode_row(const plate::Read& read, std::span<const PicturePlace> places,
                       TextNumbers& numbers) {
  Writer out;
  const Shape shape = shape_of(read);
  write_text(out, numbers, TextKind::shape, text_of(shape));
  write_text(out, numbers, TextKind::setting, setting_text(read));
  if (shape.claims[0] || shape.claims[1] || shape.claims[2]) {
    write_text(out, numbers, TextKind::description, description_text(read));
  }
  write_parts(out, read, shape);
  for (std::size_t at = 0; at < read.pictures.size(); ++at) {
    out.varint(read.pictures[at].size);
    out.bytes(read.pictures[at].sha256);
    out.varint(places[at].pack);
    out.varint(places[at].offset);
  }
  return out.take();
}

Result<Row> decode_row(const RowName& name, std::span<const std::uint8_t> bytes,
                       const TextBook& book) {
  Row row{.read = plate::Read{.id = plate::ReadId::from_bytes({}),
                              .camera = name.camera,
                              .source_event = {},
                              .raw_text = {},
                              .plate = name.plate,
                              .observed = name.observed,
                              .sent = {},
                              .received = {}},
          .places = {}};
  auto& read = row.read;
  Reader in(bytes);
  const auto wrong = [] { return fail(ErrorCode::corrupt, "a stored row cannot be read"); };
  const auto shape_text = read_text(in, book, TextKind::shape);
  Reader shape_in{std::string_view(shape_text)};
  const Shape shape = shape_of(shape_in);
  if (in.failed() || shape_in.failed()) return wrong();
  read.observed_by = shape.observed_by;
  read.phase = shape.phase;
  read.direction = shape.direction;
  read.skewed = shape.skewed;
  read.late = shape.late;
  read.position_by = shape.position_by;
  read.lane = shape.lane;
  read.country = shape.country;

  const auto setting = read_text(in, book, TextKind::setting);
  Reader setting_in{std::string_view(setting)};
  read_setting(setting_in, read);
  if (in.failed() || setting_in.failed()) return wrong();
  if (shape.claims[0] || shape.claims[1] || shape.claims[2]) {
    const auto description = read_text(in, book, TextKind::description);
    Reader description_in{std::string_view(description)};
    read_description(description_in, read, shape);
    if (in.failed() || description_in.failed()) return wrong();
  }
  read_parts(in, read, shape);
  read_pictures(in, row, shape);
  if (!in.whole()) return wrong();
  return row;
}

plate::Read as_kept(const plate::Read& read) {
  NoTexts no_texts;
  const std::vector<PicturePlace> places(read.pictures.size());
  auto row = decode_row({read.camera, read.plate, read.observed},
                        encode_row(read, places, no_texts), no_texts);
  return row ? std::move(row->read) : read;
}

}  // namespace regmark::sightings::internal
