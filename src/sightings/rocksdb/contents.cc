#include "sightings/rocksdb/contents.h"

#include <unistd.h>

#include <algorithm>

#include "base/check.h"
#include "base/files.h"
#include "sightings/internal/bytes.h"

namespace regmark::sightings::rocks {
namespace {

using internal::Reader;

constexpr std::string_view format_key = "f";
constexpr std::string_view check_key_name = "k";
constexpr std::string_view format = "regmark sightings 2";
constexpr std::string_view check_context = "regmark sightings master key check 1";

rocksdb::Slice as_slice(std::string_view text) {
  return {text.data(), text.size()};
}

Result<PlateNumber> plate_behind(const Slice& slice, std::string_view mark) {
  const auto plate = slice.cipher.plate_behind(Reader(mark).big(mark_size));
  if (plate == 0 || plate > internal::plate_number_max) {
    return fail(ErrorCode::corrupt, "a key of " + slice.name + " names no plate");
  }
  return plate;
}

}  // namespace

Contents::Contents(std::filesystem::path folder, const base::Key& master_key, KeyRing keys,
                   Packs packs)
    : folder_(std::move(folder)),
      gone_(std::make_shared<GoneDays>()),
      keys_(std::move(keys)),
      packs_(std::move(packs)),
      token_key_(base::keyed_hash(master_key, base::as_bytes("regmark sightings pages 1"))),
      check_key_(base::keyed_hash(master_key, base::as_bytes("regmark sightings check 1"))),
      lists_(std::make_unique<PlateLists>()) {}

Result<std::unique_ptr<Contents>> Contents::open(const StoreSettings& settings) {
  REGMARK_TRY(base::make_private_folder(settings.folder));
  REGMARK_TRY(base::make_private_folder(settings.folder / "rows"));
  REGMARK_TRY(base::make_private_folder(settings.folder / "lists"));
  REGMARK_ASSIGN(auto keys, KeyRing::open(settings.folder / "keys", settings.master_key));
  REGMARK_ASSIGN(auto packs, Packs::open(settings.folder / "pictures"));
  // What is made durable in these folders lasts only if the folders do.
  REGMARK_TRY(base::sync_folder(settings.folder));
  auto contents = std::unique_ptr<Contents>(
      new Contents(settings.folder, settings.master_key, std::move(keys), std::move(packs)));
  REGMARK_ASSIGN(contents->engine_, Engine::open(settings.folder / "rows", contents->gone_));
  REGMARK_TRY(contents->check_format());
  REGMARK_TRY(contents->cameras_.load(*contents->engine_));
  REGMARK_TRY(contents->load_slices());
  return contents;
}

Result<void> Contents::check_format() {
  REGMARK_ASSIGN(const auto found, engine_->get(Space::store, format_key));
  if (!found) {
    rocksdb::WriteBatch batch;
    const auto sealed = base::seal(check_key_, {}, check_context);
    auto status = batch.Put(engine_->space(Space::store), as_slice(format_key), as_slice(format));
    REGMARK_CHECK(status.ok());
    status = batch.Put(engine_->space(Space::store), as_slice(check_key_name),
                       as_slice(base::as_text(sealed)));
    REGMARK_CHECK(status.ok());
    return engine_->write(batch);
  }
  if (*found != format) {
    return fail(ErrorCode::corrupt,
                "the sightings are of another format than this program reads, \"" +
                    std::string(format) + "\": \"" + *found + "\"");
  }
  REGMARK_ASSIGN(const auto check, engine_->get(Space::store, check_key_name));
  if (!check || !base::unseal(check_key_, base::as_bytes(*check), check_context)) {
    return fail(ErrorCode::corrupt, "the master key is not the one the sightings were kept with");
  }
  return {};
}

Result<void> Contents::load_slices() {
  PrefixScan scan(*engine_, Space::store, "s");
  for (; scan.valid(); scan.next()) {
    Reader in(scan.key().substr(1));
    const auto day = static_cast<DayNumber>(in.big(day_size));
    const auto record = SliceRecord::parse(scan.value());
    if (!in.whole() || !record || record->span.has_value() != is_short(day)) {
      return fail(ErrorCode::corrupt, "a slice's record is damaged");
    }
    if (!record->readable()) {
      gone_->add(day);
      gone_records_.emplace(day, *record);
      if (record->span) short_spans_.load_gone(day, *record->span);
      continue;
    }
    if (record->span) short_spans_.load(day, *record->span);
    auto key = keys_.load(rows_key_name(slice_name(day, *record)));
    if (!key) {
      return fail(
          key.error().code == ErrorCode::unavailable ? ErrorCode::unavailable : ErrorCode::corrupt,
          "the slice " + slice_name(day, *record) + " has no key: " + key.error().message);
    }
    slices_.emplace(day, std::make_shared<Slice>(day, *key, *record));
    base::wipe(*key);
  }
  REGMARK_TRY(scan.ended());
  return tidy_short_slices();
}

Result<void> Contents::tidy_short_slices() const {
  std::set<std::string> known;
  for (const auto& [number, slice] : slices_) {
    if (slice->is_short()) known.insert(slice->name);
  }
  // A drop that was begun finds its own.
  for (const auto& [number, record] : gone_records_) {
    if (record.span && record.stage != SliceRecord::Stage::gone) {
      known.insert(slice_name(number, record));
    }
  }
  for (DayNumber number = 1; number <= short_numbers_max; ++number) {
    if (!short_spans_.stands(number)) gone_->add(number);
  }
  REGMARK_TRY(keys_.destroy_short_but(known));
  return packs_.destroy_short_but(known);
}

std::vector<SlicePointer> Contents::slices() const {
  const std::shared_lock lock(mutex_);
  std::vector<SlicePointer> slices;
  slices.reserve(slices_.size());
  for (const auto& [day, slice] : slices_) slices.push_back(slice);
  // Short ones have lower numbers than any day.
  if (!slices.empty() && slices.front()->is_short()) {
    std::ranges::stable_sort(slices, {}, [](const auto& slice) { return slice->span.from; });
  }
  return slices;
}

SlicePointer Contents::slice(DayNumber day) const {
  const std::shared_lock lock(mutex_);
  const auto known = slices_.find(day);
  return known == slices_.end() ? nullptr : known->second;
}

SlicePointer Contents::short_slice_at(base::UtcTime observed) const {
  const std::shared_lock lock(mutex_);
  const auto number = short_spans_.number_at(observed);
  return number ? slices_.at(*number) : nullptr;
}

SlicePointer Contents::slice_of(const Pass& pass) const {
  if (is_short(pass)) return short_slice_at(pass.observed);
  return slice(*number_of(base::day_of(pass.observed)));
}

base::UtcTime Contents::short_gone_until() const {
  const std::shared_lock lock(mutex_);
  return short_spans_.gone_until();
}

std::vector<Span> Contents::short_slices() const {
  const std::shared_lock lock(mutex_);
  return short_spans_.standing();
}

void Contents::free_short_number(DayNumber number) {
  const std::lock_guard lock(mutex_);
  short_spans_.free(number);
}

std::optional<DayNumber> Contents::short_number(base::UtcTime from) const {
  const std::shared_lock lock(mutex_);
  return short_spans_.number_from(from);
}

Result<SlicePointer> Contents::short_slice_or_new(base::UtcTime observed,
                                                  std::chrono::minutes length) {
  if (auto known = short_slice_at(observed)) return known;
  SliceRecord record;
  DayNumber number = 0;
  {
    const std::shared_lock lock(mutex_);
    record.span = short_spans_.span_for(observed, length);
    number = short_spans_.next_number();
  }
  // What a failed append left under this name is no key that anything was written with.
  REGMARK_ASSIGN(auto key, keys_.load_or_make(rows_key_name(slice_name(number, record))));
  auto made = std::make_shared<Slice>(number, key, record);
  base::wipe(key);
  const std::lock_guard lock(mutex_);
  short_spans_.add(number, *record.span);
  gone_records_.erase(number);
  gone_->remove(number);
  slices_.emplace(number, made);
  return made;
}

Result<SlicePointer> Contents::slice_or_new(DayNumber day) {
  if (auto known = slice(day)) return known;
  REGMARK_CHECK(!gone_->contains(day) && !is_short(day));
  REGMARK_ASSIGN(auto key, keys_.load_or_make(rows_key_name(base::format_day(day_of(day)))));
  auto made = std::make_shared<Slice>(day, key, SliceRecord{});
  base::wipe(key);
  const std::lock_guard lock(mutex_);
  slices_.emplace(day, made);
  return made;
}

std::optional<SliceRecord> Contents::record(DayNumber day) const {
  const std::shared_lock lock(mutex_);
  if (const auto known = slices_.find(day); known != slices_.end()) return known->second->record();
  const auto gone = gone_records_.find(day);
  return gone == gone_records_.end() ? std::nullopt : std::optional(gone->second);
}

std::map<DayNumber, SliceRecord> Contents::records() const {
  const std::shared_lock lock(mutex_);
  auto records = gone_records_;
  for (const auto& [day, slice] : slices_) records.emplace(day, slice->record());
  return records;
}

Result<void> Contents::set_record(DayNumber day, const SliceRecord& record) {
  // A record of a slice that may be read names its key, also if the slice has no reads yet: without
  // the key the store would not open again.
  SlicePointer slice;
  if (record.readable()) {
    REGMARK_ASSIGN(slice, slice_or_new(day));
  }
  rocksdb::WriteBatch batch;
  const auto status =
      batch.Put(engine_->space(Space::store), slice_record_key(day), record.bytes());
  REGMARK_CHECK(status.ok());
  REGMARK_TRY(engine_->write(batch));
  if (slice) {
    slice->set_record(record);
    return {};
  }
  const std::lock_guard lock(mutex_);
  gone_->add(day);
  gone_records_.insert_or_assign(day, record);
  if (record.span) short_spans_.add_gone(day, *record.span);
  slices_.erase(day);
  return {};
}

std::filesystem::path Contents::list_path(DayNumber day, std::uint32_t list) const {
  return folder_ / "lists" / (base::format_day(day_of(day)) + "." + std::to_string(list));
}

Result<void> Contents::remove_lists(DayNumber day, std::uint32_t but) const {
  const auto prefix = base::format_day(day_of(day)) + ".";
  const auto kept = list_path(day, but).filename().string();
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "lists", error)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with(prefix) || (but != 0 && name == kept)) continue;
    if (::unlink(entry.path().c_str()) != 0) {
      return fail(ErrorCode::unavailable, "a list of plates cannot be unlinked");
    }
  }
  if (error) return fail(ErrorCode::unavailable, "the lists of plates cannot be reached");
  return base::sync_folder(folder_ / "lists");
}

// A slice may be sealed again meanwhile: the list is replaced first, then the late plates in it are
// struck out, then the old file goes. So late plates are read first, and a missing file is only
// damage if it is still the one to read.
Result<std::vector<PlateWord>> Contents::plates_of(const Slice& slice) const {
  std::vector<PlateWord> words;
  PrefixScan late(*engine_, Space::slices, slice_key(slice.number, kind_late));
  for (; late.valid(); late.next()) {
    REGMARK_ASSIGN(const auto plate,
                   plate_behind(slice, late.key().substr(day_size + 1, mark_size)));
    words.push_back(internal::word_of(plate));
  }
  REGMARK_TRY(late.ended());
  while (true) {
    const auto record = slice.record();
    if (record.list == 0) return plates_in_rows(slice, nullptr);
    auto listed = read_plate_list(list_path(slice.number, record.list), slice.cipher.sealing_key());
    if (!listed && slice.record().list != record.list) continue;
    if (!listed) return listed;
    words.insert(words.end(), listed->begin(), listed->end());
    sort_distinct(words);
    return words;
  }
}

Result<std::vector<PlateWord>> Contents::plates_in_rows(const Slice& slice,
                                                        const rocksdb::Snapshot* snapshot) const {
  std::vector<PlateWord> words;
  PrefixScan rows(*engine_, Space::rows, day_key(slice.number), snapshot);
  std::string last;
  for (; rows.valid(); rows.next()) {
    const auto mark = rows.key().substr(0, day_size + mark_size);
    if (mark == last) continue;
    last = mark;
    REGMARK_ASSIGN(const auto plate, plate_behind(slice, mark.substr(day_size)));
    words.push_back(internal::word_of(plate));
  }
  REGMARK_TRY(rows.ended());
  sort_distinct(words);
  return words;
}

}  // namespace regmark::sightings::rocks
