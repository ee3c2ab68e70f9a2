// The smallest bytes that are a picture to the office. Never included by a program.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "base/crypto.h"

namespace regmark::intake {

inline base::Bytes segment(std::uint8_t marker, const base::Bytes& content) {
  const auto length = content.size() + 2;
  base::Bytes bytes(length + 2);
  bytes[0] = 0xFF;
  bytes[1] = marker;
  bytes[2] = static_cast<std::uint8_t>(length >> 8U);
  bytes[3] = static_cast<std::uint8_t>(length);
  std::ranges::copy(content, bytes.begin() + 4);
  return bytes;
}

// A JPEG of these sides with one grey component; `scan` stands for its content.
inline base::Bytes a_jpeg(std::uint16_t width = 640, std::uint16_t height = 480,
                          const std::string& scan = "scan") {
  base::Bytes jpeg{0xFF, 0xD8};
  const auto add = [&](const base::Bytes& bytes) {
    jpeg.insert(jpeg.end(), bytes.begin(), bytes.end());
  };
  add(segment(0xE0, {'J', 'F', 'I', 'F', 0}));
  add(segment(0xC0, {8, static_cast<std::uint8_t>(height >> 8U), static_cast<std::uint8_t>(height),
                     static_cast<std::uint8_t>(width >> 8U), static_cast<std::uint8_t>(width), 1, 1,
                     0x11, 0}));
  add(segment(0xDA, {1, 1, 0, 0, 63, 0}));
  jpeg.insert(jpeg.end(), scan.begin(), scan.end());
  jpeg.push_back(0xFF);
  jpeg.push_back(0xD9);
  return jpeg;
}

}  // namespace regmark::intake
