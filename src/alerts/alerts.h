// A hit becomes an alert; people confirm it on the picture, act, and say what came of it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/tally.h"
#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "plate/read.h"
#include "records/database.h"
#include "watchlist/lists.h"

namespace regmark::alerts {

// fresh ("new") -> confirmed | rejected | retracted; confirmed -> assigned -> acted -> closed
// (outcome). Acting needs no assignment. What nobody acts on is closed without it: a confirmed or
// assigned alert as observed, already_resolved or no_action, a fresh one that can only be observed
// as observed.
enum class State : std::uint8_t { fresh, confirmed, rejected, retracted, assigned, acted, closed };

inline constexpr State all_states[] = {State::fresh,     State::confirmed, State::rejected,
                                       State::retracted, State::assigned,  State::acted,
                                       State::closed};

// "new", "confirmed", ...
std::string_view name(State state);
// Nobody has anything left to do: rejected, retracted, closed.
bool is_over(State state);

struct Alert {
  base::AlertId id;  // follows from the read id, list and entry
  State state = State::fresh;
  bool live = true;          // late, skewed, replayed: false, for the record only
  bool has_picture = false;  // without one it can only be observed
  plate::Read read;          // the latest read of the passing that met the entry
  watchlist::Hit hit;
  base::UtcTime raised_at;
  bool durable = false;  // confirm and act wait for it
  std::optional<base::PersonId> assigned_to{};
  std::optional<base::PersonId> confirmed_by{};
  std::string outcome{};      // the outcome code, once closed
  std::string note{};         // the last that somebody wrote
  std::uint64_t version = 0;  // goes up with each change
};

struct Step {
  base::UtcTime at;
  base::PersonId by;  // machine_id() when no person took it
  State to;
  std::string note;
};

// Who raised and retracted: the office itself, under a name that no person has.
base::PersonId machine_id();

// Told of every change, from the thread that made it, outside every lock; must not block. Changes
// of one alert by two threads may be told in either order: the higher version is the later.
using Listener = std::function<void(const Alert&)>;

inline constexpr std::size_t alerts_page_max = 500;
inline constexpr std::size_t note_size_max = 1'000;  // bytes
inline constexpr std::string_view outcomes[] = {"stopped",          "not_found", "wrong_vehicle",
                                                "already_resolved", "observed",  "no_action"};

struct Settings {
  // Alerts in memory, about 3 KB each. Past it those that are over leave first, the oldest first,
  // then the oldest of the others; all stay in the records, and come back when somebody asks. What
  // is not durable yet never leaves, and is bounded by the batches that intake holds.
  std::size_t memory_max = 20'000;
};

// May be used from many threads at once. The database and the clock must outlive it.
class Alerts {
 public:
  static std::span<const records::Migration> migrations();
  // Migrates the database, and reads the open and the latest alerts into memory. Fails with
  //   unavailable   the records cannot be read
  //   corrupt       they hold what this program does not write
  static Result<std::unique_ptr<Alerts>> open(records::Database& database, const base::Clock& clock,
                                              const Settings& settings = {});
  virtual ~Alerts() = default;

  // Makes alerts of a read's hits, in memory, and tells the listeners at once (durable = false).
  // Gives the alerts that this read made or changed, for keep() or forget(). It waits for no
  // write: it looks among the records whether a hit's alert is known.
  //
  // At most one for a vehicle (a listed plate), camera and list within the list's window, counted
  // from the read that raised it. None stands in the way of one that is worth more: one that is not
  // live of one that is, one without a picture of one with, a near one of an exact one or a
  // look-alike, for near is mostly another vehicle.
  // The same read again gives the same alert, not a second one.
  //
  // A read that supersedes an earlier one of the same camera takes over the alerts of entries that
  // it meets too, as long as nobody took a step, and retracts those of entries that it does not
  // meet. One that somebody confirmed meanwhile stands, and says the doubt among its conflicts.
  // Should the earlier read come after the one that supersedes it, it raises nothing new.
  virtual std::vector<base::AlertId> raise(const plate::Read& read,
                                           std::span<const watchlist::Hit> hits) = 0;
  // Makes these durable in one step, and tells the listeners again (durable = true). Names that
  // nobody has, or that are durable already, are no error. Fails with
  //   unavailable   nothing was kept; call again, or forget them
  virtual Result<void> keep(std::span<const base::AlertId> alerts) = 0;
  // Withdraws provisional alerts whose reads could not be kept: gone from memory, and told once
  // more, as retracted. What is durable stands, and what is retracted stays so: that is written
  // with the next keep().
  virtual void forget(std::span<const base::AlertId> alerts) = 0;

  // For as long as this lives.
  virtual void listen(Listener listener) = 0;

  // Each wants a receipt for its own act whose scope's subject is the alert's id. Durable on
  // return. They fail with, in this order:
  //   invalid_input   the receipt is for another act or alert, or has run out; a note (of a
  //                   rejection) or outcome code missing, or a note too long
  //   not_found       no such alert, or covers() says no
  //   conflict        the alert is not in a state from which this step goes; not durable yet; it
  //                   has no picture, or is not live (assign, act); the entry no longer stands
  //                   (act): the message says which; a later read than `seen` has taken the
  //                   alert's place (confirm)
  //   unavailable     the records are away: nothing changed
  // `seen` is the read whose picture the person looked at, where the caller knows it.
  virtual Result<Alert> confirm(const audit::Receipt& receipt, const base::AlertId& alert,
                                std::string_view note,
                                const std::optional<plate::ReadId>& seen = {}) = 0;
  virtual Result<Alert> reject(const audit::Receipt& receipt, const base::AlertId& alert,
                               std::string_view note) = 0;
  virtual Result<Alert> assign(const audit::Receipt& receipt, const base::AlertId& alert,
                               const base::PersonId& to) = 0;
  // `stand` is the alert's entry as it was read again just now.
  virtual Result<Alert> act(const audit::Receipt& receipt, const base::AlertId& alert,
                            const watchlist::Stand& stand) = 0;
  // Codes: those of `outcomes`.
  virtual Result<Alert> close(const audit::Receipt& receipt, const base::AlertId& alert,
                              std::string_view outcome, std::string_view note) = 0;

  // Newest first, at most `count` and alerts_page_max, and no more rows than the permit covers, nor
  // any alert that covers() says no to. Wants a receipt for watch_alerts.
  virtual Result<std::vector<Alert>> latest(const audit::Receipt& receipt,
                                            std::size_t count) const = 0;
  // Want a receipt for watch_alerts whose subject is the alert or its read, or one for act_on_alert
  // whose subject is the alert. Fail with
  //   invalid_input   the receipt is for another act or subject, or has run out
  //   not_found       no such alert, or covers() says no
  virtual Result<Alert> find(const audit::Receipt& receipt, const base::AlertId& alert) const = 0;
  virtual Result<std::vector<Step>> history(const audit::Receipt& receipt,
                                            const base::AlertId& alert) const = 0;
  // What is held about a vehicle, for its keeper: alerts whose read or listed plate is this one,
  // observed in the permit's window, newest first. Wants a receipt for answer_subject whose scope
  // has one whole plate and a window. Fails with
  //   invalid_input    the receipt is for another act, or names no one plate, or has run out
  //   limit_exceeded   more than the permit's rows
  virtual Result<std::vector<Alert>> about(const audit::Receipt& receipt) const = 0;

  // Of these reads, those that an alert stands on which is not over.
  virtual Result<std::vector<plate::ReadId>> awaited(
      std::span<const plate::ReadId> reads) const = 0;
  // Erases the alerts of these reads that are over, as erase() does. Gives how many went now: doing
  // it again finds none. Wants MachineVerb::drop.
  virtual Result<std::uint64_t> erase_of(const audit::MachineReceipt& receipt,
                                         std::span<const plate::ReadId> reads) = 0;

  // How the live alerts ended whose reads were observed on these days, both included; those too
  // that are erased since. In the order of the reasons. Wants a receipt for read_register, or
  // for read_estate whose subject is "self-assessment".
  virtual Result<std::vector<Tally>> tally(const audit::Receipt& receipt, base::UtcDay from,
                                           base::UtcDay until) const = 0;

  // Erases the alerts whose read was observed on that day, with all that was done about them; what
  // stays is how many of each list ended how. Gives how many of that day are erased, those of an
  // earlier call too: doing it again gives the same answer. Wants MachineVerb::drop.
  virtual Result<std::uint64_t> erase(const audit::MachineReceipt& receipt, base::UtcDay day) = 0;
};

}  // namespace regmark::alerts
