#include "watchlist/lists.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "watchlist/conflicts.h"
#include "watchlist/internal/check.h"
#include "watchlist/internal/import.h"
#include "watchlist/internal/load.h"
#include "watchlist/internal/snapshot.h"
#include "watchlist/internal/tables.h"

namespace regmark::watchlist {
namespace {

using internal::check_covers;
using internal::check_owner;
using internal::check_receipt;
using internal::Snapshot;
using internal::StoredList;
using records::Transaction;

// A hit as far as memory knows it.
Hit bare_hit(const Snapshot& snapshot, const Match& match) {
  const auto& list = snapshot.list_of(match.entry);
  return Hit{.entry = internal::entry_id(snapshot.row_of(match.entry)),
             .list = list.about.id,
             .grade = match.grade,
             .probability = match.probability,
             .priority = list.about.priority,
             .conflicts = {},
             .listed_plate = match.listed.plate(),
             .list_name = list.about.name,
             .reason = {},
             .action = {},
             .warning_markers = {},
             .entry_confirmed_at = list.imported_at.value_or(base::UtcTime{}),
             .alert_window = list.about.alert_window,
             .alerted = list.about.alerted};
}

class RecordedLists final : public Lists {
 public:
  RecordedLists(records::Database& database, const base::Clock& clock,
                std::shared_ptr<Snapshot> snapshot)
      : database_(database), clock_(clock), snapshot_(std::move(snapshot)) {}

  Result<void> create(const audit::Receipt& receipt, const NewList& list) override;
  Result<ImportReport> import(const audit::Receipt& receipt, const base::ListId& list,
                              std::string_view csv) override;
  Result<void> withdraw(const audit::Receipt& receipt, const base::EntryId& entry,
                        std::string_view reason) override {
    return end(receipt, entry, EntryState::withdrawn, reason);
  }
  Result<void> resolve(const audit::Receipt& receipt, const base::EntryId& entry,
                       std::string_view reason) override {
    return end(receipt, entry, EntryState::resolved, reason);
  }
  Result<std::vector<ListRecord>> lists(const audit::Receipt& receipt) const override;
  Result<ListCounts> counts(const audit::Receipt& receipt, base::UtcDay from) const override;
  Result<std::vector<EntryRecord>> entries(const audit::Receipt& receipt, const base::ListId& list,
                                           std::size_t first, std::size_t count) const override;
  Result<std::vector<Stand>> about(const audit::Receipt& receipt) const override;
  Result<Stand> stand(const audit::Receipt& receipt, const base::EntryId& entry) const override;
  std::vector<Hit> hits(const plate::Read& read) const override;
  std::size_t active_entries() const override { return snapshot_.load()->active(clock_.now()); }
  std::size_t bytes() const override { return snapshot_.load()->bytes(); }

 private:
  Result<void> end(const audit::Receipt& receipt, const base::EntryId& entry, EntryState state,
                   std::string_view reason);
  Result<ImportReport> replace(const StoredList& list, ImportReport report);

  records::Database& database_;
  const base::Clock& clock_;
  std::mutex importing_;                             // one list is staged at a time
  std::mutex changing_;                              // the records and the snapshot change together
  std::atomic<std::shared_ptr<Snapshot>> snapshot_;  // written under changing_
};

// What may be said of a list now.
ListRecord complete(StoredList list, const Snapshot& snapshot, base::UtcTime now) {
  auto record = std::move(list.record);
  record.active = snapshot.active(now, list.number);
  record.why_muted = internal::why_muted(record.about, record.imported_at, now);
  record.muted = !record.why_muted.empty();
  return record;
}

Result<void> RecordedLists::create(const audit::Receipt& receipt, const NewList& list) {
  constexpr access::Act acts[] = {access::Act::change_lists};
  const auto now = clock_.now();
  REGMARK_TRY(check_receipt(receipt, acts, now, {list.id.text()}));
  REGMARK_TRY(check_covers(receipt, list.id));
  REGMARK_TRY(internal::check_new(list, now));
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_ASSIGN(const auto known, internal::all_lists(transaction));
    const bool taken = std::ranges::any_of(
        known, [&](const StoredList& each) { return each.record.about.id == list.id; });
    if (taken) return fail(ErrorCode::conflict, "there is a list of this id");
    if (known.size() >= lists_max) {
      return fail(ErrorCode::limit_exceeded,
                  "there are " + std::to_string(lists_max) + " lists already");
    }
    return internal::insert_list(transaction, list, receipt.permit().person().id, now);
  });
}

Result<ImportReport> RecordedLists::import(const audit::Receipt& receipt, const base::ListId& list,
                                           std::string_view csv) {
  constexpr access::Act acts[] = {access::Act::change_lists};
  const auto now = clock_.now();
  REGMARK_TRY(check_receipt(receipt, acts, now, {list.text()}));
  REGMARK_TRY(check_covers(receipt, list));
  const std::lock_guard lock(importing_);
  REGMARK_ASSIGN(const auto stored, database_.read([&](Transaction& transaction) {
    return internal::find_list(transaction, list);
  }));
  REGMARK_TRY(check_owner(receipt, stored));
  if (csv.size() > import_size_max) {
    return fail(ErrorCode::limit_exceeded,
                "a list of more than " + std::to_string(import_size_max) + " bytes");
  }
  REGMARK_ASSIGN(auto reader, ExchangeReader::open(csv));
  ImportReport report;
  auto staged = internal::stage(database_, reader, now, import_rows_max, report);
  if (staged && *staged > 0) return replace(stored, std::move(report));
  // Whatever was staged is of no use; should that fail, the next import empties it.
  static_cast<void>(database_.write(internal::unstage));
  if (!staged) return tl::unexpected<Error>(std::move(staged).error());
  const auto why = report.rejected.empty()
                       ? std::string()
                       : "; line " + std::to_string(report.rejected.front().line) + ": " +
                             report.rejected.front().reason;
  return fail(ErrorCode::invalid_input, "no row could be read" + why);
}

// Makes what is staged the list, in the records and in memory.
Result<ImportReport> RecordedLists::replace(const StoredList& list, ImportReport report) {
  const std::lock_guard lock(changing_);
  const auto before = snapshot_.load();
  // The snapshot is made before the records are written for good: had the one failed after the
  // other, reads would go on meeting the old version.
  REGMARK_ASSIGN(
      auto after,
      database_.write([&](Transaction& transaction) -> Result<std::shared_ptr<Snapshot>> {
        REGMARK_TRY(internal::apply(transaction, list, clock_.now(), report));
        return internal::load_list(transaction, list.number, *before);
      }));
  snapshot_.store(std::move(after));
  return report;
}

Result<void> RecordedLists::end(const audit::Receipt& receipt, const base::EntryId& entry,
                                EntryState state, std::string_view reason) {
  constexpr access::Act acts[] = {access::Act::withdraw_entry};
  const auto now = clock_.now();
  REGMARK_TRY(check_receipt(receipt, acts, now));
  REGMARK_TRY(internal::check_text("the reason", reason, end_reason_size_max));
  const auto number = internal::entry_number(entry).value_or(0);
  const std::lock_guard lock(changing_);
  REGMARK_TRY(database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_ASSIGN(const auto list, internal::find_list_of(transaction, number));
    const auto& id = list.record.about.id;
    REGMARK_TRY(check_receipt(receipt, acts, now, {entry.text(), id.text()}));
    REGMARK_TRY(check_covers(receipt, id));
    REGMARK_ASSIGN(const auto found, internal::find_entry(transaction, number, now));
    if (found.state != EntryState::active) {
      return fail(ErrorCode::conflict, "the entry has ended already");
    }
    REGMARK_TRY(check_owner(receipt, list));
    return internal::end_entry(transaction, found, state, reason, now);
  }));
  snapshot_.load()->end(number);
  return {};
}

Result<std::vector<ListRecord>> RecordedLists::lists(const audit::Receipt& receipt) const {
  constexpr access::Act acts[] = {access::Act::read_lists};
  const auto now = clock_.now();
  REGMARK_TRY(check_receipt(receipt, acts, now));
  const auto snapshot = snapshot_.load();
  return database_.read([&](Transaction& transaction) -> Result<std::vector<ListRecord>> {
    REGMARK_ASSIGN(auto stored, internal::all_lists(transaction));
    std::vector<ListRecord> shown;
    for (auto& list : stored) {
      if (!internal::covers(receipt, list.record.about.id)) continue;
      shown.push_back(complete(std::move(list), *snapshot, now));
    }
    return shown;
  });
}

Result<std::vector<EntryRecord>> RecordedLists::entries(const audit::Receipt& receipt,
                                                        const base::ListId& list, std::size_t first,
                                                        std::size_t count) const {
  constexpr access::Act acts[] = {access::Act::read_lists};
  // More than any list has: SQLite counts in signed numbers.
  constexpr std::size_t first_max = std::size_t{1} << 40U;
  const auto now = clock_.now();
  REGMARK_TRY(check_receipt(receipt, acts, now, {list.text()}));
  REGMARK_TRY(check_covers(receipt, list));
  auto count_max = entries_page_max;
  if (const auto permitted = receipt.permit().scope().rows_max; permitted > 0) {
    count_max = std::min(count_max, permitted);
  }
  return database_.read([&](Transaction& transaction) -> Result<std::vector<EntryRecord>> {
    REGMARK_ASSIGN(const auto stored, internal::find_list(transaction, list));
    return internal::find_entries(transaction, stored.number, std::min(first, first_max),
                                  std::min(count, count_max), now);
  });
}

// Why an entry must not fire now; empty: it may.
std::string why_not(const EntryRecord& entry, const ListRecord& list) {
  switch (entry.state) {
    case EntryState::active:
      return list.muted ? "the list is muted: " + list.why_muted : "";
    case EntryState::expired:
      return "the entry has expired: " + entry.end_reason;
    case EntryState::withdrawn:
      return "the entry was withdrawn: " + entry.end_reason;
    case EntryState::resolved:
      return "the entry was resolved: " + entry.end_reason;
  }
  return "the entry is in no known state";
}

Result<ListCounts> RecordedLists::counts(const audit::Receipt& receipt, base::UtcDay from) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, access::Act::read_estate, "self-assessment", now));
  REGMARK_ASSIGN(auto counts, database_.read([&](Transaction& transaction) {
    return internal::count_lists(transaction, from, now);
  }));
  counts.active = active_entries();
  return counts;
}

Result<std::vector<Stand>> RecordedLists::about(const audit::Receipt& receipt) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, access::Act::answer_subject, now));
  const auto plate = plate::Plate::parse(receipt.permit().scope().plate);
  if (!plate || plate->text() != receipt.permit().scope().plate) {
    return fail(ErrorCode::invalid_input, "a keeper's request is about one plate");
  }
  const auto snapshot = snapshot_.load();
  return database_.read([&](Transaction& transaction) -> Result<std::vector<Stand>> {
    REGMARK_ASSIGN(auto entries, internal::find_entries_of(transaction, *plate, now));
    std::vector<Stand> stands;
    for (auto& entry : entries) {
      REGMARK_ASSIGN(auto stored, internal::find_list(transaction, entry.list));
      auto list = complete(std::move(stored), *snapshot, now);
      auto reason = why_not(entry, list);
      stands.push_back({.entry = std::move(entry),
                        .list = std::move(list),
                        .may_fire = reason.empty(),
                        .why_not = std::move(reason)});
    }
    return stands;
  });
}

Result<Stand> RecordedLists::stand(const audit::Receipt& receipt,
                                   const base::EntryId& entry) const {
  constexpr access::Act acts[] = {access::Act::watch_alerts, access::Act::act_on_alert};
  const auto now = clock_.now();
  REGMARK_TRY(check_receipt(receipt, acts, now));
  const auto number = internal::entry_number(entry).value_or(0);
  const auto snapshot = snapshot_.load();
  return database_.read([&](Transaction& transaction) -> Result<Stand> {
    REGMARK_ASSIGN(auto stored, internal::find_list_of(transaction, number));
    REGMARK_TRY(check_covers(receipt, stored.record.about.id));
    REGMARK_ASSIGN(auto found, internal::find_entry(transaction, number, now));
    auto list = complete(std::move(stored), *snapshot, now);
    auto reason = why_not(found, list);
    return Stand{.entry = std::move(found),
                 .list = std::move(list),
                 .may_fire = reason.empty(),
                 .why_not = std::move(reason)};
  });
}

std::vector<Hit> RecordedLists::hits(const plate::Read& read) const {
  const auto now = clock_.now();
  const auto snapshot = snapshot_.load();
  const auto matches = snapshot->find(read, now);
  if (matches.empty()) return {};
  // What stands is decided by the snapshot alone. The records may be one version ahead of it, and
  // an entry that this version replaced must still be met while the next is not in memory yet.
  auto detailed = database_.read([&](Transaction& transaction) -> Result<std::vector<Hit>> {
    std::vector<Hit> hits;
    for (const auto& match : matches) {
      const auto row = snapshot->row_of(match.entry);
      REGMARK_ASSIGN(auto entry, internal::find_entry(transaction, row, now));
      auto hit = bare_hit(*snapshot, match);
      hit.conflicts = conflicts(entry.row, entry.plate, read);
      hit.reason = std::move(entry.row.reason);
      hit.action = std::move(entry.row.action);
      hit.warning_markers = std::move(entry.row.warning_markers);
      hit.entry_confirmed_at = entry.confirmed_at;
      hits.push_back(std::move(hit));
    }
    return hits;
  });
  if (detailed) return *std::move(detailed);
  std::vector<Hit> hits;
  for (const auto& match : matches) {
    hits.push_back(bare_hit(*snapshot, match));
    hits.back().conflicts.emplace_back("entry: its details could not be read");
  }
  return hits;
}

}  // namespace

Result<std::unique_ptr<Lists>> Lists::open(records::Database& database, const base::Clock& clock) {
  // What an import left behind when the power went.
  REGMARK_TRY(database.write(internal::unstage));
  REGMARK_ASSIGN(auto snapshot, database.read(internal::load_all));
  return std::make_unique<RecordedLists>(database, clock, std::move(snapshot));
}

}  // namespace regmark::watchlist
