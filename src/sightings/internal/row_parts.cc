#include "sightings/internal/row_parts.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/encoding.h"
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
// Times further than this from the time observed were never checked in.
constexpr auto apart_max = duration_cast<microseconds>(std::chrono::years{400});

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

}  // namespace

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

void write_score(Writer& out, float score) {
  out.byte(static_cast<std::uint8_t>(std::lround(std::clamp(score, 0.0F, 1.0F) * score_steps)));
}

float read_score(Reader& in) {
  const auto byte = in.byte();
  if (byte > score_steps) in.fail();
  return static_cast<float>(byte) / score_steps;
}

void write_alternative(Writer& out, std::string_view plate, const plate::Alternative& other) {
  if (const auto place = one_difference(plate, other.text)) {
    out.byte(static_cast<std::uint8_t>(*place));
    out.byte(static_cast<std::uint8_t>(other.text[*place]));
  } else {
    out.byte(static_cast<std::uint8_t>(written_out | other.text.size()));
    out.bytes(base::as_bytes(other.text));
  }
  write_score(out, other.score);
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
  other.score = read_score(in);
  return other;
}

void write_character_scores(Writer& out, std::span<const std::uint8_t> scores) {
  Halves().write(out, scores);
}

std::vector<std::uint8_t> read_character_scores(Reader& in, std::size_t count) {
  return Halves().read(in, count);
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

void write_position(Writer& out, const base::Position& position) {
  out.big(static_cast<std::uint32_t>(steps(position.latitude, position_steps)), 4);
  out.big(static_cast<std::uint32_t>(steps(position.longitude, position_steps)), 4);
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

void write_heading(Writer& out, float heading) {
  out.big(static_cast<std::uint16_t>(steps(static_cast<double>(heading), heading_steps)), 2);
}

float read_heading(Reader& in) {
  return static_cast<float>(static_cast<double>(in.big(2)) / heading_steps);
}

void write_times(Writer& out, const plate::Read& read, bool sent_in_microseconds) {
  const auto lateness = read.lateness();
  out.zigzag(sent_in_microseconds ? lateness.count()
                                  : duration_cast<milliseconds>(lateness).count());
  const auto received = std::chrono::floor<milliseconds>(read.received);
  const auto sent = std::chrono::floor<milliseconds>(read.sent);
  out.zigzag((received - sent).count());
}

void read_times(Reader& in, plate::Read& read, bool sent_in_microseconds) {
  const auto lateness = in.zigzag();
  const auto unit = sent_in_microseconds ? 1 : 1'000;
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

}  // namespace regmark::sightings::internal
