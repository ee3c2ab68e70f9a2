// One bundle of a log folder held against its own details and tile: what can be checked without
// the bundles before it, and so on any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "audit/internal/details.h"
#include "audit/internal/erasure.h"
#include "audit/internal/leaf.h"
#include "base/crypto.h"
#include "base/result.h"

namespace regmark::audit {

tl::unexpected<Error> does_not_hold(const std::string& what);
// An unreadable disk is no forgery.
tl::unexpected<Error> does_not_read(const Error& error, const std::string& what);

// The entries of a bundle and their hashes.
struct CheckedBundle {
  std::vector<Leaf> leaves;
  std::vector<base::Digest> hashes;
  base::Digest root{};  // of a full one
  MissingAccount account;
};

// Fails with
//   corrupt       which entry does not read
//   unavailable   the disk is away
Result<CheckedBundle> check_entries(const std::filesystem::path& folder, std::uint64_t index,
                                    std::uint64_t width);

// A full bundle: also its tile and its details. Fails as check_entries does, and with
//   corrupt       which tile does not hold its hashes, which details are not those of their entry
Result<CheckedBundle> check_full_bundle(const std::filesystem::path& folder, std::uint64_t index);

// Adds what is missing, and which erasures there are, to the account, in the order of the log.
// Fails as above.
Result<void> check_details(const std::filesystem::path& folder, std::uint64_t index,
                           std::span<const Leaf> leaves, MissingAccount& account);
Result<void> check_details(const Details& details, const Leaf& leaf, MissingAccount& account);

}  // namespace regmark::audit
