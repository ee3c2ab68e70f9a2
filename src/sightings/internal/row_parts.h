// The parts of a row that differ from read to read, each as few bytes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plate/read.h"
#include "sightings/internal/bytes.h"
#include "sightings/internal/row_shape.h"

namespace regmark::sightings::internal {

// Each reader makes `in` fail when it meets what its writer does not write.

EventForm form_of_event(std::string_view event);
void write_event(Writer& out, EventForm form, std::string_view event);
std::string read_event(Reader& in, EventForm form);

void write_score(Writer& out, float score);
float read_score(Reader& in);

void write_alternative(Writer& out, std::string_view plate, const plate::Alternative& other);
plate::Alternative read_alternative(Reader& in, std::string_view plate);

void write_character_scores(Writer& out, std::span<const std::uint8_t> scores);
std::vector<std::uint8_t> read_character_scores(Reader& in, std::size_t count);

void write_corners(Writer& out, const std::array<plate::Point, 4>& corners);
std::array<plate::Point, 4> read_corners(Reader& in);

void write_position(Writer& out, const base::Position& position);
base::Position read_position(Reader& in);
void write_heading(Writer& out, float heading);
float read_heading(Reader& in);

// Times sent and received, from the time observed.
void write_times(Writer& out, const plate::Read& read, bool sent_in_microseconds);
void read_times(Reader& in, plate::Read& read, bool sent_in_microseconds);

}  // namespace regmark::sightings::internal
