#include "sightings/rocksdb/slice.h"

#include "base/check.h"
#include "sightings/internal/bytes.h"

namespace regmark::sightings::rocks {
namespace {

using internal::Reader;
using internal::SliceCipher;
using internal::TextKind;
using internal::Writer;

}  // namespace

std::string SliceRecord::bytes() const {
  Writer out;
  out.byte(static_cast<std::uint8_t>(stage));
  out.byte(without_pictures ? 1 : 0);
  for (const std::uint64_t number :
       {std::uint64_t{list}, reads, pictures, pictures_erased, held_copies}) {
    out.varint(number);
  }
  // Records of before single reads could be erased end here.
  if (erased > 0) out.varint(erased);
  return std::string(out.view());
}

std::optional<SliceRecord> SliceRecord::parse(std::string_view bytes) {
  Reader in(bytes);
  SliceRecord record;
  const auto stage = in.byte();
  record.stage = static_cast<Stage>(stage);
  const auto without_pictures = in.byte();
  record.without_pictures = without_pictures == 1;
  record.list = static_cast<std::uint32_t>(in.varint());
  record.reads = in.varint();
  record.pictures = in.varint();
  record.pictures_erased = in.varint();
  record.held_copies = in.varint();
  if (!in.at_end()) record.erased = in.varint();
  if (!in.whole() || stage > static_cast<std::uint8_t>(Stage::gone) || without_pictures > 1) {
    return std::nullopt;
  }
  return record;
}

std::string slice_record_key(DayNumber day) {
  return "s" + day_key(day);
}

std::string slice_key(DayNumber day, char kind) {
  return day_key(day) + kind;
}

std::string erased_key(DayNumber day, const SliceCipher& cipher, const plate::ReadId& id) {
  constexpr std::size_t size = 16;
  const auto text = "erased " + std::string(base::as_text(id.bytes()));
  const auto hash = base::keyed_hash(cipher.sealing_key(), base::as_bytes(text));
  return slice_key(day, kind_erased).append(base::as_text(std::span(hash).first(size)));
}

std::string Texts::key_of(TextKind kind, std::uint32_t number) const {
  Writer out;
  out.byte(static_cast<std::uint8_t>(kind));
  out.big(number, 4);
  return slice_key(day_, kind_text).append(out.view());
}

std::string Texts::context_of(std::string_view key) {
  return "regmark text 1 " + std::string(key);
}

Result<void> Texts::load(const Engine& engine, const SliceCipher& cipher) {
  if (loaded_) return {};
  const std::lock_guard loading(loading_);
  if (loaded_) return {};
  const auto wrong = [] { return fail(ErrorCode::corrupt, "a slice's texts are damaged"); };
  PrefixScan scan(engine, Space::slices, slice_key(day_, kind_text));
  const std::lock_guard lock(mutex_);
  for (auto& book : books_) book = {};
  for (; scan.valid(); scan.next()) {
    Reader in(scan.key().substr(day_size + 1));
    const auto kind = in.byte();
    const auto number = in.big(4);
    const auto text =
        base::unseal(cipher.sealing_key(), base::as_bytes(scan.value()), context_of(scan.key()));
    if (kind >= internal::text_kinds || !in.whole() || !text) return wrong();
    if (number != books_[kind].texts.size() + 1) return wrong();
    add(static_cast<TextKind>(kind), std::string(base::as_text(*text)));
  }
  REGMARK_TRY(scan.ended());
  loaded_ = true;
  return {};
}

void Texts::add(TextKind kind, std::string text) {
  auto& book = books_[static_cast<std::size_t>(kind)];
  book.texts.push_back(text);
  book.numbers.emplace(std::move(text), static_cast<std::uint32_t>(book.texts.size()));
}

std::optional<std::string> Texts::text_of(TextKind kind, std::uint32_t number) const {
  const std::shared_lock lock(mutex_);
  const auto& texts = books_[static_cast<std::size_t>(kind)].texts;
  if (number == 0 || number > texts.size()) return std::nullopt;
  return texts[number - 1];
}

std::optional<std::uint32_t> Texts::number_of(TextKind kind, std::string_view text) const {
  const std::shared_lock lock(mutex_);
  const auto& numbers = books_[static_cast<std::size_t>(kind)].numbers;
  const auto known = numbers.find(std::string(text));
  return known == numbers.end() ? std::nullopt : std::optional(known->second);
}

std::uint32_t Texts::count(TextKind kind) const {
  const std::shared_lock lock(mutex_);
  return static_cast<std::uint32_t>(books_[static_cast<std::size_t>(kind)].texts.size());
}

void Texts::write(rocksdb::WriteBatch& batch, const Engine& engine, const SliceCipher& cipher,
                  TextKind kind, std::uint32_t number, std::string_view text) const {
  const auto key = key_of(kind, number);
  const auto sealed = base::seal(cipher.sealing_key(), base::as_bytes(text), context_of(key));
  const auto value = base::as_text(sealed);
  const auto status =
      batch.Put(engine.space(Space::slices), key, rocksdb::Slice(value.data(), value.size()));
  REGMARK_CHECK(status.ok());
}

void Texts::put(TextKind kind, std::string text) {
  const std::lock_guard lock(mutex_);
  add(kind, std::move(text));
}

}  // namespace regmark::sightings::rocks
