// The durable store of reads and pictures: a port. RocksDB is the first driver
// (sightings/rocksdb/).
//
// The unit of keeping is a slice: a UTC day of the time observed. Each slice has a key of its own;
// its pictures, and what names a vehicle beside the index, are sealed with it; dropping a slice
// destroys it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "estate/justification.h"
#include "plate/read.h"

namespace regmark::sightings {

inline constexpr std::size_t page_rows_max = 1'000;
inline constexpr std::size_t picture_size_max = 512U << 10U;  // 512 KiB: 20 times the national cap

struct Picture {
  plate::PictureKind kind;
  base::Bytes jpeg;
};

struct NewSighting {
  plate::Read read;
  std::vector<Picture> pictures;
};

// All of one camera, under its justification.
struct CameraBatch {
  const estate::Justification& justification;
  std::span<const NewSighting> sightings;
};

enum class Kept : std::uint8_t {
  stored,
  duplicate,    // the same read, already there
  conflict,     // the same id with other content: the first one stands
  too_old,      // its slice was dropped, or is past retention
  not_covered,  // the justification does not cover the time observed
};

// Says yes or no to a pattern and a place in time; the store cuts it down to the receipt's permit.
struct Query {
  std::string plate;                    // plate or pattern with * and ?; empty: any
  std::vector<base::CameraId> cameras;  // empty: any
  std::optional<base::Area> area;
  std::optional<access::Window> window;
  std::size_t rows = 100;  // of a page, at most page_rows_max
  std::string after;       // Page::next of the page before; empty: the first
};

struct Page {
  std::vector<plate::Read> reads;  // newest first
  std::string next;                // empty: this was the last page
};

struct Dropped {
  std::uint64_t reads = 0, pictures = 0, held_copies = 0;
};

struct SliceInfo {
  base::UtcDay day;
  std::uint64_t reads = 0;
  std::uint64_t bytes = 0;
  bool sealed = false;
};

struct Health {
  std::uint64_t reads = 0, pictures = 0;
  std::vector<std::string> faults;  // empty: whole
};

// May be used from many threads at once.
class Store {
 public:
  virtual ~Store() = default;

  // Keeps the reads of several cameras in one durable step; one answer for each, in order.
  // Durable on return, idempotent by read id. Fails with
  //   limit_exceeded   a picture above picture_size_max
  //   unavailable      the disk is full or away: nothing of it was kept, it may be sent again
  virtual Result<std::vector<Kept>> append(std::span<const CameraBatch> batches) = 0;

  // Wants a receipt for search_sightings that has not run out. Fails with
  //   invalid_input    the receipt is for another act or has run out; a pattern without a letter or
  //   digit
  virtual Result<Page> find(const audit::Receipt& receipt, const Query& query) const = 0;
  // Wants a receipt for search_sightings or watch_alerts whose subject is this read's id.
  //   not_found        no such read or picture, or outside the permit
  virtual Result<plate::Read> read(const audit::Receipt& receipt,
                                   const plate::ReadId& id) const = 0;
  virtual Result<base::Bytes> picture(const audit::Receipt& receipt, const plate::ReadId& id,
                                      plate::PictureKind kind) const = 0;

  // Marks what a query finds as held for a case: copied out before its slice is dropped. Wants a
  // receipt for hold_sightings. Gives how many reads it holds.
  virtual Result<std::uint64_t> hold(const audit::Receipt& receipt, const base::HoldId& hold,
                                     const Query& query) = 0;

  // Writes the slice's list of distinct plates and counters. Wants MachineVerb::seal.
  virtual Result<void> seal(const audit::MachineReceipt& receipt, base::UtcDay day) = 0;
  // Erases the slice: marked first, held reads copied and counted, files and key gone, then proof
  // that nothing is left. A crash in between ends in gone or still whole. Wants MachineVerb::drop.
  virtual Result<Dropped> drop(const audit::MachineReceipt& receipt, base::UtcDay day) = 0;
  // Reads everything and checks every sum. Wants MachineVerb::verify.
  virtual Result<Health> verify(const audit::MachineReceipt& receipt) const = 0;
  virtual std::vector<SliceInfo> slices() const = 0;
};

struct StoreSettings {
  std::filesystem::path folder;
  base::Key master_key;  // seals the slices' own keys
  std::chrono::days kept{365};
};

// Opens or makes the embedded store. Fails with
//   conflict      another process has it open
//   corrupt       the folder is damaged: what and where
//   unavailable   the disk is away
Result<std::unique_ptr<Store>> open_embedded(const StoreSettings& settings,
                                             const base::Clock& clock);

}  // namespace regmark::sightings
