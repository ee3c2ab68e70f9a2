// The work of a network on pictures of one size: oneDNN's primitives in order, and where their
// numbers lie.
#pragma once

#include <cstddef>
#include <cstdint>
#include <dnnl.hpp>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "reading/engine.h"
#include "reading/onednn/buffers.h"
#include "reading/onednn/layers.h"

namespace regmark::reading::onednn {

// Told of each value as it is made. For measuring ranges: only a plan of floats tells.
using Observer = std::function<void(ValueId, std::span<const float>)>;

class Plan {
 public:
  // Bytes that run() needs as working memory, aligned to a cache line.
  std::size_t memory_size() const { return memory_size_; }
  // Which of the library's ways does each step but concat: "brgconv:avx512_core_vnni".
  const std::vector<std::string>& ways() const { return ways_; }
  // `pixels` has as many bytes as the size that the plan was made for. Fails by dnnl::error.
  Tensor run(std::span<const std::uint8_t> pixels, std::byte* working_memory, dnnl::stream& stream,
             const Observer& observer = {});

 private:
  friend class Planner;
  struct Made {
    ValueId value = 0;
    dnnl::memory::desc desc;
    BufferId buffer = 0;
  };
  struct Step {
    dnnl::primitive primitive;
    std::unordered_map<int, dnnl::memory> arguments;
    std::optional<Made> made;  // by the last step of a layer
  };
  void bind(std::byte* working_memory);

  Buffers buffers_;
  std::vector<Step> steps_;
  std::vector<std::string> ways_;
  std::vector<std::pair<dnnl::memory, BufferId>> placed_;
  dnnl::memory input_, output_;
  std::size_t memory_size_ = 0;
  std::byte* bound_to_ = nullptr;
};

}  // namespace regmark::reading::onednn
