// Erasing single reads before their time. One write strikes them out, and says what is left to
// do; overwriting and rewriting come after it, and may be done again.
#include <algorithm>
#include <map>
#include <set>

#include "base/check.h"
#include "base/crash_point.h"
#include "sightings/internal/bytes.h"
#include "sightings/rocksdb/held.h"
#include "sightings/rocksdb/rocks_store.h"

namespace regmark::sightings::rocks {
namespace {

using internal::Reader;
using internal::Writer;

// In Space::store, while something of a day's erasures is left to do: which pictures.
std::string work_key(DayNumber day) {
  return "e" + day_key(day);
}

struct LeftPicture {
  PicturePlace place;
  std::size_t sealed_size = 0;
};

Result<std::vector<LeftPicture>> work_of(std::string_view bytes) {
  std::vector<LeftPicture> work;
  Reader in(bytes);
  while (!in.at_end()) {
    LeftPicture one;
    one.place.pack = static_cast<std::uint32_t>(in.varint());
    one.place.offset = in.varint();
    one.sealed_size = in.varint();
    if (in.failed() || one.sealed_size > picture_size_max + base::seal_overhead) {
      return fail(ErrorCode::corrupt, "what is left of an erasure cannot be read");
    }
    work.push_back(one);
  }
  return work;
}

// What one call strikes out. Belongs to the one who writes.
class Erasing {
 public:
  explicit Erasing(const Contents& contents) : contents_(contents) {}

  Result<void> add(const plate::ReadId& id) {
    if (!seen_.insert(id).second) return {};
    REGMARK_ASSIGN(const auto found, find_by_id(contents_, id));
    if (!found) return add_unknown(id);
    const auto day = found->use->slice().number;
    REGMARK_ASSIGN(const bool held, is_held_by_any(day, *found));
    if (held) {
      erased_.held.push_back(id);
      return {};
    }
    return strike(day, *found);
  }

  // Puts the days' records in, and gives them.
  Result<std::map<DayNumber, SliceRecord>> finish(rocksdb::WriteBatch& batch) {
    for (const auto& [key, entries] : ids_) {
      if (entries.empty()) {
        strike(Space::ids, key);
      } else {
        put(Space::ids, key, entries);
      }
    }
    std::map<DayNumber, SliceRecord> records;
    for (auto& [day, left] : days_) {
      REGMARK_ASSIGN(const auto before, contents_.engine().get(Space::store, work_key(day)));
      if (before) left.work.bytes(base::as_bytes(*before));
      put(Space::store, work_key(day), left.work.view());
      put(Space::store, slice_record_key(day), left.record.bytes());
      // They are counted anew from what passed.
      const auto counts = slice_key(day, kind_count);
      check(batch_.DeleteRange(contents_.engine().space(Space::slices), counts,
                               after_prefix(counts)));
      records.emplace(day, left.record);
    }
    batch = std::move(batch_);
    return records;
  }

  ErasedReads erased() const { return erased_; }

 private:
  struct Day {
    SliceRecord record;
    Writer work;
  };

  static void check(const rocksdb::Status& status) { REGMARK_CHECK(status.ok()); }
  void put(Space space, std::string_view key, std::string_view value) {
    check(batch_.Put(contents_.engine().space(space), rocksdb::Slice(key.data(), key.size()),
                     rocksdb::Slice(value.data(), value.size())));
  }
  void strike(Space space, std::string_view key) {
    check(batch_.Delete(contents_.engine().space(space), rocksdb::Slice(key.data(), key.size())));
  }

  // Erased by an earlier call, or by nobody.
  Result<void> add_unknown(const plate::ReadId& id) {
    for (const auto& slice : contents_.slices()) {
      if (slice->record().erased == 0) continue;
      REGMARK_ASSIGN(
          const auto pictures,
          contents_.engine().get(Space::slices, erased_key(slice->number, slice->cipher, id)));
      if (!pictures) continue;
      ++erased_.reads;
      erased_.pictures += Reader(*pictures).varint();
      return {};
    }
    // Its slice is gone, and what a case holds of it stands.
    REGMARK_ASSIGN(const auto copies, held_of(contents_, id));
    (copies.empty() ? erased_.unknown : erased_.held).push_back(id);
    return {};
  }

  Result<bool> is_held_by_any(DayNumber number, const StoredRead& found) {
    const auto [marked, is_new] = marked_.try_emplace(number);
    if (is_new) {
      REGMARK_ASSIGN(const auto marks, marks_of(contents_.engine(), number));
      for (const auto& mark : marks) marked->second.insert(pass_key(number, mark.pass));
    }
    if (marked->second.contains(pass_key(number, found.pass))) return true;
    REGMARK_ASSIGN(const auto copies, held_of(contents_, found.row.read.id));
    return !copies.empty();
  }

  Result<void> strike(DayNumber number, const StoredRead& found) {
    const auto& slice = found.use->slice();
    const auto& read = found.row.read;
    const auto known = days_.find(number);
    auto& day = known != days_.end() ? known->second
                                     : days_.emplace(number, Day{slice.record(), {}}).first->second;
    strike(Space::rows, row_key(slice.cipher, number, internal::number_of(read.plate), found.pass));
    strike(Space::passes, pass_key(number, found.pass));
    REGMARK_TRY(strike_id(read.id, id_entry(slice.cipher, number, read.id, found.pass)));
    std::uint64_t pictures = 0;
    for (std::size_t at = 0; at < found.row.places.size(); ++at) {
      const auto& place = found.row.places[at];
      if (place.pack == 0) continue;
      ++pictures;
      day.work.varint(place.pack);
      day.work.varint(place.offset);
      day.work.varint(read.pictures[at].size + base::seal_overhead);
    }
    Writer kept;
    kept.varint(pictures);
    put(Space::slices, erased_key(number, slice.cipher, read.id), kept.view());
    --day.record.reads;
    ++day.record.erased;
    day.record.pictures -= pictures;
    day.record.pictures_erased -= std::min(day.record.pictures_erased, pictures);
    ++erased_.reads;
    erased_.pictures += pictures;
    return {};
  }

  // Others may share the key: theirs stay.
  Result<void> strike_id(const plate::ReadId& id, const std::string& mine) {
    const auto [known, is_new] = ids_.try_emplace(id_key(id));
    if (is_new) {
      REGMARK_ASSIGN(auto entries, contents_.engine().get(Space::ids, known->first));
      known->second = std::move(entries).value_or(std::string());
    }
    auto& entries = known->second;
    for (std::size_t at = 0; at + id_entry_size <= entries.size(); at += id_entry_size) {
      if (entries.compare(at, id_entry_size, mine) != 0) continue;
      entries.erase(at, id_entry_size);
      return {};
    }
    return fail(ErrorCode::corrupt, "a read is not where its id says");
  }

  const Contents& contents_;
  rocksdb::WriteBatch batch_;
  std::set<plate::ReadId> seen_;
  std::map<DayNumber, std::set<std::string>> marked_;  // keys of passes that a hold has marked
  std::map<DayNumber, Day> days_;
  std::map<std::string, std::string> ids_;  // what is left in Space::ids
  ErasedReads erased_;
};

}  // namespace

Result<ErasedReads> RocksStore::erase_reads(const audit::MachineReceipt& receipt,
                                            std::span<const plate::ReadId> ids) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  if (ids.size() > erase_reads_max) {
    return fail(ErrorCode::limit_exceeded, "too many sightings to erase in one step");
  }
  const std::lock_guard maintaining(maintaining_);
  ErasedReads erased;
  {
    const std::lock_guard writing(writing_);
    REGMARK_ASSIGN(const auto contents, use_for_writing());
    Erasing erasing(*contents);
    for (const auto& id : ids) REGMARK_TRY(erasing.add(id));
    rocksdb::WriteBatch batch;
    REGMARK_ASSIGN(const auto records, erasing.finish(batch));
    if (!records.empty()) REGMARK_TRY(contents->engine().write(batch));
    base::crash_point("sightings.erase_reads.struck");
    for (const auto& [day, record] : records) {
      contents->slice(day)->set_record(record);
      contents->lists().forget(day);
    }
    erased = erasing.erased();
  }
  // Also what an earlier call had to leave.
  REGMARK_TRY(finish_erasures());
  return erased;
}

Result<void> RocksStore::finish_erasure(DayNumber day) {
  std::uint32_t list = 0;
  {
    REGMARK_ASSIGN(const auto contents, use());
    REGMARK_ASSIGN(const auto bytes, contents->engine().get(Space::store, work_key(day)));
    if (!bytes) return {};
    REGMARK_ASSIGN(const auto work, work_of(*bytes));
    const auto name = slice_name(day, contents->record(day).value_or(SliceRecord{}));
    if (const auto slice = contents->slice(day)) {
      const std::lock_guard all_have_ended(slice->in_use);
      list = slice->record().list;
    }
    for (const auto& [place, size] : work) {
      REGMARK_TRY(contents->packs().overwrite(name, place, size));
      base::crash_point("sightings.erase_reads.overwritten");
    }
  }
  // The list of plates may name one that nothing is left of.
  if (list != 0) REGMARK_TRY(seal_day(day));
  base::crash_point("sightings.erase_reads.listed");
  {
    REGMARK_ASSIGN(const auto contents, use());
    REGMARK_TRY(contents->engine().forget_struck(day));
  }
  base::crash_point("sightings.erase_reads.forgotten");
  const std::lock_guard writing(writing_);
  REGMARK_ASSIGN(const auto contents, use_for_writing());
  contents->lists().forget(day);  // somebody may have read the old one meanwhile
  rocksdb::WriteBatch batch;
  const auto status = batch.Delete(contents->engine().space(Space::store), work_key(day));
  REGMARK_CHECK(status.ok());
  return contents->engine().write(batch);
}

Result<void> RocksStore::finish_erasures() {
  std::vector<DayNumber> days;
  {
    REGMARK_ASSIGN(const auto contents, use());
    PrefixScan scan(contents->engine(), Space::store, "e");
    for (; scan.valid(); scan.next()) {
      days.push_back(static_cast<DayNumber>(Reader(scan.key().substr(1)).big(day_size)));
    }
    REGMARK_TRY(scan.ended());
  }
  for (const auto day : days) REGMARK_TRY(finish_erasure(day));
  return {};
}

}  // namespace regmark::sightings::rocks
