// Makes the plan of a network for one size of picture.
#pragma once

#include <cstddef>
#include <dnnl.hpp>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "reading/onednn/numbers.h"
#include "reading/onednn/plan.h"
#include "reading/onednn/weights.h"

namespace regmark::reading::onednn {

// A value as it lies in memory.
struct Stored {
  dnnl::memory::desc desc;
  float unit = 1;  // what one of its numbers stands for
  BufferId buffer = 0;
};

// One plan, then it is done. `all`, `numbers` and `weights` must outlive it. Fails by dnnl::error,
// with the status invalid_arguments when the network cannot take such a picture.
class Planner {
 public:
  Planner(const Layers& all, const Numbers& numbers, Weights& weights, const dnnl::engine& engine);
  // Of `shape`: count, channels, height, width.
  Plan make(const dnnl::memory::dims& shape);

 private:
  using Arguments = std::vector<std::pair<int, Stored>>;

  Stored made_by(const Layer& layer);
  Stored convolution(const Layer& layer);
  Stored pool(const Layer& layer);
  Stored add(const Layer& layer);
  Stored concat(const Layer& layer);
  Stored upsample(const Layer& layer);
  Stored activation(const Layer& layer);
  Stored softmax(const Layer& layer);
  Stored reshape(const Layer& layer);
  Stored transpose(const Layer& layer);

  const Stored& stored(ValueId value) const { return *stored_[value]; }
  // As what a layer keeps what it computes.
  Number kept_as(const Layer& layer) const;
  Stored room(const dnnl::memory::desc& desc, float unit);
  // The same in another layout, type or unit; itself where nothing differs.
  Stored converted(const Stored& from, const dnnl::memory::desc& wanted, float unit);
  Stored as_floats(const Stored& from);
  // Its first dimension's numbers furthest apart, its last one's next to each other.
  Stored in_order(const Stored& from);
  // Where the sum of a layer is to be made: what is added, in the layout of `wanted`, in a place
  // that may be overwritten. Its unit may differ from the sum's.
  Stored place_of_sum(ValueId added, const dnnl::memory::desc& wanted, float unit);

  static dnnl::primitive_attr attributes(const dnnl::post_ops& after = {});
  void step(const dnnl::primitive_desc_base& description, const Arguments& arguments,
            const std::vector<std::pair<int, dnnl::memory>>& constants = {});
  dnnl::memory memory_in(const Stored& stored);

  const Layers& all_;
  const Numbers& numbers_;
  Weights& weights_;
  dnnl::engine engine_;
  Plan plan_;
  std::vector<std::optional<Stored>> stored_;  // by value
  std::vector<std::size_t> reads_left_;        // by buffer
  std::vector<std::size_t> uses_;              // by value
};

}  // namespace regmark::reading::onednn
