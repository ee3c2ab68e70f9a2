// A read as the few bytes that its row keeps. docs/formats/sightings.md describes them.
//
// What repeats from read to read is a text in a book, and the row holds its number. Scores are kept
// to the nearest half per cent, the time received to the millisecond, a mobile camera's position to
// 1e-7 degrees and heading to 0.01 degrees, corners to a quarter of a pixel; all else as it came.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "plate/read.h"

namespace regmark::sightings::internal {

// What repeats: the camera's setting (reader version, site position), the row's shape (which parts
// it has, lane, direction, country, ...), the vehicle's description (class, make, colour).
enum class TextKind : std::uint8_t { setting, shape, description };
inline constexpr std::size_t text_kinds = 3;

// Numbers for texts, as they are written. Numbers begin at 1; 0: the book is full, write it out.
class TextNumbers {
 public:
  virtual ~TextNumbers() = default;
  virtual std::uint32_t number_of(TextKind kind, std::string_view text) = 0;
};

// Texts for numbers, as they are read; nullopt: no such number.
class TextBook {
 public:
  virtual ~TextBook() = default;
  virtual std::optional<std::string> text_of(TextKind kind, std::uint32_t number) const = 0;
};

// A book with nothing in it: rows then stand alone.
class NoTexts final : public TextNumbers, public TextBook {
 public:
  std::uint32_t number_of(TextKind, std::string_view) override { return 0; }
  std::optional<std::string> text_of(TextKind, std::uint32_t) const override {
    return std::nullopt;
  }
};

// Where a picture lies in its slice's packs.
struct PicturePlace {
  std::uint32_t pack = 0;  // 0: nowhere
  std::uint64_t offset = 0;
  friend bool operator==(const PicturePlace&, const PicturePlace&) = default;
};

// What a row does not say, because its key does.
struct RowName {
  base::CameraId camera;
  plate::Plate plate;
  base::UtcTime observed;
};

struct Row {
  plate::Read read;
  std::vector<PicturePlace> places;  // one for each of read.pictures
};

// Whether a read keeps the bounds that plate/read.h and sightings/store.h state. Fails with
//   invalid_input   which it breaks
Result<void> check_bounds(const plate::Read& read);

// `places` holds one for each of the read's pictures. The read has passed check_bounds().
base::Bytes encode_row(const plate::Read& read, std::span<const PicturePlace> places,
                       TextNumbers& numbers);

// Fails with
//   corrupt   these bytes were never written by encode_row
Result<Row> decode_row(const RowName& name, std::span<const std::uint8_t> bytes,
                       const TextBook& book);

// The read as it will be read back.
plate::Read as_kept(const plate::Read& read);

// Whether two reads say the same of the same event: everything but how and when they came to us,
// and where we think the camera stands.
bool same_content(const plate::Read& a, const plate::Read& b);

}  // namespace regmark::sightings::internal
