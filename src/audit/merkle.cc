#include "audit/merkle.h"

#include <bit>

namespace regmark::audit {
namespace {

// The largest power of two under `size`, where the tree parts into left and right.
std::uint64_t split(std::uint64_t size) {
  return std::bit_floor(size - 1);
}

struct Range {
  std::uint64_t begin;
  std::uint64_t end;
  std::uint64_t size() const { return end - begin; }
  Range left() const { return {begin, begin + split(size())}; }
  Range right() const { return {begin + split(size()), end}; }
};

// Ranges that the splits above make begin at a multiple of their power of two.
Result<base::Digest> root_of(const Range& range, const Subtree& subtree) {
  if (std::has_single_bit(range.size())) {
    // A single bit is no nought: NOLINTNEXTLINE(clang-analyzer-core.DivideZero)
    const auto index = range.begin / range.size();
    return subtree(static_cast<unsigned>(std::countr_zero(range.size())), index);
  }
  REGMARK_ASSIGN(const auto left, root_of(range.left(), subtree));
  REGMARK_ASSIGN(const auto right, root_of(range.right(), subtree));
  return node_hash(left, right);
}

}  // namespace

// The first byte keeps a leaf from passing for a node (RFC 6962 section 2.1).
base::Digest leaf_hash(std::span<const std::uint8_t> entry) {
  static constexpr std::uint8_t kind[] = {0};
  return base::sha256({kind, entry});
}

base::Digest node_hash(const base::Digest& left, const base::Digest& right) {
  static constexpr std::uint8_t kind[] = {1};
  return base::sha256({kind, left, right});
}

base::Digest root_of(std::span<const base::Digest> leaves) {
  if (leaves.empty()) return base::sha256({});
  if (leaves.size() == 1) return leaves.front();
  const auto middle = static_cast<std::size_t>(split(leaves.size()));
  return node_hash(root_of(leaves.first(middle)), root_of(leaves.subspan(middle)));
}

Result<std::vector<base::Digest>> inclusion_path(std::uint64_t index, std::uint64_t size,
                                                 const Subtree& subtree) {
  if (index >= size) return fail(ErrorCode::invalid_input, "the log has no such record");
  // From the root down; the path is told from the leaf up.
  std::vector<base::Digest> path;
  for (Range range{0, size}; range.size() > 1;) {
    const bool goes_left = index < range.left().end;
    const Range aside = goes_left ? range.right() : range.left();
    REGMARK_ASSIGN(const auto hash, root_of(aside, subtree));
    path.push_back(hash);
    range = goes_left ? range.left() : range.right();
  }
  return std::vector<base::Digest>(path.rbegin(), path.rend());
}

Result<std::vector<base::Digest>> consistency_path(std::uint64_t old_size, std::uint64_t size,
                                                   const Subtree& subtree) {
  if (old_size == 0 || old_size > size) {
    return fail(ErrorCode::invalid_input, "the older tree has 1 record at least, and not more");
  }
  std::vector<base::Digest> path;
  Range range{0, size};
  bool is_old_tree = true;  // while nothing was left behind on the left
  while (range.end != old_size) {
    const bool goes_left = old_size <= range.left().end;
    const Range aside = goes_left ? range.right() : range.left();
    REGMARK_ASSIGN(const auto hash, root_of(aside, subtree));
    path.push_back(hash);
    if (!goes_left) is_old_tree = false;
    range = goes_left ? range.left() : range.right();
  }
  if (!is_old_tree) {
    REGMARK_ASSIGN(const auto hash, root_of(range, subtree));
    path.push_back(hash);
  }
  return std::vector<base::Digest>(path.rbegin(), path.rend());
}

// RFC 9162 section 2.1.3.2.
bool proves_inclusion(const base::Digest& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const base::Digest> path, const base::Digest& root) {
  if (index >= size) return false;
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  base::Digest hash = leaf;
  for (const auto& beside : path) {
    if (last == 0) return false;
    if ((node & 1U) != 0 || node == last) {
      hash = node_hash(beside, hash);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      hash = node_hash(hash, beside);
    }
    node >>= 1U;
    last >>= 1U;
  }
  return last == 0 && hash == root;
}

// RFC 9162 section 2.1.4.2.
bool proves_consistency(std::uint64_t old_size, const base::Digest& old_root, std::uint64_t size,
                        const base::Digest& root, std::span<const base::Digest> path) {
  if (old_size == 0 || old_size > size) return false;
  if (old_size == size) return path.empty() && old_root == root;
  std::uint64_t node = old_size - 1;
  std::uint64_t last = size - 1;
  while ((node & 1U) != 0) {
    node >>= 1U;
    last >>= 1U;
  }
  // An old tree that is one whole subtree is its own first hash.
  if (node != 0 && path.empty()) return false;
  base::Digest old_hash = node == 0 ? old_root : path.front();
  base::Digest hash = old_hash;
  for (const auto& beside : node == 0 ? path : path.subspan(1)) {
    if (last == 0) return false;
    if ((node & 1U) != 0 || node == last) {
      old_hash = node_hash(beside, old_hash);
      hash = node_hash(beside, hash);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      hash = node_hash(hash, beside);
    }
    node >>= 1U;
    last >>= 1U;
  }
  return last == 0 && old_hash == old_root && hash == root;
}

}  // namespace regmark::audit
