#include "reading/onednn/buffers.h"

#include <algorithm>
#include <numeric>

namespace regmark::reading::onednn {
namespace {

constexpr std::size_t line = 64;  // bytes: whole cache lines, as vector instructions like them

}  // namespace

BufferId Buffers::add(std::size_t size, std::size_t step) {
  buffers_.push_back({(size + line - 1) / line * line, step, step, 0});
  return buffers_.size() - 1;
}

void Buffers::keep_until(BufferId buffer, std::size_t step) {
  buffers_[buffer].last = std::max(buffers_[buffer].last, step);
}

// The largest first, each in the lowest gap between those that live at the same time.
std::size_t Buffers::place() {
  std::vector<BufferId> order(buffers_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater<>(), [&](BufferId id) { return buffers_[id].size; });
  std::vector<const Buffer*> placed;  // by offset
  std::size_t whole = 0;
  for (const auto id : order) {
    auto& buffer = buffers_[id];
    std::size_t offset = 0;
    for (const auto* other : placed) {
      if (other->last < buffer.first || buffer.last < other->first) continue;
      if (offset + buffer.size <= other->offset) break;
      offset = std::max(offset, other->offset + other->size);
    }
    buffer.offset = offset;
    whole = std::max(whole, offset + buffer.size);
    placed.insert(std::ranges::upper_bound(placed, offset, {}, &Buffer::offset), &buffer);
  }
  return whole;
}

}  // namespace regmark::reading::onednn
