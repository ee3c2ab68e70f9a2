// Erasing a slice, or its pictures: every step is durable before the next, and may be done again.
#include "base/check.h"
#include "base/crash_point.h"
#include "sightings/rocksdb/held.h"
#include "sightings/rocksdb/rocks_store.h"

namespace regmark::sightings::rocks {
namespace {

using Stage = SliceRecord::Stage;

tl::unexpected<Error> no_such_day() {
  return fail(ErrorCode::invalid_input, "the store keeps no such day");
}

}  // namespace

Result<Dropped> RocksStore::drop(const audit::MachineReceipt& receipt, base::UtcDay day) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  const auto number = number_of(day);
  if (!number || is_short(*number)) return no_such_day();
  const std::lock_guard maintaining(maintaining_);
  REGMARK_TRY(erase(*number, Stage::gone));
  REGMARK_ASSIGN(const auto contents, use());
  const auto record = contents->record(*number).value_or(SliceRecord{});
  return Dropped{record.reads, record.pictures - record.pictures_erased, record.held_copies};
}

Result<Dropped> RocksStore::drop_pictures(const audit::MachineReceipt& receipt, base::UtcDay day) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  const auto number = number_of(day);
  if (!number || is_short(*number)) return no_such_day();
  const std::lock_guard maintaining(maintaining_);
  REGMARK_TRY(erase(*number, Stage::pictures_gone));
  REGMARK_ASSIGN(const auto contents, use());
  const auto record = contents->record(*number).value_or(SliceRecord{});
  return Dropped{0, record.pictures_erased, record.held_copies};
}

Result<Dropped> RocksStore::drop_short(const audit::MachineReceipt& receipt, base::UtcTime from) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  const std::lock_guard maintaining(maintaining_);
  std::optional<DayNumber> number;
  {
    REGMARK_ASSIGN(const auto contents, use());
    number = contents->short_number(from);
  }
  if (!number) return Dropped{};
  REGMARK_TRY(erase(*number, Stage::gone));
  REGMARK_ASSIGN(const auto contents, use());
  const auto record = contents->record(*number).value_or(SliceRecord{});
  contents->free_short_number(*number);
  return Dropped{record.reads, record.pictures, 0};
}

Result<void> RocksStore::erase(DayNumber day, Stage last) {
  std::optional<Stage> before;
  while (true) {
    Stage stage = Stage::whole;
    {
      REGMARK_ASSIGN(const auto contents, use());
      if (const auto record = contents->record(day)) stage = record->stage;
    }
    if (stage >= last) return {};
    // Each step moves the day on; one that does not would be done for ever.
    REGMARK_CHECK(!before || stage > *before);
    before = stage;
    // Pictures that are being erased are erased first, whatever else is to go.
    switch (stage) {
      case Stage::whole:
        REGMARK_TRY(mark(day, last == Stage::gone ? Stage::marked : Stage::pictures_marked));
        break;
      case Stage::pictures_marked:
        REGMARK_TRY(copy_held(day, Stage::pictures_copied));
        break;
      case Stage::pictures_copied:
        REGMARK_TRY(erase_pictures(day));
        REGMARK_TRY(change(day, [](SliceRecord& record) { record.stage = Stage::pictures_gone; }));
        base::crash_point("sightings.drop.pictures_gone");
        break;
      case Stage::pictures_gone:
        REGMARK_TRY(mark(day, Stage::marked));
        break;
      case Stage::marked:
        REGMARK_TRY(copy_held(day, Stage::copied));
        break;
      case Stage::copied:
        REGMARK_TRY(erase_pictures(day));
        REGMARK_TRY(erase_rows(day));
        REGMARK_TRY(change(day, [](SliceRecord& record) { record.stage = Stage::gone; }));
        base::crash_point("sightings.drop.gone");
        break;
      case Stage::gone:
        return {};
    }
  }
}

// Nobody begins to read what is marked, and those who had begun have ended on return.
Result<void> RocksStore::mark(DayNumber day, Stage as) {
  SlicePointer slice;
  {
    const std::lock_guard writing(writing_);
    REGMARK_ASSIGN(const auto contents, use_for_writing());
    slice = contents->slice(day);
    const auto known = contents->record(day);
    // One that a failed write left in memory alone is gone with the opening anew; a record without
    // its span would close the store.
    if (!known && is_short(day)) return fail(ErrorCode::unavailable, "a slice went meanwhile");
    auto record = known.value_or(SliceRecord{});
    record.stage = as;
    REGMARK_TRY(contents->set_record(day, record));
    contents->packs().close(slice_name(day, record));
    contents->lists().forget(day);
  }
  base::crash_point("sightings.drop.marked");
  if (slice) {
    const std::lock_guard all_have_ended(slice->in_use);
  }
  // Whoever was still looking may have listed its plates once more.
  REGMARK_ASSIGN(const auto contents, use());
  contents->lists().forget(day);
  return {};
}

Result<void> RocksStore::copy_held(DayNumber day, Stage then) {
  std::uint64_t count = 0;
  {
    REGMARK_ASSIGN(const auto contents, use());
    const auto& engine = contents->engine();
    REGMARK_ASSIGN(const auto marks, marks_of(engine, day));
    if (!marks.empty()) {
      const auto record = contents->record(day).value_or(SliceRecord{});
      REGMARK_ASSIGN(auto key, contents->keys().load(rows_key_name(slice_name(day, record))));
      Slice slice(day, key, record);
      base::wipe(key);
      REGMARK_TRY(slice.texts.load(engine, slice.cipher));
      const auto pictures = record.without_pictures ? Pictures::left : Pictures::copied;
      rocksdb::WriteBatch batch;
      for (const auto& mark : marks) {
        // Made when the slice lost its pictures, or before a crash: a copy is whole or not there.
        if (has_held(*contents, mark.hold, mark.pass)) continue;
        REGMARK_TRY(copy_held_read(*contents, slice, mark, pictures, batch));
        if (batch.GetDataSize() < copies_size) continue;
        REGMARK_TRY(engine.write(batch));
        batch.Clear();
        base::crash_point("sightings.drop.some_copied");
      }
      if (batch.Count() > 0) REGMARK_TRY(engine.write(batch));
    }
    for (const auto& mark : marks) count += has_held(*contents, mark.hold, mark.pass) ? 1 : 0;
    if (count != marks.size()) {
      return fail(ErrorCode::unavailable, "not all held sightings could be copied");
    }
  }
  base::crash_point("sightings.drop.held_copied");
  return change(day, [&](SliceRecord& record) {
    record.stage = then;
    record.held_copies = count;
    if (then != Stage::pictures_copied) return;
    record.without_pictures = true;
    record.pictures_erased = record.pictures;
  });
}

Result<void> RocksStore::erase_pictures(DayNumber day) {
  REGMARK_ASSIGN(const auto contents, use());
  // The key first: what is left of the packs is noise from then on.
  const auto name = slice_name(day, contents->record(day).value_or(SliceRecord{}));
  REGMARK_TRY(contents->keys().destroy(pictures_key_name(name)));
  REGMARK_TRY(contents->packs().destroy(name));
  base::crash_point("sightings.drop.packs_gone");
  return {};
}

Result<void> RocksStore::erase_rows(DayNumber day) {
  REGMARK_ASSIGN(const auto contents, use());
  const auto name = slice_name(day, contents->record(day).value_or(SliceRecord{}));
  REGMARK_TRY(contents->keys().destroy(rows_key_name(name)));
  base::crash_point("sightings.drop.key_gone");
  if (!is_short(day)) REGMARK_TRY(contents->remove_lists(day, 0));
  REGMARK_TRY(contents->engine().erase_day(day));
  base::crash_point("sightings.drop.rows_gone");
  if (contents->packs().has(name) || contents->keys().has(rows_key_name(name)) ||
      contents->keys().has(pictures_key_name(name))) {
    return fail(ErrorCode::unavailable, "files of an erased day are left");
  }
  return {};
}

Result<void> RocksStore::finish_drops() {
  std::vector<std::pair<DayNumber, Stage>> begun;
  {
    REGMARK_ASSIGN(const auto contents, use());
    for (const auto& [day, record] : contents->records()) {
      if (record.stage == Stage::pictures_marked || record.stage == Stage::pictures_copied) {
        begun.emplace_back(day, Stage::pictures_gone);
      } else if (record.stage == Stage::marked || record.stage == Stage::copied) {
        begun.emplace_back(day, Stage::gone);
      }
    }
  }
  for (const auto& [day, last] : begun) REGMARK_TRY(erase(day, last));
  return {};
}

}  // namespace regmark::sightings::rocks
