#include "plate/read.h"

#include <algorithm>

#include "base/encoding.h"

namespace regmark::plate {
namespace {

// Before each part, so that ("ab", "c") and ("a", "bc") differ.
std::array<std::uint8_t, 4> length_prefix(std::string_view part) {
  const auto size = static_cast<std::uint32_t>(part.size());
  return {static_cast<std::uint8_t>(size >> 24U), static_cast<std::uint8_t>(size >> 16U),
          static_cast<std::uint8_t>(size >> 8U), static_cast<std::uint8_t>(size)};
}

bool is_lower_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

}  // namespace

ReadId ReadId::of(const base::CameraId& camera, std::string_view source_event) {
  const auto camera_length = length_prefix(camera.text());
  const auto event_length = length_prefix(source_event);
  const auto digest = base::sha256(
      {camera_length, base::as_bytes(camera.text()), event_length, base::as_bytes(source_event)});
  std::array<std::uint8_t, 16> bytes;
  std::copy_n(digest.begin(), bytes.size(), bytes.begin());
  return ReadId(bytes);
}

Result<ReadId> ReadId::parse(std::string_view text) {
  std::array<std::uint8_t, 16> bytes;
  if (text.size() == bytes.size() * 2 && std::ranges::all_of(text, is_lower_hex)) {
    const auto decoded = base::from_hex(text);
    if (decoded && decoded->size() == bytes.size()) {
      std::ranges::copy(*decoded, bytes.begin());
      return ReadId(bytes);
    }
  }
  return fail(ErrorCode::invalid_input, "a read id is 32 lower-case hexadecimal digits");
}

std::string ReadId::text() const {
  return base::to_hex(bytes_);
}

}  // namespace regmark::plate
