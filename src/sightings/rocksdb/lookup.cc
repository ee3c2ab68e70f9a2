#include "sightings/rocksdb/lookup.h"

namespace regmark::sightings::rocks {
namespace {

// What stands at a pass, if it is the read of this id.
Result<std::optional<StoredRead>> find_at(const Contents& contents,
                                          const std::shared_ptr<const SliceUse>& use,
                                          const plate::ReadId& id, const Pass& pass) {
  const auto& slice = use->slice();
  const auto key = pass_key(slice.number, pass);
  REGMARK_ASSIGN(const auto value, contents.engine().get(Space::passes, key));
  if (!value) return std::nullopt;
  const auto plate = plate_of_pass(slice.cipher, key, *value);
  if (!plate) return fail(ErrorCode::corrupt, "a pass cannot be read");
  REGMARK_ASSIGN(auto row, read_row(contents, slice, *plate, pass));
  if (!row || row->read.id != id) return std::nullopt;
  return StoredRead{use, pass, *std::move(row)};
}

}  // namespace

Result<std::shared_ptr<const SliceUse>> SliceUse::take(const Contents& contents, DayNumber day) {
  const auto slice = contents.slice(day);
  if (!slice) return nullptr;
  auto use = std::shared_ptr<const SliceUse>(new SliceUse(slice));
  // It may have gone while we waited.
  if (contents.slice(day) != slice) return nullptr;
  REGMARK_TRY(slice->texts.load(contents.engine(), slice->cipher));
  return use;
}

Result<internal::Row> decode_stored(const Contents& contents, const Slice& slice,
                                    PlateNumber plate_number, const Pass& pass,
                                    std::string_view key, std::string_view value) {
  const auto camera = contents.cameras().camera(pass.camera);
  if (!camera) return fail(ErrorCode::corrupt, "a row is of no camera");
  REGMARK_ASSIGN(auto plate, internal::plate_of(plate_number));
  base::Bytes bytes(base::as_bytes(value).begin(), base::as_bytes(value).end());
  slice.cipher.mask_row(base::as_bytes(mask_name(key)), bytes);
  return internal::decode_row({camera->id, std::move(plate), pass.observed}, bytes, slice.texts);
}

Result<std::optional<internal::Row>> read_row(const Contents& contents, const Slice& slice,
                                              PlateNumber plate, const Pass& pass) {
  const auto key = row_key(slice.cipher, slice.number, plate, pass);
  REGMARK_ASSIGN(const auto value, contents.engine().get(Space::rows, key));
  if (value) return decode_stored(contents, slice, plate, pass, key, *value);
  // Both go in one write: a pass that still stands has lost its row to something else.
  REGMARK_ASSIGN(const auto stands,
                 contents.engine().get(Space::passes, pass_key(slice.number, pass)));
  if (stands) return fail(ErrorCode::corrupt, "a pass has no row");
  return std::nullopt;
}

Result<internal::Row> read_marked(const Contents& contents, const Slice& slice, const Pass& pass) {
  const auto key = pass_key(slice.number, pass);
  REGMARK_ASSIGN(const auto value, contents.engine().get(Space::passes, key));
  const auto plate = value ? plate_of_pass(slice.cipher, key, *value) : std::nullopt;
  if (!plate) return fail(ErrorCode::corrupt, "a held sighting cannot be found");
  REGMARK_ASSIGN(auto row, read_row(contents, slice, *plate, pass));
  if (!row) return fail(ErrorCode::corrupt, "a held sighting was erased");
  return *std::move(row);
}

Result<base::Bytes> read_picture(const Contents& contents, const Slice& slice,
                                 const internal::Row& row, std::size_t which) {
  const auto& name = row.read.pictures[which];
  REGMARK_ASSIGN(const auto sealed, contents.packs().read(slice.name, row.places[which],
                                                          name.size + base::seal_overhead));
  REGMARK_ASSIGN(auto key, contents.keys().load(pictures_key_name(slice.name)));
  auto jpeg = base::unseal(key, sealed, picture_context(row.read.id, name.kind));
  base::wipe(key);
  if (jpeg && base::sha256(*jpeg) != name.sha256) {
    return fail(ErrorCode::corrupt, "a picture is not the one that was stored");
  }
  return jpeg;
}

Result<std::optional<StoredRead>> find_by_entries(const Contents& contents, const plate::ReadId& id,
                                                  std::string_view entries) {
  for (; entries.size() >= id_entry_size; entries.remove_prefix(id_entry_size)) {
    const auto entry = entries.substr(0, id_entry_size);
    REGMARK_ASSIGN(const auto use, SliceUse::take(contents, day_of_id_entry(entry)));
    if (!use) continue;
    const auto pass = pass_of_id(use->slice().cipher, id, entry, use->slice().day);
    if (!pass || pass->camera == 0 || pass->camera > contents.cameras().count()) continue;
    REGMARK_ASSIGN(auto found, find_at(contents, use, id, *pass));
    if (found) return found;
  }
  return std::nullopt;
}

Result<std::optional<StoredRead>> find_by_id(const Contents& contents, const plate::ReadId& id) {
  REGMARK_ASSIGN(const auto entries, contents.engine().get(Space::ids, id_key(id)));
  if (!entries) return std::nullopt;
  return find_by_entries(contents, id, *entries);
}

}  // namespace regmark::sightings::rocks
