// Lists of vehicles of interest: who owns them, what stands on them, and for how long.
#pragma once

#include <chrono>
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
#include "plate/read.h"
#include "records/database.h"
#include "watchlist/exchange.h"
#include "watchlist/matcher.h"

namespace regmark::watchlist {

enum class Level : std::uint8_t { local, force, regional, national };
enum class Priority : std::uint8_t { low, medium, high };
// Four different things: none may look like another to a reader downstream.
enum class EntryState : std::uint8_t { active, expired, withdrawn, resolved };

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
  std::vector<RejectedRow> rejected;  // at most rejected_max; rejected_count counts all
  std::size_t rejected_count = 0;
};

inline constexpr std::size_t rejected_max = 1'000;
inline constexpr std::size_t import_size_max = std::size_t{2} << 30U;

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
};

// May be used from many threads at once. hits() never waits for an import: the index is swapped
// whole.
class Lists {
 public:
  static std::span<const records::Migration> migrations();
  static Result<std::unique_ptr<Lists>> open(records::Database& database, const base::Clock& clock);
  virtual ~Lists() = default;

  // Each wants a receipt for change_lists (withdraw_entry for the last two). They fail with
  //   invalid_input   a part is missing or out of range; the receipt is for another act
  //   not_found       no such list or entry
  //   conflict        the id is taken; the entry has ended already; another person owns the list
  virtual Result<void> create(const audit::Receipt& receipt, const NewList& list) = 0;
  // Replaces the list by a new version in one step, durable and matching on return. Bad rows are
  // reported and left out; what is missing from the new version is withdrawn. Fails also with
  //   invalid_input   no row could be read at all: the old version stands
  virtual Result<ImportReport> import(const audit::Receipt& receipt, const base::ListId& list,
                                      std::string_view csv) = 0;
  virtual Result<void> withdraw(const audit::Receipt& receipt, const base::EntryId& entry,
                                std::string_view reason) = 0;
  virtual Result<void> resolve(const audit::Receipt& receipt, const base::EntryId& entry,
                               std::string_view reason) = 0;

  virtual Result<std::vector<ListRecord>> lists(const audit::Receipt& receipt) const = 0;
  virtual Result<std::vector<EntryRecord>> entries(const audit::Receipt& receipt,
                                                   const base::ListId& list, std::size_t first,
                                                   std::size_t count) const = 0;
  // Reads the entry again from the records. Wants a receipt for watch_alerts or act_on_alert.
  //   not_found       no such entry
  virtual Result<Stand> stand(const audit::Receipt& receipt, const base::EntryId& entry) const = 0;

  // What this read meets now, best first; muted lists and ended entries never answer.
  virtual std::vector<Hit> hits(const plate::Read& read) const = 0;
  virtual std::size_t active_entries() const = 0;
};

}  // namespace regmark::watchlist
