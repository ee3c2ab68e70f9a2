#include "sightings/rocksdb/engine.h"

#include <rocksdb/cache.h>
#include <rocksdb/compaction_filter.h>
#include <rocksdb/convenience.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/sst_partitioner.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>

#include "base/check.h"
#include "base/crash_point.h"
#include "base/files.h"

namespace regmark::sightings::rocks {
namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20U;
// Blocks of rows, and of filters and indices, which are read in parts of 4 KiB.
constexpr std::size_t cache_size = 256 * mebibyte;
// Before the oldest log is let go, whatever space still needs it: bounds the time to open.
constexpr std::uint64_t logs_size_max = 256 * mebibyte;
// What compaction has not met for this long is rewritten, so that forgotten ids do not stay.
constexpr std::uint64_t ids_rewritten_after_s = 7 * 86'400;

constexpr std::array<const char*, spaces> space_names = {"default", "rows",   "passes",
                                                         "ids",     "slices", "held"};
constexpr std::array day_spaces = {Space::rows, Space::passes, Space::slices};

// Forgets where the reads of gone days were.
class ForgetIds final : public rocksdb::CompactionFilter {
 public:
  explicit ForgetIds(std::shared_ptr<const GoneDays> gone) : gone_(std::move(gone)) {}
  const char* Name() const override { return "regmark.ForgetIds"; }
  Decision FilterV2(int, const rocksdb::Slice&, ValueType type, const rocksdb::Slice& value,
                    std::string* kept, std::string*) const override {
    if (type != ValueType::kValue) return Decision::kKeep;
    kept->clear();
    auto left = view(value);
    for (; left.size() >= id_entry_size; left.remove_prefix(id_entry_size)) {
      if (!gone_->contains(day_of_id_entry(left))) kept->append(left.substr(0, id_entry_size));
    }
    if (kept->size() == value.size()) return Decision::kKeep;
    return kept->empty() ? Decision::kRemove : Decision::kChangeValue;
  }

 private:
  std::shared_ptr<const GoneDays> gone_;
};

class ForgetIdsFactory final : public rocksdb::CompactionFilterFactory {
 public:
  explicit ForgetIdsFactory(std::shared_ptr<const GoneDays> gone) : gone_(std::move(gone)) {}
  const char* Name() const override { return "regmark.ForgetIdsFactory"; }
  std::unique_ptr<rocksdb::CompactionFilter> CreateCompactionFilter(
      const rocksdb::CompactionFilter::Context&) override {
    return std::make_unique<ForgetIds>(gone_);
  }

 private:
  std::shared_ptr<const GoneDays> gone_;
};

rocksdb::DBOptions database_options() {
  rocksdb::DBOptions options;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  // A log that breaks off is a crash, and what broke off was never acknowledged; a log with wrong
  // bytes inside is damage, and must not pass for the end.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.track_and_verify_wals_in_manifest = true;
  options.max_total_wal_size = logs_size_max;
  options.max_background_jobs = 3;
  options.bytes_per_sync = mebibyte;
  options.wal_bytes_per_sync = mebibyte;
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  options.keep_log_file_num = 2;
  // A log would take 70 MB from its first byte on: no quicker, and much for a store that is small.
  options.allow_fallocate = false;
  // A sum of each whole table, kept in the manifest: the sums inside a table leave out parts of it.
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  return options;
}

rocksdb::BlockBasedTableOptions table_options(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = std::size_t{16} << 10U;  // as measured; larger ones compress no better
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  return table;
}

// A filter in parts, so that a year of them need not lie in memory.
void add_filter(rocksdb::BlockBasedTableOptions& table, bool whole_keys) {
  table.filter_policy.reset(rocksdb::NewRibbonFilterPolicy(10));
  table.whole_key_filtering = whole_keys;
  table.partition_filters = true;
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
}

rocksdb::ColumnFamilyOptions space_options(Space space,
                                           const std::shared_ptr<rocksdb::Cache>& cache,
                                           const std::shared_ptr<const GoneDays>& gone) {
  rocksdb::ColumnFamilyOptions options;
  auto table = table_options(cache);
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  options.bottommost_compression_opts.level = 3;
  options.bottommost_compression_opts.enabled = true;
  options.level_compaction_dynamic_level_bytes = true;
  options.write_buffer_size = 8 * mebibyte;
  if (space == Space::rows || space == Space::passes || space == Space::slices) {
    // No file holds two days, so that a day can be erased by unlinking its files.
    options.sst_partitioner_factory = rocksdb::NewSstPartitionerFixedPrefixFactory(day_size);
  }
  if (space == Space::rows) {
    options.write_buffer_size = 64 * mebibyte;
    options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(day_size + mark_size));
    options.memtable_prefix_bloom_size_ratio = 0.05;
    add_filter(table, /*whole_keys=*/false);
  }
  if (space == Space::passes) {
    options.write_buffer_size = 32 * mebibyte;
    // Most are their camera's newest: the place of its last one is where to begin looking.
    options.memtable_insert_with_hint_prefix_extractor.reset(
        rocksdb::NewFixedPrefixTransform(day_size + camera_size));
  }
  if (space == Space::ids) {
    options.write_buffer_size = 32 * mebibyte;
    options.memtable_prefix_bloom_size_ratio = 0.05;
    options.memtable_whole_key_filtering = true;
    add_filter(table, /*whole_keys=*/true);
    options.compaction_filter_factory = std::make_shared<ForgetIdsFactory>(gone);
    options.periodic_compaction_seconds = ids_rewritten_after_s;
  }
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

tl::unexpected<Error> failure(const rocksdb::Status& status) {
  if (status.IsCorruption()) return fail(ErrorCode::corrupt, "sightings: " + status.ToString());
  return fail(ErrorCode::unavailable, "sightings: " + status.ToString());
}

Result<std::unique_ptr<Engine>> Engine::open(const std::filesystem::path& folder,
                                             const std::shared_ptr<const GoneDays>& gone) {
  const auto cache = rocksdb::NewLRUCache(cache_size);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (std::size_t at = 0; at < spaces; ++at) {
    families.emplace_back(space_names[at], space_options(static_cast<Space>(at), cache, gone));
  }
  auto engine = std::unique_ptr<Engine>(new Engine());
  rocksdb::DB* db = nullptr;
  const auto status =
      rocksdb::DB::Open(database_options(), folder.string(), families, &engine->handles_, &db);
  if (!status.ok()) return failure(status);
  engine->db_.reset(db);
  return engine;
}

Engine::~Engine() {
  if (db_ == nullptr) return;
  for (auto* handle : handles_) static_cast<void>(db_->DestroyColumnFamilyHandle(handle));
  static_cast<void>(db_->Close());
}

Result<void> Engine::write(rocksdb::WriteBatch& batch) const {
  rocksdb::WriteOptions options;
  options.sync = true;
  const auto status = db_->Write(options, &batch);
  if (status.ok()) return {};
  failed_ = true;
  return failure(status);
}

Result<std::optional<std::string>> Engine::get(Space where, std::string_view key) const {
  std::string value;
  const auto status = db_->Get({}, space(where), rocksdb::Slice(key.data(), key.size()), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return failure(status);
  return value;
}

std::unique_ptr<rocksdb::Iterator> Engine::scan(Space where,
                                                const rocksdb::ReadOptions& options) const {
  return std::unique_ptr<rocksdb::Iterator>(db_->NewIterator(options, space(where)));
}

Result<void> Engine::erase_day(DayNumber day) const {
  const std::string from = day_key(day);
  const std::string until = after_prefix(from);
  const rocksdb::Slice from_slice(from);
  const rocksdb::Slice until_slice(until);
  rocksdb::WriteBatch stragglers;
  for (const auto where : day_spaces) {
    // Unlinks what holds nothing else; then what lies among other days' keys is struck out, ...
    const auto status = rocksdb::DeleteFilesInRange(db_.get(), space(where), &from_slice,
                                                    &until_slice, /*include_end=*/false);
    if (!status.ok()) return failure(status);
    const auto struck = stragglers.DeleteRange(space(where), from_slice, until_slice);
    if (!struck.ok()) return failure(struck);
  }
  base::crash_point("sightings.erase.unlinked");
  REGMARK_TRY(write(stragglers));
  base::crash_point("sightings.erase.struck");
  // A log that other spaces need still may hold it: minutes are over when no file has it any more,
  // and not, as with a day's, when what it has is noise.
  if (is_short(day)) {
    const auto flushed = db_->Flush({}, handles_);
    if (!flushed.ok()) {
      failed_ = true;
      return failure(flushed);
    }
  }
  // ... and rewritten without it. That lets go of the logs that hold it as well.
  REGMARK_TRY(rewrite_day(day, rocksdb::BottommostLevelCompaction::kForceOptimized));
  return check_day_is_gone(day);
}

Result<void> Engine::forget_struck(DayNumber day) const {
  // While a snapshot stands, rewriting keeps what it may show.
  std::uint64_t snapshots = 0;
  if (!db_->GetIntProperty(rocksdb::DB::Properties::kNumSnapshots, &snapshots) || snapshots > 0) {
    return fail(ErrorCode::unavailable, "the sightings are being looked through: try again");
  }
  // A log goes when no space needs it any more.
  const auto status = db_->Flush({}, handles_);
  if (!status.ok()) {
    failed_ = true;
    return failure(status);
  }
  return rewrite_day(day, rocksdb::BottommostLevelCompaction::kForceOptimized);
}

Result<void> Engine::settle_day(DayNumber day) const {
  return rewrite_day(day, rocksdb::BottommostLevelCompaction::kIfHaveCompactionFilter);
}

Result<void> Engine::rewrite_day(DayNumber day, rocksdb::BottommostLevelCompaction bottom) const {
  const std::string from = day_key(day);
  const std::string until = after_prefix(from);
  const rocksdb::Slice from_slice(from);
  const rocksdb::Slice until_slice(until);
  for (const auto where : day_spaces) {
    rocksdb::CompactRangeOptions options;
    options.bottommost_level_compaction = bottom;
    options.exclusive_manual_compaction = false;
    const auto status = db_->CompactRange(options, space(where), &from_slice, &until_slice);
    if (status.ok()) continue;
    failed_ = true;
    return failure(status);
  }
  return {};
}

Result<void> Engine::check_day_is_gone(DayNumber day) const {
  const std::string from = day_key(day);
  for (const auto where : day_spaces) {
    PrefixScan scan(*this, where, from);
    if (scan.valid()) return fail(ErrorCode::unavailable, "rows of an erased day are left");
    REGMARK_TRY(scan.ended());
  }
  std::vector<rocksdb::LiveFileMetaData> files;
  db_->GetLiveFilesMetaData(&files);
  for (const auto& file : files) {
    bool of_days = false;
    for (const auto where : day_spaces) {
      of_days = of_days || file.column_family_name == space_names[static_cast<std::size_t>(where)];
    }
    // A file of the upper level may span the day without holding any of it: it is younger than the
    // mark. One further down holds one day only.
    if (of_days && file.level > 0 && file.smallestkey.compare(0, day_size, from) <= 0 &&
        file.largestkey.compare(0, day_size, from) >= 0) {
      return fail(ErrorCode::unavailable, "a file of an erased day is left");
    }
  }
  return {};
}

Result<void> Engine::snapshot(const std::filesystem::path& folder) const {
  rocksdb::Checkpoint* raw = nullptr;
  auto status = rocksdb::Checkpoint::Create(db_.get(), &raw);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(raw);
  // What is in memory only is written out first, so that there is no log to copy.
  if (status.ok()) status = checkpoint->CreateCheckpoint(folder.string());
  if (!status.ok()) return failure(status);
  return {};
}

std::uint64_t Engine::bytes_of_day(DayNumber day) const {
  const std::string from = day_key(day);
  const std::string until = after_prefix(from);
  const rocksdb::Range range(from, until);
  std::uint64_t bytes = 0;
  for (const auto where : day_spaces) {
    std::uint64_t size = 0;
    rocksdb::SizeApproximationOptions options;
    options.include_memtables = true;
    if (db_->GetApproximateSizes(options, space(where), &range, 1, &size).ok()) bytes += size;
  }
  return bytes;
}

PrefixScan::PrefixScan(const Engine& engine, Space space, std::string prefix,
                       const rocksdb::Snapshot* snapshot)
    : prefix_(std::move(prefix)),
      end_(prefix_.empty() ? std::string() : after_prefix(prefix_)),
      end_slice_(end_) {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  if (!prefix_.empty()) options.iterate_upper_bound = &end_slice_;
  options.snapshot = snapshot;
  options.fill_cache = snapshot == nullptr;
  iterator_ = engine.scan(space, options);
  iterator_->Seek(prefix_);
}

Result<void> PrefixScan::ended() const {
  if (!iterator_->status().ok()) return failure(iterator_->status());
  return {};
}

}  // namespace regmark::sightings::rocks
