// What a row has in common with others of its camera, as the texts of a book.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "plate/read.h"

namespace regmark::sightings::internal {

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
  bool supersedes = false;
  std::uint8_t space_after = 0;  // characters before the one space
  std::uint8_t alternatives = 0;
  std::uint8_t character_scores = 0;
  std::array<bool, 3> claims{};  // class, make, colour
  std::vector<plate::PictureKind> pictures;
  plate::PositionSource position_by = plate::PositionSource::site;
  std::optional<std::uint8_t> lane;
  std::string country;
};

Shape shape_of(const plate::Read& read);
base::Bytes text_of(const Shape& shape);
// These give nothing, or false, for a text that was never written.
std::optional<Shape> parse_shape(std::string_view text);

// The camera's own setting. A fixed camera's position and heading are the same in every read.
base::Bytes setting_text(const plate::Read& read);
bool read_setting(std::string_view text, plate::Read& read);

// Class, make and colour; their scores are the row's.
base::Bytes description_text(const plate::Read& read);
bool read_description(std::string_view text, const Shape& shape, plate::Read& read);

}  // namespace regmark::sightings::internal
