#include "sightings/rocksdb/held.h"

#include <algorithm>

#include "base/check.h"
#include "sightings/internal/bytes.h"
#include "sightings/rocksdb/lookup.h"

namespace regmark::sightings::rocks {
namespace {

using internal::NoTexts;
using internal::Reader;
using internal::Writer;

constexpr char kind_read = 'h';
constexpr char kind_index = 'i';
constexpr char kind_picture = 'p';

tl::unexpected<Error> wrong() {
  return fail(ErrorCode::corrupt, "a held copy cannot be read");
}

// h hold-length(1) hold pass-key. No hold's name is longer than a byte can tell.
std::string hold_prefix(const base::HoldId& hold) {
  Writer out;
  out.byte(static_cast<std::uint8_t>(kind_read));
  out.text(hold.text());
  return std::string(out.view());
}

std::string read_key(const base::HoldId& hold, const Pass& pass) {
  return hold_prefix(hold) + pass_key(pass);
}

std::string index_prefix(const plate::ReadId& id) {
  return kind_index + std::string(base::as_text(id.bytes()));
}

std::string picture_key(const HeldRead& held, plate::PictureKind kind) {
  std::string key(1, kind_picture);
  key += static_cast<char>(kind);
  return key + read_key(held.hold, held.pass);
}

std::string context_of(std::string_view key) {
  return "regmark held 1 " + std::string(key);
}

std::optional<Mark> parse_read_key(std::string_view key) {
  Reader in(key);
  if (in.byte() != static_cast<std::uint8_t>(kind_read)) return std::nullopt;
  auto hold = base::HoldId::parse(in.text(base::id_length_max));
  if (!hold) return std::nullopt;
  const auto pass = parse_pass_key(key.substr(hold_prefix(*hold).size()));
  if (!pass) return std::nullopt;
  return Mark{*pass, *std::move(hold)};
}

void put(const Contents& contents, rocksdb::WriteBatch& batch, std::string_view key,
         std::string_view value) {
  const auto status =
      batch.Put(contents.engine().space(Space::held), rocksdb::Slice(key.data(), key.size()),
                rocksdb::Slice(value.data(), value.size()));
  REGMARK_CHECK(status.ok());
}

// Of a hold that has copies, so a missing key is damage.
Result<base::Key> key_of(const Contents& contents, const base::HoldId& hold) {
  auto key = contents.keys().load(hold_key_name(hold));
  if (!key && key.error().code == ErrorCode::not_found) return wrong();
  return key;
}

Result<HeldRead> decode_held(const Contents& contents, std::string_view key,
                             std::string_view value) {
  const auto mark = parse_read_key(key);
  if (!mark) return wrong();
  REGMARK_ASSIGN(const auto hold_key, key_of(contents, mark->hold));
  REGMARK_ASSIGN(const auto bytes, base::unseal(hold_key, base::as_bytes(value), context_of(key)));
  Reader in(bytes);
  auto camera = base::CameraId::parse(in.text(base::id_length_max));
  auto plate = internal::plate_of(in.varint());
  if (!camera || !plate || in.failed()) return wrong();
  const auto row_size = in.varint();
  const auto row = in.bytes(row_size);
  if (!in.whole()) return wrong();
  NoTexts no_texts;
  REGMARK_ASSIGN(auto decoded,
                 internal::decode_row({*std::move(camera), *std::move(plate), mark->pass.observed},
                                      row, no_texts));
  return HeldRead{mark->hold, mark->pass, std::move(decoded)};
}

}  // namespace

std::string mark_key(const Pass& pass, const base::HoldId& hold) {
  const auto day = *number_of(base::day_of(pass.observed));
  const auto place = pass_key(day, pass).substr(day_size);
  auto key = slice_key(day, kind_mark);
  key += static_cast<char>(place.size());
  return key + place + hold.text();
}

std::optional<Mark> parse_mark_key(std::string_view key) {
  constexpr std::size_t head_size = day_size + 2;
  if (key.size() < head_size) return std::nullopt;
  const auto place_size = static_cast<unsigned char>(key[head_size - 1]);
  if (key.size() < head_size + place_size) return std::nullopt;
  const auto pass = parse_pass_key(
      std::string(key.substr(0, day_size)).append(key.substr(head_size, place_size)));
  auto hold = base::HoldId::parse(key.substr(head_size + place_size));
  if (!pass || !hold) return std::nullopt;
  return Mark{*pass, *std::move(hold)};
}

Result<std::vector<Mark>> marks_of(const Engine& engine, DayNumber day) {
  std::vector<Mark> marks;
  PrefixScan scan(engine, Space::slices, slice_key(day, kind_mark));
  for (; scan.valid(); scan.next()) {
    auto mark = parse_mark_key(scan.key());
    if (!mark) return fail(ErrorCode::corrupt, "a hold's mark cannot be read");
    marks.push_back(*std::move(mark));
  }
  REGMARK_TRY(scan.ended());
  return marks;
}

Result<HeldCounts> held_by_day(const Engine& engine) {
  HeldCounts counts;
  PrefixScan scan(engine, Space::held, std::string(1, kind_read));
  for (; scan.valid(); scan.next()) {
    const auto mark = parse_read_key(scan.key());
    if (!mark) return wrong();
    if (is_short(mark->pass)) continue;
    ++counts[*number_of(base::day_of(mark->pass.observed))][mark->hold];
  }
  REGMARK_TRY(scan.ended());
  return counts;
}

Result<std::vector<Mark>> held_of_short(const Engine& engine) {
  std::vector<Mark> held;
  PrefixScan scan(engine, Space::held, std::string(1, kind_read));
  for (; scan.valid(); scan.next()) {
    auto mark = parse_read_key(scan.key());
    if (!mark) return wrong();
    if (is_short(mark->pass)) held.push_back(*std::move(mark));
  }
  REGMARK_TRY(scan.ended());
  return held;
}

Result<void> put_held(const Contents& contents, rocksdb::WriteBatch& batch, const HeldRead& held,
                      const std::vector<base::Bytes>& pictures) {
  REGMARK_ASSIGN(const auto hold_key, contents.keys().load_or_make(hold_key_name(held.hold)));
  const auto& read = held.row.read;
  std::vector<internal::PicturePlace> places(pictures.size());
  for (std::size_t at = 0; at < pictures.size(); ++at) {
    if (pictures[at].empty()) continue;
    places[at].pack = 1;
    const auto key = picture_key(held, read.pictures[at].kind);
    const auto sealed = base::seal(hold_key, pictures[at], context_of(key));
    put(contents, batch, key, base::as_text(sealed));
  }
  NoTexts no_texts;
  const auto row = internal::encode_row(read, places, no_texts);
  Writer out;
  out.text(read.camera.text());
  out.varint(internal::number_of(read.plate));
  out.varint(row.size());
  out.bytes(row);
  const auto key = read_key(held.hold, held.pass);
  const auto sealed = base::seal(hold_key, out.out(), context_of(key));
  put(contents, batch, key, base::as_text(sealed));
  put(contents, batch, index_prefix(read.id) + key, {});
  return {};
}

Result<void> copy_held_read(const Contents& contents, const Slice& slice, const Mark& mark,
                            Pictures pictures, rocksdb::WriteBatch& batch) {
  REGMARK_ASSIGN(auto row, read_marked(contents, slice, mark.pass));
  std::vector<base::Bytes> jpegs(row.places.size());
  for (std::size_t at = 0; at < jpegs.size() && pictures == Pictures::copied; ++at) {
    if (row.places[at].pack == 0) continue;
    REGMARK_ASSIGN(jpegs[at], read_picture(contents, slice, row, at));
  }
  return put_held(contents, batch, {mark.hold, mark.pass, std::move(row)}, jpegs);
}

bool has_held(const Contents& contents, const base::HoldId& hold, const Pass& pass) {
  const auto found = contents.engine().get(Space::held, read_key(hold, pass));
  return found && found->has_value();
}

bool is_held(const Contents& contents, const base::HoldId& hold, const Pass& pass) {
  if (has_held(contents, hold, pass)) return true;
  if (is_short(pass)) return false;
  const auto mark = contents.engine().get(Space::slices, mark_key(pass, hold));
  return mark && mark->has_value();
}

Result<void> each_held(const Contents& contents, const std::optional<base::HoldId>& hold,
                       const EachHeld& each) {
  PrefixScan scan(contents.engine(), Space::held,
                  hold ? hold_prefix(*hold) : std::string(1, kind_read));
  for (; scan.valid(); scan.next()) {
    REGMARK_ASSIGN(auto held, decode_held(contents, scan.key(), scan.value()));
    REGMARK_TRY(each(std::move(held)));
  }
  return scan.ended();
}

Result<std::vector<HeldRead>> held_of(const Contents& contents, const plate::ReadId& id) {
  std::vector<HeldRead> copies;
  const auto prefix = index_prefix(id);
  PrefixScan scan(contents.engine(), Space::held, prefix);
  for (; scan.valid(); scan.next()) {
    const auto key = scan.key().substr(prefix.size());
    REGMARK_ASSIGN(const auto value, contents.engine().get(Space::held, key));
    if (!value) return wrong();
    REGMARK_ASSIGN(auto held, decode_held(contents, key, *value));
    if (held.row.read.id != id) return wrong();
    copies.push_back(std::move(held));
  }
  REGMARK_TRY(scan.ended());
  return copies;
}

Result<void> strike_held(const Engine& engine, const KeyRing& keys, rocksdb::WriteBatch& batch) {
  // Where in a key the copy's own key begins.
  const std::map<char, std::size_t> begins = {
      {kind_read, 0}, {kind_index, 1 + sizeof(plate::ReadId)}, {kind_picture, 2}};
  PrefixScan scan(engine, Space::held, "");
  for (; scan.valid(); scan.next()) {
    const auto key = scan.key();
    const auto at = begins.find(key.front());
    if (at == begins.end() || key.size() < at->second) return wrong();
    const auto mark = parse_read_key(key.substr(at->second));
    if (!mark) return wrong();
    if (keys.has(hold_key_name(mark->hold))) continue;
    const auto status = batch.Delete(engine.space(Space::held), std::string(key));
    REGMARK_CHECK(status.ok());
  }
  return scan.ended();
}

void delete_copy(const Contents& contents, rocksdb::WriteBatch& batch, const HeldRead& held) {
  const auto erase = [&](const std::string& key) {
    REGMARK_CHECK(batch.Delete(contents.engine().space(Space::held), key).ok());
  };
  const auto key = read_key(held.hold, held.pass);
  erase(key);
  erase(index_prefix(held.row.read.id) + key);
  for (const auto& picture : held.row.read.pictures) erase(picture_key(held, picture.kind));
}

Result<std::uint64_t> delete_held(const Contents& contents, rocksdb::WriteBatch& batch,
                                  const base::HoldId& hold) {
  std::uint64_t count = 0;
  REGMARK_TRY(each_held(contents, hold, [&](const HeldRead& held) -> Result<void> {
    delete_copy(contents, batch, held);
    ++count;
    return {};
  }));
  return count;
}

Result<void> each_marked(const Contents& contents, const std::optional<base::HoldId>& hold,
                         const access::Window& observed, const EachHeld& each) {
  for (const auto& slice : contents.slices()) {
    REGMARK_ASSIGN(const auto use, SliceUse::take(contents, slice->number));
    if (!use) continue;
    REGMARK_ASSIGN(const auto marks, marks_of(contents.engine(), slice->number));
    for (const auto& mark : marks) {
      const auto at = mark.pass.observed;
      const bool is_wanted =
          (!hold || mark.hold == *hold) && at >= observed.from && at < observed.until;
      if (!is_wanted || has_held(contents, mark.hold, mark.pass)) continue;
      REGMARK_ASSIGN(auto row, read_marked(contents, use->slice(), mark.pass));
      REGMARK_TRY(each({mark.hold, mark.pass, std::move(row)}));
    }
  }
  return {};
}

Result<base::Bytes> held_picture(const Contents& contents, const HeldRead& held,
                                 plate::PictureKind kind) {
  const auto key = picture_key(held, kind);
  REGMARK_ASSIGN(const auto sealed, contents.engine().get(Space::held, key));
  if (!sealed) return fail(ErrorCode::corrupt, "a held picture is missing");
  REGMARK_ASSIGN(const auto hold_key, key_of(contents, held.hold));
  return base::unseal(hold_key, base::as_bytes(*sealed), context_of(key));
}

}  // namespace regmark::sightings::rocks
