#include "sightings/internal/row_shape.h"

#include <bit>
#include <cmath>

#include "sightings/internal/bytes.h"
#include "sightings/internal/row_parts.h"
#include "sightings/store.h"

namespace regmark::sightings::internal {
namespace {

using std::chrono::milliseconds;

unsigned bit(bool value, unsigned place) {
  return value ? 1U << place : 0U;
}

// Every value a field of these many bits may have must be one of the enum's, or the bytes are none
// of ours.
template <typename Enum>
Enum enum_of(Reader& in, unsigned value, Enum last) {
  if (value > static_cast<unsigned>(last)) in.fail();
  return static_cast<Enum>(value);
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

}  // namespace

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
  byte(pictures | number(shape.position_by) << 4U | bit(shape.supersedes, 5));
  if (shape.lane) byte(*shape.lane);
  out.text(shape.country);
  return out.take();
}

std::optional<Shape> parse_shape(std::string_view text) {
  Reader in(text);
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
  if (pictures > plate::pictures_max || byte >> 6U != 0) in.fail();
  for (unsigned at = 0; at < pictures; ++at) {
    shape.pictures.push_back(static_cast<plate::PictureKind>(byte >> (2 + at) & 1U));
  }
  shape.position_by = enum_of(in, byte >> 4U & 1U, plate::PositionSource::camera);
  shape.supersedes = (byte >> 5U & 1U) != 0;
  if (has_lane) shape.lane = in.byte();
  shape.country = in.text(country_length_max);
  if (shape.alternatives > plate::alternatives_max || !in.whole()) return std::nullopt;
  return shape;
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
  shape.supersedes = read.supersedes.has_value();
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

bool read_setting(std::string_view text, plate::Read& read) {
  Reader in(text);
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
  return in.whole();
}

base::Bytes description_text(const plate::Read& read) {
  Writer out;
  for (const auto* claim : {&read.vehicle_class, &read.make, &read.colour}) out.text(claim->text);
  return out.take();
}

bool read_description(std::string_view text, const Shape& shape, plate::Read& read) {
  Reader in(text);
  plate::Claim* claims[] = {&read.vehicle_class, &read.make, &read.colour};
  for (std::size_t at = 0; at < 3; ++at) {
    claims[at]->text = in.text(text_length_max);
    if (claims[at]->text.empty() == shape.claims[at]) in.fail();
  }
  return in.whole();
}

}  // namespace regmark::sightings::internal
