// The durable store of reads and pictures: a port. RocksDB is the first driver
// (sightings/rocksdb/).
//
// The unit of keeping is a slice: a UTC day of the time observed, or a short slice, which is a part
// of one for reads that stay for minutes only. Each slice has a key of its own; its pictures, and
// what names a vehicle beside the index, are sealed with it; dropping a slice destroys it.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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
// Bounds of a read's texts, in bytes, beside those that plate/read.h states.
inline constexpr std::size_t source_event_length_max = 128;
inline constexpr std::size_t raw_text_length_max = 32;
inline constexpr std::size_t text_length_max = 64;  // a claim, the reader's version
inline constexpr std::size_t country_length_max = 2;
inline constexpr std::size_t character_scores_max = 31;
// Reads that one hold may mark at a time.
inline constexpr std::size_t hold_reads_max = 100'000;
// Reads that are erased before their time in one step.
inline constexpr std::size_t erase_reads_max = 10'000;

// Keys of short slices that there may be at a time, beside those that wait to be dropped.
inline constexpr int short_slices_max = 48;

struct Picture {
  plate::PictureKind kind;
  base::Bytes jpeg;
};

// With what a read goes.
enum class Stay : std::uint8_t {
  days,     // with its UTC day
  minutes,  // with its short slice: it hit nothing, and policy lets it stay for no longer
};

struct NewSighting {
  plate::Read read;
  std::vector<Picture> pictures;
  Stay stay = Stay::days;
};

// All of one camera, under its justification.
struct CameraBatch {
  const estate::Justification& justification;
  std::span<const NewSighting> sightings;
};

enum class Kept : std::uint8_t {
  stored,
  duplicate,    // the same read, already there; if it is to stay for days now, it does
  conflict,     // the same id with other content: the first one stands, whatever its day
  too_old,      // its slice was dropped, or is past retention, or it was erased before its time;
                // to stay for minutes: also if the clock does not say yet that it was observed
  not_covered,  // the justification does not cover the time observed
};

// Says yes or no to a pattern and a place in time; the store cuts it down to the receipt's permit.
struct Query {
  std::string plate{};                    // plate or pattern with * and ?; empty: any
  std::vector<base::CameraId> cameras{};  // empty: any
  std::optional<base::Area> area{};
  std::optional<access::Window> window{};
  std::size_t rows = 100;  // of a page, at most page_rows_max
  std::string after{};     // Page::next of the page before; empty: the first
};

struct Page {
  std::vector<plate::Read> reads;  // newest first
  std::string next;                // empty: this was the last page
};

struct HeldReads {
  std::vector<plate::Read> reads;  // as many as the permit has rows, the newest
  bool is_all = true;
};

// Vehicles that were seen with a given one, again and again.
inline constexpr std::size_t convoy_cameras_min = 2;  // one place says nothing
inline constexpr std::size_t convoy_cameras_max = 100;
inline constexpr std::chrono::seconds convoy_apart_max{300};  // further apart is not together
inline constexpr std::size_t convoy_passings_max = 500;       // of the given vehicle
inline constexpr std::size_t convoy_others_max = 50'000;  // reads beside these that are compared

struct ConvoyQuery {
  std::string plate;                      // the given vehicle's, whole
  std::vector<base::CameraId> cameras{};  // empty: any
  std::optional<base::Area> area{};
  std::optional<access::Window> window{};
  std::size_t cameras_least = convoy_cameras_min;  // at so many different ones
  std::chrono::seconds apart{60};                  // before or after it, at most
};

// One time that another vehicle passed where the given one did.
struct Meeting {
  base::CameraId camera;
  base::UtcTime given;     // when the given vehicle passed
  base::UtcTime observed;  // when this one did
  plate::ReadId read;      // of this one
};

struct Companion {
  std::string plate;
  std::size_t cameras = 0;          // different ones
  std::vector<Meeting> meetings{};  // oldest first; one for each passing of the given vehicle
};

struct Convoy {
  std::vector<Companion> companions{};  // most cameras first, then most meetings
  std::size_t passings = 0;             // of the given vehicle, that were looked around
  std::size_t left_out = 0;             // companions for whose meetings the permit has no rows
};

// Vehicles that are tracked at a time.
inline constexpr std::size_t tracks_max = 500;

// Somebody is told of a vehicle's passings, for as long as this lives.
class Track {
 public:
  // Called by the thread that keeps the read, which waits: must not block, nor end a track.
  using Told = std::function<void(const plate::Read&)>;
  virtual ~Track() = default;
};

struct Dropped {
  std::uint64_t reads = 0, pictures = 0, held_copies = 0;
};

// What became of reads that were to be erased before their time.
struct ErasedReads {
  std::uint64_t reads = 0, pictures = 0;  // gone, those of an earlier call too
  std::vector<plate::ReadId> held{};      // for a case: all of them stand
  std::vector<plate::ReadId> unknown{};   // no such read, or none any more
};

struct SliceInfo {
  base::UtcDay day;
  std::uint64_t reads = 0;
  std::uint64_t bytes = 0;  // on disk, about: rows that are in memory only count nothing
  bool sealed = false;
};

// What a short slice is of: `from` to before `until`, whole minutes of one UTC day.
using Span = access::Window;

// How far a slice, or its pictures, have gone.
enum class Keeping : std::uint8_t {
  open,      // taking reads
  sealed,    // its day is over and its list written; what comes late is taken still
  dropping,  // nothing of it is served any more, and it goes at the next round
  gone,      // its key is destroyed and nothing of it is left
};
std::string_view name(Keeping keeping);

struct HeldInDay {
  base::HoldId hold;
  std::uint64_t reads = 0;
};

// What is kept of a day, or of a short slice, told in counts.
struct DayInfo {
  base::UtcDay day;
  // Of short slices alone: which part of the day. Those that are gone are one for each day, as long
  // as their counts are kept, which is for the last 8,000 of them or so.
  std::optional<Span> span{};
  Keeping state = Keeping::open;
  Keeping pictures_state = Keeping::open;  // never sealed by itself: as its slice is
  std::uint64_t reads = 0;                 // ever stored in it
  std::uint64_t pictures = 0;
  std::uint64_t rows_bytes = 0;  // on disk, about
  std::uint64_t pictures_bytes = 0;
  std::size_t keys = 0;           // files of keys that are left
  std::vector<HeldInDay> held{};  // of each hold: how many reads of this day
};

struct SealedKey {
  std::string name;
  base::Bytes sealed;  // with the master key
};

struct CameraCount {
  base::CameraId camera;
  std::uint64_t reads = 0;
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
  // Durable on return, idempotent by read id: a read is the same when all but its time sent, its
  // time received, what follows from these (skewed, late) and its site's position are. Calls wait
  // for one another: callers with much to keep put many batches into one. Fails with, in this
  // order:
  //   invalid_input    a read is of another camera than its justification, or breaks a bound; or
  //                    its pictures are not, one for one, those that it names; or it is to stay for
  //                    minutes in a store that has no short slices
  //   limit_exceeded   a picture above picture_size_max; more cameras than the store can number
  //   unavailable      the disk is full or away: send all of it again, which answers `stored` or,
  //                    if it had reached the disk after all, `duplicate`; never only a part of it
  virtual Result<std::vector<Kept>> append(std::span<const CameraBatch> batches) = 0;

  // Wants a receipt for search_sightings or export_evidence that has not run out. Newest first.
  // All pages of a question together never hold more rows than the permit's rows_max, under however
  // many receipts they are opened: see rows_before(). A page may hold fewer rows than asked for,
  // even none, though `next` says that there is more: looking has a limit too.
  //
  // A receipt for read_held or export_held, whose subject is a hold, opens what is held for it, of
  // any age, and nothing else; one for search_sightings with a subject opens nothing here. One for
  // answer_subject opens what is kept about its one plate. Fails with
  //   invalid_input    the receipt is for another act or has run out; a pattern without a letter or
  //                    digit, or for a keeper any pattern; rows not 1 to page_rows_max; `after` not
  //                    of this question
  //   limit_exceeded   the permit's rows have all been given
  virtual Result<Page> find(const audit::Receipt& receipt, const Query& query) const = 0;
  // How many rows the pages before this one gave: what a permit for it must allow for as well.
  // Fails with
  //   invalid_input    `after` not of this question
  virtual Result<std::size_t> rows_before(const Query& query) const = 0;
  // Wants a receipt for find_convoys, whose permit covers both vehicles' reads: its window, cameras
  // and area are those of each, and its rows are the meetings given away. Its plate is the given
  // vehicle's. A read that lies in no permit is not even counted. Fails with
  //   invalid_input    the receipt is for another act or has run out; not one whole plate; fewer
  //                    cameras than convoy_cameras_min or more than convoy_cameras_max; further
  //                    apart than convoy_apart_max, or not at all
  //   limit_exceeded   the vehicle passed more than convoy_passings_max times, or there are more
  //                    than convoy_others_max reads beside it: ask about less time
  virtual Result<Convoy> convoy(const audit::Receipt& receipt, const ConvoyQuery& query) const = 0;
  // Tells of each read of one vehicle once it is kept: of those that the permit covers, and were
  // observed since it was given, until it has run out or its rows have been told. Wants a receipt
  // for track_plate. The track may outlive the store. Fails with
  //   invalid_input    the receipt is for another act or has run out; not one whole plate
  //   limit_exceeded   tracks_max are tracked already
  virtual Result<std::unique_ptr<Track>> track(const audit::Receipt& receipt, Track::Told told) = 0;
  // Wants a receipt for search_sightings, watch_alerts or check_reads whose subject is this read's
  // id; one for read_held or export_held, whose subject is a hold that has it; or one for
  // export_evidence, which opens all that it finds. Fails with
  //   invalid_input   the receipt is for another act or subject, or has run out
  //   not_found       no such read or picture, or outside the permit
  //   corrupt         the picture is not what was stored
  virtual Result<plate::Read> read(const audit::Receipt& receipt,
                                   const plate::ReadId& id) const = 0;
  virtual Result<base::Bytes> picture(const audit::Receipt& receipt, const plate::ReadId& id,
                                      plate::PictureKind kind) const = 0;

  // Marks what a query finds as held for a case: copied out before its slice is dropped; at once,
  // if that is a short one. Wants a receipt for hold_sightings whose subject is the hold. All or
  // nothing, but for the copies that a failure may leave, which doing it again completes and
  // release() ends; `rows` and `after` of the query mean nothing here. Gives how many reads the
  // hold then holds, copies among them. Durable on return. Fails with
  //   invalid_input    as find() does
  //   limit_exceeded   it finds more than the permit's rows_max, or than hold_reads_max
  virtual Result<std::uint64_t> hold(const audit::Receipt& receipt, const base::HoldId& hold,
                                     const Query& query) = 0;

  // Ends a hold: its marks go, its copies and their key are erased. Wants a receipt for review_hold
  // or release_others_hold whose subject is the hold. Gives how many reads it held. Durable on
  // return; none is fine.
  virtual Result<std::uint64_t> release(const audit::Receipt& receipt,
                                        const base::HoldId& hold) = 0;

  // Writes the slice's list of distinct plates and counters; later reads of that day go to a list
  // of late ones, until it is sealed again. Wants MachineVerb::seal. Fails with
  //   not_found   there is no such slice (any more)
  virtual Result<void> seal(const audit::MachineReceipt& receipt, base::UtcDay day) = 0;
  // Erases the slice: marked first, held reads copied and counted, files and key gone, then proof
  // that nothing is left. A crash in between ends in gone or still whole. Reads of that day are too
  // old from then on, whether there were any or not. Doing it again gives the same answer. Wants
  // MachineVerb::drop. Fails with
  //   unavailable   not everything could be erased: none of it is served any more; call again
  virtual Result<Dropped> drop(const audit::MachineReceipt& receipt, base::UtcDay day) = 0;
  // Erases the slice's pictures only, in the same way: policy may keep them for a shorter time.
  // Later reads of that day are kept without theirs, whether there were any before or not.
  virtual Result<Dropped> drop_pictures(const audit::MachineReceipt& receipt, base::UtcDay day) = 0;
  // Erases the short slice that begins then, in the same way as a day; of its time, and of all that
  // was before, no read that stays for minutes is taken any more. None, or gone: no failure.
  virtual Result<Dropped> drop_short(const audit::MachineReceipt& receipt, base::UtcTime from) = 0;
  // Erases these reads before their time, with their pictures and all that leads to them; what is
  // held for a case stands. From the first durable step on none of them is shown, and no read of
  // its id is taken again; then pictures are overwritten, and the files that had the rows written
  // anew. A crash in between ends in gone or still whole. Doing it again gives the same answer.
  // Wants MachineVerb::drop. Fails with
  //   limit_exceeded   more than erase_reads_max
  //   unavailable      nothing was erased, or not every byte as yet: call again
  virtual Result<ErasedReads> erase_reads(const audit::MachineReceipt& receipt,
                                          std::span<const plate::ReadId> ids) = 0;
  // Reads everything and checks every sum. Wants MachineVerb::verify.
  virtual Result<Health> verify(const audit::MachineReceipt& receipt) const = 0;
  // Reads of each camera on that day, those with any. Wants MachineVerb::count.
  virtual Result<std::vector<CameraCount>> counts(const audit::MachineReceipt& receipt,
                                                  base::UtcDay day) const = 0;
  // The days not dropped, oldest first.
  virtual std::vector<SliceInfo> slices() const = 0;
  // The short slices not dropped, oldest first.
  virtual std::vector<Span> short_slices() const = 0;
  // Every day that ever had a slice, the gone ones too, and the short slices, in the order in which
  // they begin. Wants a receipt for read_days. Fails with
  //   invalid_input   the receipt is for another act, or has run out
  virtual Result<std::vector<DayInfo>> days(const audit::Receipt& receipt) const = 0;

  // Makes a copy of all that is kept, but no key, as it is at one moment, in a new folder on the
  // same disk: it takes no room, for files are linked. Of short slices it has no pictures, and rows
  // that no key but the store's own opens. The store works on meanwhile. These two want
  // MachineVerb::back_up.
  virtual Result<void> snapshot(const audit::MachineReceipt& receipt,
                                const std::filesystem::path& folder) const = 0;
  // The keys that there are now, each as its file has it. Those of a slice that was dropped since a
  // snapshot are not among them, and those of short slices never: a backup outlives these.
  virtual Result<std::vector<SealedKey>> sealed_keys(
      const audit::MachineReceipt& receipt) const = 0;
  // Their names alone, in order: of which days and holds there is a key.
  virtual Result<std::vector<std::string>> key_names() const = 0;

  // What these holds have about the one plate of a keeper's request, and was observed in this time,
  // which may lie before the permit's own: what is held is of any age. Each read once, whether its
  // slice is there still or not. Wants a receipt for answer_subject. Newest first. Fails with
  //   invalid_input    the receipt is for another act or has run out; not one whole plate
  virtual Result<HeldReads> held_about(const audit::Receipt& receipt,
                                       std::span<const base::HoldId> holds,
                                       const access::Window& window) const = 0;
};

struct ShortSlices {
  std::chrono::minutes kept{0};  // from a slice's beginning: older ones are neither shown nor taken
  // Of those that are begun from now on. Divides a day, is at most half of `kept`, and not so short
  // that more than short_slices_max begin in that time.
  std::chrono::minutes length{0};
};

struct StoreSettings {
  std::filesystem::path folder;
  base::Key master_key;         // seals the slices' own keys
  std::chrono::days kept{365};  // older days are neither shown nor taken, dropped or not
  // Nothing: no read stays for minutes, and short slices that there are show nothing.
  std::optional<ShortSlices> short_slices{};
};

// Puts the keys to a snapshot that was copied back to settings.folder, before it is opened. What
// has no key among them was dropped since the snapshot: it is struck out, and gone when the store
// is opened. Fails as open_embedded() does, and with
//   invalid_input   a key whose name is none
Result<void> restore_embedded(const StoreSettings& settings, std::span<const SealedKey> keys);

// Opens or makes the embedded store; finishes a drop that was cut short. Fails with
//   invalid_input short slices of a length that ShortSlices does not allow
//   conflict      another process has it open
//   corrupt       the folder is damaged, or the master key is another: what and where
//   unavailable   the disk is full or away
Result<std::unique_ptr<Store>> open_embedded(const StoreSettings& settings,
                                             const base::Clock& clock);

}  // namespace regmark::sightings
