#include "reading/onednn/layers.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "reading/onednn/fusion.h"

namespace regmark::reading::onednn {
namespace {

using onnx::Node;

tl::unexpected<Error> unknown(const Node& node) {
  return fail(ErrorCode::corrupt, "the network has a layer that cannot be run: " + node.operation);
}

// Turns nodes into layers one by one.
class Builder {
 public:
  explicit Builder(const onnx::Graph& graph) : graph_(graph) {}

  Result<Layers> build() {
    made_.input = value(graph_.input);
    known_.insert_or_assign(graph_.input, made_.input);
    for (const auto& node : graph_.nodes) REGMARK_TRY(add(node));
    const auto output = known_.find(graph_.output);
    if (output == known_.end()) return fail(ErrorCode::corrupt, "nothing gives the output");
    made_.output = output->second;
    return std::move(made_);
  }

 private:
  using Read = Result<void> (Builder::*)(const Node&, Layer&);

  ValueId value(const std::string& name) {
    made_.names.push_back(name);
    return made_.names.size() - 1;
  }

  const onnx::Constant* constant(const Node& node, std::size_t input) const {
    if (input >= node.inputs.size()) return nullptr;
    const auto at = graph_.constants.find(node.inputs[input]);
    return at == graph_.constants.end() ? nullptr : &at->second;
  }

  Result<void> add(const Node& node) {
    static const std::map<std::string, Read> readers = {{"Conv", &Builder::convolution},
                                                        {"MaxPool", &Builder::pool},
                                                        {"AveragePool", &Builder::pool},
                                                        {"Relu", &Builder::activation},
                                                        {"Clip", &Builder::activation},
                                                        {"Sigmoid", &Builder::activation},
                                                        {"Add", &Builder::sum},
                                                        {"Concat", &Builder::concat},
                                                        {"Resize", &Builder::upsample},
                                                        {"Softmax", &Builder::softmax},
                                                        {"Reshape", &Builder::reshape},
                                                        {"Squeeze", &Builder::squeeze},
                                                        {"Transpose", &Builder::transpose}};
    const bool is_nothing = node.operation == "Identity" || node.operation == "Dropout";
    const auto read = readers.find(node.operation);
    if (node.inputs.empty() || (!is_nothing && read == readers.end())) return unknown(node);
    Layer layer;
    const bool takes_all = node.operation == "Add" || node.operation == "Concat";
    const std::size_t taken = takes_all ? node.inputs.size() : 1;
    for (std::size_t at = 0; at < taken; ++at) {
      const auto input = known_.find(node.inputs[at]);
      if (input == known_.end()) return unknown(node);  // of what is not yet there, or constant
      layer.inputs.push_back(input->second);
    }
    if (is_nothing) {
      known_.insert_or_assign(node.outputs[0], layer.inputs[0]);
      return {};
    }
    REGMARK_TRY((this->*read->second)(node, layer));
    layer.output = value(node.outputs[0]);
    known_.insert_or_assign(node.outputs[0], layer.output);
    made_.layers.push_back(std::move(layer));
    return {};
  }

  // Height and width of the windows that convolutions and pools move over a picture.
  static Result<void> window(const Node& node, Layer& layer) {
    layer.kernel = node.integers("kernel_shape", {});
    layer.strides = node.integers("strides", {1, 1});
    layer.dilations = node.integers("dilations", {1, 1});
    const auto pads = node.integers("pads", {0, 0, 0, 0});
    constexpr std::int64_t most = 1024;
    const auto in_range = [](const std::vector<std::int64_t>& numbers, std::int64_t least) {
      return std::ranges::all_of(
          numbers, [&](std::int64_t number) { return number >= least && number <= most; });
    };
    const bool is_sound = layer.kernel.size() == 2 && layer.strides.size() == 2 &&
                          layer.dilations.size() == 2 && pads.size() == 4 &&
                          in_range(layer.kernel, 1) && in_range(layer.strides, 1) &&
                          in_range(layer.dilations, 1) && in_range(pads, 0);
    if (!is_sound || node.text("auto_pad", "NOTSET") != "NOTSET") return unknown(node);
    layer.pads_before = {pads[0], pads[1]};
    layer.pads_after = {pads[2], pads[3]};
    return {};
  }

  Result<void> convolution(const Node& node, Layer& layer) {
    layer.kind = Kind::convolution;
    REGMARK_TRY(window(node, layer));
    layer.groups = node.integer("group", 1);
    const auto* weights = constant(node, 1);
    const auto* bias = constant(node, 2);
    if (weights == nullptr || weights->shape.size() != 4 || weights->floats.empty() ||
        layer.groups < 1 || weights->shape[0] % layer.groups != 0 ||
        weights->shape[2] != layer.kernel[0] || weights->shape[3] != layer.kernel[1] ||
        (node.inputs.size() > 2 && bias == nullptr)) {
      return unknown(node);
    }
    layer.weights = *weights;
    if (bias != nullptr) layer.bias = *bias;
    const auto outputs = static_cast<std::size_t>(weights->shape[0]);
    if (bias != nullptr && layer.bias.floats.size() != outputs) return unknown(node);
    return {};
  }

  Result<void> pool(const Node& node, Layer& layer) {
    layer.kind = node.operation == "MaxPool" ? Kind::max_pool : Kind::average_pool;
    REGMARK_TRY(window(node, layer));
    const bool is_plain = layer.dilations == std::vector<std::int64_t>{1, 1} &&
                          node.integer("ceil_mode", 0) == 0 &&
                          node.integer("count_include_pad", 0) == 0 && node.outputs.size() == 1;
    for (std::size_t side = 0; side < 2; ++side) {
      if (layer.pads_before[side] >= layer.kernel[side]) return unknown(node);
      if (layer.pads_after[side] >= layer.kernel[side]) return unknown(node);
    }
    return is_plain ? Result<void>() : unknown(node);
  }

  Result<void> activation(const Node& node, Layer& layer) {
    layer.kind = Kind::activation;
    if (node.operation == "Relu") {
      layer.activation = Activation::relu;
    } else if (node.operation == "Sigmoid") {
      layer.activation = Activation::sigmoid;
    } else {
      layer.activation = Activation::clip;
      constexpr float greatest = std::numeric_limits<float>::max();
      const auto bound = [&](std::size_t input, const char* name, float otherwise) {
        const auto* given = constant(node, input);
        return given != nullptr && given->floats.size() == 1 ? given->floats[0]
                                                             : node.number(name, otherwise);
      };
      layer.low = bound(1, "min", -greatest);
      layer.high = bound(2, "max", greatest);
      if (!(layer.low <= layer.high)) return unknown(node);
    }
    return {};
  }

  Result<void> sum(const Node& node, Layer& layer) {
    layer.kind = Kind::add;
    return layer.inputs.size() == 2 ? Result<void>() : unknown(node);
  }

  Result<void> concat(const Node& node, Layer& layer) {
    layer.kind = Kind::concat;
    layer.axis = node.integer("axis", 1);
    return {};
  }

  // Nearest neighbour by whole factors, which is the same in every rounding mode that ONNX knows
  // but those that look at the pixel's far side.
  Result<void> upsample(const Node& node, Layer& layer) {
    layer.kind = Kind::upsample;
    const auto* scales = constant(node, 2);
    const auto mode = node.text("coordinate_transformation_mode", "half_pixel");
    const auto nearest = node.text("nearest_mode", "round_prefer_floor");
    const bool is_repeated = (mode == "asymmetric" && nearest == "floor") ||
                             (mode == "half_pixel" && nearest != "floor" && nearest != "ceil");
    if (node.text("mode", "nearest") != "nearest" || !is_repeated || scales == nullptr ||
        scales->floats.size() != 4 || scales->floats[0] != 1 || scales->floats[1] != 1) {
      return unknown(node);
    }
    for (const float scale : {scales->floats[2], scales->floats[3]}) {
      if (!(scale >= 1 && scale <= 16) || scale != static_cast<float>(static_cast<int>(scale))) {
        return unknown(node);
      }
      layer.factors.push_back(static_cast<std::int64_t>(scale));
    }
    return {};
  }

  Result<void> softmax(const Node& node, Layer& layer) {
    layer.kind = Kind::softmax;
    layer.axis = node.integer("axis", 1);  // whether it is the last one the plan can tell
    return {};
  }

  Result<void> reshape(const Node& node, Layer& layer) {
    layer.kind = Kind::reshape;
    const auto* shape = constant(node, 1);
    if (shape == nullptr || shape->integers.empty()) return unknown(node);
    layer.shape = shape->integers;
    return {};
  }

  Result<void> squeeze(const Node& node, Layer& layer) {
    layer.kind = Kind::reshape;
    const auto* axes = constant(node, 1);
    layer.squeezed = axes != nullptr ? axes->integers : node.integers("axes", {});
    return layer.squeezed.empty() ? unknown(node) : Result<void>();
  }

  Result<void> transpose(const Node& node, Layer& layer) {
    layer.kind = Kind::transpose;
    layer.order = node.integers("perm", {});
    return layer.order.empty() ? unknown(node) : Result<void>();
  }

  const onnx::Graph& graph_;
  Layers made_;
  std::map<std::string, ValueId> known_;
};

}  // namespace

std::vector<std::size_t> Layers::uses() const {
  std::vector<std::size_t> counts(names.size(), 0);
  for (const auto& layer : layers) {
    for (const auto read : layer.inputs) ++counts[read];
    if (layer.added) ++counts[*layer.added];
  }
  ++counts[output];
  return counts;
}

Result<Layers> layers_of(const onnx::Graph& graph) {
  REGMARK_ASSIGN(auto layers, Builder(graph).build());
  fuse(layers);
  return layers;
}

}  // namespace regmark::reading::onednn
