// Where a network's numbers lie between its layers: one stretch of memory, in which a place is
// given again to another value as soon as the last layer has read what lay there.
#pragma once

#include <cstddef>
#include <vector>

namespace regmark::reading::onednn {

using BufferId = std::size_t;

class Buffers {
 public:
  // A buffer that is written in `step`. Steps come in order.
  BufferId add(std::size_t size, std::size_t step);
  // `step` still reads or writes it.
  void keep_until(BufferId buffer, std::size_t step);
  // Gives each its place. Returns the size of the whole.
  std::size_t place();
  std::size_t offset(BufferId buffer) const { return buffers_[buffer].offset; }

 private:
  struct Buffer {
    std::size_t size, first, last, offset;
  };
  std::vector<Buffer> buffers_;
};

}  // namespace regmark::reading::onednn
