// What runs a neural network: a port. oneDNN is the driver of the program (reading/onednn/);
// OpenCV's network module is the reference that tests and benchmarks hold it against
// (reading/opencv/engine.cc).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace regmark::reading {

// Numbers with a shape, the last dimension packed closest. The product of the shape is their count.
struct Tensor {
  std::vector<int> shape;
  std::vector<float> values;
};

// Pictures of one size as bytes, one after another, each with its rows packed from the top and the
// channels of a pixel next to each other. To a network each number is a 255th.
struct Pixels {
  int count = 1, height = 0, width = 0, channels = 0;
  std::vector<std::uint8_t> values;
};

// A network as files.
struct Model {
  std::span<const std::uint8_t> network;  // ONNX
  std::string_view ranges;                // see reading/ranges.h; empty: not measured
};

// A loaded network. Used by one thread at a time; it runs on that thread alone.
class Network {
 public:
  virtual ~Network() = default;
  // The network's one output for its one input. Fails with
  //   invalid_input   pixels of a size that the network cannot take, or fewer than they should be
  virtual Result<Tensor> run(const Pixels& pixels) = 0;
};

class InferenceEngine {
 public:
  virtual ~InferenceEngine() = default;
  // Fails with
  //   corrupt   the bytes are no ONNX network that the engine knows how to run, or the ranges are
  //             those of another
  virtual Result<std::unique_ptr<Network>> load(const Model& model) const = 0;
};

// How a network computes. `int8` is two to four times as fast as `fp32` and rounds.
enum class Precision : std::uint8_t { fp32, int8 };

// oneDNN's. int8 is used where it is allowed, where the processor has instructions made for it, and
// where a trial sum comes out exact; and for networks whose ranges are known.
std::unique_ptr<InferenceEngine> make_engine(Precision most = Precision::int8);

// What make_engine() uses on this processor when all is allowed.
Precision precision_of_processor();

// The setting REGMARK_READING: "int8" (as when it is not set) or "fp32". Fails with
//   invalid_input   another word
Result<Precision> precision_allowed(const char* setting);

// OpenCV's network module, in floats: slow, and written by others.
std::unique_ptr<InferenceEngine> make_opencv_engine();

}  // namespace regmark::reading
