// Checks a log folder as a stranger would: from the folder and the public key alone.
#include <algorithm>

#include "audit/checkpoint.h"
#include "audit/internal/details.h"
#include "audit/internal/journal.h"
#include "audit/internal/leaf.h"
#include "audit/internal/tiles.h"
#include "audit/log.h"
#include "base/files.h"

namespace regmark::audit {
namespace {

// A busy log may put a newer checkpoint in place while we read under the older one.
constexpr int tries_max = 20;

tl::unexpected<Error> wrong(const std::string& what) {
  return fail(ErrorCode::corrupt, "the audit log does not hold: " + what);
}

std::string numbered(const char* what, std::uint64_t number) {
  return std::string(what) + " " + std::to_string(number);
}

class Verifier {
 public:
  Verifier(const std::filesystem::path& folder, const Checkpoint& claimed, const PublicKey& key)
      : folder_(folder), claimed_(claimed), key_(key) {}

  Result<Verified> verify() {
    for (std::uint64_t index = 0; index * tile_width < claimed_.size; ++index) {
      REGMARK_TRY(check_bundle(index, std::min(tile_width, claimed_.size - index * tile_width)));
    }
    for (unsigned level = 0; level < tile_levels; ++level) {
      const auto hashes = edge_.unfinished(level);
      if (hashes.empty()) continue;
      REGMARK_TRY(check_tile(level, hashes_at(level, claimed_.size) / tile_width, hashes));
    }
    if (edge_.root() != claimed_.root) return wrong("the entries do not give the signed root");
    return Verified{claimed_.size, claimed_.root, details_missing_};
  }

 private:
  Result<void> check_bundle(std::uint64_t index, std::uint64_t width) {
    const auto bytes = read_entries(folder_, index, width);
    if (!bytes) return said(bytes.error(), numbered("entry bundle", index));
    const auto bundle = read_bundle(*bytes);
    before_bundle_ = edge_;
    std::vector<Leaf> leaves;
    for (const auto& entry : bundle.entries) {
      auto leaf = decode_leaf(entry);
      if (!leaf) return wrong(numbered("entry", edge_.size()));
      leaves.push_back(*std::move(leaf));
      for (const auto& tile : edge_.append(leaf_hash(entry))) {
        REGMARK_TRY(check_tile(tile.level, tile.index, tile.hashes));
      }
    }
    return width == tile_width ? check_details(index, leaves) : check_journal(index, leaves);
  }

  // An unreadable disk is no forgery.
  static tl::unexpected<Error> said(const Error& error, const std::string& where) {
    if (error.code == ErrorCode::unavailable) return tl::unexpected<Error>(error);
    return wrong(where);
  }

  Result<void> check_tile(unsigned level, std::uint64_t index,
                          std::span<const base::Digest> hashes) const {
    const auto where = "tile " + std::to_string(level) + "/" + std::to_string(index);
    const auto kept = read_tile(folder_, level, index, hashes.size());
    if (!kept) return said(kept.error(), where);
    if (!std::ranges::equal(*kept, hashes)) return wrong(where);
    return {};
  }

  Result<void> check_details(std::uint64_t index, const std::vector<Leaf>& leaves) {
    const auto details = read_details(folder_, index);
    if (!details && details.error().code == ErrorCode::not_found) {
      details_missing_ += leaves.size();
      return {};
    }
    if (!details) return said(details.error(), numbered("details file", index));
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      REGMARK_TRY(check_details((*details)[i], leaves[i]));
    }
    return {};
  }

  Result<void> check_details(const Details& details, const Leaf& leaf) {
    if (details.is_erased) {
      ++details_missing_;
    } else if (commitment_of(details) != leaf.commitment) {
      return wrong(numbered("the details of entry", details.number));
    }
    return {};
  }

  // The writer's own copy of the unfinished bundle; who was given the public files has none.
  Result<void> check_journal(std::uint64_t index, const std::vector<Leaf>& leaves) {
    const auto where = numbered("journal", index);
    auto bytes = base::read_file(folder_ / journal_path(index), journal_size_max);
    if (!bytes && bytes.error().code == ErrorCode::not_found) {
      // It became a file of details when the bundle was full.
      return check_details(index, leaves);
    }
    if (!bytes) return said(bytes.error(), where);
    const auto journal = read_journal(*bytes, index);
    if (journal.records.size() < leaves.size()) return wrong(where);
    Edge edge = before_bundle_;
    std::size_t next = 0;
    for (const auto& seal : journal.seals) {
      // What stands past the checkpoint is not published yet.
      if (seal.records > leaves.size()) break;
      for (; next < seal.records; ++next) {
        const auto& record = journal.records[next];
        edge.append(leaf_hash(record.leaf));
        REGMARK_TRY(check_details(record.details, leaves[next]));
      }
      const auto checkpoint = open_checkpoint(seal.checkpoint, key_);
      if (!checkpoint || *checkpoint != Checkpoint{claimed_.origin, edge.size(), edge.root()}) {
        return wrong(where);
      }
    }
    return next == leaves.size() ? Result<void>{} : wrong(where);
  }

  const std::filesystem::path& folder_;
  const Checkpoint& claimed_;
  const PublicKey& key_;
  Edge edge_;
  Edge before_bundle_;
  std::uint64_t details_missing_ = 0;
};

}  // namespace

Result<Verified> verify(const std::filesystem::path& folder, const PublicKey& public_key) {
  const auto path = folder / "checkpoint";
  for (int tries = 1;; ++tries) {
    REGMARK_ASSIGN(const auto note, base::read_file(path, checkpoint_size_max));
    REGMARK_ASSIGN(const auto claimed, open_checkpoint(base::as_text(note), public_key));
    auto verified = Verifier(folder, claimed, public_key).verify();
    if (verified || verified.error().code != ErrorCode::corrupt || tries == tries_max) {
      return verified;
    }
    const auto now = base::read_file(path, checkpoint_size_max);
    if (now && *now == note) return verified;
  }
}

}  // namespace regmark::audit
