#include "reading/exif.h"

#include <string>
#include <string_view>

#include "base/crypto.h"

namespace regmark::reading {
namespace {

using Bytes = std::span<const std::uint8_t>;

// Directories of real cameras have some dozens of entries; JPEG files some dozens of segments.
constexpr std::size_t entries_max = 512;
constexpr std::size_t parts_max = 1'000;

constexpr std::uint16_t tag_orientation = 0x0112;
constexpr std::uint16_t tag_exif_directory = 0x8769;
constexpr std::uint16_t tag_taken = 0x9003;
constexpr std::uint16_t tag_taken_offset = 0x9011;
constexpr std::uint16_t type_text = 2;
constexpr std::uint16_t type_short = 3;

Bytes cut(Bytes bytes, std::size_t from, std::size_t size) {
  if (from > bytes.size() || size > bytes.size() - from) return {};
  return bytes.subspan(from, size);
}

std::uint32_t number(Bytes bytes, bool little) {
  std::uint32_t value = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    value = (value << 8U) | bytes[little ? bytes.size() - 1 - at : at];
  }
  return value;
}

// A TIFF block: a header of 8 bytes, then directories of 12-byte entries. A number that lies
// outside reads as 0.
class Tiff {
 public:
  explicit Tiff(Bytes block) : block_(block), little_(base::as_text(cut(block, 0, 2)) == "II") {}

  bool is_sound() const {
    return (little_ || base::as_text(cut(block_, 0, 2)) == "MM") && at16(2) == 42;
  }
  std::uint32_t first_directory() const { return at32(4); }

  // Where the entry of this tag and type lies in the directory, or 0.
  std::size_t entry(std::size_t directory, std::uint16_t tag, std::uint16_t type) const {
    const std::size_t count = std::min<std::size_t>(at16(directory), entries_max);
    for (std::size_t index = 0; index < count; ++index) {
      const std::size_t at = directory + 2 + index * 12;
      if (at16(at) == tag && (type == 0 || at16(at + 2) == type)) return at;
    }
    return 0;
  }
  std::uint16_t short_of(std::size_t entry) const { return at16(entry + 8); }
  std::uint32_t long_of(std::size_t entry) const { return at32(entry + 8); }
  // The text of exactly this length (its closing zero not counted), or an empty one.
  std::string_view text_of(std::size_t entry, std::size_t length) const {
    if (at32(entry + 4) < length) return {};
    return base::as_text(cut(block_, length > 4 ? at32(entry + 8) : entry + 8, length));
  }

 private:
  std::uint16_t at16(std::size_t at) const {
    return static_cast<std::uint16_t>(number(cut(block_, at, 2), little_));
  }
  std::uint32_t at32(std::size_t at) const { return number(cut(block_, at, 4), little_); }

  Bytes block_;
  bool little_;
};

// "2026:11:22 02:40:04" and "+01:00" to a time.
std::optional<base::UtcTime> time_of(std::string_view taken, std::string_view offset) {
  if (taken.size() != 19 || offset.size() != 6) return std::nullopt;
  std::string text(taken);
  text[4] = text[7] = '-';
  text[10] = 'T';
  const auto time = base::parse_utc(text.append(offset));
  return time ? std::optional(*time) : std::nullopt;
}

ExifFacts facts_of(Bytes block) {
  const Tiff tiff(block);
  ExifFacts facts;
  if (!tiff.is_sound()) return facts;
  const auto first = tiff.first_directory();
  if (const auto entry = tiff.entry(first, tag_orientation, type_short); entry != 0) {
    const int orientation = tiff.short_of(entry);
    if (orientation >= 1 && orientation <= 8) facts.orientation = orientation;
  }
  if (const auto link = tiff.entry(first, tag_exif_directory, 0); link != 0) {
    const auto directory = tiff.long_of(link);
    const auto taken = tiff.entry(directory, tag_taken, type_text);
    const auto offset = tiff.entry(directory, tag_taken_offset, type_text);
    if (taken != 0 && offset != 0) {
      facts.taken = time_of(tiff.text_of(taken, 19), tiff.text_of(offset, 6));
    }
  }
  return facts;
}

// The TIFF block inside each format; empty: there is none.
constexpr std::string_view exif_mark("Exif\0\0", 6);

Bytes block_of_jpeg(Bytes file) {
  std::size_t at = 2;
  for (std::size_t part = 0; part < parts_max; ++part) {
    const auto head = cut(file, at, 4);
    if (head.empty() || head[0] != 0xFF || head[1] == 0xDA) return {};
    const std::size_t size = number(head.subspan(2), false);  // with its own two bytes
    if (size < 2) return {};
    const auto body = cut(file, at + 4, size - 2);
    if (head[1] == 0xE1 && base::as_text(cut(body, 0, 6)) == exif_mark) return body.subspan(6);
    at += 2 + size;
  }
  return {};
}

Bytes block_of_png(Bytes file) {
  std::size_t at = 8;
  for (std::size_t part = 0; part < parts_max; ++part) {
    const auto head = cut(file, at, 8);
    if (head.empty()) return {};
    const std::size_t size = number(head.first(4), false);
    if (base::as_text(head.subspan(4)) == "eXIf") return cut(file, at + 8, size);
    at += 12 + size;
  }
  return {};
}

Bytes block_of_webp(Bytes file) {
  std::size_t at = 12;
  for (std::size_t part = 0; part < parts_max; ++part) {
    const auto head = cut(file, at, 8);
    if (head.empty()) return {};
    const std::size_t size = number(head.subspan(4), true);
    if (base::as_text(head.first(4)) == "EXIF") {
      const auto body = cut(file, at + 8, size);
      // Some writers keep the mark that only a JPEG needs.
      return base::as_text(cut(body, 0, 6)) == exif_mark ? body.subspan(6) : body;
    }
    at += 8 + size + size % 2;
  }
  return {};
}

}  // namespace

ExifFacts exif_of(std::span<const std::uint8_t> file) {
  const auto magic = base::as_text(cut(file, 0, 4));
  if (magic.starts_with("\xFF\xD8")) return facts_of(block_of_jpeg(file));
  if (magic == "\x89PNG") return facts_of(block_of_png(file));
  if (magic == "RIFF") return facts_of(block_of_webp(file));
  return {};
}

}  // namespace regmark::reading
