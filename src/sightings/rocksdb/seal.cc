// Sealing a slice: its list of distinct plates and its counters, and counting by camera.
#include <map>

#include "base/check.h"
#include "base/crash_point.h"
#include "sightings/internal/bytes.h"
#include "sightings/rocksdb/rocks_store.h"

namespace regmark::sightings::rocks {
namespace {

using internal::Reader;
using internal::Writer;

using Counts = std::map<std::uint32_t, std::uint64_t>;

// What sealing found at one moment.
struct SealedSlice {
  Counts counts;
  std::vector<std::string> late;  // keys of plates that are in the list now
  std::uint64_t reads = 0;
};

std::string count_key(DayNumber day, std::uint32_t camera) {
  Writer out;
  out.big(camera, camera_size);
  return slice_key(day, kind_count).append(out.view());
}

Result<Counts> count_passes(const Engine& engine, DayNumber day,
                            const rocksdb::Snapshot* snapshot) {
  Counts counts;
  PrefixScan passes(engine, Space::passes, day_key(day), snapshot);
  for (; passes.valid(); passes.next()) {
    const auto pass = parse_pass_key(passes.key(), day_of(day));
    if (!pass) return fail(ErrorCode::corrupt, "a pass cannot be read");
    ++counts[pass->camera];
  }
  REGMARK_TRY(passes.ended());
  return counts;
}

Result<SealedSlice> write_list(const Contents& contents, const Slice& slice,
                               const rocksdb::Snapshot* snapshot, std::uint32_t list) {
  SealedSlice sealed;
  REGMARK_ASSIGN(const auto plates, contents.plates_in_rows(slice, snapshot));
  REGMARK_TRY(
      write_plate_list(contents.list_path(slice.number, list), slice.cipher.sealing_key(), plates));
  base::crash_point("sightings.seal.listed");
  REGMARK_ASSIGN(sealed.counts, count_passes(contents.engine(), slice.number, snapshot));
  PrefixScan late(contents.engine(), Space::slices, slice_key(slice.number, kind_late), snapshot);
  for (; late.valid(); late.next()) sealed.late.emplace_back(late.key());
  REGMARK_TRY(late.ended());
  return sealed;
}

tl::unexpected<Error> no_such_slice() {
  return fail(ErrorCode::not_found, "there is no such slice");
}

}  // namespace

Result<void> RocksStore::seal(const audit::MachineReceipt& receipt, base::UtcDay day) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::seal));
  const auto number = number_of(day);
  if (!number) return no_such_slice();
  const std::lock_guard maintaining(maintaining_);
  return seal_day(*number);
}

Result<void> RocksStore::seal_day(DayNumber day) {
  std::unique_lock writing(writing_);
  SlicePointer slice;
  SealedSlice sealed;
  std::uint32_t list = 0;
  {
    REGMARK_ASSIGN(const auto contents, use_for_writing());
    slice = contents->slice(day);
    if (!slice) return no_such_slice();
    list = slice->record().list + 1;
    // From here on plates that are not in the list are written down as late.
    slice->sealing = true;
    const Moment moment(contents->engine().db());
    writing.unlock();
    auto written = write_list(*contents, *slice, moment.get(), list);
    if (!written) return tl::unexpected<Error>(std::move(written).error());
    sealed = *std::move(written);
  }
  writing.lock();
  REGMARK_ASSIGN(const auto contents, use_for_writing());
  if (contents->slice(day) != slice) {
    return fail(ErrorCode::unavailable, "the sightings were opened again meanwhile: seal again");
  }
  auto record = slice->record();
  record.list = list;
  rocksdb::WriteBatch batch;
  const auto& engine = contents->engine();
  const auto check = [](const rocksdb::Status& status) { REGMARK_CHECK(status.ok()); };
  for (const auto& key : sealed.late) check(batch.Delete(engine.space(Space::slices), key));
  for (const auto& [camera, count] : sealed.counts) {
    Writer out;
    out.varint(count);
    check(batch.Put(engine.space(Space::slices), count_key(day, camera), std::string(out.view())));
  }
  check(batch.Put(engine.space(Space::store), slice_record_key(day), record.bytes()));
  REGMARK_TRY(engine.write(batch));
  base::crash_point("sightings.seal.sealed");
  slice->set_record(record);
  slice->sealing = false;
  writing.unlock();
  REGMARK_TRY(contents->remove_lists(day, list));
  return engine.settle_day(day);
}

Result<std::vector<CameraCount>> RocksStore::counts(const audit::MachineReceipt& receipt,
                                                    base::UtcDay day) const {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::count));
  REGMARK_ASSIGN(const auto contents, use());
  std::vector<CameraCount> answer;
  const auto number = number_of(day);
  if (!number) return answer;
  REGMARK_ASSIGN(const auto in_use, SliceUse::take(*contents, *number));
  if (!in_use) return answer;
  Counts counts;
  std::uint64_t total = 0;
  PrefixScan scan(contents->engine(), Space::slices, slice_key(*number, kind_count));
  for (; scan.valid(); scan.next()) {
    const auto camera = Reader(scan.key().substr(day_size + 1)).big(camera_size);
    const auto count = Reader(scan.value()).varint();
    counts.emplace(static_cast<std::uint32_t>(camera), count);
    total += count;
  }
  REGMARK_TRY(scan.ended());
  // Not sealed, or reads came after: the passes themselves say.
  if (total != in_use->slice().record().reads) {
    REGMARK_ASSIGN(counts, count_passes(contents->engine(), *number, nullptr));
  }
  for (const auto& [camera, count] : counts) {
    const auto known = contents->cameras().camera(camera);
    if (!known) return fail(ErrorCode::corrupt, "passes of no camera");
    answer.push_back({known->id, count});
  }
  return answer;
}

}  // namespace regmark::sightings::rocks
