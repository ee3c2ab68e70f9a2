#include "audit/internal/tiles.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regmark::audit {
namespace {

base::Digest number_hash(std::uint64_t number) {
  return leaf_hash(base::as_bytes(std::to_string(number)));
}

TEST(Tiles, StandWhereTheSpecificationSays) {
  EXPECT_EQ(tile_path(1, 1'234'067, 256), "tile/1/x001/x234/067");
  EXPECT_EQ(tile_path(0, 0, 256), "tile/0/000");
  EXPECT_EQ(tile_path(0, 999, 1), "tile/0/999.p/1");
  EXPECT_EQ(tile_path(2, 1'000, 255), "tile/2/x001/000.p/255");
  EXPECT_EQ(entries_path(273, 112), "tile/entries/273.p/112");
}

// "A tree of size 70,000 will be represented by 273 full level 0 tiles, one partial level 0 tile of
// width 112, one full level 1 tile, one partial level 1 tile of width 17, and one partial level 2
// tile of width 1." And a tree of 256 by a full tile and a partial one of width 1 above it.
TEST(Tiles, AreAsManyAsInTheSpecificationsExample) {
  Edge edge;
  std::vector<std::size_t> full(tile_levels);
  for (std::uint64_t i = 0; i < 70'000; ++i) {
    for (const auto& tile : edge.append(number_hash(i))) {
      EXPECT_EQ(tile.hashes.size(), tile_width);
      EXPECT_EQ(tile.index, full[tile.level]++);
    }
    if (i == 255) {
      EXPECT_EQ(edge.unfinished(1).size(), 1U);
    }
  }
  EXPECT_EQ(full, (std::vector<std::size_t>{273, 1, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(edge.unfinished(0).size(), 112U);
  EXPECT_EQ(edge.unfinished(1).size(), 17U);
  EXPECT_EQ(edge.unfinished(2).size(), 1U);
  EXPECT_EQ(edge.unfinished(3).size(), 0U);
  std::vector<base::Digest> leaves;
  for (std::uint64_t i = 0; i < 70'000; ++i) leaves.push_back(number_hash(i));
  EXPECT_EQ(edge.root(), root_of(leaves));
}

RC_GTEST_PROP(Tiles, TheEdgeHasTheRootOfAllLeaves, ()) {
  const auto size = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::uint64_t>(0, 2'000));
  RC_CLASSIFY(size > tile_width, "more than a tile");
  Edge edge;
  std::vector<base::Digest> leaves;
  for (std::uint64_t i = 0; i < size; ++i) {
    leaves.push_back(number_hash(i));
    edge.append(leaves.back());
  }
  RC_ASSERT(edge.size() == size);
  RC_ASSERT(edge.root() == root_of(leaves));
}

TEST(Bundle, GivesBackItsEntriesAndStopsWhereItIsTorn) {
  base::Bytes bytes;
  add_entry(bytes, base::as_bytes("one"));
  add_entry(bytes, {});
  add_entry(bytes, base::Bytes(0xffff, 7));
  const auto whole = read_bundle(bytes);
  ASSERT_EQ(whole.entries.size(), 3U);
  EXPECT_EQ(base::as_text(whole.entries[0]), "one");
  EXPECT_EQ(whole.entries[2].size(), 0xffffU);
  EXPECT_EQ(whole.used, bytes.size());
  const std::span all(bytes);
  EXPECT_EQ(read_bundle(all.first(0)).entries.size(), 0U);
  EXPECT_EQ(read_bundle(all.first(4)).used, 0U);
  EXPECT_EQ(read_bundle(all.first(6)).used, 5U);
  EXPECT_EQ(read_bundle(all.first(bytes.size() - 1)).entries.size(), 2U);
  base::Bytes many;
  for (int i = 0; i < 300; ++i) add_entry(many, {});
  EXPECT_EQ(read_bundle(many).entries.size(), tile_width);
}

}  // namespace
}  // namespace regmark::audit
