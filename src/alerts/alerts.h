// A hit becomes an alert; people confirm it on the picture, act, and say what came of it.
#pragma once

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
#include "plate/read.h"
#include "records/database.h"
#include "watchlist/lists.h"

namespace regmark::alerts {

// fresh ("new") -> confirmed | rejected | retracted; confirmed -> assigned -> acted -> closed
// (outcome).
enum class State : std::uint8_t { fresh, confirmed, rejected, retracted, assigned, acted, closed };

struct Alert {
  base::AlertId id;  // follows from the read id, list and entry
  State state = State::fresh;
  bool live = true;          // late, skewed, replayed: false, for the record only
  bool has_picture = false;  // without one it can only be observed
  plate::Read read;
  watchlist::Hit hit;
  base::UtcTime raised_at;
  bool durable = false;  // confirm and act wait for it
  std::optional<base::PersonId> assigned_to;
  std::optional<base::PersonId> confirmed_by;
  std::string outcome;  // the outcome code, once closed
  std::string note;
  std::uint64_t version = 0;  // goes up with each change
};

struct Step {
  base::UtcTime at;
  base::PersonId by;
  State to;
  std::string note;
};

// Told of every change, from the thread that made it; must not block.
using Listener = std::function<void(const Alert&)>;

inline constexpr std::size_t alerts_page_max = 500;

// May be used from many threads at once.
class Alerts {
 public:
  static std::span<const records::Migration> migrations();
  static Result<std::unique_ptr<Alerts>> open(records::Database& database,
                                              const base::Clock& clock);
  virtual ~Alerts() = default;

  // Makes alerts of a read's hits, in memory, and tells the listeners at once (durable = false).
  // At most one for a vehicle, camera and list within the list's window. A final read that differs
  // from its provisional one retracts the alerts of the provisional. The same read again gives the
  // same alert, not a second one.
  virtual std::vector<base::AlertId> raise(const plate::Read& read,
                                           std::span<const watchlist::Hit> hits) = 0;
  // Makes these durable, and tells the listeners again (durable = true).
  virtual Result<void> keep(std::span<const base::AlertId> alerts) = 0;
  // Withdraws provisional alerts whose reads could not be kept.
  virtual void forget(std::span<const base::AlertId> alerts) = 0;

  virtual void listen(Listener listener) = 0;

  // Each wants a receipt for its own act whose scope's subject is the alert's id. They fail with
  //   invalid_input   the receipt is for another act or alert; a note or outcome code missing
  //   not_found       no such alert
  //   conflict        the alert is not in a state from which this step goes; not durable yet; it
  //   has
  //                   no picture; the entry no longer stands (act): the message says which
  virtual Result<Alert> confirm(const audit::Receipt& receipt, const base::AlertId& alert,
                                std::string_view note) = 0;
  virtual Result<Alert> reject(const audit::Receipt& receipt, const base::AlertId& alert,
                               std::string_view note) = 0;
  virtual Result<Alert> assign(const audit::Receipt& receipt, const base::AlertId& alert,
                               const base::PersonId& to) = 0;
  // `stand` is the entry as it was read again just now.
  virtual Result<Alert> act(const audit::Receipt& receipt, const base::AlertId& alert,
                            const watchlist::Stand& stand) = 0;
  // Codes: stopped, not_found, wrong_vehicle, already_resolved, observed, no_action.
  virtual Result<Alert> close(const audit::Receipt& receipt, const base::AlertId& alert,
                              std::string_view outcome, std::string_view note) = 0;

  // Wants a receipt for watch_alerts.
  virtual Result<std::vector<Alert>> latest(const audit::Receipt& receipt,
                                            std::size_t count) const = 0;
  virtual Result<Alert> find(const audit::Receipt& receipt, const base::AlertId& alert) const = 0;
  virtual Result<std::vector<Step>> history(const audit::Receipt& receipt,
                                            const base::AlertId& alert) const = 0;
  // Erases the personal data of alerts whose read was observed on that day.
  virtual Result<std::uint64_t> erase(const audit::MachineReceipt& receipt, base::UtcDay day) = 0;
};

}  // namespace regmark::alerts
