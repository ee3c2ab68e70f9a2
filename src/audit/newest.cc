#include "audit/newest.h"

#include <algorithm>

#include "audit/checkpoint.h"
#include "audit/internal/check_bundle.h"
#include "audit/internal/details.h"
#include "audit/internal/journal.h"
#include "audit/internal/tiles.h"
#include "base/files.h"

namespace regmark::audit {
namespace {

namespace fs = std::filesystem;
using Latest = std::optional<base::UtcTime>;

// The office goes on while its folder is read: a journal becomes a bundle under our hands.
constexpr int tries_max = 10;

void take(Latest& latest, base::UtcTime at) {
  if (!latest || *latest < at) latest = at;
}

Result<void> take_days(const fs::path& folder, std::uint64_t index, std::uint64_t width,
                       Latest& latest) {
  REGMARK_ASSIGN(const auto bundle, check_entries(folder, index, width));
  for (const auto& leaf : bundle.leaves) take(latest, base::UtcTime{leaf.shown.day});
  return {};
}

Result<std::vector<Details>> details_of(const fs::path& folder, std::uint64_t index) {
  auto whole = read_details(folder, index);
  if (whole || whole.error().code != ErrorCode::not_found) return whole;
  REGMARK_ASSIGN(const auto bytes, base::read_file(folder / journal_path(index), journal_size_max));
  std::vector<Details> details;
  for (auto& record : read_journal(bytes, index).records) {
    details.push_back(std::move(record.details));
  }
  return details;
}

Result<void> take_bundle(const fs::path& folder, std::uint64_t index, std::uint64_t width,
                         Latest& latest) {
  REGMARK_TRY(take_days(folder, index, width, latest));
  const auto details = details_of(folder, index);
  if (!details) {
    // All erased, or given away without: the days have to do.
    if (details.error().code == ErrorCode::not_found) return {};
    return tl::unexpected<Error>(details.error());
  }
  for (const auto& one : *details) {
    if (!one.is_erased) take(latest, one.at);
  }
  return {};
}

Result<Latest> look_once(const fs::path& folder, const PublicKey& key) {
  REGMARK_ASSIGN(const auto note, base::read_file(folder / "checkpoint", checkpoint_size_max));
  REGMARK_ASSIGN(const auto checkpoint, open_checkpoint(base::as_text(note), key));
  Latest latest;
  const auto bundles = checkpoint.size / tile_width;
  const auto rest = checkpoint.size % tile_width;
  if (rest > 0) REGMARK_TRY(take_bundle(folder, bundles, rest, latest));
  if (bundles > 0) REGMARK_TRY(take_bundle(folder, bundles - 1, tile_width, latest));
  return latest;
}

}  // namespace

Result<std::optional<base::UtcTime>> newest_record_at(const fs::path& folder,
                                                      const PublicKey& key) {
  for (int left = tries_max; true; --left) {
    auto latest = look_once(folder, key);
    if (latest || left == 0) return latest;
  }
}

}  // namespace regmark::audit
