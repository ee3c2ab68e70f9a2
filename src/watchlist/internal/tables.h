// Lists and entries as rows of the records.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/database.h"
#include "watchlist/lists.h"

namespace regmark::watchlist::internal {

// What ended an entry.
enum class EndedBy : std::uint8_t { nothing, version, person, clock };

struct StoredList {
  std::int64_t number;
  ListRecord record;  // without `active`, `muted` and `why_muted`
};

// "entry-42": the number of its row, which is never used again.
base::EntryId entry_id(std::int64_t number);
// Nothing: not a name that entry_id() makes.
std::optional<std::int64_t> entry_number(const base::EntryId& id);

// Whether a list does not answer now, and why; empty: it does.
bool is_muted(const NewList& about, const std::optional<base::UtcTime>& imported_at,
              base::UtcTime now);
std::string why_muted(const NewList& about, const std::optional<base::UtcTime>& imported_at,
                      base::UtcTime now);

// All of these fail with what the records fail with, and with
//   corrupt     a row that this program would not have written
//   not_found   no such list or entry, where one is asked for
Result<void> insert_list(records::Transaction& transaction, const NewList& list,
                         const base::PersonId& owner, base::UtcTime now);
Result<StoredList> find_list(records::Transaction& transaction, const base::ListId& id);
Result<StoredList> find_list_of(records::Transaction& transaction, std::int64_t entry);
Result<std::vector<StoredList>> all_lists(records::Transaction& transaction);

// How all of them are kept, and what ended from that day on; `active` is the index's to say.
Result<ListCounts> count_lists(records::Transaction& transaction, base::UtcDay from,
                               base::UtcTime now);

// An entry as it stands at `now`: one whose time has come is expired, even if nobody wrote it down.
Result<EntryRecord> find_entry(records::Transaction& transaction, std::int64_t number,
                               base::UtcTime now);
Result<std::vector<EntryRecord>> find_entries(records::Transaction& transaction, std::int64_t list,
                                              std::size_t first, std::size_t count,
                                              base::UtcTime now);
// Those of one plate, of every list, oldest first.
Result<std::vector<EntryRecord>> find_entries_of(records::Transaction& transaction,
                                                 const plate::Plate& plate, base::UtcTime now);
Result<void> end_entry(records::Transaction& transaction, const EntryRecord& entry,
                       EntryState state, std::string_view reason, base::UtcTime now);

// What the index needs of an entry.
struct IndexedEntry {
  std::int64_t number;
  PlateCode plate;
  std::optional<base::UtcTime> expires_at;
};
// One page of a list's active entries, and what to give to get the next one.
struct IndexedPage {
  std::vector<IndexedEntry> entries;
  std::string last_plate;
  std::string last_pnc_id;
};
// The first page lies behind an empty page; the last one is empty.
Result<IndexedPage> next_page(records::Transaction& transaction, std::int64_t list,
                              const IndexedPage& before);

}  // namespace regmark::watchlist::internal
