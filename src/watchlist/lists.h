// Lists of vehicles of interest: who owns them, what stands on them, and for how long.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "plate/read.h"
#include "records/database.h"
#include "watchlist/exchange.h"
#include "watchlist/list_counts.h"
#include "watchlist/matcher.h"

namespace regmark::watchlist {

enum class Level : std::uint8_t { local, force, regional, national };
enum class Priority : std::uint8_t { low, medium, high };
// Four different things: none may look like another to a reader downstream.
enum class EntryState : std::uint8_t { active, expired, withdrawn, resolved };

inline constexpr std::size_t alerted_max = 16;  // organisations of one list
// With 100,000 entries and 5 million reads a day, chance alone makes about 34,000 near matches a
// day; 1,100 are left at this (docs/decisions/0005). A short list can do with less.
inline constexpr float near_least_usual = 0.01F;

struct NewList {
  base::ListId id;
  std::string name;
  Level level;
  base::OrganisationId organisation;
  std::string purpose;
  Priority priority;
  base::UtcDay review;                // past it the whole list is muted
  std::chrono::hours age_max;         // a version older than this is muted
  std::chrono::seconds alert_window;  // at most one alert a vehicle and camera within it
  // The organisations whose people are alerted, at most alerted_max; empty: everybody's who may
  // watch alerts. The list's own counts like any other.
  std::set<base::OrganisationId> alerted{};
  // A near match that is less probable is no hit: 0 to 1. Exact ones and look-alikes always are.
  float near_least = near_least_usual;
};

struct EntryRecord {
  base::EntryId id;
  base::ListId list;
  ExchangeRow row;
  plate::Plate plate;
  EntryState state;
  base::UtcTime added_at;
  base::UtcTime confirmed_at;  // the last version of the list that still held it
  std::optional<base::UtcTime> expires_at;
  std::optional<base::UtcTime> ended_at;
  std::string end_reason;
};

struct ListRecord {
  NewList about;
  base::PersonId owner;
  std::uint64_t version = 0;
  std::optional<base::UtcTime> imported_at;
  std::size_t active = 0;
  bool muted = false;
  std::string why_muted;
};

struct ImportReport {
  std::uint64_t version = 0;
  std::size_t added = 0, changed = 0, unchanged = 0, withdrawn = 0;
  // In the file as they were when a person withdrew or resolved them: they stay ended, until the
  // file changes them or has once left them out.
  std::size_t still_ended = 0;
  std::vector<RejectedRow> rejected;  // at most rejected_max; rejected_count counts all
  std::size_t rejected_count = 0;
};

inline constexpr std::size_t rejected_max = 1'000;
inline constexpr std::size_t import_size_max = std::size_t{2} << 30U;  // bytes
inline constexpr std::size_t import_rows_max = 16'000'000;
// One plate on one list: more than one only where the PNC ids differ.
inline constexpr std::size_t entries_of_plate_max = 16;
inline constexpr std::size_t lists_max = 200;
inline constexpr std::size_t entries_page_max = 1'000;
inline constexpr std::size_t list_name_size_max = 128;  // bytes
inline constexpr std::size_t list_purpose_size_max = 1'000;
inline constexpr std::size_t end_reason_size_max = 1'000;
inline constexpr std::chrono::hours list_age_longest{24 * 366 * 10};
inline constexpr std::chrono::seconds alert_window_longest{7 * 24 * 3'600};

// How an entry stands right now: what `act` must ask again.
struct Stand {
  EntryRecord entry;
  ListRecord list;
  bool may_fire = false;
  std::string why_not;
};

// What a read met: everything the alert needs, as values.
struct Hit {
  base::EntryId entry;
  base::ListId list;
  Grade grade;
  float probability;
  Priority priority;
  std::vector<std::string> conflicts;  // "make: listed FORD, seen BMW"
  plate::Plate listed_plate;
  std::string list_name, reason, action, warning_markers;
  base::UtcTime entry_confirmed_at;
  std::chrono::seconds alert_window;
  std::set<base::OrganisationId> alerted{};  // as the list says
};

// May be used from many threads at once. hits() never waits for an import: the index is swapped
// whole. The database must outlive it, and be migrated before it is opened.
//
// A receipt is good while its permit is; one whose scope names lists or a subject is good only for
// those. Whoever made a list owns it.
class Lists {
 public:
  static std::span<const records::Migration> migrations();
  // Reads every active entry into memory. Fails with
  //   unavailable   the records cannot be read
  //   corrupt       they hold what this program does not write
  static Result<std::unique_ptr<Lists>> open(records::Database& database, const base::Clock& clock);
  virtual ~Lists() = default;

  // Each of these four wants a receipt for change_lists (withdraw_entry for the last two). All are
  // durable on return, and fail with, in this order,
  //   invalid_input   a part is missing or out of range; the receipt is for another act
  //   not_found       no such list or entry
  //   conflict        the id is taken; the entry has ended already; another person owns the list
  //   limit_exceeded  more than lists_max lists
  // besides what the records fail with.
  virtual Result<void> create(const audit::Receipt& receipt, const NewList& list) = 0;
  // Replaces the list by a new version in one step, durable and matching on return. Bad rows are
  // reported and left out; what is missing from the new version is withdrawn. A row is the same
  // entry as before if plate and PNC id are; a plate that comes twice with one PNC id is bad the
  // second time, and so is a weed date that has come. Fails also with
  //   invalid_input   no row could be read at all, or a header names a column twice
  //   limit_exceeded  more than import_size_max bytes or import_rows_max rows
  // Whatever it fails with, the old version stands.
  virtual Result<ImportReport> import(const audit::Receipt& receipt, const base::ListId& list,
                                      std::string_view csv) = 0;
  // From before the return on, no read meets the entry.
  virtual Result<void> withdraw(const audit::Receipt& receipt, const base::EntryId& entry,
                                std::string_view reason) = 0;
  virtual Result<void> resolve(const audit::Receipt& receipt, const base::EntryId& entry,
                               std::string_view reason) = 0;

  // These two want a receipt for read_lists and fail with
  //   invalid_input   the receipt is for another act
  //   not_found       no such list
  // Lists come in the order they were made.
  virtual Result<std::vector<ListRecord>> lists(const audit::Receipt& receipt) const = 0;
  // Entries in every state, oldest first: at most entries_page_max from number `first` on, counted
  // from 0.
  virtual Result<std::vector<EntryRecord>> entries(const audit::Receipt& receipt,
                                                   const base::ListId& list, std::size_t first,
                                                   std::size_t count) const = 0;
  // How they are kept, for the force's assessment of itself: what ended is counted from that day
  // on. Wants a receipt for read_estate whose subject is "self-assessment".
  //   invalid_input   the receipt is for another act or thing
  virtual Result<ListCounts> counts(const audit::Receipt& receipt, base::UtcDay from) const = 0;
  // What is held about a vehicle, for its keeper: every entry of this one plate, on any list and in
  // every state, oldest first. Wants a receipt for answer_subject whose scope has one whole plate.
  //   invalid_input   the receipt is for another act, or names no one plate
  virtual Result<std::vector<Stand>> about(const audit::Receipt& receipt) const = 0;
  // Reads the entry again from the records. Wants a receipt for watch_alerts or act_on_alert.
  //   invalid_input   the receipt is for another act
  //   not_found       no such entry
  virtual Result<Stand> stand(const audit::Receipt& receipt, const base::EntryId& entry) const = 0;

  // How many entries ended before this and are still known with their plate. One that a person
  // ended stays while its list goes on naming it, or it would rise again. What erases them leaves
  // how many of each list ended how, and wants a receipt for drop. Fails with
  //   invalid_input   another receipt
  static Result<std::uint64_t> count_ended(records::Transaction& transaction, base::UtcTime before);
  static Result<std::uint64_t> erase_ended(records::Transaction& transaction,
                                           const audit::MachineReceipt& receipt,
                                           base::UtcTime before);
  // Lists past their review: they are muted until somebody looks.
  static Result<std::uint64_t> count_overdue(records::Transaction& transaction, base::UtcDay today);

  // What this read meets now, best first; muted lists and ended entries never answer. The entry's
  // own words are read from the records; should they be away, the hit comes without them, and says
  // so among its conflicts.
  virtual std::vector<Hit> hits(const plate::Read& read) const = 0;
  // Those that have not ended, of muted lists too.
  virtual std::size_t active_entries() const = 0;
  // Memory of the index and what belongs to it: at most 32 bytes for each of millions of entries.
  virtual std::size_t bytes() const = 0;
};

}  // namespace regmark::watchlist
