// Reads one plate whose corners are known.
#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/result.h"
#include "reading/ctc.h"
#include "reading/engine.h"
#include "reading/geometry.h"
#include "reading/image.h"
#include "reading/picture.h"
#include "reading/vote.h"

namespace regmark::reading {

// How many lines a plate of this shape may have: one, two, or either where it is seen from the side
// or its corners are loose. Never none.
std::vector<Lines> possible_lines(const Corners& corners);

// Used by one thread at a time.
class Reader {
 public:
  // Fails with
  //   corrupt   the bytes are not the network of models/README.md
  static Result<Reader> create(const InferenceEngine& engine, const Model& model);

  // One look at a plate: what stands there, step by step from its left, as cut by its corners.
  // vote() makes a text of it.
  Result<Look> look(const Picture& picture, const Corners& corners, Lines lines);
  // Adds the plate as cut a little wider, since a corner that cuts into a letter is the commonest
  // mistake.
  Result<void> look_wider(const Picture& picture, const Corners& corners, Lines lines, Look& look);

 private:
  Result<Distribution> read_cut(const Picture& picture, const Corners& corners, Lines lines);
  explicit Reader(std::unique_ptr<Network> network) : network_(std::move(network)) {}
  std::unique_ptr<Network> network_;
};

}  // namespace regmark::reading
