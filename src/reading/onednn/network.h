// A network that oneDNN runs.
#pragma once

#include <cstddef>
#include <dnnl.hpp>
#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "reading/engine.h"
#include "reading/onednn/numbers.h"
#include "reading/onednn/plan.h"
#include "reading/onednn/weights.h"
#include "reading/ranges.h"

namespace regmark::reading::onednn {

// Sizes of pictures that a network keeps its plan for: those of one camera are a handful, those of
// a folder of photographs some dozens. A plan takes little itself, since all share one working
// memory.
inline constexpr std::size_t plans_max = 32;
// Numbers of a network's input: 64 megapixels are more than any scale asks for.
inline constexpr std::int64_t input_max = 64'000'000;

class OnednnNetwork final : public Network {
 public:
  // In floats when there are no ranges.
  OnednnNetwork(Layers layers, const Ranges& ranges);

  Result<Tensor> run(const Pixels& pixels) override { return run(pixels, {}); }
  Result<Tensor> run(const Pixels& pixels, const Observer& observer);

  const std::string& name(ValueId value) const { return layers_.names[value]; }
  // Of the plan for pictures of this size, which must have been run: see Plan::ways.
  std::vector<std::string> ways() const;

 private:
  struct Free {
    void operator()(std::byte* memory) const;
  };
  Plan& plan_for(const dnnl::memory::dims& shape);
  void make_room(std::size_t size);

  Layers layers_;
  Numbers numbers_;
  dnnl::engine engine_;
  dnnl::stream stream_;
  Weights weights_;
  std::list<std::pair<dnnl::memory::dims, Plan>> plans_;  // the last used first
  std::unique_ptr<std::byte, Free> room_;
  std::size_t room_size_ = 0;
};

// Runs the network in floats on the pictures and gives the ranges of all its values. Fails as
// load() and run() do.
Result<Ranges> measure_ranges(std::span<const std::uint8_t> network,
                              std::span<const Pixels> pictures);

}  // namespace regmark::reading::onednn
