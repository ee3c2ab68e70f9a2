// A copy of the store for a backup, and the way back.
#include "base/check.h"
#include "base/link_tree.h"
#include "sightings/internal/bytes.h"
#include "sightings/rocksdb/held.h"
#include "sightings/rocksdb/rocks_store.h"

namespace regmark::sightings::rocks {
namespace {

using Stage = SliceRecord::Stage;

// The stage from which opening the store erases what a slice without this key has left; none: it
// has all that it needs. What was held of it was copied out by the office that dropped it.
std::optional<Stage> stage_without_key(const KeyRing& keys, const std::string& slice,
                                       const SliceRecord& record) {
  if (record.stage == Stage::gone) return std::nullopt;
  if (!keys.has(rows_key_name(slice))) {
    return record.stage == Stage::copied ? std::nullopt : std::optional(Stage::copied);
  }
  // Pictures have a key from the first of them on.
  const bool lacks_pictures =
      record.stage == Stage::whole && record.pictures > 0 && !keys.has(pictures_key_name(slice));
  return lacks_pictures && !record.without_pictures ? std::optional(Stage::pictures_copied)
                                                    : std::nullopt;
}

// But those of short slices: nobody who has the copy could open them, and they would be much of it.
Result<void> link_pictures(const std::filesystem::path& from, const std::filesystem::path& to) {
  REGMARK_TRY(base::make_private_folder(to));
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(from, error)) {
    const auto name = entry.path().filename().string();
    if (!is_short_slice_name(name)) REGMARK_TRY(base::link_tree(entry.path(), to / name));
  }
  if (error) return fail(ErrorCode::unavailable, "the pictures cannot be listed");
  return base::sync_folder(to);
}

Result<void> strike_slices(const Engine& engine, const KeyRing& keys, rocksdb::WriteBatch& batch) {
  PrefixScan scan(engine, Space::store, "s");
  for (; scan.valid(); scan.next()) {
    internal::Reader in(scan.key().substr(1));
    const auto day = static_cast<DayNumber>(in.big(day_size));
    auto record = SliceRecord::parse(scan.value());
    if (!in.whole() || !record) return fail(ErrorCode::corrupt, "a slice's record is damaged");
    const auto stage = stage_without_key(keys, slice_name(day, *record), *record);
    if (!stage) continue;
    record->stage = *stage;
    if (*stage == Stage::pictures_copied) {
      record->without_pictures = true;
      record->pictures_erased = record->pictures;
    }
    const auto status =
        batch.Put(engine.space(Space::store), slice_record_key(day), record->bytes());
    REGMARK_CHECK(status.ok());
  }
  return scan.ended();
}

}  // namespace

Result<void> RocksStore::snapshot(const audit::MachineReceipt& receipt,
                                  const std::filesystem::path& folder) const {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::back_up));
  // No seal and no drop in between: the rows first, so that the pictures they point to are there.
  const std::lock_guard maintaining(maintaining_);
  REGMARK_ASSIGN(const auto contents, use());
  REGMARK_TRY(base::make_private_folder(folder));
  REGMARK_TRY(contents->engine().snapshot(folder / "rows"));
  REGMARK_TRY(base::link_tree(settings_.folder / "lists", folder / "lists"));
  return link_pictures(settings_.folder / "pictures", folder / "pictures");
}

Result<std::vector<SealedKey>> RocksStore::sealed_keys(const audit::MachineReceipt& receipt) const {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::back_up));
  REGMARK_ASSIGN(const auto contents, use());
  return contents->keys().all_sealed();
}

Result<std::vector<std::string>> RocksStore::key_names() const {
  REGMARK_ASSIGN(const auto contents, use());
  return contents->keys().names();
}

}  // namespace regmark::sightings::rocks

namespace regmark::sightings {

Result<void> restore_embedded(const StoreSettings& settings, std::span<const SealedKey> keys) {
  using namespace rocks;  // NOLINT(google-build-using-namespace): this is its one door
  REGMARK_ASSIGN(const auto ring, KeyRing::open(settings.folder / "keys", settings.master_key));
  for (const auto& key : keys) REGMARK_TRY(ring.put_back(key));
  REGMARK_ASSIGN(const auto engine,
                 Engine::open(settings.folder / "rows", std::make_shared<GoneDays>()));
  rocksdb::WriteBatch batch;
  REGMARK_TRY(strike_slices(*engine, ring, batch));
  REGMARK_TRY(strike_held(*engine, ring, batch));
  return batch.Count() == 0 ? Result<void>{} : engine->write(batch);
}

}  // namespace regmark::sightings
