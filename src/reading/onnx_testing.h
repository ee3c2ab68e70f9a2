// Small networks for tests, written as ONNX files. Never included by a program.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "base/crypto.h"

namespace regmark::reading::onnx {

// Bytes of a protocol buffer's message, field by field.
class Message {
 public:
  Message& number(std::uint32_t field, std::int64_t value) {
    varint(field << 3U);
    varint(static_cast<std::uint64_t>(value));
    return *this;
  }
  Message& bytes(std::uint32_t field, const std::string& value) {
    varint(field << 3U | 2U);
    varint(value.size());
    text_ += value;
    return *this;
  }
  Message& floats(std::uint32_t field, const std::vector<float>& values) {
    return bytes(field, {reinterpret_cast<const char*>(values.data()), values.size() * 4});
  }
  Message& one_float(std::uint32_t field, float value) {
    varint(field << 3U | 5U);
    text_.append(reinterpret_cast<const char*>(&value), 4);
    return *this;
  }
  const std::string& text() const { return text_; }

 private:
  void varint(std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7U) text_ += static_cast<char>(value | 0x80U);
    text_ += static_cast<char>(value);
  }
  std::string text_;
};

inline Message integers_attribute(const std::string& name,
                                  const std::vector<std::int64_t>& values) {
  Message attribute;
  attribute.bytes(1, name);
  for (const auto value : values) attribute.number(8, value);
  return attribute;
}

// A network of which each node takes what is named and gives its own name. "in" is the input.
class Writer {
 public:
  explicit Writer(std::uint32_t seed = 1) : random_(seed) {}

  Writer& constant(const std::string& name, const std::vector<std::int64_t>& shape,
                   const std::vector<float>& values) {
    Message tensor;
    for (const auto side : shape) tensor.number(1, side);
    tensor.number(2, 1).bytes(8, name).floats(9, values);
    graph_.bytes(5, tensor.text());
    return *this;
  }
  Writer& integers(const std::string& name, const std::vector<std::int64_t>& values) {
    Message tensor;
    tensor.number(1, static_cast<std::int64_t>(values.size())).number(2, 7).bytes(8, name);
    for (const auto value : values) tensor.number(7, value);
    graph_.bytes(5, tensor.text());
    return *this;
  }
  Writer& node(const std::string& operation, const std::string& output,
               const std::vector<std::string>& inputs,
               const std::vector<Message>& attributes = {}) {
    Message node;
    for (const auto& input : inputs) node.bytes(1, input);
    node.bytes(2, output).bytes(4, operation);
    for (const auto& attribute : attributes) node.bytes(5, attribute.text());
    graph_.bytes(1, node.text());
    last_ = output;
    return *this;
  }
  // With weights and a bias at random.
  Writer& convolution(const std::string& output, const std::string& input,
                      const std::vector<std::int64_t>& weights, std::int64_t stride = 1,
                      std::int64_t groups = 1, std::int64_t dilation = 1) {
    std::normal_distribution<float> any(0, 0.3F);
    std::vector<float> values(
        static_cast<std::size_t>(weights[0] * weights[1] * weights[2] * weights[3]));
    for (auto& value : values) value = any(random_);
    std::vector<float> bias(static_cast<std::size_t>(weights[0]));
    for (auto& value : bias) value = any(random_);
    constant(output + ".weight", weights, values);
    constant(output + ".bias", {weights[0]}, bias);
    const auto high = weights[2] / 2 * dilation, wide = weights[3] / 2 * dilation;
    Message group;
    group.bytes(1, "group").number(3, groups);
    return node("Conv", output, {input, output + ".weight", output + ".bias"},
                {integers_attribute("kernel_shape", {weights[2], weights[3]}),
                 integers_attribute("strides", {stride, stride}),
                 integers_attribute("dilations", {dilation, dilation}),
                 integers_attribute("pads", {high, wide, high, wide}), group});
  }
  // The file, whose output is that of the last node.
  base::Bytes file(const std::vector<std::int64_t>& input_shape) const {
    Message shape;
    for (const auto side : input_shape) shape.bytes(1, Message().number(1, side).text());
    const auto type = Message().number(1, 1).bytes(2, shape.text());
    Message graph = graph_;
    graph.bytes(11,
                Message().bytes(1, "in").bytes(2, Message().bytes(1, type.text()).text()).text());
    const auto number = Message().bytes(1, Message().number(1, 1).bytes(2, "").text());
    graph.bytes(12, Message().bytes(1, last_).bytes(2, number.text()).text());
    const auto version = Message().number(2, 11);
    const auto text = Message().number(1, 6).bytes(7, graph.text()).bytes(8, version.text()).text();
    return {text.begin(), text.end()};
  }

 private:
  std::mt19937 random_;
  Message graph_;
  std::string last_;
};

}  // namespace regmark::reading::onnx
