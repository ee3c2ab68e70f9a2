#include "reading/detector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include "reading/image.h"

namespace regmark::reading {
namespace {

// The long side at which the network sees a picture. For photographs of some hundred pixels 512
// finds as many plates as 832 in half the time; in larger pictures far plates need 832. Three sides
// and no more, since each shape of input costs some 10 ms when it first comes. A plate that fills
// more than a half of the input is not seen in it: for those a third of it is shown too.
struct Side {
  int up_to;  // the picture's own long side
  int side;
};
constexpr std::array<Side, 3> sides = {{{448, 384}, {640, 512}, {0, 832}}};
constexpr int third_above = 384, third = 3;

int side_of(const Picture& picture) {
  const int own = std::max(picture.width(), picture.height());
  for (const auto& [up_to, side] : sides) {
    if (own <= up_to) return side;
  }
  return sides.back().side;
}

constexpr float cell = 8;          // pixels of the input for each cell of the output
constexpr float corner_unit = 32;  // pixels for an output of 1
constexpr int channels = 9;        // the logit, then x and y of four corners
// Of the second look: that there is a plate is known, so less is enough, but it must be this one.
constexpr float again_score_min = 0.15F, again_shared_min = 0.35F;
constexpr float shared_max = 0.3F;  // of two upright boxes that are still two plates

// The network's output with its cells by row and column.
class Cells {
 public:
  explicit Cells(const Tensor& plates)
      : values_(plates.values), rows_(plates.shape[2]), columns_(plates.shape[3]) {}
  int rows() const { return rows_; }
  int columns() const { return columns_; }
  float at(int channel, int row, int column) const {
    return values_[static_cast<std::size_t>((channel * rows_ + row) * columns_ + column)];
  }
  // Whether no neighbour is greater. Of equal ones the first in reading order counts.
  bool is_peak(int row, int column) const {
    const float own = at(0, row, column);
    for (int y = std::max(0, row - 1); y <= std::min(rows_ - 1, row + 1); ++y) {
      for (int x = std::max(0, column - 1); x <= std::min(columns_ - 1, column + 1); ++x) {
        const bool before = y < row || (y == row && x < column);
        const float other = at(0, y, x);
        if (other > own || (before && other == own)) return false;
      }
    }
    return true;
  }

 private:
  std::span<const float> values_;
  int rows_, columns_;
};

bool is_output(const Tensor& plates) {
  return plates.shape.size() == 4 && plates.shape[0] == 1 && plates.shape[1] == channels;
}

bool is_sound(const Corners& corners) {
  return std::ranges::all_of(corners, [](const Point& corner) {
    return std::isfinite(corner.x) && std::isfinite(corner.y);
  });
}

Corners corners_at(const Cells& cells, int row, int column) {
  Corners corners;
  for (int corner = 0; corner < 4; ++corner) {
    corners[static_cast<std::size_t>(corner)] = {
        (static_cast<float>(column) + 0.5F) * cell +
            cells.at(1 + corner * 2, row, column) * corner_unit,
        (static_cast<float>(row) + 0.5F) * cell +
            cells.at(2 + corner * 2, row, column) * corner_unit};
  }
  return corners;
}

}  // namespace

std::vector<Found> peaks(const Tensor& plates, float score_min) {
  std::vector<Found> found;
  if (!is_output(plates)) return found;
  const Cells cells(plates);
  for (int row = 0; row < cells.rows(); ++row) {
    for (int column = 0; column < cells.columns(); ++column) {
      const float score = 1 / (1 + std::exp(-cells.at(0, row, column)));
      if (!(score >= score_min) || !cells.is_peak(row, column)) continue;
      const auto corners = corners_at(cells, row, column);
      if (is_sound(corners)) found.push_back({corners, score});
    }
  }
  std::ranges::stable_sort(found, std::greater<>(), &Found::score);
  if (found.size() > found_max) found.resize(found_max);
  return found;
}

std::vector<Found> suppress(std::vector<Found> found) {
  std::ranges::stable_sort(found, std::greater<>(), &Found::score);
  std::vector<Found> kept;
  for (const auto& candidate : found) {
    const auto box = box_around(candidate.corners);
    const auto centre = centre_of(candidate.corners);
    const bool is_known = std::ranges::any_of(kept, [&](const Found& better) {
      const auto better_box = box_around(better.corners);
      return better_box.contains(centre) || overlap(better_box, box) > shared_max;
    });
    if (!is_known) kept.push_back(candidate);
    if (kept.size() == found_max) break;
  }
  return kept;
}

Result<Detector> Detector::create(const InferenceEngine& engine, const Model& model,
                                  const DetectorSettings& settings) {
  REGMARK_ASSIGN(auto network, engine.load(model));
  const Pixels probe{1, 64, 96, 3, std::vector<std::uint8_t>(std::size_t{3} * 64 * 96, 128)};
  const auto output = network->run(probe);
  if (!output || output->shape != std::vector<int>{1, channels, 8, 12}) {
    return fail(ErrorCode::corrupt, "the detector's network is not of the agreed shape");
  }
  return Detector(std::move(network), settings);
}

std::vector<DetectorInput> detector_inputs(const Picture& picture) {
  std::vector<DetectorInput> inputs;
  const int side = side_of(picture);
  inputs.push_back(detector_input(picture, side));
  if (side > third_above) inputs.push_back(shrunk(inputs.front(), third));
  return inputs;
}

Result<std::vector<Found>> Detector::find(const Picture& picture) {
  std::vector<Found> all;
  for (const auto& input : detector_inputs(picture)) {
    REGMARK_ASSIGN(const auto plates, network_->run(input.pixels));
    for (const auto& found : peaks(plates, settings_.score_min)) {
      all.push_back({input.in_picture(found.corners), found.score});
    }
  }
  auto kept = suppress(std::move(all));
  for (auto& found : kept) {
    REGMARK_ASSIGN(found.corners, look_again(picture, found.corners));
  }
  return kept;
}

Result<Corners> Detector::look_again(const Picture& picture, const Corners& corners) {
  const auto input = close_up(picture, corners);
  REGMARK_ASSIGN(const auto plates, network_->run(input.pixels));
  Corners best = corners;
  float best_worth = 0;
  for (const auto& again : peaks(plates, again_score_min)) {
    const auto again_corners = input.in_picture(again.corners);
    const float shared = overlap(box_around(again_corners), box_around(corners));
    if (shared <= again_shared_min || shared * again.score <= best_worth) continue;
    best = again_corners;
    best_worth = shared * again.score;
  }
  return best;
}

}  // namespace regmark::reading
