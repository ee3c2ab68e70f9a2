#include "server/retention.h"

#include <vector>

#include "authority/authorities.h"
#include "base/crash_point.h"
#include "holds/holds.h"
#include "oversight/follow_ups.h"
#include "oversight/household.h"
#include "oversight/searches.h"
#include "oversight/subjects.h"
#include "watchlist/lists.h"

namespace regmark::server {
namespace {

using records::Transaction;

// An erasure is written down in the transaction that erases, and stays until the log has it: what a
// crash comes in between is said when the office is open again.
constexpr records::Migration all_migrations[] = {
    {"server/002",
     "CREATE TABLE erasures_unsaid ("
     " number INTEGER PRIMARY KEY, act TEXT NOT NULL, details TEXT NOT NULL) STRICT;"
     "CREATE TABLE details_erased (before INTEGER NOT NULL) STRICT;"}};

std::string before_text(base::UtcTime before) {
  return "\"before\":\"" + base::format_utc(before) + "\"";
}

std::string counted(base::UtcTime before, std::uint64_t erased) {
  return "{" + before_text(before) + ",\"erased\":" + std::to_string(erased) + "}";
}

audit::Event event_of(const base::Clock& clock, std::string act, std::string details) {
  return {{audit::Operation::erasure, std::move(act), base::day_of(clock.now()), "machine", "done"},
          std::move(details)};
}

}  // namespace

std::span<const records::Migration> Retention::migrations() {
  return all_migrations;
}

Result<void> Retention::erase(const Kind& kind) {
  REGMARK_ASSIGN(const auto over, rooms_.records.read(kind.count));
  if (over == 0) return {};
  REGMARK_ASSIGN(const auto receipt,
                 rooms_.log.record(audit::MachineVerb::drop, "{\"act\":\"" + kind.act + "\"," +
                                                                 before_text(kind.before) + "}"));
  is_to_forget_ = true;
  REGMARK_TRY(rooms_.records.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_ASSIGN(const auto erased, kind.erase(transaction, receipt));
    REGMARK_TRY(transaction.run("INSERT INTO erasures_unsaid (act, details) VALUES (?1, ?2)",
                                {kind.act, counted(kind.before, erased)}));
    return {};
  }));
  base::crash_point("retention.erased");
  return say_what_was_erased();
}

Result<void> Retention::say_what_was_erased() {
  REGMARK_ASSIGN(const auto unsaid, rooms_.records.read([](Transaction& transaction) {
    return transaction.run("SELECT number, act, details FROM erasures_unsaid ORDER BY number");
  }));
  for (const auto& row : unsaid) {
    REGMARK_TRY(rooms_.log.record(event_of(rooms_.clock, row.text(1), row.text(2))));
    base::crash_point("retention.said");
    REGMARK_TRY(rooms_.records.write([&](Transaction& transaction) -> Result<void> {
      REGMARK_TRY(
          transaction.run("DELETE FROM erasures_unsaid WHERE number = ?1", {row.integer(0)}));
      return {};
    }));
  }
  return {};
}

// Once a day: to look for details that are over is to read all of them. And not before the office
// is as old as details may be: a stranger who counts erasures should not meet empty ones.
Result<bool> Retention::details_are_due(base::UtcDay before) {
  return rooms_.records.read([&](Transaction& transaction) -> Result<bool> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT (SELECT MAX(before) FROM details_erased),"
                                   " (SELECT MIN(since) FROM policy_in_force)"));
    const auto& row = rows.front();
    const std::int64_t day = before.time_since_epoch().count();
    if (!row.is_null(0) && row.integer(0) >= day) return false;
    return row.is_null(1) || base::day_of(row.time(1)) < before;
  });
}

Result<void> Retention::erase_details() {
  const auto before = base::day_of(rooms_.clock.now()) - rooms_.policy.kept_for().audit_details;
  REGMARK_ASSIGN(const bool are_due, details_are_due(before));
  if (!are_due) return {};
  REGMARK_ASSIGN(const auto receipt,
                 rooms_.log.record(audit::MachineVerb::drop,
                                   "{\"act\":\"erase_details\"," + before_text(before) + "}"));
  REGMARK_ASSIGN(const auto erased, rooms_.log.erase_details(receipt, before));
  base::crash_point("retention.details_erased");
  if (erased > 0) {
    REGMARK_TRY(
        rooms_.log.record(event_of(rooms_.clock, "erase_details", counted(before, erased))));
  }
  return rooms_.records.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run("DELETE FROM details_erased"));
    REGMARK_TRY(transaction.run("INSERT INTO details_erased VALUES (?1)",
                                {std::int64_t{before.time_since_epoch().count()}}));
    return {};
  });
}

Result<void> Retention::erase_what_is_over() {
  Result<void> first_failure;
  const auto note = [&](Result<void> result) {
    if (!result && first_failure) first_failure = std::move(result);
  };
  note(say_what_was_erased());
  const auto& kept = rooms_.policy.kept_for();
  const auto& looked_after = rooms_.oversight;
  const auto now = rooms_.clock.now();
  const auto kind = [&](std::string act, std::chrono::days period, auto count_over,
                        auto erase_over) {
    const base::UtcTime before = now - period;
    return Kind{std::move(act), before,
                [=](Transaction& transaction) { return count_over(transaction, before); },
                [=](Transaction& transaction, const audit::MachineReceipt& receipt) {
                  return erase_over(transaction, receipt, before);
                }};
  };
  note(erase(kind("erase_entries", kept.ended_entries, watchlist::Lists::count_ended,
                  watchlist::Lists::erase_ended)));
  note(erase(kind("erase_authorities", kept.ended_authorities, authority::Authorities::count_ended,
                  authority::Authorities::erase_ended)));
  note(erase(kind("erase_holds", kept.released_holds, holds::Holds::count_released,
                  holds::Holds::erase_released)));
  note(erase(kind("erase_searches", looked_after.kept, oversight::Searches::count_over,
                  oversight::Searches::erase_over)));
  note(erase(kind("erase_follow_ups", looked_after.kept, oversight::FollowUps::count_over,
                  oversight::FollowUps::erase_over)));
  note(erase(kind("erase_subject_requests", looked_after.subject_requests_kept,
                  oversight::Subjects::count_decided, oversight::Subjects::erase_decided)));
  note(erase(kind("erase_duty", looked_after.duty_kept, oversight::Household::count_duty,
                  oversight::Household::erase_duty)));
  note(erase(kind("erase_household", looked_after.household_kept,
                  oversight::Household::count_vehicles, oversight::Household::erase_vehicles)));
  note(rooms_.people.erase_over());
  note(erase_details());
  return first_failure;
}

Result<void> Retention::forget() {
  if (!is_to_forget_) return {};
  REGMARK_TRY(rooms_.records.forget());
  is_to_forget_ = false;
  return {};
}

}  // namespace regmark::server
