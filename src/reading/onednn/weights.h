// The weights of a network in the order in which oneDNN's convolutions read them. Packed once for
// each order that a size of picture asks for, and shared by all sizes that ask for the same.
#pragma once

#include <dnnl.hpp>
#include <map>
#include <utility>
#include <vector>

#include "reading/onednn/layers.h"

namespace regmark::reading::onednn {

class Weights {
 public:
  explicit Weights(const dnnl::engine& engine) : engine_(engine) {}

  // Height and width last, with groups first if there are any.
  static dnnl::memory::dims shape_of(const Layer& layer);
  // What one of eight bits stands for, for each of the layer's outputs.
  static std::vector<float> units_of(const Layer& layer);

  // In the layout and type of `wanted`; eight bits count units_of().
  dnnl::memory packed(const Layer& layer, const dnnl::memory::desc& wanted);
  // Each output's bias divided by its `unit`; zeros for a layer without.
  dnnl::memory bias(const Layer& layer, const std::vector<float>& units);

 private:
  dnnl::engine engine_;
  std::map<ValueId, std::vector<std::pair<dnnl::memory::desc, dnnl::memory>>> packed_;
};

}  // namespace regmark::reading::onednn
