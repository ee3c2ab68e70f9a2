#include "reading/onednn/numbers.h"

#include <algorithm>
#include <cmath>

namespace regmark::reading::onednn {
namespace {

// Which values somebody wants in eight bits. From the last layer to the first, since a layer that
// only moves numbers wants what its reader wants.
std::vector<bool> wanted(const Layers& all) {
  std::vector<bool> wanted(all.names.size(), false);
  for (auto layer = all.layers.rbegin(); layer != all.layers.rend(); ++layer) {
    const bool computes = layer->kind == Kind::convolution;
    const bool passes_on = layer->kind != Kind::activation && layer->kind != Kind::softmax &&
                           layer->kind != Kind::average_pool;
    if (!computes && !(passes_on && wanted[layer->output])) continue;
    for (const auto input : layer->inputs) wanted[input] = true;
    if (layer->added) wanted[*layer->added] = true;
  }
  wanted[all.output] = false;
  return wanted;
}

}  // namespace

Numbers numbers_of(const Layers& layers, const Ranges& ranges) {
  Numbers numbers(layers.names.size());
  if (ranges.empty()) return numbers;
  const auto is_wanted = wanted(layers);
  for (ValueId value = 0; value < numbers.size(); ++value) {
    const auto range = ranges.find(layers.names[value]);
    if (!is_wanted[value] || range == ranges.end()) continue;
    const float most = std::max(std::abs(range->second.low), std::abs(range->second.high));
    if (!(most > 0)) continue;
    if (range->second.low >= 0) {
      numbers[value] = Number{dnnl::memory::data_type::u8, most / 255};
    } else {
      numbers[value] = Number{dnnl::memory::data_type::s8, most / 127};
    }
  }
  numbers[layers.input] = pixel;
  // What is put side by side must count the same unit: better from the start than by converting.
  for (const auto& layer : layers.layers) {
    if (layer.kind != Kind::concat || !numbers[layer.output]) continue;
    for (const auto input : layer.inputs) {
      if (numbers[input] && input != layers.input) numbers[input] = numbers[layer.output];
    }
  }
  return numbers;
}

}  // namespace regmark::reading::onednn
