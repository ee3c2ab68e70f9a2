#include "audit/internal/check_bundle.h"

#include <algorithm>

#include "audit/internal/tiles.h"
#include "audit/merkle.h"

namespace regmark::audit {

tl::unexpected<Error> does_not_hold(const std::string& what) {
  return fail(ErrorCode::corrupt, "the audit log does not hold: " + what);
}

tl::unexpected<Error> does_not_read(const Error& error, const std::string& what) {
  if (error.code == ErrorCode::unavailable) return tl::unexpected<Error>(error);
  return does_not_hold(what);
}

Result<CheckedBundle> check_entries(const std::filesystem::path& folder, std::uint64_t index,
                                    std::uint64_t width) {
  const auto bytes = read_entries(folder, index, width);
  if (!bytes) return does_not_read(bytes.error(), "entry bundle " + std::to_string(index));
  CheckedBundle checked;
  checked.leaves.reserve(width);
  checked.hashes.reserve(width);
  for (const auto& entry : read_bundle(*bytes).entries) {
    auto leaf = decode_leaf(entry);
    if (!leaf) {
      return does_not_hold("entry " + std::to_string(index * tile_width + checked.leaves.size()));
    }
    checked.leaves.push_back(*std::move(leaf));
    checked.hashes.push_back(leaf_hash(entry));
  }
  return checked;
}

Result<CheckedBundle> check_full_bundle(const std::filesystem::path& folder, std::uint64_t index) {
  REGMARK_ASSIGN(auto checked, check_entries(folder, index, tile_width));
  const auto where = "tile 0/" + std::to_string(index);
  const auto tile = read_tile(folder, 0, index, tile_width);
  if (!tile) return does_not_read(tile.error(), where);
  if (*tile != checked.hashes) return does_not_hold(where);
  checked.root = root_of(checked.hashes);
  REGMARK_TRY(check_details(folder, index, checked.leaves, checked.account));
  return checked;
}

Result<void> check_details(const std::filesystem::path& folder, std::uint64_t index,
                           std::span<const Leaf> leaves, MissingAccount& account) {
  auto details = read_details(folder, index);
  if (!details && details.error().code == ErrorCode::not_found) {
    details.emplace(leaves.size());
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      (*details)[i].number = index * tile_width + i;
      (*details)[i].is_erased = true;
    }
  }
  if (!details) {
    return does_not_read(details.error(), "details file " + std::to_string(index));
  }
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    REGMARK_TRY(check_details((*details)[i], leaves[i], account));
  }
  return {};
}

Result<void> check_details(const Details& details, const Leaf& leaf, MissingAccount& account) {
  if (const auto before = erased_before(leaf.shown)) account.erased(*before);
  if (details.is_erased) {
    account.missing(details.number, leaf.shown.day);
  } else if (commitment_of(details) != leaf.commitment) {
    return does_not_hold("the details of entry " + std::to_string(details.number));
  }
  return {};
}

}  // namespace regmark::audit
