#include "server/keeper.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/crash_point.h"
#include "desk/erase_for_subject.h"
#include "desk/read_days.h"
#include "server/tell_reviews.h"

namespace regmark::server {
namespace {

constexpr records::Migration all_migrations[] = {
    {"server/001",
     "CREATE TABLE pictures_erased (day INTEGER PRIMARY KEY) STRICT;"
     "CREATE TABLE policy_in_force (version TEXT NOT NULL, since INTEGER NOT NULL) STRICT;"},
    // What was begun is not always listed by the store any more, and a crash must not make the
    // office forget to say that it is done.
    {"server/003", "CREATE TABLE days_to_erase (day INTEGER PRIMARY KEY) STRICT;"},
    // By their beginnings, in minutes.
    {"server/004", "CREATE TABLE short_slices_to_erase (begins INTEGER PRIMARY KEY) STRICT;"}};

std::int64_t number_of(base::UtcDay day) {
  return day.time_since_epoch().count();
}

std::int64_t number_of(base::UtcTime begins) {
  return std::chrono::floor<std::chrono::minutes>(begins).time_since_epoch().count();
}

std::string details_of(const std::string& slice) {
  return "{\"slice\":\"" + slice + "\"}";
}
std::string details_of(base::UtcDay day) {
  return details_of(base::format_day(day));
}

audit::Event erased(const base::Clock& clock, std::string act, const std::string& slice,
                    const sightings::Dropped& dropped, std::uint64_t alerts) {
  return {{audit::Operation::erasure, std::move(act), base::day_of(clock.now()), "machine", "done"},
          "{\"slice\":\"" + slice + "\",\"reads\":" + std::to_string(dropped.reads) +
              ",\"pictures\":" + std::to_string(dropped.pictures) + ",\"held_copies\":" +
              std::to_string(dropped.held_copies) + ",\"alerts\":" + std::to_string(alerts) + "}"};
}

}  // namespace

std::span<const records::Migration> Keeper::migrations() {
  return all_migrations;
}

Keeper::Keeper(const Rooms& rooms, Steady steady)
    : rooms_(rooms),
      steady_(std::move(steady)),
      retention_({rooms.policy, rooms.log, rooms.records, rooms.people, rooms.oversight.settings,
                  rooms.clock}) {}

Keeper::~Keeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopping_changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Keeper::is_over(base::UtcDay day, std::chrono::days kept) const {
  return rooms_.clock.now() >= desk::kept_until(day, kept);
}

Result<void> Keeper::seal(base::UtcDay day) {
  REGMARK_ASSIGN(const auto receipt, rooms_.log.record(audit::MachineVerb::seal, details_of(day)));
  return rooms_.store.seal(receipt, day);
}

Result<void> Keeper::erase(base::UtcDay day) {
  REGMARK_ASSIGN(const auto receipt, rooms_.log.record(audit::MachineVerb::drop, details_of(day)));
  REGMARK_TRY(begin(day));
  retention_.erased_something();
  REGMARK_ASSIGN(const auto alerts, rooms_.alerts.erase(receipt, day));
  base::crash_point("keeper.alerts_erased");
  REGMARK_ASSIGN(const auto dropped, rooms_.store.drop(receipt, day));
  base::crash_point("keeper.dropped");
  REGMARK_TRY(
      rooms_.log.record(erased(rooms_.clock, "drop", base::format_day(day), dropped, alerts)));
  REGMARK_TRY(rooms_.records.write([&](records::Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run("DELETE FROM pictures_erased WHERE day = ?1", {number_of(day)}));
    REGMARK_TRY(transaction.run("DELETE FROM days_to_erase WHERE day = ?1", {number_of(day)}));
    return {};
  }));
  return {};
}

Result<void> Keeper::begin(base::UtcDay day) {
  return rooms_.records.write([&](records::Transaction& transaction) -> Result<void> {
    REGMARK_TRY(
        transaction.run("INSERT OR IGNORE INTO days_to_erase VALUES (?1)", {number_of(day)}));
    return {};
  });
}

Result<std::vector<base::UtcDay>> Keeper::begun() const {
  REGMARK_ASSIGN(const auto rows, rooms_.records.read([](records::Transaction& transaction) {
    return transaction.run("SELECT day FROM days_to_erase ORDER BY day");
  }));
  std::vector<base::UtcDay> days;
  for (const auto& row : rows) days.emplace_back(std::chrono::days{row.integer(0)});
  return days;
}

Result<bool> Keeper::pictures_are_gone(base::UtcDay day) {
  return rooms_.records.read([&](records::Transaction& transaction) -> Result<bool> {
    REGMARK_ASSIGN(const auto rows, transaction.run("SELECT 1 FROM pictures_erased WHERE day = ?1",
                                                    {number_of(day)}));
    return !rows.empty();
  });
}

Result<void> Keeper::erase_pictures(base::UtcDay day) {
  REGMARK_ASSIGN(const bool gone, pictures_are_gone(day));
  if (gone) return {};
  REGMARK_ASSIGN(const auto receipt, rooms_.log.record(audit::MachineVerb::drop, details_of(day)));
  REGMARK_ASSIGN(const auto dropped, rooms_.store.drop_pictures(receipt, day));
  REGMARK_TRY(
      rooms_.log.record(erased(rooms_.clock, "drop_pictures", base::format_day(day), dropped, 0)));
  return rooms_.records.write([&](records::Transaction& transaction) -> Result<void> {
    REGMARK_TRY(
        transaction.run("INSERT OR IGNORE INTO pictures_erased VALUES (?1)", {number_of(day)}));
    return {};
  });
}

Result<void> Keeper::finish_early_erasures() {
  REGMARK_TRY(desk::finish_erasures({rooms_.log, rooms_.store, rooms_.alerts, rooms_.drift,
                                     rooms_.oversight.erasures, rooms_.clock}));
  return {};
}

// What goes later than the last that is known here waits for the next round: the file may be
// written anew without it.
Result<void> Keeper::forget_what_went() {
  REGMARK_ASSIGN(const auto last, rooms_.oversight.erasures.last_unforgotten());
  if (last && *last > forgot_early_until_) retention_.erased_something();
  REGMARK_TRY(retention_.forget());
  if (!last) return {};
  forgot_early_until_ = *last;
  REGMARK_ASSIGN(const bool all_newer, rooms_.backups.make_newer_than(*last));
  if (!all_newer) return {};
  return rooms_.oversight.erasures.forgotten(*last);
}

Result<void> Keeper::tend(const sightings::SliceInfo& slice) {
  if (is_over(slice.day, rooms_.policy.sightings_kept())) return erase(slice.day);
  if (is_over(slice.day, rooms_.policy.pictures_kept())) REGMARK_TRY(erase_pictures(slice.day));
  const bool is_to_seal = rooms_.clock.now() >= desk::kept_until(slice.day, {}) + seal_after;
  if (!slice.sealed && is_to_seal) REGMARK_TRY(seal(slice.day));
  return {};
}

bool Keeper::is_over(const sightings::Span& span) const {
  return rooms_.clock.now() + keep_house_every >= desk::gone_by(span, rooms_.policy);
}

bool Keeper::was_seen_long_ago(const sightings::Span& span) {
  const auto now = steady_();
  const auto met = met_.try_emplace(span.from, now).first->second;
  const auto& kept = rooms_.policy.non_hits();
  // It came up to a round before it was met, and goes a round before it would be too late.
  static_assert(2 * keep_house_every == desk::goes_within);
  return kept && now - met + desk::goes_within >= kept->most;
}

// No alert and no list is about it: nothing but the store had it.
Result<void> Keeper::erase_short(base::UtcTime from) {
  const auto slice = base::format_utc(from);
  const auto number = number_of(from);
  REGMARK_ASSIGN(const auto receipt,
                 rooms_.log.record(audit::MachineVerb::drop, details_of(slice)));
  REGMARK_TRY(rooms_.records.write([&](records::Transaction& transaction) -> Result<void> {
    REGMARK_TRY(
        transaction.run("INSERT OR IGNORE INTO short_slices_to_erase VALUES (?1)", {number}));
    return {};
  }));
  REGMARK_ASSIGN(const auto dropped, rooms_.store.drop_short(receipt, from));
  base::crash_point("keeper.short_dropped");
  REGMARK_TRY(rooms_.log.record(erased(rooms_.clock, "drop", slice, dropped, /*alerts=*/0)));
  return rooms_.records.write([&](records::Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run("DELETE FROM short_slices_to_erase WHERE begins = ?1", {number}));
    return {};
  });
}

Result<void> Keeper::erase_short_slices_meanwhile() {
  if (steady_() - looked_at_short_ < keep_house_every) return {};
  return erase_short_slices();
}

Result<void> Keeper::erase_short_slices() {
  looked_at_short_ = steady_();
  REGMARK_ASSIGN(const auto rows, rooms_.records.read([](records::Transaction& transaction) {
    return transaction.run("SELECT begins FROM short_slices_to_erase ORDER BY begins");
  }));
  std::set<base::UtcTime> due;
  for (const auto& row : rows) due.emplace(std::chrono::minutes{row.integer(0)});
  const auto spans = rooms_.store.short_slices();
  std::erase_if(met_, [&](const auto& met) {
    return std::ranges::find(spans, met.first, &sightings::Span::from) == spans.end();
  });
  for (const auto& span : spans) {
    if (was_seen_long_ago(span) || is_over(span)) due.insert(span.from);
  }
  Result<void> first_failure;
  for (const auto from : due) {
    auto done = erase_short(from);
    if (!done && first_failure) first_failure = std::move(done);
  }
  return first_failure;
}

Result<void> Keeper::keep_house() {
  const std::lock_guard lock(round_);
  Result<void> first_failure;
  const auto note = [&](Result<void> result) {
    if (!result && first_failure) first_failure = std::move(result);
  };
  note(erase_short_slices());
  const auto days = begun();
  if (!days) return tl::unexpected<Error>(days.error());
  // A day may take long to go, and what stays for minutes does not wait for it.
  for (const auto day : *days) {
    note(erase(day));
    note(erase_short_slices_meanwhile());
  }
  for (const auto& slice : rooms_.store.slices()) {
    note(tend(slice));
    note(erase_short_slices_meanwhile());
  }
  note(finish_early_erasures());
  note(tell_reviews(rooms_.log, rooms_.oversight.reviews, rooms_.clock));
  note(retention_.erase_what_is_over());
  note(forget_what_went());
  return first_failure;
}

void Keeper::start() {
  thread_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      const auto next = std::chrono::steady_clock::now() + keep_house_every;
      lock.unlock();
      if (const auto done = keep_house(); !done) {
        spdlog::error("the office could not keep house: {}", done.error().message);
      }
      lock.lock();
      // From one beginning to the next: what stays for minutes is not to wait for a long round.
      stopping_changed_.wait_until(lock, next, [this] { return stopping_; });
    }
  });
}

}  // namespace regmark::server
