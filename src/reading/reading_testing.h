// What tests of reading share. Never included by a program.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "reading/ctc.h"
#include "reading/frame.h"
#include "reading/picture.h"
#include "reading/read_picture.h"

namespace regmark::reading {

inline const std::filesystem::path testdata =
    std::filesystem::path(REGMARK_SOURCE_DIR) / "testdata";

// A folder that goes when the test does.
class ScratchFolder {
 public:
  ScratchFolder()
      : path_(std::filesystem::temp_directory_path() /
              ("regmark-reading-" + base::to_hex(base::random_bytes<8>()))) {
    std::filesystem::create_directories(path_);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path put(const std::string& name, std::span<const std::uint8_t> bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << base::as_text(bytes);
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

// Every pixel its own colour, so that none can move unseen.
inline Picture patterned(int width, int height) {
  auto picture = Picture::create(width, height).value();
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      picture.at(x, y)[0] = static_cast<std::uint8_t>(x * 255 / std::max(1, width - 1));
      picture.at(x, y)[1] = static_cast<std::uint8_t>(y * 255 / std::max(1, height - 1));
      picture.at(x, y)[2] = static_cast<std::uint8_t>((x * 7 + y * 13) % 256);
    }
  }
  return picture;
}

// As hard to compress as a picture can be.
inline Picture noisy(int width, int height, std::uint32_t seed) {
  auto picture = Picture::create(width, height).value();
  std::mt19937 random(seed);
  for (auto& value : picture.pixels()) value = static_cast<std::uint8_t>(random());
  return picture;
}

// What one place of a plate may show: characters with what speaks for each.
using PlaceOdds = std::vector<std::pair<char, double>>;

// What the network says of a plate that shows these characters. Each place takes three steps, the
// middle one a character; all else is blank with `sure`, and the rest goes to everything.
inline Distribution distribution_of(const std::vector<PlaceOdds>& places, double sure = 0.999) {
  const std::size_t steps = places.size() * 3 + 1;
  std::vector<float> logits;
  for (std::size_t step = 0; step < steps; ++step) {
    std::vector<double> odds(classes, (1 - sure) / static_cast<double>(classes));
    if (step % 3 == 1) {
      for (const auto& [character, share] : places[step / 3]) {
        odds[class_of(character)] += sure * share;
      }
    } else {
      odds[0] += sure;
    }
    for (const double one : odds) logits.push_back(static_cast<float>(std::log(one)));
  }
  return Distribution::of_logits(logits, classes);
}

inline Distribution distribution_of(std::string_view text, double sure = 0.999) {
  std::vector<PlaceOdds> places;
  for (const char character : text) places.push_back({{character, 1.0}});
  return distribution_of(places, sure);
}

// Count, height, width, channels.
inline std::vector<int> shape_of(const Pixels& pixels) {
  return {pixels.count, pixels.height, pixels.width, pixels.channels};
}

// An upright plate around a centre, five times as wide as high.
inline Corners corners_around(float x, float y, float width) {
  const float half = width / 2, high = width / 10;
  return {{{x - half, y - high}, {x + half, y - high}, {x + half, y + high}, {x - half, y + high}}};
}

inline Seen seen_at(const Corners& corners, Distribution distribution) {
  Look look{std::move(distribution)};
  auto reading = vote(std::span(&look, 1)).value();
  return {{corners, 0.9F}, std::move(look), std::move(reading), ""};
}

inline std::shared_ptr<const Frame> frame_at(std::chrono::microseconds position) {
  return std::make_shared<Frame>(Frame{Picture::create(8, 8).value(),
                                       base::parse_utc("2026-11-22T02:40:04Z").value() + position,
                                       plate::TimeSource::explicit_offset, position});
}

}  // namespace regmark::reading
