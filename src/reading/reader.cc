#include "reading/reader.h"

#include <array>
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

// What the second cut is wider and higher by. With it 68 of 107 pictures that were held back from
// training were read in place of 66, with a third fewer misreads among those above the least score.
constexpr float wider_by = 1.05F, higher_by = 1.1F;

// The plate about its centre, along its own sides.
Corners wider(const Corners& corners) {
  const Point along{(corners[1].x - corners[0].x + corners[2].x - corners[3].x) / 2,
                    (corners[1].y - corners[0].y + corners[2].y - corners[3].y) / 2};
  const Point down{(corners[3].x - corners[0].x + corners[2].x - corners[1].x) / 2,
                   (corners[3].y - corners[0].y + corners[2].y - corners[1].y) / 2};
  constexpr std::array<Point, 4> towards = {{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}}};
  Corners made = corners;
  for (std::size_t at = 0; at < made.size(); ++at) {
    const float x = towards[at].x * (wider_by - 1) / 2, y = towards[at].y * (higher_by - 1) / 2;
    made[at].x += x * along.x + y * down.x;
    made[at].y += x * along.y + y * down.y;
  }
  return made;
}

}  // namespace

Result<Reader> Reader::create(const InferenceEngine& engine, const Model& model) {
  REGMARK_ASSIGN(auto network, engine.load(model));
  const Pixels probe{1, straight_height, straight_width, 1,
                     StraightPlate(std::size_t{straight_height} * straight_width, 128)};
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

Result<Look> Reader::look(const Picture& picture, const Corners& corners, Lines lines) {
  REGMARK_ASSIGN(auto distribution, read_cut(picture, corners, lines));
  return Look{std::move(distribution)};
}

Result<void> Reader::look_wider(const Picture& picture, const Corners& corners, Lines lines,
                                Look& look) {
  REGMARK_ASSIGN(auto distribution, read_cut(picture, wider(corners), lines));
  look.push_back(std::move(distribution));
  return {};
}

Result<Distribution> Reader::read_cut(const Picture& picture, const Corners& corners, Lines lines) {
  const Pixels plate{1, straight_height, straight_width, 1, straighten(picture, corners, lines)};
  REGMARK_ASSIGN(const auto output, network_->run(plate));
  return Distribution::of_logits(output.values, output_width);
}

}  // namespace regmark::reading
