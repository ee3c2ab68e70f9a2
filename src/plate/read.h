// What a camera claims to have seen: a plate, a time, a place. The one `Read` every room shares.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/geography.h"
#include "base/ids.h"
#include "base/time.h"
#include "plate/plate.h"

namespace regmark::plate {

inline constexpr std::size_t alternatives_max = 5;
inline constexpr std::size_t pictures_max = 2;  // one of each kind

// Follows from the camera and the camera's own name for the event, so that the same read sent
// twice is one sighting.
class ReadId {
 public:
  // The first 16 bytes of SHA-256 over the camera's name and the event's, each behind its length
  // in bytes as 4 bytes, most significant first.
  static ReadId of(const base::CameraId& camera, std::string_view source_event);
  // Reads 32 lower-case hexadecimal digits. Fails with
  //   invalid_input   anything else
  static Result<ReadId> parse(std::string_view text);
  static ReadId from_bytes(const std::array<std::uint8_t, 16>& bytes) { return ReadId(bytes); }

  const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }
  std::string text() const;
  friend auto operator<=>(const ReadId&, const ReadId&) = default;

 private:
  explicit ReadId(const std::array<std::uint8_t, 16>& bytes) : bytes_(bytes) {}
  std::array<std::uint8_t, 16> bytes_;
};

// How the time observed was known.
enum class TimeSource : std::uint8_t { explicit_offset, camera_setting, assumed };

// A vehicle passing once gives one final read; a provisional one may come earlier.
enum class Phase : std::uint8_t { provisional, final };

enum class Direction : std::uint8_t { unknown, approaching, receding };

// The UK's national standard knows these two (NASPLE part 1: plate patch and overview).
enum class PictureKind : std::uint8_t { plate, overview };

enum class PositionSource : std::uint8_t { site, camera };

struct Alternative {
  std::string text;  // normalised
  float score = 0;   // 0 to 1
  friend bool operator==(const Alternative&, const Alternative&) = default;
};

// Something said of the vehicle with how sure the camera was; empty text: not said.
struct Claim {
  std::string text;
  float score = 0;  // 0 to 1
  friend bool operator==(const Claim&, const Claim&) = default;
};

struct Point {
  float x = 0;  // pixels of the source picture, from its left
  float y = 0;  // from its top
  friend bool operator==(const Point&, const Point&) = default;
};

struct PictureName {
  PictureKind kind;
  base::Digest sha256;
  std::uint32_t size = 0;  // bytes
  friend bool operator==(const PictureName&, const PictureName&) = default;
};

// Members that may be left out have a value, so that a maker names only what it knows.
struct Read {
  ReadId id;
  base::CameraId camera;
  std::string source_event;                      // the camera's own name for it, 1 to 128 bytes
  std::string raw_text{};                        // as the camera gave it, at most 32 bytes
  Plate plate;                                   // normalised
  float score = 0;                               // 0 to 1, that the whole plate is right
  std::vector<Alternative> alternatives{};       // at most alternatives_max, best first
  std::vector<std::uint8_t> character_scores{};  // per cent, one for each character, or none
  std::string country{};                         // ISO 3166-1 alpha-2, or empty: unknown

  base::UtcTime observed;
  TimeSource observed_by = TimeSource::explicit_offset;
  base::UtcTime sent;      // as the sender's clock said
  base::UtcTime received;  // as ours said
  // Received minus sent, the sender's clock against ours.
  std::chrono::microseconds skew() const { return received - sent; }
  // Sent minus observed: how long the read waited with its sender.
  std::chrono::microseconds lateness() const { return sent - observed; }
  bool skewed = false;  // the skew was out of bounds: stored, never alerted
  bool late = false;    // too late to be live: stored, never alerted as live

  std::optional<base::Position> position{};
  PositionSource position_by = PositionSource::site;
  std::optional<float> heading{};  // degrees from north, clockwise
  Direction direction = Direction::unknown;
  std::optional<std::uint8_t> lane{};
  std::optional<std::array<Point, 4>> corners{};  // top left, top right, bottom right, bottom left

  Claim vehicle_class{};
  Claim make{};
  Claim colour{};
  std::vector<PictureName> pictures{};  // at most pictures_max
  std::string reader_version{};
  Phase phase = Phase::final;
  // The earlier read of the same passing that this one corrects, by the same camera: its alerts are
  // retracted, unless this read meets the same entries.
  std::optional<ReadId> supersedes{};
};

}  // namespace regmark::plate

template <>
struct std::hash<regmark::plate::ReadId> {
  std::size_t operator()(const regmark::plate::ReadId& id) const {
    return std::hash<std::string_view>{}(regmark::base::as_text(id.bytes()));
  }
};
