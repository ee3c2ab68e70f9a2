#include "sightings/rocksdb/slice_draft.h"

#include <algorithm>

#include "base/check.h"
#include "sightings/internal/bytes.h"

namespace regmark::sightings::rocks {
namespace {

using internal::TextKind;

std::string instant_key(const Pass& pass) {
  internal::Writer out;
  out.big(pass.camera, 4);
  out.big(static_cast<std::uint64_t>(pass.observed.time_since_epoch().count()), 8);
  return std::string(out.view());
}

}  // namespace

SliceDraft::SliceDraft(Contents& contents, SlicePointer slice, rocksdb::WriteBatch& batch)
    : contents_(contents),
      slice_(std::move(slice)),
      batch_(batch),
      record_(slice_->record()),
      lists_late_(record_.list != 0 || slice_->sealing) {}

SliceDraft::~SliceDraft() {
  if (pictures_key_) base::wipe(*pictures_key_);
}

void SliceDraft::put(Space space, std::string_view key, std::string_view value) {
  const auto status =
      batch_.Put(contents_.engine().space(space), rocksdb::Slice(key.data(), key.size()),
                 rocksdb::Slice(value.data(), value.size()));
  REGMARK_CHECK(status.ok());  // it only fails when the batch has a limit of size
}

// The last pass of a camera that is no later than this key says.
Result<std::optional<Pass>> SliceDraft::last_until(const std::string& key,
                                                   std::uint32_t camera) const {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const auto iterator = contents_.engine().scan(Space::passes, options);
  iterator->SeekForPrev(key);
  if (!iterator->status().ok()) return failure(iterator->status());
  if (!iterator->Valid()) return std::nullopt;
  if (!view(iterator->key()).starts_with(pass_prefix(slice_->number, camera))) return std::nullopt;
  const auto pass = parse_pass_key(view(iterator->key()), slice_->day);
  if (!pass) return fail(ErrorCode::corrupt, "a pass cannot be read");
  return pass;
}

Result<std::uint32_t> SliceDraft::count_in_store(const Pass& pass) const {
  const Pass greatest{pass.observed, pass.camera, same_instant_max};
  REGMARK_ASSIGN(const auto last, last_until(pass_key(slice_->number, greatest), pass.camera));
  if (!last || last->observed != pass.observed) return 0U;
  return (last->count & ~short_count) + 1;
}

Result<std::optional<base::UtcTime>> SliceDraft::newest_in_store(std::uint32_t camera) const {
  REGMARK_ASSIGN(const auto last,
                 last_until(after_prefix(pass_prefix(slice_->number, camera)), camera));
  return last ? std::optional(last->observed) : std::nullopt;
}

// Most reads are their camera's newest, and the store need not be asked whether there is another at
// the same instant.
Result<std::optional<Pass>> SliceDraft::place(const plate::Read& read, std::uint32_t camera) {
  Pass pass{read.observed, camera, 0};
  auto newest = newest_.find(camera);
  if (newest == newest_.end()) {
    auto known = slice_->newest.find(camera);
    if (known == slice_->newest.end()) {
      REGMARK_ASSIGN(const auto stored, newest_in_store(camera));
      known = slice_->newest.emplace(camera, stored.value_or(base::UtcTime::min())).first;
    }
    newest = newest_.emplace(camera, known->second).first;
  }
  const auto [next, is_first] = next_.try_emplace(instant_key(pass), 0);
  if (is_first && read.observed <= newest->second) {
    REGMARK_ASSIGN(next->second, count_in_store(pass));
  }
  if (next->second > same_instant_max) return std::nullopt;
  pass.count = next->second++ | (slice_->is_short() ? short_count : 0);
  newest->second = std::max(newest->second, read.observed);
  return pass;
}

Result<std::vector<internal::PicturePlace>> SliceDraft::add_pictures(const NewSighting& sighting) {
  std::vector<internal::PicturePlace> places(sighting.pictures.size());
  if (!record_.keeps_pictures()) return places;
  for (std::size_t at = 0; at < places.size(); ++at) {
    if (!pictures_key_) {
      REGMARK_ASSIGN(pictures_key_, contents_.keys().load_or_make(pictures_key_name(slice_->name)));
    }
    const auto& picture = sighting.pictures[at];
    const auto sealed =
        base::seal(*pictures_key_, picture.jpeg, picture_context(sighting.read.id, picture.kind));
    REGMARK_ASSIGN(places[at], contents_.packs().add(slice_->name, sealed));
  }
  return places;
}

Result<void> SliceDraft::add(const NewSighting& sighting, const Pass& pass) {
  const auto& read = sighting.read;
  REGMARK_ASSIGN(const auto places, add_pictures(sighting));
  const auto plate = internal::number_of(read.plate);
  const auto& cipher = slice_->cipher;

  const auto row = row_key(cipher, slice_->number, plate, pass);
  auto payload = internal::encode_row(read, places, *this);
  cipher.mask_row(base::as_bytes(mask_name(row)), payload);
  put(Space::rows, row, base::as_text(payload));

  const auto key = pass_key(slice_->number, pass);
  put(Space::passes, key, pass_value(cipher, key, plate));

  if (lists_late_) {
    auto late = slice_key(slice_->number, kind_late);
    put(Space::slices, late.append(row, day_size, mark_size), {});
  }
  plates_.push_back(internal::word_of(plate));
  ++record_.reads;
  for (const auto& place : places) record_.pictures += place.pack != 0 ? 1 : 0;
  return {};
}

void SliceDraft::strike(const StoredRead& stored) {
  const auto erase = [&](Space space, const std::string& key) {
    REGMARK_CHECK(batch_.Delete(contents_.engine().space(space), key).ok());
  };
  const auto plate = internal::number_of(stored.row.read.plate);
  erase(Space::rows, row_key(slice_->cipher, slice_->number, plate, stored.pass));
  erase(Space::passes, pass_key(slice_->number, stored.pass));
  --record_.reads;
  for (const auto& place : stored.row.places) record_.pictures -= place.pack != 0 ? 1 : 0;
}

std::uint32_t SliceDraft::number_of(TextKind kind, std::string_view text) {
  if (const auto known = slice_->texts.number_of(kind, text)) return *known;
  auto [entry, is_new] = texts_.try_emplace({kind, std::string(text)}, 0);
  if (!is_new) return entry->second;
  auto& added = new_texts_[static_cast<std::size_t>(kind)];
  const auto number = slice_->texts.count(kind) + added.size() + 1;
  if (number > texts_max) return 0;
  entry->second = static_cast<std::uint32_t>(number);
  added.emplace_back(text);
  slice_->texts.write(batch_, contents_.engine(), slice_->cipher, kind, entry->second, text);
  return entry->second;
}

void SliceDraft::finish() {
  put(Space::store, slice_record_key(slice_->number), record_.bytes());
}

void SliceDraft::publish() {
  for (std::size_t kind = 0; kind < internal::text_kinds; ++kind) {
    for (auto& text : new_texts_[kind]) {
      slice_->texts.put(static_cast<TextKind>(kind), std::move(text));
    }
  }
  for (const auto& [camera, time] : newest_) {
    auto& known = slice_->newest[camera];
    known = std::max(known, time);
  }
  slice_->set_record(record_);
  contents_.lists().add(slice_->number, plates_);
}

}  // namespace regmark::sightings::rocks
