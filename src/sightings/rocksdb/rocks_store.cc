#include "sightings/rocksdb/rocks_store.h"

#include <unistd.h>

#include "sightings/rocksdb/append.h"

namespace regmark::sightings::rocks {
namespace {

// As much as is written here, to see whether the disk has room again, is more than opening needs.
constexpr std::size_t probe_size = std::size_t{4} << 20U;

Result<void> check_lengths(const ShortSlices& brief) {
  using std::chrono::minutes;
  const bool divides = brief.length >= minutes{1} && minutes{24 * 60} % brief.length == minutes{0};
  if (!divides || 2 * brief.length > brief.kept || brief.kept > short_slices_max * brief.length) {
    return fail(ErrorCode::invalid_input, "short slices of a length that is not allowed");
  }
  return {};
}

Result<void> check_room(const std::filesystem::path& folder) {
  const auto path = folder / "room";
  auto written = base::write_file(path, base::Bytes(probe_size));
  auto beside = path;
  ::unlink((beside += ".new").c_str());
  ::unlink(path.c_str());
  return written;
}

}  // namespace

Result<std::unique_ptr<Store>> RocksStore::open(const StoreSettings& settings,
                                                const base::Clock& clock) {
  if (settings.short_slices) REGMARK_TRY(check_lengths(*settings.short_slices));
  REGMARK_TRY(base::make_private_folder(settings.folder));
  REGMARK_TRY(base::sync_folder(std::filesystem::absolute(settings.folder).parent_path()));
  REGMARK_ASSIGN(auto lock, base::FileLock::take(settings.folder / "lock"));
  auto store = std::unique_ptr<RocksStore>(new RocksStore(settings, clock, std::move(lock)));
  REGMARK_ASSIGN(store->contents_, Contents::open(settings));
  REGMARK_TRY(store->finish_drops());
  REGMARK_TRY(store->finish_erasures());
  return store;
}

RocksStore::~RocksStore() = default;

Result<RocksStore::Use> RocksStore::use() const {
  std::shared_lock lock(opened_);
  if (!contents_) return fail(ErrorCode::unavailable, "the sightings could not be opened again");
  return Use(std::move(lock), *contents_);
}

Result<RocksStore::Use> RocksStore::use_for_writing() {
  {
    std::shared_lock lock(opened_);
    if (contents_ && !contents_->engine().failed()) return Use(std::move(lock), *contents_);
  }
  // What the failed write left on the disk is found out by opening it again, once there is room;
  // until then what was there before can still be read.
  REGMARK_TRY(check_room(settings_.folder));
  {
    const std::lock_guard alone(opened_);
    contents_.reset();
    auto opened = Contents::open(settings_);
    if (!opened) {
      return fail(ErrorCode::unavailable,
                  "the sightings could not be opened again: " + opened.error().message);
    }
    contents_ = *std::move(opened);
  }
  return use();
}

Result<void> RocksStore::change(DayNumber day, const std::function<void(SliceRecord&)>& how) {
  const std::lock_guard writing(writing_);
  REGMARK_ASSIGN(const auto contents, use_for_writing());
  auto record = contents->record(day).value_or(SliceRecord{});
  how(record);
  return contents->set_record(day, record);
}

Oldest RocksStore::oldest() const {
  const auto now = clock_.now();
  const auto& brief = settings_.short_slices;
  return {base::day_of(now) - settings_.kept, brief ? now - brief->kept : base::UtcTime::max()};
}

Result<std::vector<Kept>> RocksStore::append(std::span<const CameraBatch> batches) {
  REGMARK_TRY(check_batches(batches, settings_.short_slices.has_value()));
  const std::lock_guard writing(writing_);
  REGMARK_ASSIGN(const auto contents, use_for_writing());
  Append append(*contents, clock_.now(), oldest(), settings_.short_slices);
  auto answers = append.prepare(batches);
  if (!answers) {
    contents->packs().take_back();
    return answers;
  }
  REGMARK_TRY(append.commit());
  tracks_->tell(batches, *answers, clock_.now());
  return answers;
}

std::vector<SliceInfo> RocksStore::slices() const {
  std::vector<SliceInfo> infos;
  const auto contents = use();
  if (!contents) return infos;
  for (const auto& slice : (*contents)->slices()) {
    if (slice->is_short()) continue;
    const auto record = slice->record();
    SliceInfo info{.day = slice->day, .reads = record.reads, .sealed = record.list != 0};
    info.bytes =
        (*contents)->engine().bytes_of_day(slice->number) + (*contents)->packs().bytes(slice->name);
    std::error_code unknown;
    const auto list =
        std::filesystem::file_size((*contents)->list_path(slice->number, record.list), unknown);
    if (!unknown) info.bytes += list;
    infos.push_back(info);
  }
  return infos;
}

std::vector<Span> RocksStore::short_slices() const {
  const auto contents = use();
  return contents ? (*contents)->short_slices() : std::vector<Span>();
}

}  // namespace regmark::sightings::rocks

namespace regmark::sightings {

Result<std::unique_ptr<Store>> open_embedded(const StoreSettings& settings,
                                             const base::Clock& clock) {
  return rocks::RocksStore::open(settings, clock);
}

}  // namespace regmark::sightings
