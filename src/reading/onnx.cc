#include "reading/onnx.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "base/encoding.h"

namespace regmark::reading::onnx {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they stand");

using Bytes = std::span<const std::uint8_t>;

// A field of a protocol buffer: a number, or bytes.
struct Field {
  std::uint32_t number = 0;
  std::uint64_t value = 0;  // of a varint, or the bits of a fixed one
  Bytes bytes;              // of a field with a length, or of a fixed one
  bool has_length = false;
};

// The fields of a message one after another. What is no message sets `broken` and ends it.
class Fields {
 public:
  explicit Fields(Bytes message) : rest_(message) {}
  bool broken() const { return broken_; }

  std::optional<std::uint64_t> varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const std::uint8_t byte = rest_.front();
      rest_ = rest_.subspan(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80U) return value;
    }
    broken_ = true;
    return std::nullopt;
  }

  std::optional<Field> next() {
    if (rest_.empty() || broken_) return std::nullopt;
    const auto key = varint();
    if (!key) return std::nullopt;
    Field field;
    field.number = static_cast<std::uint32_t>(*key >> 3U);
    std::uint64_t length = 0;
    switch (*key & 7U) {
      case 0:
        if (const auto value = varint()) {
          field.value = *value;
          return field;
        }
        return std::nullopt;
      case 1:
        length = 8;
        break;
      case 2:
        field.has_length = true;
        length = varint().value_or(0);
        break;
      case 5:
        length = 4;
        break;
      default:
        broken_ = true;
    }
    broken_ |= length > rest_.size();
    if (broken_) return std::nullopt;
    field.bytes = rest_.first(static_cast<std::size_t>(length));
    if (!field.has_length) std::memcpy(&field.value, field.bytes.data(), field.bytes.size());
    rest_ = rest_.subspan(static_cast<std::size_t>(length));
    return field;
  }

 private:
  Bytes rest_;
  bool broken_ = false;
};

// Reads each field of a message. False: the message is broken, or `take` could not read a field.
template <typename Take>
bool read(Bytes message, Take take) {
  Fields fields(message);
  while (const auto field = fields.next()) {
    if (!take(*field)) return false;
  }
  return !fields.broken();
}

std::string text_of(const Field& field) {
  return std::string(base::as_text(field.bytes));
}

// A repeated number may stand one to a field, or all in one.
bool add_integers(const Field& field, std::vector<std::int64_t>& to) {
  if (!field.has_length) {
    to.push_back(static_cast<std::int64_t>(field.value));
    return true;
  }
  Fields packed(field.bytes);
  std::size_t left = static_cast<std::size_t>(
      std::ranges::count_if(field.bytes, [](std::uint8_t byte) { return byte < 0x80U; }));
  for (; left > 0; --left) {
    const auto value = packed.varint();
    if (!value) return false;
    to.push_back(static_cast<std::int64_t>(*value));
  }
  return field.bytes.empty() || field.bytes.back() < 0x80U;
}

template <typename Number>
bool add_packed(Bytes bytes, std::vector<Number>& to) {
  if (bytes.size() % sizeof(Number) != 0) return false;
  const std::size_t before = to.size();
  to.resize(before + bytes.size() / sizeof(Number));
  if (!bytes.empty()) std::memcpy(to.data() + before, bytes.data(), bytes.size());
  return true;
}

bool read_constant(Bytes message, Constant& constant, std::string& name) {
  std::uint64_t kind = 0;
  Bytes raw;
  const bool is_read = read(message, [&](const Field& field) {
    if (field.number == 1) return add_integers(field, constant.shape);
    if (field.number == 2) kind = field.value;
    if (field.number == 4) return add_packed(field.bytes, constant.floats);
    if (field.number == 7) return add_integers(field, constant.integers);
    if (field.number == 8) name = text_of(field);
    if (field.number == 9) raw = field.bytes;
    return true;
  });
  constexpr std::uint64_t kind_float = 1, kind_integer = 7;
  if (!is_read || constant.shape.size() > dimensions_max) return false;
  if (kind == kind_float && !add_packed(raw, constant.floats)) return false;
  if (kind == kind_integer && !add_packed(raw, constant.integers)) return false;
  const auto count = kind == kind_float ? constant.floats.size() : constant.integers.size();
  const auto others = kind == kind_float ? constant.integers.size() : constant.floats.size();
  std::uint64_t product = 1;
  for (const auto side : constant.shape) {
    if (side < 0 || static_cast<std::uint64_t>(side) > file_max) return false;
    product *= static_cast<std::uint64_t>(side);
    if (product > file_max) return false;
  }
  return (kind == kind_float || kind == kind_integer) && product == count && others == 0;
}

bool read_attribute(Bytes message, Node& node) {
  Attribute attribute;
  std::string name, ignored;
  const bool is_read = read(message, [&](const Field& field) {
    switch (field.number) {
      case 1:
        name = text_of(field);
        return true;
      case 2:
        attribute.number = std::bit_cast<float>(static_cast<std::uint32_t>(field.value));
        return true;
      case 3:
        attribute.integer = static_cast<std::int64_t>(field.value);
        return true;
      case 4:
        attribute.text = text_of(field);
        return true;
      case 5:
        return read_constant(field.bytes, attribute.constant, ignored);
      case 7:
        return add_packed(field.bytes, attribute.numbers);
      case 8:
        return add_integers(field, attribute.integers);
      default:
        return true;
    }
  });
  node.attributes[name] = std::move(attribute);
  return is_read;
}

bool read_node(Bytes message, Graph& graph) {
  Node node;
  const bool is_read = read(message, [&](const Field& field) {
    if (field.number == 1) node.inputs.push_back(text_of(field));
    if (field.number == 2) node.outputs.push_back(text_of(field));
    if (field.number == 4) node.operation = text_of(field);
    if (field.number == 5) return read_attribute(field.bytes, node);
    return true;
  });
  if (!is_read || node.outputs.empty() || graph.nodes.size() == nodes_max) return false;
  const auto value = node.attributes.find("value");
  if (node.operation == "Constant" && value != node.attributes.end()) {
    graph.constants[node.outputs[0]] = std::move(value->second.constant);
  } else {
    graph.nodes.push_back(std::move(node));
  }
  return true;
}

// A graph's input or output: only its name is of use, since pictures come in every size.
bool read_name(Bytes message, std::vector<std::string>& names) {
  return read(message, [&](const Field& field) {
    if (field.number == 1) names.push_back(text_of(field));
    return true;
  });
}

bool read_graph(Bytes message, Graph& graph) {
  std::vector<std::string> inputs, outputs;
  const bool is_read = read(message, [&](const Field& field) {
    if (field.number == 1) return read_node(field.bytes, graph);
    if (field.number == 11) return read_name(field.bytes, inputs);
    if (field.number == 12) return read_name(field.bytes, outputs);
    if (field.number != 5) return true;
    Constant constant;
    std::string name;
    if (!read_constant(field.bytes, constant, name)) return false;
    graph.constants[name] = std::move(constant);
    return true;
  });
  // Older files name their weights among the inputs.
  std::erase_if(inputs, [&](const std::string& name) { return graph.constants.contains(name); });
  if (!is_read || inputs.size() != 1 || outputs.size() != 1) return false;
  graph.input = std::move(inputs[0]);
  graph.output = std::move(outputs[0]);
  return true;
}

const Attribute* find(const Node& node, const std::string& name) {
  const auto at = node.attributes.find(name);
  return at == node.attributes.end() ? nullptr : &at->second;
}

}  // namespace

std::vector<std::int64_t> Node::integers(const std::string& name,
                                         const std::vector<std::int64_t>& otherwise) const {
  const auto* attribute = find(*this, name);
  return attribute != nullptr ? attribute->integers : otherwise;
}

std::int64_t Node::integer(const std::string& name, std::int64_t otherwise) const {
  const auto* attribute = find(*this, name);
  return attribute != nullptr ? attribute->integer : otherwise;
}

float Node::number(const std::string& name, float otherwise) const {
  const auto* attribute = find(*this, name);
  return attribute != nullptr ? attribute->number : otherwise;
}

std::string Node::text(const std::string& name, const std::string& otherwise) const {
  const auto* attribute = find(*this, name);
  return attribute != nullptr ? attribute->text : otherwise;
}

Result<Graph> parse(std::span<const std::uint8_t> file) {
  if (file.size() > file_max) return fail(ErrorCode::corrupt, "the network's file is too large");
  Graph graph;
  bool has_graph = false;
  const bool is_read = read(file, [&](const Field& field) {
    if (field.number != 7) return true;
    if (has_graph || !read_graph(field.bytes, graph)) return false;
    has_graph = true;
    return true;
  });
  if (!is_read || !has_graph) return fail(ErrorCode::corrupt, "the bytes are no ONNX network");
  return graph;
}

}  // namespace regmark::reading::onnx
