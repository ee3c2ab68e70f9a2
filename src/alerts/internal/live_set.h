// The alerts that are in memory, and the rules of raising, correcting and retracting them. Touches
// no disk and calls nobody. For one thread at a time.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "alerts/alerts.h"
#include "alerts/internal/tables.h"
#include "alerts/internal/windows.h"

namespace regmark::alerts::internal {

base::AlertId alert_id(const plate::ReadId& read, const base::ListId& list,
                       const base::EntryId& entry);

// Reads that were superseded before they came, or might yet come again.
inline constexpr std::size_t superseded_max = 10'000;
// Windows are small, and outlive their alerts in memory.
inline constexpr std::size_t windows_max = 100'000;

class LiveSet {
 public:
  explicit LiveSet(std::size_t size_max) : size_max_(size_max), windows_(windows_max) {}

  // What the read made or changed, each with a claim on it that kept() or forget() gives back; and
  // what is to be told.
  struct Raised {
    std::vector<base::AlertId> alerts;
    std::vector<Alert> told;
  };
  // `stored` are alerts of this read that the records already hold.
  Raised raise(const plate::Read& read, std::span<const watchlist::Hit> hits, base::UtcTime now,
               const std::set<base::AlertId>& stored);
  // Gives what is to be told.
  std::vector<Alert> forget(std::span<const base::AlertId> alerts);

  // An alert as it is to be written.
  struct ToKeep {
    Alert alert;  // durable, with a version of its own
    std::vector<NewStep> steps;
    bool is_new;
    std::uint64_t from_version;            // it was copied at this version
    bool is_corrected;                     // it took over a later read
    std::optional<Alert> in_records = {};  // it was there already: this counts
  };
  // These, and what changed since it was written: what a batch retracted stays retracted, though
  // the batch itself could not be kept.
  std::vector<ToKeep> to_keep(std::span<const base::AlertId> alerts) const;
  // They are durable now. Gives back the claims of `alerts`, and what is to be told.
  std::vector<Alert> kept(std::span<const base::AlertId> alerts, std::vector<ToKeep> kept);

  // An alert from the records.
  void load(Alert alert);
  // One that need not be in memory, but may stand in another's way.
  void load_window(const Alert& alert);
  const Alert* find(const base::AlertId& alert) const;
  std::vector<Alert> provisional() const;
  // Steps that the records do not have yet.
  std::vector<NewStep> unsaved_steps(const base::AlertId& alert) const;

  // Between these two a person's step is being written: what would change the alert meanwhile
  // waits. It must be in memory.
  void begin_step(const base::AlertId& alert);
  // `changed`: as it was written, with the steps that were unsaved before; none: it failed. Gives
  // what is to be told.
  std::vector<Alert> end_step(const base::AlertId& alert, std::optional<Alert> changed,
                              std::size_t steps_saved, base::UtcTime now);

  // Whether an alert that is not over has left memory: then the records must be asked for those of
  // a read that is superseded.
  bool open_ones_left() const { return open_ones_left_; }

  void erase(base::UtcDay day);
  void erase(std::span<const base::AlertId> alerts);
  std::size_t size() const { return alerts_.size(); }

 private:
  struct Correction {
    plate::Read read;
    watchlist::Hit hit;
  };
  using Rank = std::tuple<bool, base::UtcTime, base::AlertId>;
  struct Held {
    Alert alert;
    std::uint64_t saved_version = 0;
    std::uint64_t claims = 0;
    std::vector<NewStep> unsaved{};
    // A later read that takes over once it is kept.
    std::optional<Correction> correction{};
    bool is_stepping = false;
    bool is_doubted = false;  // meanwhile a later read did not meet the entry
    std::vector<plate::ReadId> reads{};
    std::optional<Rank> rank{};  // among those that may leave memory
  };

  Held* held(const base::AlertId& alert);
  const Held* held(const base::AlertId& alert) const;
  Held& add(Alert alert);
  // Takes a copy: the name may stand in what it erases.
  void remove(base::AlertId alert);
  void name_after(Held& held, const plate::ReadId& read);
  // To be called after every change: keeps the sets below right.
  void refresh(Held& held);
  void evict();

  std::vector<base::AlertId> of_read(const plate::ReadId& read, const base::CameraId& camera) const;
  Held* standing_for(const plate::Read& read, const watchlist::Hit& hit,
                     std::span<const base::AlertId> earlier);
  void correct(Held& held, const plate::Read& read, const watchlist::Hit& hit);
  void make(const base::AlertId& id, const plate::Read& read, const watchlist::Hit& hit,
            base::UtcTime now, Raised& raised);
  void retract_unmet(std::span<const base::AlertId> earlier, const std::set<base::AlertId>& met,
                     base::UtcTime now, Raised& raised);
  // Says whether that changed it.
  bool settle_doubt(Held& held, base::UtcTime now);
  void remember_superseded(const plate::ReadId& read);

  std::size_t size_max_;
  bool open_ones_left_ = false;
  std::unordered_map<base::AlertId, Held> alerts_;
  std::unordered_map<plate::ReadId, std::vector<base::AlertId>> by_read_;
  std::set<base::AlertId> provisional_;
  std::set<base::AlertId> changed_;  // durable, but the records are behind
  std::set<Rank> may_leave_;         // the first leaves first
  Windows windows_;
  std::unordered_set<plate::ReadId> superseded_;
  std::deque<plate::ReadId> superseded_order_;  // the oldest first
};

}  // namespace regmark::alerts::internal
