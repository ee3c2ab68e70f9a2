// The part of an ONNX file that a network's driver needs: what is computed from what, and the
// weights. The file is a protocol buffer; of its fields those are read that our networks have, and
// the rest is passed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace regmark::reading::onnx {

inline constexpr std::size_t file_max = std::size_t{64} << 20U;
inline constexpr std::size_t nodes_max = 4096;
inline constexpr std::size_t dimensions_max = 8;

// Numbers that stand in the file. Of `floats` and `integers` one is filled, with as many as the
// product of the shape.
struct Constant {
  std::vector<std::int64_t> shape;
  std::vector<float> floats;
  std::vector<std::int64_t> integers;
};

// What is set for a node, by whichever of its forms the file uses.
struct Attribute {
  float number = 0;
  std::int64_t integer = 0;
  std::string text;
  std::vector<float> numbers;
  std::vector<std::int64_t> integers;
  Constant constant;
};

struct Node {
  std::string operation;  // "Conv"
  std::vector<std::string> inputs, outputs;
  std::map<std::string, Attribute> attributes;

  // The attribute's integers or integer, or what ONNX says it is when it is not there.
  std::vector<std::int64_t> integers(const std::string& name,
                                     const std::vector<std::int64_t>& otherwise) const;
  std::int64_t integer(const std::string& name, std::int64_t otherwise) const;
  float number(const std::string& name, float otherwise) const;
  std::string text(const std::string& name, const std::string& otherwise) const;
};

// One input, one output; nodes in an order in which they can be computed.
struct Graph {
  std::string input, output;
  std::vector<Node> nodes;                    // without those of operation Constant
  std::map<std::string, Constant> constants;  // by name: initializers and Constant nodes
};

// Fails with
//   corrupt   no ONNX file, one that is cut short, with more than the limits above, without exactly
//             one input and one output, or with weights of a kind other than float and integer
Result<Graph> parse(std::span<const std::uint8_t> file);

}  // namespace regmark::reading::onnx
