// Against the vectors of the Certificate Transparency project, and against the definition in
// RFC 6962 section 2.1 written out as it stands there.
#include "audit/merkle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>

#include "base/encoding.h"

namespace regmark::audit {
namespace {

using base::Digest;
using Leaves = std::vector<Digest>;

base::Bytes bytes(std::string_view hex) {
  return base::from_hex(hex).value();
}
Digest digest(std::string_view hex) {
  const auto all = bytes(hex);
  Digest made{};
  std::copy(all.begin(), all.end(), made.begin());
  return made;
}

// The eight entries that implementations of RFC 6962 share.
Leaves known_leaves() {
  Leaves leaves;
  for (const auto* entry : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                            "606162636465666768696a6b6c6d6e6f"}) {
    leaves.push_back(leaf_hash(bytes(entry)));
  }
  return leaves;
}

constexpr std::string_view known_roots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

// Answers from a list of leaves, as tiles would.
Subtree over(const Leaves& leaves) {
  return [&leaves](unsigned height, std::uint64_t index) -> Result<Digest> {
    const auto width = std::size_t{1} << height;
    if ((index + 1) * width > leaves.size()) return fail(ErrorCode::corrupt, "past the end");
    return root_of(std::span(leaves).subspan(index * width, width));
  };
}

std::vector<std::string> hex(const std::vector<Digest>& hashes) {
  std::vector<std::string> all;
  for (const auto& hash : hashes) all.push_back(base::to_hex(hash));
  return all;
}

TEST(Merkle, GivesTheKnownRoots) {
  const auto leaves = known_leaves();
  for (std::size_t size = 0; size < std::size(known_roots); ++size) {
    EXPECT_EQ(base::to_hex(root_of(std::span(leaves).first(size))), known_roots[size]) << size;
  }
}

TEST(Merkle, GivesTheKnownInclusionProofs) {
  struct Case {
    std::uint64_t index, size;
    std::vector<std::string> want;
  };
  const Case cases[] = {
      {0, 1, {}},
      {0,
       8,
       {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
      {5,
       8,
       {"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
      {2, 3, {"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}},
      {1,
       5,
       {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
  };
  const auto leaves = known_leaves();
  for (const auto& [index, size, want] : cases) {
    SCOPED_TRACE(std::to_string(index) + " of " + std::to_string(size));
    const auto path = inclusion_path(index, size, over(leaves)).value();
    EXPECT_EQ(hex(path), want);
    EXPECT_TRUE(proves_inclusion(leaves[index], index, size, path, digest(known_roots[size])));
  }
}

TEST(Merkle, GivesTheKnownConsistencyProofs) {
  struct Case {
    std::uint64_t old_size, size;
    std::vector<std::string> want;
  };
  const Case cases[] = {
      {1, 1, {}},
      {1,
       8,
       {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
      {6,
       8,
       {"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
      {2,
       5,
       {"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
  };
  const auto leaves = known_leaves();
  for (const auto& [old_size, size, want] : cases) {
    SCOPED_TRACE(std::to_string(old_size) + " to " + std::to_string(size));
    const auto path = consistency_path(old_size, size, over(leaves)).value();
    EXPECT_EQ(hex(path), want);
    EXPECT_TRUE(proves_consistency(old_size, digest(known_roots[old_size]), size,
                                   digest(known_roots[size]), path));
  }
}

TEST(Merkle, ChecksWhatItIsAsked) {
  const auto leaves = known_leaves();
  EXPECT_EQ(inclusion_path(8, 8, over(leaves)).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(inclusion_path(0, 0, over(leaves)).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(consistency_path(0, 8, over(leaves)).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(consistency_path(8, 7, over(leaves)).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(inclusion_path(0, 9, over(leaves)).error().code, ErrorCode::corrupt);
}

// --- Properties ----------------------------------------------------------------------------------

Leaves any_leaves(std::size_t size) {
  Leaves leaves;
  for (std::size_t i = 0; i < size; ++i) {
    leaves.push_back(leaf_hash(base::as_bytes("leaf " + std::to_string(i))));
  }
  return leaves;
}

// The definitions of RFC 6962 section 2.1, word for word and slow.
Digest mth(std::span<const Digest> d) {
  if (d.size() == 1) return d[0];
  const auto k = std::bit_floor(d.size() - 1);
  return node_hash(mth(d.first(k)), mth(d.subspan(k)));
}
Leaves path_by_hand(std::size_t m, std::span<const Digest> d) {
  if (d.size() == 1) return {};
  const auto k = std::bit_floor(d.size() - 1);
  auto path = m < k ? path_by_hand(m, d.first(k)) : path_by_hand(m - k, d.subspan(k));
  path.push_back(mth(m < k ? d.subspan(k) : d.first(k)));
  return path;
}
Leaves subproof_by_hand(std::size_t m, std::span<const Digest> d, bool b) {
  if (m == d.size()) return b ? Leaves{} : Leaves{mth(d)};
  const auto k = std::bit_floor(d.size() - 1);
  auto path =
      m <= k ? subproof_by_hand(m, d.first(k), b) : subproof_by_hand(m - k, d.subspan(k), false);
  path.push_back(mth(m <= k ? d.subspan(k) : d.first(k)));
  return path;
}

RC_GTEST_PROP(Merkle, ProofsAreThoseOfTheDefinition, ()) {
  const auto leaves = any_leaves(*rc::gen::inRange<std::size_t>(1, 300));
  const auto index = *rc::gen::inRange<std::size_t>(0, leaves.size());
  RC_CLASSIFY(!std::has_single_bit(leaves.size()), "a ragged tree");
  RC_ASSERT(inclusion_path(index, leaves.size(), over(leaves)).value() ==
            path_by_hand(index, leaves));
  RC_ASSERT(consistency_path(index + 1, leaves.size(), over(leaves)).value() ==
            subproof_by_hand(index + 1, leaves, true));
}

RC_GTEST_PROP(Merkle, AProofHoldsForItsOwnLeafSizeAndRootOnly, ()) {
  const auto leaves = any_leaves(*rc::gen::inRange<std::size_t>(2, 300));
  const auto size = leaves.size();
  const auto index = *rc::gen::inRange<std::size_t>(0, size);
  const auto root = root_of(leaves);
  auto path = inclusion_path(index, size, over(leaves)).value();
  RC_ASSERT(proves_inclusion(leaves[index], index, size, path, root));
  const auto other = (index + 1) % size;
  RC_ASSERT(!proves_inclusion(leaves[other], index, size, path, root));
  RC_ASSERT(!proves_inclusion(leaves[index], other, size, path, root));
  RC_ASSERT(!proves_inclusion(leaves[index], index, size, path, leaves[index]));
  RC_ASSERT(!proves_inclusion(leaves[index], size, size, path, root));
  path[*rc::gen::inRange<std::size_t>(0, path.size())][0] ^= 1U;
  RC_ASSERT(!proves_inclusion(leaves[index], index, size, path, root));
  path.pop_back();
  RC_ASSERT(!proves_inclusion(leaves[index], index, size, path, root));
}

RC_GTEST_PROP(Merkle, ConsistencyShowsThatNothingWasRewritten, ()) {
  const auto leaves = any_leaves(*rc::gen::inRange<std::size_t>(2, 300));
  const auto size = leaves.size();
  const auto old_size = *rc::gen::inRange<std::size_t>(1, size);
  const auto root = root_of(leaves);
  const auto old_root = root_of(std::span(leaves).first(old_size));
  const auto path = consistency_path(old_size, size, over(leaves)).value();
  RC_ASSERT(proves_consistency(old_size, old_root, size, root, path));
  // A history with one leaf changed has another old root, and no proof from it.
  auto rewritten = leaves;
  rewritten[*rc::gen::inRange<std::size_t>(0, old_size)][7] ^= 1U;
  const auto new_path = consistency_path(old_size, size, over(rewritten)).value();
  const auto new_root = root_of(rewritten);
  RC_ASSERT(!proves_consistency(old_size, old_root, size, new_root, new_path));
  RC_ASSERT(!proves_consistency(old_size, old_root, size, new_root, path));
  auto longer = path;
  longer.push_back(root);
  RC_ASSERT(!proves_consistency(old_size, old_root, size, root, longer));
}

}  // namespace
}  // namespace regmark::audit
