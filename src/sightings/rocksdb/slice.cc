#include "sightings/rocksdb/slice.h"

#include "base/check.h"
#include "sightings/internal/bytes.h"

namespace regmark::sightings::rocks {
namespace {

using internal::Reader;
using internal::SliceCipher;
using internal::TextKind;
using internal::Writer;
using std::chrono::minutes;

std::uint64_t minutes_of(base::UtcTime time) {
  const auto since = std::chrono::floor<minutes>(time).time_since_epoch().count();
  return static_cast<std::uint64_t>(since);
}

std::optional<base::UtcTime> time_of(std::uint64_t since) {
  constexpr std::uint64_t most =
      std::uint64_t{24} * 60 * UINT16_MAX;  // as far as days have numbers
  if (since > most) return std::nullopt;
  return base::UtcTime{minutes{static_cast<std::int64_t>(since)}};
}

}  // namespace

std::string short_slice_name(base::UtcTime from) {
  const auto day = base::day_of(from);
  const auto into = std::chrono::floor<minutes>(from - day).count();
  const auto two = [](std::int64_t number) {
    return std::string(number < 10 ? "0" : "") + std::to_string(number);
  };
  return base::format_day(day) + "T" + two(into / 60) + two(into % 60);
}

bool is_short_slice_name(std::string_view name) {
  constexpr std::size_t day_length = 10;
  constexpr std::size_t length = 15;
  if (name.size() != length || name[day_length] != 'T') return false;
  const auto clock = name.substr(day_length + 1);
  return base::parse_day(name.substr(0, day_length)).has_value() &&
         clock.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string slice_name(DayNumber number, const SliceRecord& record) {
  return record.span ? short_slice_name(record.span->from) : base::format_day(day_of(number));
}

std::string SliceRecord::bytes() const {
  Writer out;
  out.byte(static_cast<std::uint8_t>(stage));
  out.byte(without_pictures ? 1 : 0);
  for (const std::uint64_t number :
       {std::uint64_t{list}, reads, pictures, pictures_erased, held_copies}) {
    out.varint(number);
  }
  // Records of before single reads could be erased end here.
  if (erased > 0 || span) out.varint(erased);
  if (span) {
    out.varint(minutes_of(span->from));
    out.varint(minutes_of(span->until));
  }
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
  if (!in.at_end()) {
    const auto from = time_of(in.varint());
    const auto until = time_of(in.varint());
    if (!from || !until || *from >= *until) return std::nullopt;
    record.span = Span{*from, *until};
  }
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
