// regmark-ranges MODELS FOLDER...: measures which numbers pass through both networks of the folder
// MODELS when they read the pictures of the others, and writes detector.ranges and reader.ranges
// beside them. Eight-bit arithmetic needs these: see docs/reading.md.
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "reading/detector.h"
#include "reading/image.h"
#include "reading/onednn/network.h"
#include "reading/picture.h"
#include "reading/read_command.h"
#include "reading/reader.h"
#include "reading/sources.h"

namespace {

using namespace regmark;

// Pictures are seen as they are, darker, and paler, since a range must hold what a dull camera
// sees.
constexpr std::array<std::pair<float, float>, 3> looks = {{{1.F, 0.F}, {0.5F, 0.F}, {0.6F, 90.F}}};

struct Inputs {
  std::vector<reading::Pixels> detector, reader;
};

reading::Picture changed(const reading::Picture& picture, float contrast, float lift) {
  auto made = picture;
  for (auto& value : made.pixels()) {
    value = static_cast<std::uint8_t>(static_cast<float>(value) * contrast + lift);
  }
  return made;
}

// All that the networks are shown of a picture.
Result<void> add(const reading::Picture& picture, reading::Detector& detector, Inputs& inputs) {
  for (auto& input : reading::detector_inputs(picture)) {
    inputs.detector.push_back(std::move(input.pixels));
  }
  REGMARK_ASSIGN(const auto plates, detector.find(picture));
  for (const auto& found : plates) {
    inputs.detector.push_back(reading::close_up(picture, found.corners).pixels);
    for (const auto lines : reading::possible_lines(found.corners)) {
      inputs.reader.push_back({1, reading::straight_height, reading::straight_width, 1,
                               reading::straighten(picture, found.corners, lines)});
    }
  }
  return {};
}

Result<void> measure(const std::filesystem::path& models,
                     const std::vector<std::filesystem::path>& folders) {
  REGMARK_ASSIGN(const auto detector_file,
                 base::read_file(models / "detector.onnx", std::size_t{64} << 20U));
  REGMARK_ASSIGN(const auto reader_file,
                 base::read_file(models / "reader.onnx", std::size_t{64} << 20U));
  const auto engine = reading::make_engine(reading::Precision::fp32);
  REGMARK_ASSIGN(auto detector, reading::Detector::create(*engine, {detector_file, {}}));
  Inputs inputs;
  for (const auto& folder : folders) {
    REGMARK_ASSIGN(const auto files, reading::files_of(folder, reading::folder_files_max));
    for (const auto& path : files) {
      REGMARK_ASSIGN(const auto bytes, base::read_file(path, reading::picture_file_max));
      REGMARK_ASSIGN(const auto picture, reading::decode_picture(bytes));
      for (const auto& [contrast, lift] : looks) {
        REGMARK_TRY(add(changed(picture, contrast, lift), detector, inputs));
      }
    }
  }
  fmt::print("{} inputs of the detector, {} of the reader\n", inputs.detector.size(),
             inputs.reader.size());
  const auto write = [&](const base::Bytes& network, const std::vector<reading::Pixels>& pictures,
                         const char* name) -> Result<void> {
    REGMARK_ASSIGN(const auto ranges, reading::onednn::measure_ranges(network, pictures));
    const auto text = reading::text_of(ranges, network);
    return base::write_file(models / name, base::as_bytes(text));
  };
  REGMARK_TRY(write(detector_file, inputs.detector, "detector.ranges"));
  return write(reader_file, inputs.reader, "reader.ranges");
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) {
    fmt::print(stderr, "usage: regmark-ranges MODELS FOLDER...\n");
    return 2;
  }
  const auto done = measure(words[1], {words + 2, words + count});
  if (done) return 0;
  fmt::print(stderr, "{}\n", done.error().message);
  return 1;
}
