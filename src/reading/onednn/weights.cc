#include "reading/onednn/weights.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace regmark::reading::onednn {
namespace {

using dnnl::memory;

constexpr float most = 127;  // of eight bits with a sign, so that -128 has no use

}  // namespace

memory::dims Weights::shape_of(const Layer& layer) {
  memory::dims shape(layer.weights.shape.begin(), layer.weights.shape.end());
  if (layer.groups == 1) return shape;
  shape[0] /= layer.groups;
  shape.insert(shape.begin(), layer.groups);
  return shape;
}

std::vector<float> Weights::units_of(const Layer& layer) {
  const auto outputs = static_cast<std::size_t>(layer.weights.shape[0]);
  const std::size_t each = layer.weights.floats.size() / outputs;
  std::vector<float> units;
  for (std::size_t output = 0; output < outputs; ++output) {
    float greatest = 0;
    for (const float weight : std::span(layer.weights.floats).subspan(output * each, each)) {
      greatest = std::max(greatest, std::abs(weight));
    }
    units.push_back(greatest > 0 ? greatest / most : 1);
  }
  return units;
}

memory Weights::packed(const Layer& layer, const memory::desc& wanted) {
  auto& known = packed_[layer.output];
  for (const auto& [desc, made] : known) {
    if (desc == wanted) return made;
  }
  const auto shape = shape_of(layer);
  const memory::desc plain(
      shape, memory::data_type::f32,
      layer.groups == 1 ? memory::format_tag::oihw : memory::format_tag::goihw);
  // The library only reads them, but has no type that says so.
  const memory source(plain, engine_, const_cast<float*>(layer.weights.floats.data()));
  memory made(wanted, engine_);
  dnnl::primitive_attr attributes;
  if (wanted.data_type() == memory::data_type::s8) {
    auto scales = units_of(layer);
    for (auto& scale : scales) scale = 1 / scale;
    attributes.set_output_scales(layer.groups == 1 ? 1 : 3, scales);
  }
  dnnl::stream stream(engine_);
  dnnl::reorder(dnnl::reorder::primitive_desc(source, made, attributes))
      .execute(stream, const_cast<memory&>(source), made);
  stream.wait();
  known.emplace_back(wanted, made);
  return made;
}

memory Weights::bias(const Layer& layer, const std::vector<float>& units) {
  const auto count = static_cast<std::size_t>(layer.weights.shape[0]);
  memory made({{layer.weights.shape[0]}, memory::data_type::f32, memory::format_tag::x}, engine_);
  auto* values = static_cast<float*>(made.get_data_handle());
  for (std::size_t output = 0; output < count; ++output) {
    values[output] = layer.bias.floats.empty() ? 0 : layer.bias.floats[output] / units[output];
  }
  return made;
}

}  // namespace regmark::reading::onednn
