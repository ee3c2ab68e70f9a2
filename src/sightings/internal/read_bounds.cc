#include <algorithm>
#include <cmath>

#include "sightings/internal/row_codec.h"
#include "sightings/store.h"

namespace regmark::sightings::internal {
namespace {

bool is_score(float score) {
  return score >= 0 && score <= 1;  // false for a number that is none
}

bool within(const plate::Claim& claim) {
  return claim.text.size() <= text_length_max && is_score(claim.score);
}

bool within(const plate::Point& point) {
  return std::abs(point.x) <= 1e6F && std::abs(point.y) <= 1e6F;
}

// The years that base::parse_utc knows.
bool is_calendar_time(base::UtcTime time) {
  using namespace std::chrono;
  return time >= sys_days{year{1900} / 1 / 1} && time < sys_days{year{2201} / 1 / 1};
}

const char* broken_bound(const plate::Read& read) {
  if (read.source_event.empty() || read.source_event.size() > source_event_length_max) {
    return "the camera's name for the event";
  }
  if (read.raw_text.size() > raw_text_length_max) return "the raw text";
  if (!is_score(read.score)) return "the score";
  if (read.alternatives.size() > plate::alternatives_max) return "how many alternatives";
  for (const auto& other : read.alternatives) {
    if (other.text.size() > raw_text_length_max || !is_score(other.score)) return "an alternative";
  }
  if (read.character_scores.size() > character_scores_max) return "the character scores";
  if (read.country.size() > country_length_max) return "the country";
  for (const auto time : {read.observed, read.sent, read.received}) {
    if (!is_calendar_time(time)) return "a time";
  }
  if (read.position && !base::make_position(read.position->latitude, read.position->longitude)) {
    return "the position";
  }
  if (read.heading && !(*read.heading >= 0 && *read.heading <= 360)) return "the heading";
  if (read.corners && !std::ranges::all_of(
                          *read.corners, [](const plate::Point& point) { return within(point); })) {
    return "the corners";
  }
  if (!within(read.vehicle_class) || !within(read.make) || !within(read.colour) ||
      read.reader_version.size() > text_length_max) {
    return "a description";
  }
  if (read.pictures.size() > plate::pictures_max ||
      (read.pictures.size() == 2 && read.pictures[0].kind == read.pictures[1].kind)) {
    return "the pictures";
  }
  return nullptr;
}

// Without what depends on when and how the read came to us, and on where we think its camera
// stands: a camera that sends again, after an hour or after its site was measured anew, says the
// same.
plate::Read content_of(plate::Read read) {
  read.sent = read.observed;
  read.received = read.observed;
  read.skewed = false;
  read.late = false;
  if (read.position_by == plate::PositionSource::site) {
    read.position.reset();
    read.heading.reset();
  }
  return read;
}

}  // namespace

Result<void> check_bounds(const plate::Read& read) {
  if (const char* what = broken_bound(read)) {
    return fail(ErrorCode::invalid_input, std::string(what) + " is out of bounds");
  }
  return {};
}

bool same_content(const plate::Read& a, const plate::Read& b) {
  if (a.id != b.id || a.camera != b.camera || a.plate != b.plate || a.observed != b.observed) {
    return false;
  }
  NoTexts no_texts;
  const std::vector<PicturePlace> nowhere(plate::pictures_max);
  return encode_row(content_of(a), nowhere, no_texts) ==
         encode_row(content_of(b), nowhere, no_texts);
}

}  // namespace regmark::sightings::internal
