// One slice: a UTC day of the time observed, or a part of one, under a key of its own.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/crypto.h"
#include "sightings/internal/row_codec.h"
#include "sightings/internal/slice_cipher.h"
#include "sightings/rocksdb/engine.h"
#include "sightings/store.h"

namespace regmark::sightings::rocks {

// What is durable about a slice. It outlives the slice: gone ones keep theirs, so that the day
// cannot be filled again.
struct SliceRecord {
  // Each step is durable before what follows from it is done.
  enum class Stage : std::uint8_t {
    whole,
    pictures_marked,  // its pictures are no longer served
    pictures_copied,  // those of held reads are in Space::held
    pictures_gone,
    marked,  // nothing of it is served, and no read of its day is taken
    copied,  // held reads are in Space::held
    gone,
  };
  Stage stage = Stage::whole;
  std::uint32_t list = 0;  // which list of plates; 0: not sealed
  std::uint64_t reads = 0;
  std::uint64_t pictures = 0;
  bool without_pictures = false;      // from `pictures_copied` on
  std::uint64_t pictures_erased = 0;  // of them, by drop_pictures()
  std::uint64_t held_copies = 0;
  std::uint64_t erased = 0;    // single reads, before their time: no longer among `reads`
  std::optional<Span> span{};  // of a short slice, always: which it is

  bool readable() const { return stage < Stage::marked; }
  bool keeps_pictures() const { return stage == Stage::whole && !without_pictures; }

  std::string bytes() const;
  static std::optional<SliceRecord> parse(std::string_view bytes);
};

// What a slice is of, as files of it are named: "2026-03-29", and "2026-03-29T0815" of a short one.
std::string slice_name(DayNumber number, const SliceRecord& record);
std::string short_slice_name(base::UtcTime from);
bool is_short_slice_name(std::string_view name);

// In Space::store.
std::string slice_record_key(DayNumber day);
// In Space::slices: a day and what it is of.
std::string slice_key(DayNumber day, char kind);
inline constexpr char kind_text = 't';
inline constexpr char kind_late = 'l';
inline constexpr char kind_mark = 'h';
inline constexpr char kind_count = 'c';
inline constexpr char kind_erased = 'e';

// That a read was erased before its time: says nothing to whoever has not the slice's key.
std::string erased_key(DayNumber day, const internal::SliceCipher& cipher, const plate::ReadId& id);

// More texts of a kind than this in one slice, and rows write them out.
inline constexpr std::uint32_t texts_max = 65'535;

// A slice's texts by number. May be read by many threads at once; one at a time adds.
class Texts final : public internal::TextBook {
 public:
  explicit Texts(DayNumber day) : day_(day) {}

  // Reads them from the disk the first time. Fails with
  //   corrupt       a text is missing or damaged
  //   unavailable   the disk is away
  Result<void> load(const Engine& engine, const internal::SliceCipher& cipher);
  std::optional<std::string> text_of(internal::TextKind kind, std::uint32_t number) const override;
  std::optional<std::uint32_t> number_of(internal::TextKind kind, std::string_view text) const;
  std::uint32_t count(internal::TextKind kind) const;

  // A new text as the batch writes it down, and as it is known once that is durable.
  void write(rocksdb::WriteBatch& batch, const Engine& engine, const internal::SliceCipher& cipher,
             internal::TextKind kind, std::uint32_t number, std::string_view text) const;
  void put(internal::TextKind kind, std::string text);

 private:
  struct Book {
    std::vector<std::string> texts;
    std::unordered_map<std::string, std::uint32_t> numbers;
  };
  void add(internal::TextKind kind, std::string text);
  std::string key_of(internal::TextKind kind, std::uint32_t number) const;
  static std::string context_of(std::string_view key);

  const DayNumber day_;
  std::mutex loading_;
  std::atomic<bool> loaded_ = false;
  mutable std::shared_mutex mutex_;
  std::array<Book, internal::text_kinds> books_;
};

class Slice {
 public:
  // A short one's record says its span.
  Slice(DayNumber its_number, const base::Key& key, const SliceRecord& record)
      : day(record.span ? base::day_of(record.span->from) : day_of(its_number)),
        span(record.span.value_or(Span{day, day + std::chrono::days{1}})),
        number(its_number),
        name(slice_name(its_number, record)),
        cipher(key),
        texts(its_number),
        record_(record) {}

  SliceRecord record() const {
    const std::lock_guard lock(mutex_);
    return record_;
  }
  void set_record(const SliceRecord& record) {
    const std::lock_guard lock(mutex_);
    record_ = record;
  }

  bool is_short() const { return rocks::is_short(number); }

  const base::UtcDay day;  // that it is, or is a part of
  const Span span;
  const DayNumber number;
  const std::string name;
  const internal::SliceCipher cipher;
  Texts texts;
  // Shared by those who read its rows; whoever takes the slice away waits for them.
  mutable std::shared_mutex in_use;

  // What follows belongs to the one who writes (RocksStore::writing_).
  bool sealing = false;  // late plates are written down as well
  // The last time each camera was seen, where it is known.
  std::unordered_map<std::uint32_t, base::UtcTime> newest;

 private:
  mutable std::mutex mutex_;
  SliceRecord record_;
};

}  // namespace regmark::sightings::rocks
