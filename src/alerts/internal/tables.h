// The alerts' tables. Each function runs inside the caller's transaction.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "alerts/alerts.h"
#include "records/database.h"

namespace regmark::alerts::internal {

std::span<const records::Migration> migrations();

// Until when an alert may stand in another's way, and is worth having in memory.
base::UtcTime window_end(const Alert& alert);

// A step as it is to be written; `receipt` is none for what the office did by itself.
struct NewStep {
  Step step;
  std::optional<std::uint64_t> receipt;
};

// Writes an alert that may be there already, from before a restart: then nothing changes. Says
// whether it is new.
Result<bool> insert(records::Transaction& transaction, const Alert& alert);
// Writes over the alert of this id. It must be there.
Result<void> update(records::Transaction& transaction, const Alert& alert);
Result<void> add_steps(records::Transaction& transaction, const base::AlertId& alert,
                       std::span<const NewStep> steps);

// All alerts that come back are durable. They fail with
//   corrupt   a row that we would not have written
Result<std::optional<Alert>> find(records::Transaction& transaction, const base::AlertId& alert);
Result<std::vector<Alert>> of_read(records::Transaction& transaction, const plate::ReadId& read);
Result<bool> exists(records::Transaction& transaction, const base::AlertId& alert);
// Those that a running office wants in memory: open, or raised since. The newest, at most `count`.
Result<std::vector<Alert>> load_recent(records::Transaction& transaction, base::UtcTime since,
                                       std::size_t count);
// Where a page ended: the next one begins behind it.
struct Place {
  base::UtcTime at;
  base::AlertId alert;
};
struct Page {
  std::vector<Alert> alerts;
  std::optional<Place> end;  // none: there was nothing
};
// Newest first.
Result<Page> page(records::Transaction& transaction, const std::optional<Place>& after,
                  std::size_t count);
// Those whose window_end() is not over, the first to end first.
Result<Page> page_of_windows(records::Transaction& transaction, base::UtcTime now,
                             const std::optional<Place>& after, std::size_t count);
Result<std::vector<Step>> steps(records::Transaction& transaction, const base::AlertId& alert);

// Of reads of this plate, or of another that met an entry of this plate; newest first.
Result<std::vector<Alert>> about_plate(records::Transaction& transaction, const plate::Plate& plate,
                                       const access::Window& window, std::size_t count);

// Counts, then erases, those of these reads that are over. Gives which.
Result<std::vector<base::AlertId>> erase_of(records::Transaction& transaction,
                                            std::span<const plate::ReadId> reads);

// Counts, then erases, the alerts of that day and their steps. Gives how many of that day are
// erased, those of before too.
Result<std::uint64_t> erase(records::Transaction& transaction, base::UtcDay day);

// tally.cc: before the alerts go that `which` chooses, by ?1; and at any time.
Result<void> keep_tally(records::Transaction& transaction, std::string_view which,
                        const records::Value& by);
Result<std::vector<Tally>> tally(records::Transaction& transaction, base::UtcDay from,
                                 base::UtcDay until);

}  // namespace regmark::alerts::internal
