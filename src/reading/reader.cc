#include "reading/reader.h"

#include <cstddef>

namespace regmark::reading {
namespace {

// The classes of the network's output. The last one was never trained: see models/README.md.
constexpr int output_width = 38;

// In widths over heights. A British one-line plate has 4.7, its two-line ones 1.4 and 1.2; turned
// aside it has less, and where these overlap both are tried.
constexpr float one_line_from = 1.5F, two_lines_below = 3.0F;

bool is_output(const Tensor& characters) {
  return characters.shape.size() == 3 && characters.shape[0] == 1 &&
         characters.shape[2] == output_width;
}

}  // namespace

Result<Reader> Reader::create(const InferenceEngine& engine, std::span<const std::uint8_t> model) {
  REGMARK_ASSIGN(auto network, engine.load(model));
  Tensor probe{{1, 1, straight_height, straight_width},
               std::vector<float>(std::size_t{straight_height} * straight_width, 0.5F)};
  const auto output = network->run(probe);
  if (!output || !is_output(*output)) {
    return fail(ErrorCode::corrupt, "the reader's network is not of the agreed shape");
  }
  return Reader(std::move(network));
}

std::vector<Lines> possible_lines(const Corners& corners) {
  const auto size = size_of(corners);
  std::vector<Lines> lines;
  if (size.width >= one_line_from * size.height) lines.push_back(Lines::one);
  if (size.width < two_lines_below * size.height) lines.push_back(Lines::two);
  return lines;
}

Result<Distribution> Reader::look(const Picture& picture, const Corners& corners, Lines lines) {
  const auto plate = straighten(picture, corners, lines);
  Tensor input{{1, 1, straight_height, straight_width}, {}};
  input.values.reserve(plate.size());
  for (const auto grey : plate) input.values.push_back(static_cast<float>(grey) / 255.F);
  REGMARK_ASSIGN(const auto output, network_->run(input));
  return Distribution::of_logits(output.values, output_width);
}

}  // namespace regmark::reading
