#include "intake/picture_check.h"

#include <optional>

namespace regmark::intake {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint8_t start_of_image = 0xD8;
constexpr std::uint8_t end_of_image = 0xD9;
constexpr std::uint8_t start_of_scan = 0xDA;
constexpr std::size_t padding_max = 64;  // zeros that some cameras leave behind the end

bool is_start_of_frame(std::uint8_t marker) {
  // C4, C8 and CC stand between the frames and are tables.
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

bool has_no_length(std::uint8_t marker) {
  return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD9);
}

std::uint32_t two_bytes(Bytes bytes, std::size_t at) {
  return static_cast<std::uint32_t>(bytes[at] << 8U | bytes[at + 1]);
}

bool ends_as_jpeg(Bytes bytes) {
  for (std::size_t zeros = 0; zeros < padding_max && bytes.back() == 0; ++zeros) {
    bytes = bytes.first(bytes.size() - 1);
    if (bytes.size() < 2) return false;
  }
  return bytes[bytes.size() - 2] == 0xFF && bytes.back() == end_of_image;
}

// Baseline, extended and progressive (C0 to C2) are what pages can show.
std::optional<PictureSize> frame_of(std::uint8_t marker, Bytes segment) {
  // Precision, height, width, number of components, three bytes for each (T.81 B.2.2).
  if (marker > 0xC2 || segment.size() < 6) return std::nullopt;
  const std::uint8_t components = segment[5];
  if (segment[0] != 8 || (components != 1 && components != 3)) return std::nullopt;
  if (segment.size() < 6U + 3U * components) return std::nullopt;
  return PictureSize{.width = two_bytes(segment, 3), .height = two_bytes(segment, 1)};
}

tl::unexpected<Error> cut_short() {
  return fail(ErrorCode::invalid_input, "the picture is cut short");
}

}  // namespace

Result<PictureSize> check_jpeg(Bytes bytes) {
  if (bytes.size() < 4 || bytes[0] != 0xFF || bytes[1] != start_of_image || bytes[2] != 0xFF) {
    return fail(ErrorCode::invalid_input, "the picture is no JPEG");
  }
  if (!ends_as_jpeg(bytes)) return cut_short();
  std::optional<PictureSize> size;
  std::size_t at = 2;
  while (true) {
    if (bytes.size() - at < 4) return cut_short();
    if (bytes[at] != 0xFF) return fail(ErrorCode::invalid_input, "the picture is no JPEG");
    const std::uint8_t marker = bytes[at + 1];
    if (marker == 0xFF) {  // a fill byte
      ++at;
      continue;
    }
    if (marker == 0 || has_no_length(marker)) {
      return fail(ErrorCode::invalid_input, "the picture is no JPEG");
    }
    const std::size_t length = two_bytes(bytes, at + 2);
    if (length < 2 || length > bytes.size() - at - 2) return cut_short();
    if (marker == start_of_scan) break;
    if (is_start_of_frame(marker)) {
      if (size) return fail(ErrorCode::invalid_input, "the picture has two frames");
      size = frame_of(marker, bytes.subspan(at + 4, length - 2));
      if (!size) return fail(ErrorCode::invalid_input, "the picture's frame does not read");
    }
    at += 2 + length;
  }
  if (!size) return fail(ErrorCode::invalid_input, "the picture has no frame");
  const auto is_sane = [](std::uint32_t side) {
    return side >= picture_side_min && side <= picture_side_max;
  };
  if (!is_sane(size->width) || !is_sane(size->height)) {
    return fail(ErrorCode::invalid_input, "the picture's sides are out of range");
  }
  return *size;
}

}  // namespace regmark::intake
