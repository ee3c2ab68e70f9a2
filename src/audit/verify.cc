#include "audit/verify.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#include "audit/internal/check_bundle.h"
#include "audit/internal/check_cosigned.h"
#include "audit/internal/journal.h"
#include "audit/internal/tiles.h"
#include "base/files.h"

namespace regmark::audit {
namespace {

// A busy log may put a newer checkpoint in place while we read under the older one.
constexpr int tries_max = 20;
// Bundles that are checked on several threads before they are taken in, one after another. Some
// 200 kB each, so that the memory does not grow with the log.
constexpr std::uint64_t wave_width = 64;
constexpr unsigned threads_max = 8;

// Whether a checkpoint kept from earlier can be over a beginning of the log that is claimed now.
Result<void> check_kept(const Checkpoint& claimed, const Checkpoint& kept) {
  if (kept.origin != claimed.origin) {
    return fail(ErrorCode::corrupt, "the checkpoint kept from earlier is of another log");
  }
  if (kept.size > claimed.size) {
    return fail(ErrorCode::corrupt, "the log was rolled back: it has " +
                                        std::to_string(claimed.size) +
                                        " records, and the checkpoint kept from earlier is over " +
                                        std::to_string(kept.size));
  }
  return {};
}

// Full bundles of a wave, checked on as many threads as the machine has.
std::vector<std::optional<Result<CheckedBundle>>> check_wave(const std::filesystem::path& folder,
                                                             std::uint64_t first,
                                                             std::uint64_t count) {
  std::vector<std::optional<Result<CheckedBundle>>> wave(count);
  std::atomic<std::uint64_t> next{0};
  const auto work = [&] {
    for (auto i = next++; i < count; i = next++) wave[i] = check_full_bundle(folder, first + i);
  };
  const auto wanted = std::clamp<std::uint64_t>(std::thread::hardware_concurrency(), 1,
                                                std::min<std::uint64_t>(count, threads_max));
  std::vector<std::jthread> others(wanted - 1);
  for (auto& other : others) other = std::jthread(work);
  work();
  others.clear();
  return wave;
}

class Verifier {
 public:
  Verifier(const std::filesystem::path& folder, const Checkpoint& claimed, const PublicKey& key,
           std::span<const Checkpoint> kept)
      : folder_(folder), claimed_(claimed), key_(key), kept_(kept) {}

  Result<Verified> verify() {
    for (const auto& kept : kept_) REGMARK_TRY(check_kept(claimed_, kept));
    REGMARK_TRY(compare_kept());
    REGMARK_TRY(check_full_bundles());
    REGMARK_TRY(check_last_bundle());
    for (unsigned level = 0; level < tile_levels; ++level) {
      const auto hashes = edge_.unfinished(level);
      if (hashes.empty()) continue;
      REGMARK_TRY(check_tile(level, hashes_at(level, claimed_.size) / tile_width, hashes));
    }
    if (edge_.root() != claimed_.root) {
      return does_not_hold("the entries do not give the signed root");
    }
    return Verified{.size = claimed_.size,
                    .root = claimed_.root,
                    .details_missing = account_.count(),
                    .unexplained = account_.unexplained(),
                    .erased_before = account_.erased_before()};
  }

 private:
  Result<void> check_full_bundles() {
    const auto bundles = claimed_.size / tile_width;
    for (std::uint64_t index = 0; index < bundles; index += wave_width) {
      for (const auto& checked :
           check_wave(folder_, index, std::min(wave_width, bundles - index))) {
        if (!*checked) return tl::unexpected<Error>(checked->error());
        REGMARK_TRY(take_in(**checked));
      }
    }
    return {};
  }

  Result<void> take_in(const CheckedBundle& bundle) {
    account_.append(bundle.account);
    const auto is_inside = [this](const Checkpoint& kept) {
      return kept.size > edge_.size() && kept.size < edge_.size() + tile_width;
    };
    if (std::ranges::any_of(kept_, is_inside)) {
      Edge inside = edge_;
      for (const auto& hash : bundle.hashes) {
        inside.append(hash);
        REGMARK_TRY(compare_kept(inside));
      }
    }
    for (const auto& tile : edge_.append_tile(bundle.root)) {
      REGMARK_TRY(check_tile(tile.level, tile.index, tile.hashes));
    }
    return compare_kept();
  }

  Result<void> check_last_bundle() {
    const auto index = claimed_.size / tile_width;
    const auto width = claimed_.size % tile_width;
    if (width == 0) return {};
    REGMARK_ASSIGN(const auto checked, check_entries(folder_, index, width));
    const Edge before = edge_;
    for (const auto& hash : checked.hashes) {
      edge_.append(hash);
      REGMARK_TRY(compare_kept());
    }
    return check_journal(index, checked.leaves, before);
  }

  Result<void> compare_kept() const { return compare_kept(edge_); }
  Result<void> compare_kept(const Edge& edge) const {
    for (const auto& kept : kept_) {
      if (kept.size == edge.size() && kept.root != edge.root()) {
        return fail(ErrorCode::corrupt,
                    "the log was forked: its first " + std::to_string(kept.size) +
                        " records are not those of the checkpoint kept from earlier");
      }
    }
    return {};
  }

  Result<void> check_tile(unsigned level, std::uint64_t index,
                          std::span<const base::Digest> hashes) const {
    const auto where = "tile " + std::to_string(level) + "/" + std::to_string(index);
    const auto kept = read_tile(folder_, level, index, hashes.size());
    if (!kept) return does_not_read(kept.error(), where);
    if (!std::ranges::equal(*kept, hashes)) return does_not_hold(where);
    return {};
  }

  // The writer's own copy of the unfinished bundle; who was given the public files has none.
  Result<void> check_journal(std::uint64_t index, std::span<const Leaf> leaves, Edge edge) {
    const auto where = "journal " + std::to_string(index);
    auto bytes = base::read_file(folder_ / journal_path(index), journal_size_max);
    if (!bytes && bytes.error().code == ErrorCode::not_found) {
      // It became a file of details when the bundle was full.
      return check_details(folder_, index, leaves, account_);
    }
    if (!bytes) return does_not_read(bytes.error(), where);
    const auto journal = read_journal(*bytes, index);
    if (journal.records.size() < leaves.size()) return does_not_hold(where);
    std::size_t next = 0;
    for (const auto& seal : journal.seals) {
      // What stands past the checkpoint is not published yet.
      if (seal.records > leaves.size()) break;
      for (; next < seal.records; ++next) {
        const auto& record = journal.records[next];
        edge.append(leaf_hash(record.leaf));
        REGMARK_TRY(check_details(record.details, leaves[next], account_));
      }
      const auto sealed = open_checkpoint(seal.checkpoint, key_);
      if (!sealed || *sealed != Checkpoint{claimed_.origin, edge.size(), edge.root()}) {
        return does_not_hold(where);
      }
    }
    if (next != leaves.size()) return does_not_hold(where);
    return {};
  }

  const std::filesystem::path& folder_;
  const Checkpoint claimed_;
  const PublicKey key_;
  const std::span<const Checkpoint> kept_;
  Edge edge_;
  MissingAccount account_;
};

}  // namespace

Result<Verified> verify(const std::filesystem::path& folder, const PublicKey& public_key,
                        std::span<const Checkpoint> kept) {
  const auto path = folder / "checkpoint";
  for (int tries = 1;; ++tries) {
    // Before the log's own, which a witness cannot be ahead of.
    REGMARK_ASSIGN(auto all, read_all_cosigned(folder, public_key));
    all.insert(all.end(), kept.begin(), kept.end());
    REGMARK_ASSIGN(const auto note, base::read_file(path, checkpoint_size_max));
    REGMARK_ASSIGN(const auto claimed, open_checkpoint(base::as_text(note), public_key));
    auto verified = Verifier(folder, claimed, public_key, all).verify();
    if (verified || verified.error().code != ErrorCode::corrupt || tries == tries_max) {
      return verified;
    }
    const auto now = base::read_file(path, checkpoint_size_max);
    if (now && *now == note) return verified;
  }
}

}  // namespace regmark::audit
