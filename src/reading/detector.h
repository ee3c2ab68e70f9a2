// Finds plates in a picture as four corners.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "reading/engine.h"
#include "reading/geometry.h"
#include "reading/image.h"
#include "reading/picture.h"

namespace regmark::reading {

struct Found {
  Corners corners;
  float score = 0;  // 0 to 1, that this is a plate
  friend bool operator==(const Found&, const Found&) = default;
};

inline constexpr std::size_t found_max = 50;  // plates of one picture, the best

struct DetectorSettings {
  // Below this a peak is not taken for a plate. The reader's own doubt sorts out the rest.
  float score_min = 0.3F;
};

// Used by one thread at a time.
class Detector {
 public:
  // Fails with
  //   corrupt   the bytes are not the network of models/README.md
  static Result<Detector> create(const InferenceEngine& engine, const Model& model,
                                 const DetectorSettings& settings = {});

  // Best first; corners in the picture's pixels, which may lie a little outside it. Looks at two
  // scales, since a plate may fill the picture or a fortieth of its width; then once more at each
  // plate at one size, which gives better corners.
  Result<std::vector<Found>> find(const Picture& picture);

  // Better corners of a plate whose place is known, or the same.
  Result<Corners> look_again(const Picture& picture, const Corners& corners);

 private:
  Detector(std::unique_ptr<Network> network, const DetectorSettings& settings)
      : network_(std::move(network)), settings_(settings) {}
  std::unique_ptr<Network> network_;
  DetectorSettings settings_;
};

// What find() shows the network of a picture first: all of it, and of larger ones a third of that
// again, for plates that fill the picture.
std::vector<DetectorInput> detector_inputs(const Picture& picture);

// The local maxima of the network's output, best first, at most found_max, in pixels of its input.
std::vector<Found> peaks(const Tensor& plates, float score_min);

// The best of those that stand for one plate: drops one whose upright box shares more than 0.3 with
// a better one's, or whose centre lies within it. Best first.
std::vector<Found> suppress(std::vector<Found> found);

}  // namespace regmark::reading
