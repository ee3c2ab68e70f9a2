#include "reading/onednn/network.h"

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <new>

#include "reading/onednn/planner.h"
#include "reading/onednn/trial.h"
#include "reading/onnx.h"

namespace regmark::reading::onednn {
namespace {

constexpr std::size_t line = 64;  // bytes of a cache line

// Making primitives fills caches of the library's own, which it does not do in two threads at once
// without a data race.
std::mutex& making() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

void OnednnNetwork::Free::operator()(std::byte* memory) const {
  ::operator delete(memory, std::align_val_t(line));
}

OnednnNetwork::OnednnNetwork(Layers layers, const Ranges& ranges)
    : layers_(std::move(layers)),
      numbers_(numbers_of(layers_, ranges)),
      engine_(dnnl::engine::kind::cpu, 0),
      stream_(engine_),
      weights_(engine_) {}

// A place of its own for the working memory of each size would cost megabytes each.
void OnednnNetwork::make_room(std::size_t size) {
  if (size <= room_size_) return;
  room_.reset(static_cast<std::byte*>(::operator new(size, std::align_val_t(line))));
  room_size_ = size;
}

Plan& OnednnNetwork::plan_for(const dnnl::memory::dims& shape) {
  const auto known = std::ranges::find(plans_, shape, &std::pair<dnnl::memory::dims, Plan>::first);
  if (known != plans_.end()) {
    plans_.splice(plans_.begin(), plans_, known);
  } else {
    const std::lock_guard lock(making());
    plans_.emplace_front(shape, Planner(layers_, numbers_, weights_, engine_).make(shape));
    if (plans_.size() > plans_max) plans_.pop_back();
  }
  return plans_.front().second;
}

Result<Tensor> OnednnNetwork::run(const Pixels& pixels, const Observer& observer) {
  const dnnl::memory::dims shape = {pixels.count, pixels.channels, pixels.height, pixels.width};
  const auto refused = [] {
    return fail(ErrorCode::invalid_input, "the network cannot take an input of this shape");
  };
  std::int64_t count = 1;
  for (const auto side : shape) {
    if (side < 1 || side > input_max) return refused();
    count *= side;
    if (count > input_max) return refused();
  }
  if (pixels.values.size() != static_cast<std::size_t>(count)) return refused();
  try {
    use_one_thread();
    auto& plan = plan_for(shape);
    make_room(plan.memory_size());
    return plan.run(pixels.values, room_.get(), stream_, observer);
  } catch (const dnnl::error&) {
    return refused();
  }
}

std::vector<std::string> OnednnNetwork::ways() const {
  return plans_.empty() ? std::vector<std::string>() : plans_.front().second.ways();
}

Result<Ranges> measure_ranges(std::span<const std::uint8_t> network,
                              std::span<const Pixels> pictures) {
  REGMARK_ASSIGN(const auto graph, onnx::parse(network));
  REGMARK_ASSIGN(auto layers, layers_of(graph));
  OnednnNetwork measured(std::move(layers), {});
  Ranges ranges;
  for (const auto& picture : pictures) {
    REGMARK_TRY(measured.run(picture, [&](ValueId value, std::span<const float> numbers) {
      const auto [low, high] = std::ranges::minmax(numbers);
      const auto [at, is_new] = ranges.try_emplace(measured.name(value), Range{low, high});
      at->second = {std::min(at->second.low, low), std::max(at->second.high, high)};
    }));
  }
  return ranges;
}

}  // namespace regmark::reading::onednn
