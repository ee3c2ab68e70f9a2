// One read as a camera writes it in JSON, checked field by field. simdjson does the work
// (intake/simdjson/). The fields are listed in docs/formats/read.md.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"
#include "intake/forbidden.h"
#include "plate/read.h"

namespace regmark::intake {

// Two pictures of the largest size in base64, and a read around them.
inline constexpr std::size_t read_size_max = std::size_t{1'500} << 10U;
inline constexpr std::size_t nesting_max = 16;
inline constexpr std::size_t source_event_size_max = 128;
inline constexpr std::size_t plate_size_max = 32;  // as written, before it is normalised
inline constexpr std::size_t claim_size_max = 32;
inline constexpr std::size_t reader_size_max = 64;
inline constexpr double pixel_max = 100'000;  // corners may lie a little outside the picture

struct MessagePicture {
  plate::PictureKind kind;
  base::Bytes jpeg;  // not looked at yet
};

// What the camera said. Not a Read yet: it does not know its camera, nor when it came.
struct ReadMessage {
  std::string source_event;
  std::string supersedes;  // the source event of the read it corrects, or empty
  std::string raw_text;
  plate::Plate plate;
  float score;
  std::vector<plate::Alternative> alternatives;
  std::vector<std::uint8_t> character_scores;
  std::string country;
  base::UtcTime observed;
  plate::TimeSource observed_by;
  base::UtcTime sent;
  std::optional<base::Position> position;
  std::optional<float> heading;
  plate::Direction direction;
  std::optional<std::uint8_t> lane;
  std::optional<std::array<plate::Point, 4>> corners;
  plate::Claim vehicle_class, make, colour;
  std::string reader_version;
  plate::Phase phase;
  std::vector<MessagePicture> pictures;
};

// Reads one message after another with the same memory. For one thread at a time.
class ReadJson {
 public:
  ReadJson();
  ~ReadJson();
  ReadJson(ReadJson&&) noexcept;
  ReadJson& operator=(ReadJson&&) noexcept;

  // Unknown fields are passed over, null is a field that is not there; what we must not hold goes
  // into `dropped`, also when the read itself is refused. Messages name the field, never what it
  // holds. Fails with
  //   limit_exceeded   more than read_size_max bytes, or nested deeper than nesting_max
  //   invalid_input    not one JSON object in UTF-8; a field that is missing, of a wrong type, out
  //                    of range, or there twice
  Result<ReadMessage> read(std::string_view json, Dropped& dropped);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace regmark::intake
