#include "watchlist/internal/tables.h"

#include <algorithm>
#include <charconv>

namespace regmark::watchlist::internal {
namespace {

constexpr std::string_view entry_prefix = "entry-";

// Rows of one page of the index: some megabytes of memory.
constexpr std::int64_t indexed_page_rows = 20'000;

auto corrupt(std::string_view what) {
  return fail(ErrorCode::corrupt, "the records hold a " + std::string(what) + " that is none");
}

template <typename Id>
Result<Id> id_of(const std::string& text) {
  auto id = Id::parse(text);
  if (!id) return corrupt("name");
  return id;
}

constexpr std::string_view list_columns =
    "number, id, name, level, organisation, owner, purpose, priority, review_day, age_max,"
    " alert_window, alerted, near_least, version, imported_at ";

// No id has a space in it.
std::string joined(const std::set<base::OrganisationId>& ids) {
  std::string text;
  for (const auto& id : ids) text += text.empty() ? id.text() : ' ' + id.text();
  return text;
}

Result<std::set<base::OrganisationId>> split(std::string_view text) {
  std::set<base::OrganisationId> ids;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    REGMARK_ASSIGN(auto id, id_of<base::OrganisationId>(std::string(text.substr(0, end))));
    ids.insert(std::move(id));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return ids;
}

Result<StoredList> list_of(const records::Row& row) {
  REGMARK_ASSIGN(auto id, id_of<base::ListId>(row.text(1)));
  REGMARK_ASSIGN(auto organisation, id_of<base::OrganisationId>(row.text(4)));
  REGMARK_ASSIGN(auto owner, id_of<base::PersonId>(row.text(5)));
  REGMARK_ASSIGN(auto alerted, split(row.text(11)));
  NewList about{.id = std::move(id),
                .name = row.text(2),
                .level = static_cast<Level>(row.integer(3)),
                .organisation = std::move(organisation),
                .purpose = row.text(6),
                .priority = static_cast<Priority>(row.integer(7)),
                .review = base::UtcDay{std::chrono::days{row.integer(8)}},
                .age_max = std::chrono::hours{row.integer(9)},
                .alert_window = std::chrono::seconds{row.integer(10)},
                .alerted = std::move(alerted),
                .near_least = static_cast<float>(row.real(12))};
  return StoredList{.number = row.integer(0),
                    .record = {.about = std::move(about),
                               .owner = std::move(owner),
                               .version = static_cast<std::uint64_t>(row.integer(13)),
                               .imported_at = row.optional_time(14),
                               .why_muted = {}}};
}

Result<StoredList> only_list(Result<std::vector<records::Row>> rows, std::string_view missing) {
  if (!rows) return tl::unexpected<Error>(std::move(rows).error());
  if (rows->empty()) return fail(ErrorCode::not_found, std::string(missing));
  return list_of(rows->front());
}

constexpr std::string_view entry_select =
    "SELECT e.number, l.id, e.row, e.plate, e.state, e.added_at, e.expires_at, e.confirmed_at,"
    " l.imported_at, e.ended_at, e.end_reason"
    " FROM watch_entries e JOIN watch_lists l ON l.number = e.list ";

Result<EntryRecord> entry_of(const records::Row& row, base::UtcTime now) {
  REGMARK_ASSIGN(auto list, id_of<base::ListId>(row.text(1)));
  auto exchange = parse_exchange_text(row.text(2));
  auto plate = plate::Plate::parse(row.text(3));
  if (!exchange || !plate || row.is_null(8)) return corrupt("list entry");
  EntryRecord entry{.id = entry_id(row.integer(0)),
                    .list = std::move(list),
                    .row = *std::move(exchange),
                    .plate = *std::move(plate),
                    .state = static_cast<EntryState>(row.integer(4)),
                    .added_at = row.time(5),
                    .confirmed_at = row.is_null(7) ? row.time(8) : row.time(7),
                    .expires_at = row.optional_time(6),
                    .ended_at = row.optional_time(9),
                    .end_reason = row.text(10)};
  if (entry.state == EntryState::active && entry.expires_at && *entry.expires_at <= now) {
    entry.state = EntryState::expired;
    entry.ended_at = entry.expires_at;
    entry.end_reason = "its weed date has come";
  }
  return entry;
}

Result<std::vector<EntryRecord>> entries_of(Result<std::vector<records::Row>> rows,
                                            base::UtcTime now) {
  if (!rows) return tl::unexpected<Error>(std::move(rows).error());
  std::vector<EntryRecord> entries;
  entries.reserve(rows->size());
  for (const auto& row : *rows) {
    REGMARK_ASSIGN(auto entry, entry_of(row, now));
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

base::EntryId entry_id(std::int64_t number) {
  return base::EntryId::parse(std::string(entry_prefix) + std::to_string(number)).value();
}

std::optional<std::int64_t> entry_number(const base::EntryId& id) {
  std::string_view text = id.text();
  if (!text.starts_with(entry_prefix)) return std::nullopt;
  text.remove_prefix(entry_prefix.size());
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  // Only the one spelling: +1, 01 and 1x are none.
  if (error != std::errc{} || number <= 0 || entry_id(number) != id) return std::nullopt;
  return number;
}

bool is_muted(const NewList& about, const std::optional<base::UtcTime>& imported_at,
              base::UtcTime now) {
  return base::day_of(now) > about.review || (imported_at && now - *imported_at > about.age_max);
}

std::string why_muted(const NewList& about, const std::optional<base::UtcTime>& imported_at,
                      base::UtcTime now) {
  if (!is_muted(about, imported_at, now)) return {};
  if (base::day_of(now) > about.review) {
    return "its review was due on " + base::format_day(about.review);
  }
  return "its last version is older than " + std::to_string(about.age_max.count()) + " hours";
}

Result<void> insert_list(records::Transaction& transaction, const NewList& list,
                         const base::PersonId& owner, base::UtcTime now) {
  REGMARK_TRY(transaction.run(
      "INSERT INTO watch_lists (id, name, level, organisation, owner, purpose, priority,"
      " review_day, age_max, alert_window, alerted, near_least, created_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
      {list.id.text(), list.name, static_cast<std::int64_t>(list.level), list.organisation.text(),
       owner.text(), list.purpose, static_cast<std::int64_t>(list.priority),
       std::int64_t{list.review.time_since_epoch().count()}, std::int64_t{list.age_max.count()},
       std::int64_t{list.alert_window.count()}, joined(list.alerted), double{list.near_least},
       records::value_of(now)}));
  return {};
}

Result<StoredList> find_list(records::Transaction& transaction, const base::ListId& id) {
  static const auto sql = "SELECT " + std::string(list_columns) + "FROM watch_lists WHERE id = ?1";
  return only_list(transaction.run(sql, {id.text()}), "there is no such list");
}

Result<StoredList> find_list_of(records::Transaction& transaction, std::int64_t entry) {
  static const auto sql = "SELECT " + std::string(list_columns) +
                          "FROM watch_lists WHERE number ="
                          " (SELECT list FROM watch_entries WHERE watch_entries.number = ?1)";
  return only_list(transaction.run(sql, {entry}), "there is no such entry");
}

Result<std::vector<StoredList>> all_lists(records::Transaction& transaction) {
  static const auto sql =
      "SELECT " + std::string(list_columns) + "FROM watch_lists ORDER BY number";
  REGMARK_ASSIGN(const auto rows, transaction.run(sql));
  std::vector<StoredList> lists;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto list, list_of(row));
    lists.push_back(std::move(list));
  }
  return lists;
}

Result<EntryRecord> find_entry(records::Transaction& transaction, std::int64_t number,
                               base::UtcTime now) {
  static const auto sql = std::string(entry_select) + "WHERE e.number = ?1";
  REGMARK_ASSIGN(auto entries, entries_of(transaction.run(sql, {number}), now));
  if (entries.empty()) return fail(ErrorCode::not_found, "there is no such entry");
  return std::move(entries.front());
}

Result<std::vector<EntryRecord>> find_entries(records::Transaction& transaction, std::int64_t list,
                                              std::size_t first, std::size_t count,
                                              base::UtcTime now) {
  static const auto sql =
      std::string(entry_select) + "WHERE e.list = ?1 ORDER BY e.number LIMIT ?2 OFFSET ?3";
  return entries_of(transaction.run(sql, {list, static_cast<std::int64_t>(count),
                                          static_cast<std::int64_t>(first)}),
                    now);
}

Result<std::vector<EntryRecord>> find_entries_of(records::Transaction& transaction,
                                                 const plate::Plate& plate, base::UtcTime now) {
  // Active ones are found list by list, as they are indexed; ended ones are few.
  static const auto sql = std::string(entry_select) +
                          "WHERE e.number IN (SELECT a.number FROM watch_lists w JOIN "
                          "watch_entries a ON a.list = w.number AND a.plate = ?1 AND a.state = 0"
                          " UNION SELECT number FROM watch_entries WHERE state <> 0 AND plate = ?1)"
                          " ORDER BY e.number";
  return entries_of(transaction.run(sql, {std::string(plate.text())}), now);
}

Result<void> end_entry(records::Transaction& transaction, const EntryRecord& entry,
                       EntryState state, std::string_view reason, base::UtcTime now) {
  REGMARK_TRY(transaction.run(
      "UPDATE watch_entries SET state = ?2, ended_at = ?3, end_reason = ?4, confirmed_at = ?5,"
      " ended_by = ?6, still_listed = 1 WHERE number = ?1",
      {entry_number(entry.id).value_or(0), static_cast<std::int64_t>(state), records::value_of(now),
       std::string(reason), records::value_of(entry.confirmed_at),
       static_cast<std::int64_t>(EndedBy::person)}));
  return {};
}

Result<IndexedPage> next_page(records::Transaction& transaction, std::int64_t list,
                              const IndexedPage& before) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT number, plate, pnc_id, expires_at FROM watch_entries"
                                 " WHERE list = ?1 AND state = 0 AND (plate, pnc_id) > (?2, ?3)"
                                 " ORDER BY plate, pnc_id LIMIT ?4",
                                 {list, before.last_plate, before.last_pnc_id, indexed_page_rows}));
  IndexedPage page;
  page.entries.reserve(rows.size());
  for (const auto& row : rows) {
    const auto plate = PlateCode::of(row.text(1));
    if (!plate) return corrupt("plate");
    page.entries.push_back({row.integer(0), *plate, row.optional_time(3)});
  }
  if (!rows.empty()) {
    page.last_plate = rows.back().text(1);
    page.last_pnc_id = rows.back().text(2);
  }
  return page;
}

}  // namespace regmark::watchlist::internal
