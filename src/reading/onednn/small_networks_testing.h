// Small networks of every kind of layer, to be held against the reference. Never included by a
// program.
#pragma once

#include <string>
#include <vector>

#include "reading/onnx_testing.h"

namespace regmark::reading::onednn {

struct Small {
  std::string name;
  onnx::Writer writer;
};

// Networks one after another, each with weights of its own.
class SmallNetworks {
 public:
  onnx::Writer& add(const std::string& name) {
    const auto seed = static_cast<std::uint32_t>(all_.size() + 1);
    return all_.emplace_back(Small{name, onnx::Writer(seed)}).writer;
  }
  const std::vector<Small>& all() const { return all_; }

 private:
  std::vector<Small> all_;
};

inline void add_convolutions(SmallNetworks& networks) {
  using onnx::Message;
  networks.add("dense").convolution("out", "in", {20, 3, 3, 3}, 2);
  networks.add("relu")
      .convolution("a", "in", {16, 3, 3, 3})
      .node("Relu", "b", {"a"})
      .convolution("out", "b", {8, 16, 1, 1});
  networks.add("clip")
      .convolution("a", "in", {16, 3, 3, 3})
      .node(
          "Clip", "b", {"a"},
          {Message().bytes(1, "min").one_float(2, 0), Message().bytes(1, "max").one_float(2, 0.5F)})
      .convolution("out", "b", {8, 16, 3, 3});
  networks.add("depthwise")
      .convolution("a", "in", {32, 3, 3, 3})
      .node("Relu", "b", {"a"})
      .convolution("c", "b", {32, 1, 3, 3}, 2, 32)
      .node("Relu", "d", {"c"})
      .convolution("out", "d", {8, 32, 1, 1});
  networks.add("groups")
      .convolution("a", "in", {32, 3, 3, 3})
      .node("Relu", "b", {"a"})
      .convolution("out", "b", {16, 8, 3, 3}, 1, 4);
  networks.add("dilated")
      .convolution("a", "in", {16, 3, 3, 3})
      .convolution("out", "a", {8, 16, 1, 7}, 1, 1, 3);
}

// The ways in which sums and activations are drawn into the layer before them.
inline void add_sums(SmallNetworks& networks) {
  using onnx::Message;
  networks.add("residual")
      .convolution("a", "in", {24, 3, 3, 3}, 2)
      .node("Relu", "b", {"a"})
      .convolution("c", "b", {24, 24, 3, 3})
      .node("Relu", "d", {"c"})
      .convolution("e", "d", {24, 24, 3, 3})
      .node("Add", "f", {"b", "e"})
      .node("Relu", "g", {"f"})
      .convolution("out", "g", {4, 24, 1, 1});
  // What is added is read again later: it must not be overwritten.
  networks.add("residual kept")
      .convolution("a", "in", {24, 3, 3, 3})
      .node("Relu", "b", {"a"})
      .convolution("e", "b", {24, 24, 3, 3})
      .node("Add", "f", {"e", "b"})
      .node("Concat", "g", {"b", "f"}, {Message().bytes(1, "axis").number(3, 1)})
      .convolution("out", "g", {4, 48, 1, 1});
  networks.add("two sums")
      .convolution("a", "in", {8, 3, 3, 3})
      .convolution("b", "in", {8, 3, 1, 1})
      .node("Add", "out", {"a", "b"});
  networks.add("doubled").convolution("a", "in", {8, 3, 3, 3}).node("Add", "out", {"a", "a"});
  networks.add("pyramid")
      .convolution("a", "in", {16, 3, 3, 3})
      .node("Relu", "near", {"a"})
      .convolution("b", "near", {16, 16, 3, 3}, 2)
      .node("Relu", "far", {"b"})
      .convolution("c", "near", {16, 16, 1, 1})
      .node("Relu", "side", {"c"})
      .constant("factors", {4}, {1, 1, 2, 2})
      .node("Resize", "up", {"far", "", "factors"},
            {Message().bytes(1, "mode").bytes(4, "nearest"),
             Message().bytes(1, "nearest_mode").bytes(4, "floor"),
             Message().bytes(1, "coordinate_transformation_mode").bytes(4, "asymmetric")})
      .node("Add", "both", {"side", "up"})
      .convolution("out", "both", {8, 16, 3, 3});
}

inline void add_others(SmallNetworks& networks) {
  using onnx::integers_attribute;
  using onnx::Message;
  const auto pool = [](std::int64_t high, std::int64_t wide) {
    return std::vector<Message>{integers_attribute("kernel_shape", {high, wide}),
                                integers_attribute("strides", {high, wide})};
  };
  networks.add("pools")
      .convolution("a", "in", {16, 3, 3, 3})
      .node("MaxPool", "b", {"a"}, pool(2, 2))
      .node("MaxPool", "c", {"b"}, pool(2, 1))
      .convolution("d", "c", {16, 16, 3, 3})
      .node("AveragePool", "out", {"d"}, pool(4, 1));
  networks.add("sigmoid").convolution("a", "in", {6, 3, 3, 3}).node("Sigmoid", "out", {"a"});
  networks.add("steps")
      .convolution("a", "in", {10, 3, 16, 1}, 1)
      .node("MaxPool", "p", {"a"}, pool(17, 1))
      .integers("shape", {-1, 10, 24})
      .node("Reshape", "b", {"p", "shape"})
      .node("Transpose", "c", {"b"}, {integers_attribute("perm", {0, 2, 1})})
      .node("Softmax", "out", {"c"}, {Message().bytes(1, "axis").number(3, 2)});
}

inline std::vector<Small> small_networks() {
  SmallNetworks networks;
  add_convolutions(networks);
  add_sums(networks);
  add_others(networks);
  return networks.all();
}

}  // namespace regmark::reading::onednn
