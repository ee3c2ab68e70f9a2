// What runs a neural network: a port. OpenCV's network module is the first driver
// (reading/opencv/); oneDNN can stand beside it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"

namespace regmark::reading {

// Numbers with a shape, the last dimension packed closest. The product of the shape is their count.
struct Tensor {
  std::vector<int> shape;
  std::vector<float> values;
};

// A loaded network. Used by one thread at a time; it runs on that thread alone.
class Network {
 public:
  virtual ~Network() = default;
  // The network's one output for its one input. Fails with
  //   invalid_input   a shape that the network cannot take
  virtual Result<Tensor> run(const Tensor& input) = 0;
};

class InferenceEngine {
 public:
  virtual ~InferenceEngine() = default;
  // Fails with
  //   corrupt   the bytes are no ONNX network that the engine knows how to run
  virtual Result<std::unique_ptr<Network>> load(std::span<const std::uint8_t> onnx) const = 0;
};

// OpenCV's network module: runs everywhere.
std::unique_ptr<InferenceEngine> make_opencv_engine();

}  // namespace regmark::reading
