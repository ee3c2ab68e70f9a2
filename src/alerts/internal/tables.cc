#include "alerts/internal/tables.h"

#include <algorithm>

#include "alerts/internal/windows.h"
#include "alerts/json/about.h"

namespace regmark::alerts::internal {
namespace {

using records::Row;
using records::Transaction;
using records::Value;

constexpr std::string_view columns =
    "id, state, live, has_picture, raised_at, assigned_to, confirmed_by, outcome, note, version,"
    " about";

tl::unexpected<Error> corrupt() {
  return fail(ErrorCode::corrupt, "the records hold an alert that is none");
}

Value value_of(const std::optional<base::PersonId>& person) {
  return person ? Value{person->text()} : Value{nullptr};
}

Result<State> state_at(const Row& row, std::size_t column) {
  const auto found = std::ranges::find(all_states, row.text(column), &name);
  if (found == std::end(all_states)) return corrupt();
  return *found;
}

Result<base::PersonId> person_at(const Row& row, std::size_t column) {
  auto person = base::PersonId::parse(row.text(column));
  if (!person) return corrupt();
  return person;
}

Result<std::optional<base::PersonId>> optional_person_at(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::optional<base::PersonId>{};
  REGMARK_ASSIGN(auto person, person_at(row, column));
  return std::optional{std::move(person)};
}

// A row of `columns`.
Result<Alert> alert_of(const Row& row) {
  auto id = base::AlertId::parse(row.text(0));
  if (!id) return corrupt();
  REGMARK_ASSIGN(const auto state, state_at(row, 1));
  REGMARK_ASSIGN(auto about, json::decode(row.text(10)));
  REGMARK_ASSIGN(auto assigned_to, optional_person_at(row, 5));
  REGMARK_ASSIGN(auto confirmed_by, optional_person_at(row, 6));
  return Alert{.id = *std::move(id),
               .state = state,
               .live = row.integer(2) != 0,
               .has_picture = row.integer(3) != 0,
               .read = std::move(about.read),
               .hit = std::move(about.hit),
               .raised_at = row.time(4),
               .durable = true,
               .assigned_to = std::move(assigned_to),
               .confirmed_by = std::move(confirmed_by),
               .outcome = row.text(7),
               .note = row.text(8),
               .version = static_cast<std::uint64_t>(row.integer(9))};
}

Result<std::vector<Alert>> alerts_of(const std::vector<Row>& rows) {
  std::vector<Alert> alerts;
  alerts.reserve(rows.size());
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto alert, alert_of(row));
    alerts.push_back(std::move(alert));
  }
  return alerts;
}

// Rows of `columns` and the time they are ordered by.
Result<Page> page_of(const std::vector<Row>& rows) {
  Page page;
  REGMARK_ASSIGN(page.alerts, alerts_of(rows));
  if (!rows.empty()) page.end = Place{rows.back().time(11), page.alerts.back().id};
  return page;
}

std::vector<Value> values_of(const Alert& alert) {
  return {alert.id.text(),
          std::string(name(alert.state)),
          std::int64_t{alert.live ? 1 : 0},
          std::int64_t{alert.has_picture ? 1 : 0},
          std::int64_t{base::day_of(alert.read.observed).time_since_epoch().count()},
          alert.hit.list.text(),
          records::value_of(alert.raised_at),
          records::value_of(window_end(alert)),
          value_of(alert.assigned_to),
          value_of(alert.confirmed_by),
          alert.outcome,
          alert.note,
          static_cast<std::int64_t>(alert.version),
          json::encode(alert.read, alert.hit),
          alert.read.id.text(),
          alert.read.camera.text()};
}

}  // namespace

base::UtcTime window_end(const Alert& alert) {
  // From whichever is later: a read that waited in a spool is followed by others that did.
  return std::max(alert.read.observed, alert.raised_at) + alert.hit.alert_window + window_slack;
}

Result<bool> insert(Transaction& transaction, const Alert& alert) {
  const auto values = values_of(alert);
  REGMARK_TRY(transaction.run(
      "INSERT INTO alerts_alerts (id, state, live, has_picture, observed_day, list, raised_at,"
      " window_end, assigned_to, confirmed_by, outcome, note, version, about, read,"
      " camera)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
      " ON CONFLICT (id) DO NOTHING",
      std::span<const Value>(values)));
  return transaction.changed() == 1;
}

Result<void> update(Transaction& transaction, const Alert& alert) {
  const auto values = values_of(alert);
  REGMARK_TRY(transaction.run(
      "UPDATE alerts_alerts SET state = ?2, live = ?3, has_picture = ?4, observed_day = ?5,"
      " list = ?6, raised_at = ?7, window_end = ?8, assigned_to = ?9, confirmed_by = ?10,"
      " outcome = ?11, note = ?12, version = ?13, about = ?14, read = ?15,"
      " camera = ?16 WHERE id = ?1",
      std::span<const Value>(values)));
  if (transaction.changed() != 1) {
    return fail(ErrorCode::conflict, "the alert is not in the records any more");
  }
  return {};
}

Result<void> add_steps(Transaction& transaction, const base::AlertId& alert,
                       std::span<const NewStep> steps) {
  for (const auto& [step, receipt] : steps) {
    REGMARK_TRY(transaction.run(
        "INSERT INTO alerts_steps (alert, number, at, by_person, to_state, note, receipt) VALUES"
        " (?1, (SELECT coalesce(max(number), 0) + 1 FROM alerts_steps WHERE alert = ?1), ?2, ?3,"
        " ?4, ?5, ?6)",
        {alert.text(), records::value_of(step.at), step.by.text(), std::string(name(step.to)),
         step.note, receipt ? Value{static_cast<std::int64_t>(*receipt)} : Value{nullptr}}));
  }
  return {};
}

Result<std::optional<Alert>> find(Transaction& transaction, const base::AlertId& alert) {
  REGMARK_ASSIGN(const auto rows, transaction.run("SELECT " + std::string(columns) +
                                                      " FROM alerts_alerts WHERE id = ?1",
                                                  {alert.text()}));
  if (rows.empty()) return std::optional<Alert>{};
  REGMARK_ASSIGN(auto found, alert_of(rows.front()));
  return std::optional{std::move(found)};
}

Result<std::vector<Alert>> of_read(Transaction& transaction, const plate::ReadId& read) {
  REGMARK_ASSIGN(const auto rows, transaction.run("SELECT " + std::string(columns) +
                                                      " FROM alerts_alerts WHERE read = ?1",
                                                  {read.text()}));
  return alerts_of(rows);
}

Result<bool> exists(Transaction& transaction, const base::AlertId& alert) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT 1 FROM alerts_alerts WHERE id = ?1", {alert.text()}));
  return !rows.empty();
}

Result<std::vector<Alert>> load_recent(Transaction& transaction, base::UtcTime since,
                                       std::size_t count) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT " + std::string(columns) +
                                     " FROM alerts_alerts WHERE id IN ("
                                     " SELECT id FROM alerts_alerts"
                                     " WHERE state IN ('new', 'confirmed', 'assigned', 'acted')"
                                     " UNION SELECT id FROM alerts_alerts WHERE raised_at >= ?1)"
                                     " ORDER BY raised_at DESC LIMIT ?2",
                                 {records::value_of(since), static_cast<std::int64_t>(count)}));
  return alerts_of(rows);
}

Result<Page> page(Transaction& transaction, const std::optional<Place>& after, std::size_t count) {
  const auto limit = static_cast<std::int64_t>(count);
  const std::string select = "SELECT " + std::string(columns) + ", raised_at FROM alerts_alerts";
  if (!after) {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run(select + " ORDER BY raised_at DESC, id DESC LIMIT ?1", {limit}));
    return page_of(rows);
  }
  REGMARK_ASSIGN(const auto rows,
                 transaction.run(select + " WHERE (raised_at, id) < (?1, ?2)"
                                          " ORDER BY raised_at DESC, id DESC LIMIT ?3",
                                 {records::value_of(after->at), after->alert.text(), limit}));
  return page_of(rows);
}

Result<Page> page_of_windows(Transaction& transaction, base::UtcTime now,
                             const std::optional<Place>& after, std::size_t count) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run(
          "SELECT " + std::string(columns) +
              ", window_end FROM alerts_alerts WHERE window_end > ?1"
              " AND (window_end, id) > (?2, ?3) ORDER BY window_end, id LIMIT ?4",
          {records::value_of(now), records::value_of(after ? after->at : now),
           after ? after->alert.text() : std::string(), static_cast<std::int64_t>(count)}));
  return page_of(rows);
}

Result<std::vector<Step>> steps(Transaction& transaction, const base::AlertId& alert) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT at, by_person, to_state, note FROM alerts_steps"
                                 " WHERE alert = ?1 ORDER BY number",
                                 {alert.text()}));
  std::vector<Step> found;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto by, person_at(row, 1));
    REGMARK_ASSIGN(const auto to, state_at(row, 2));
    found.push_back({row.time(0), std::move(by), to, row.text(3)});
  }
  return found;
}

Result<std::vector<Alert>> about_plate(Transaction& transaction, const plate::Plate& plate,
                                       const access::Window& window, std::size_t count) {
  const auto day = [](base::UtcTime time) {
    return std::int64_t{base::day_of(time).time_since_epoch().count()};
  };
  // The text holds plates as they are compared; what it holds elsewhere is sorted out below.
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT " + std::string(columns) +
                                     " FROM alerts_alerts WHERE observed_day BETWEEN ?1 AND ?2"
                                     " AND instr(about, ?3) > 0 ORDER BY raised_at DESC, id",
                                 {day(window.from), day(window.until), std::string(plate.text())}));
  std::vector<Alert> found;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto alert, alert_of(row));
    const bool is_its = alert.read.plate == plate || alert.hit.listed_plate == plate;
    const auto observed = alert.read.observed;
    if (!is_its || observed < window.from || observed >= window.until) continue;
    found.push_back(std::move(alert));
    if (found.size() == count) break;
  }
  return found;
}

namespace {

// Before those go that `which` chooses, by ?1.
Result<void> count_for_good(Transaction& transaction, std::string_view which, const Value& by) {
  REGMARK_TRY(transaction.run(
      "INSERT INTO alerts_tally (day, list, live, state, outcome, alerts)"
      " SELECT observed_day, list, live, state, outcome, count(*) FROM alerts_alerts WHERE " +
          std::string(which) +
          " GROUP BY observed_day, list, live, state, outcome"
          " ON CONFLICT DO UPDATE SET alerts = alerts + excluded.alerts",
      {by}));
  return keep_tally(transaction, which, by);
}

}  // namespace

Result<std::vector<base::AlertId>> erase_of(Transaction& transaction,
                                            std::span<const plate::ReadId> reads) {
  std::vector<base::AlertId> erased;
  for (const auto& read : reads) {
    REGMARK_ASSIGN(const auto alerts, of_read(transaction, read));
    for (const auto& alert : alerts) {
      if (!is_over(alert.state)) continue;
      REGMARK_TRY(count_for_good(transaction, "id = ?1", alert.id.text()));
      REGMARK_TRY(transaction.run("DELETE FROM alerts_alerts WHERE id = ?1", {alert.id.text()}));
      erased.push_back(alert.id);
    }
  }
  return erased;
}

Result<std::uint64_t> erase(Transaction& transaction, base::UtcDay day) {
  const std::int64_t number = day.time_since_epoch().count();
  REGMARK_TRY(count_for_good(transaction, "observed_day = ?1", number));
  REGMARK_TRY(transaction.run("DELETE FROM alerts_alerts WHERE observed_day = ?1", {number}));
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT COALESCE(SUM(alerts), 0) FROM alerts_tally WHERE day = ?1",
                                 {number}));
  return static_cast<std::uint64_t>(rows.front().integer(0));
}

}  // namespace regmark::alerts::internal
