// EXIF parts for tests. Never included by a program.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/crypto.h"

namespace regmark::reading {

enum class ByteOrder : std::uint8_t { little, big };

struct ExifWanted {
  ByteOrder order = ByteOrder::little;
  int orientation = 1;
  std::string_view taken{};   // "2026:11:22 02:40:04", or empty: not said
  std::string_view offset{};  // "+01:00", or empty
};

// A TIFF block: one directory with the orientation, and one below it with the times.
class TiffWriter {
 public:
  explicit TiffWriter(ByteOrder order) : little_(order == ByteOrder::little) {}
  void number(std::uint32_t value, std::size_t size) {
    for (std::size_t at = 0; at < size; ++at) {
      const auto shift = 8 * (little_ ? at : size - 1 - at);
      bytes_ += static_cast<char>(static_cast<unsigned char>(value >> shift));
    }
  }
  void entry(std::uint32_t tag, std::uint32_t type, std::uint32_t count, std::uint32_t value) {
    number(tag, 2);
    number(type, 2);
    number(count, 4);
    if (type == 3) {
      number(value, 2);
      number(0, 2);
    } else {
      number(value, 4);
    }
  }
  void text(std::string_view text) { bytes_ += text; }
  std::string take() { return std::move(bytes_); }

 private:
  bool little_;
  std::string bytes_;
};

inline std::string exif_block(const ExifWanted& wanted) {
  TiffWriter out(wanted.order);
  out.text(wanted.order == ByteOrder::little ? "II" : "MM");
  out.number(42, 2);
  out.number(8, 4);
  out.number(2, 2);  // entries of the first directory, which ends at 8 + 2 + 24 + 4 = 38
  out.entry(0x0112, 3, 1, static_cast<std::uint32_t>(wanted.orientation));
  out.entry(0x8769, 4, 1, 38);
  out.number(0, 4);
  out.number(2, 2);  // of the second, which ends at 38 + 2 + 24 + 4 = 68
  out.entry(0x9003, 2, static_cast<std::uint32_t>(wanted.taken.size() + 1), 68);
  out.entry(0x9011, 2, static_cast<std::uint32_t>(wanted.offset.size() + 1),
            static_cast<std::uint32_t>(68 + wanted.taken.size() + 1));
  out.number(0, 4);
  out.text(wanted.taken);
  out.text(std::string_view("\0", 1));
  out.text(wanted.offset);
  out.text(std::string_view("\0", 1));
  return out.take();
}

// The JPEG with an EXIF part right after its first two bytes.
inline base::Bytes with_exif(std::span<const std::uint8_t> jpeg, const ExifWanted& wanted) {
  const std::string body = std::string("Exif\0\0", 6) + exif_block(wanted);
  const auto size = body.size() + 2;
  std::string file(base::as_text(jpeg.first(2)));
  file += "\xFF\xE1";
  file += static_cast<char>(static_cast<unsigned char>(size >> 8U));
  file += static_cast<char>(static_cast<unsigned char>(size));
  file += body;
  file += base::as_text(jpeg.subspan(2));
  const auto bytes = base::as_bytes(file);
  return {bytes.begin(), bytes.end()};
}

}  // namespace regmark::reading
