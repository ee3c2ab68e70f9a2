#include "reading/onednn/buffers.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regmark::reading::onednn {
namespace {

TEST(Buffers, GiveAPlaceAgain) {
  Buffers buffers;
  const auto first = buffers.add(100, 0);
  buffers.keep_until(first, 1);
  const auto second = buffers.add(100, 1);
  buffers.keep_until(second, 2);
  const auto third = buffers.add(100, 2);
  buffers.keep_until(third, 3);
  EXPECT_EQ(buffers.place(), 256U);  // two at a time, each on whole lines
  EXPECT_EQ(buffers.offset(first), buffers.offset(third));
  EXPECT_NE(buffers.offset(first), buffers.offset(second));
}

RC_GTEST_PROP(Buffers, NeverOverlapWhileBothAreInUse, ()) {
  struct Use {
    BufferId id;
    std::size_t size, first, last;
  };
  Buffers buffers;
  std::vector<Use> uses;
  const auto count = *rc::gen::inRange<std::size_t>(1, 20);
  for (std::size_t at = 0; at < count; ++at) {
    const auto size = *rc::gen::inRange<std::size_t>(1, 1000);
    const auto last = at + *rc::gen::inRange<std::size_t>(0, 6);
    const auto id = buffers.add(size, at);
    buffers.keep_until(id, last);
    uses.push_back({id, size, at, last});
  }
  const auto whole = buffers.place();
  for (const auto& one : uses) {
    RC_ASSERT(buffers.offset(one.id) % 64 == 0U);
    RC_ASSERT(buffers.offset(one.id) + one.size <= whole);
    for (const auto& other : uses) {
      const bool together = one.first <= other.last && other.first <= one.last;
      if (one.id == other.id || !together) continue;
      RC_ASSERT(buffers.offset(one.id) + one.size <= buffers.offset(other.id) ||
                buffers.offset(other.id) + other.size <= buffers.offset(one.id));
    }
  }
}

}  // namespace
}  // namespace regmark::reading::onednn
