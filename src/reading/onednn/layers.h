// A network as the layers that oneDNN runs: what an ONNX graph says, with activations and sums
// drawn into the layer before them, so that a number is written to memory once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "reading/onnx.h"

namespace regmark::reading::onednn {

enum class Kind : std::uint8_t {
  convolution,
  max_pool,
  average_pool,  // what lies outside does not count
  add,
  concat,
  upsample,  // each number repeated `factors` times along height and width
  activation,
  softmax,  // along the last dimension
  reshape,
  transpose,
};

// `clip` keeps a number between `low` and `high`.
enum class Activation : std::uint8_t { none, relu, clip, sigmoid };

using ValueId = std::size_t;  // a number for each name in the graph

struct Layer {
  Kind kind = Kind::convolution;
  std::vector<ValueId> inputs;
  ValueId output = 0;

  // Convolution and pools: height and width of each.
  std::vector<std::int64_t> kernel, strides, dilations, pads_before, pads_after;
  std::int64_t groups = 1;
  onnx::Constant weights, bias;  // of a convolution; the bias may be empty

  Activation activation = Activation::none;  // the last thing that is done
  float low = 0, high = 0;
  // Added to what a convolution or upsampling gives, before the activation. Not among the inputs.
  std::optional<ValueId> added;

  std::int64_t axis = 0;               // concat
  std::vector<std::int64_t> shape;     // reshape, as ONNX writes it: 0 as before, -1 the rest
  std::vector<std::int64_t> order;     // transpose
  std::vector<std::int64_t> squeezed;  // reshape without a shape: the dimensions to drop
  std::vector<std::int64_t> factors;   // upsample
};

struct Layers {
  std::vector<Layer> layers;       // in the order in which they run
  std::vector<std::string> names;  // of each value
  ValueId input = 0, output = 0;

  // How many layers read each value; the network's output counts as read once.
  std::vector<std::size_t> uses() const;
};

// Fails with
//   corrupt   a layer that is not known here, or a known one used in a way that is not
Result<Layers> layers_of(const onnx::Graph& graph);

}  // namespace regmark::reading::onednn
