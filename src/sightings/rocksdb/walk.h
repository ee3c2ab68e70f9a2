// What several cameras saw within one slice, newest first.
#pragma once

#include <memory>
#include <vector>

#include "access/decide.h"
#include "sightings/rocksdb/contents.h"

namespace regmark::sightings::rocks {

struct PassedPlate {
  Pass pass;
  PlateNumber plate = 0;
};

// Belongs to one thread; the slice is in use. Merges the cameras' own orders with one iterator,
// fetching a few passes of each at a time.
class Walk {
 public:
  // `window` lies within the slice. About `expected` passes will be asked for.
  Walk(const Contents& contents, const Slice& slice, const std::vector<std::uint32_t>& cameras,
       const access::Window& window, std::size_t expected);

  // These fail with
  //   corrupt       something stored cannot be read
  //   unavailable   the disk is away
  Result<void> begin();
  Result<void> next();
  bool valid() const { return !heads_.empty(); }
  const PassedPlate& current() const { return heads_.front()->buffer.back(); }

 private:
  struct Head {
    std::uint32_t camera;
    std::vector<PassedPlate> buffer;  // oldest first: the next is at the back
    std::string below;                // what remains has smaller keys; empty: nothing remains
  };
  Result<void> fill(Head& head);
  static bool older(const Head* a, const Head* b) {
    return a->buffer.back().pass < b->buffer.back().pass;
  }

  const Slice& slice_;
  const access::Window window_;
  std::size_t fill_size_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
  std::vector<Head> all_;
  std::vector<Head*> heads_;  // a heap, the newest in front
};

}  // namespace regmark::sightings::rocks
