#include "authority/internal/rows.h"

#include "access/organisations.h"

#include <algorithm>

namespace regmark::authority {
namespace {

using records::Row;
using records::Transaction;
using records::Value;

constexpr std::string_view columns =
    "id, state, kind, act, category, reason, reference, for_whom, requester, organisation, "
    "asked_at, asked_plate, asked_cameras, asked_latitude, asked_longitude, asked_radius, "
    "asked_from, asked_until, asked_rows, plate, cameras, latitude, longitude, radius, from_time, "
    "until_time, rows_max, decided_by, decided_rank, decided_at, decision, valid_until, uses_max, "
    "uses, is_oral, confirm_by, confirmed_at, ended_at, end_reason";
constexpr std::size_t scope_width = 8;

// Ids hold no blanks.
std::string joined(const std::vector<base::CameraId>& cameras) {
  std::string text;
  for (const auto& camera : cameras) text.append(text.empty() ? "" : " ").append(camera.text());
  return text;
}

void add_scope(std::vector<Value>& values, const std::optional<access::Scope>& scope) {
  if (!scope) {
    values.insert(values.end(), scope_width, Value{nullptr});
    return;
  }
  const auto& area = scope->area;
  values.emplace_back(scope->plate);
  values.emplace_back(joined(scope->cameras));
  values.push_back(area ? Value{area->centre.latitude} : Value{nullptr});
  values.push_back(area ? Value{area->centre.longitude} : Value{nullptr});
  values.push_back(area ? Value{area->radius_m} : Value{nullptr});
  values.push_back(records::value_of(scope->window->from));
  values.push_back(records::value_of(scope->window->until));
  values.emplace_back(static_cast<std::int64_t>(scope->rows_max));
}

template <typename Id>
Result<Id> id_of(const std::string& text) {
  auto id = Id::parse(text);
  if (!id) return fail(ErrorCode::corrupt, "the records hold an id that is none");
  return id;
}

Result<std::vector<base::CameraId>> cameras_of(const std::string& text) {
  std::vector<base::CameraId> cameras;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    REGMARK_ASSIGN(auto camera, id_of<base::CameraId>(text.substr(at, end - at)));
    cameras.push_back(std::move(camera));
    at = end + 1;
  }
  return cameras;
}

Result<access::Scope> scope_of(const Row& row, std::size_t at) {
  access::Scope scope;
  scope.plate = row.text(at);
  REGMARK_ASSIGN(scope.cameras, cameras_of(row.text(at + 1)));
  if (!row.is_null(at + 2)) {
    scope.area = base::Area{{row.real(at + 2), row.real(at + 3)}, row.real(at + 4)};
  }
  scope.window = access::Window{row.time(at + 5), row.time(at + 6)};
  scope.rows_max = static_cast<std::size_t>(row.integer(at + 7));
  return scope;
}

Result<State> state_of(const std::string& text) {
  const auto found = std::ranges::find(all_states, text, [](State state) { return name(state); });
  if (found == std::end(all_states)) {
    return fail(ErrorCode::corrupt, "the records hold a state that is none");
  }
  return *found;
}

std::vector<Value> values_of(const Record& record) {
  const auto text_or_null = [](const auto& id) { return id ? Value{id->text()} : Value{nullptr}; };
  std::vector<Value> values{record.id.text(),
                            std::string(name(record.state)),
                            record.asked.kind,
                            std::string(access::name(record.asked.act)),
                            record.purpose.category,
                            record.purpose.reason,
                            record.purpose.reference,
                            record.purpose.for_whom,
                            record.requester.text(),
                            record.organisation.text(),
                            records::value_of(record.asked_at)};
  add_scope(values, record.asked.scope);
  add_scope(values, record.granted);
  for (auto& value : std::vector<Value>{
           text_or_null(record.decided_by), record.decided_rank,
           records::value_of(record.decided_at), record.decision,
           records::value_of(record.valid_until), static_cast<std::int64_t>(record.uses_max),
           static_cast<std::int64_t>(record.uses), std::int64_t{record.is_oral ? 1 : 0},
           records::value_of(record.confirm_by), records::value_of(record.confirmed_at),
           records::value_of(record.ended_at), record.end_reason}) {
    values.push_back(std::move(value));
  }
  return values;
}

// What a record is now, whatever was written last.
State at_time(const Record& record, base::UtcTime now) {
  if (record.state != State::granted) return record.state;
  if (record.uses >= record.uses_max) return State::used_up;
  return *record.valid_until <= now ? State::run_out : State::granted;
}

Result<void> read_decision(const Row& row, Record& record) {
  constexpr std::size_t at = 11 + 2 * scope_width;
  if (!row.is_null(11 + scope_width)) {
    REGMARK_ASSIGN(record.granted, scope_of(row, 11 + scope_width));
  }
  if (!row.is_null(at)) {
    REGMARK_ASSIGN(record.decided_by, id_of<base::PersonId>(row.text(at)));
  }
  record.decided_rank = row.text(at + 1);
  record.decided_at = row.optional_time(at + 2);
  record.decision = row.text(at + 3);
  record.valid_until = row.optional_time(at + 4);
  record.uses_max = static_cast<std::uint64_t>(row.integer(at + 5));
  record.uses = static_cast<std::uint64_t>(row.integer(at + 6));
  record.is_oral = row.integer(at + 7) != 0;
  record.confirm_by = row.optional_time(at + 8);
  record.confirmed_at = row.optional_time(at + 9);
  record.ended_at = row.optional_time(at + 10);
  record.end_reason = row.text(at + 11);
  return {};
}

Result<Record> record_of(const Row& row, base::UtcTime now) {
  REGMARK_ASSIGN(auto id, id_of<base::AuthorityId>(row.text(0)));
  REGMARK_ASSIGN(const auto state, state_of(row.text(1)));
  const auto act = access::act_of(row.text(3));
  if (!act) return fail(ErrorCode::corrupt, "the records hold an act that is none");
  REGMARK_ASSIGN(auto requester, id_of<base::PersonId>(row.text(8)));
  REGMARK_ASSIGN(auto organisation, id_of<base::OrganisationId>(row.text(9)));
  REGMARK_ASSIGN(auto asked, scope_of(row, 11));
  Record record{.id = std::move(id),
                .state = state,
                .asked = {row.text(2), *act, std::move(asked)},
                .purpose = {row.text(4), row.text(5), row.text(6), row.text(7)},
                .requester = std::move(requester),
                .organisation = std::move(organisation),
                .asked_at = row.time(10)};
  REGMARK_TRY(read_decision(row, record));
  record.state = at_time(record, now);
  return record;
}

}  // namespace

Result<void> insert(Transaction& transaction, const Record& record) {
  const auto values = values_of(record);
  std::string marks;
  for (std::size_t at = 1; at <= values.size(); ++at) {
    marks.append(at == 1 ? "?" : ", ?").append(std::to_string(at));
  }
  REGMARK_TRY(transaction.run(
      "INSERT INTO authorities (" + std::string(columns) + ") VALUES (" + marks + ")", values));
  return {};
}

Result<void> update(Transaction& transaction, const Record& record) {
  // Replacing the row keeps one list of columns.
  REGMARK_TRY(transaction.run("DELETE FROM authorities WHERE id = ?1", {record.id.text()}));
  return insert(transaction, record);
}

Result<Record> select(Transaction& transaction, const base::AuthorityId& id, base::UtcTime now) {
  REGMARK_ASSIGN(const auto rows, transaction.run("SELECT " + std::string(columns) +
                                                      " FROM authorities WHERE id = ?1",
                                                  {id.text()}));
  if (rows.empty()) return fail(ErrorCode::not_found, "there is no such authority");
  return record_of(rows.front(), now);
}

namespace {

// By word of mouth, and not confirmed in writing by then: the time follows.
constexpr std::string_view was_missed_by =
    "is_oral = 1 AND confirmed_at IS NULL AND ended_at IS NULL AND confirm_by <= ";

constexpr std::string_view newest_first = "asked_at DESC, id";

// ?1: how many.
Result<std::vector<Record>> select_where(Transaction& transaction, std::string_view where,
                                         std::initializer_list<records::Value> values,
                                         base::UtcTime now, std::string_view order = newest_first) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT " + std::string(columns) + " FROM authorities WHERE " +
                          std::string(where) + " ORDER BY " + std::string(order) + " LIMIT ?1",
                      values));
  std::vector<Record> records;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto record, record_of(row, now));
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace

Result<std::vector<Record>> select_asked_by(Transaction& transaction, const base::PersonId& person,
                                            std::size_t count, base::UtcTime now) {
  return select_where(transaction, "requester = ?2",
                      {static_cast<std::int64_t>(count), person.text()}, now);
}

Result<std::vector<Record>> select_to_decide(Transaction& transaction,
                                             const access::Person& officer,
                                             const std::vector<std::string>& kinds_from_above,
                                             std::size_t count, base::UtcTime now) {
  std::string kinds = " ";
  for (const auto& kind : kinds_from_above) kinds += kind + " ";
  // Ids and the words of a policy hold no spaces.
  return select_where(transaction,
                      "organisation = ?2 OR (instr(?3, ' ' || organisation || ' ') > 0 AND "
                      "instr(?4, ' ' || kind || ' ') > 0)",
                      {static_cast<std::int64_t>(count), officer.organisation.text(),
                       access::answered_for(officer), kinds},
                      now);
}

Result<std::vector<Record>> select_overdue(Transaction& transaction,
                                           const std::string& organisations, std::size_t count,
                                           base::UtcTime now) {
  return select_where(
      transaction, std::string(was_missed_by) + "?2 AND instr(?3, ' ' || organisation || ' ') > 0",
      {static_cast<std::int64_t>(count), records::value_of(now), organisations}, now,
      "confirm_by, id");
}

Result<std::uint64_t> count_overdue(Transaction& transaction, base::UtcTime by) {
  REGMARK_ASSIGN(const auto rows, transaction.run("SELECT COUNT(*) FROM authorities WHERE " +
                                                      std::string(was_missed_by) + "?1",
                                                  {records::value_of(by)}));
  return static_cast<std::uint64_t>(rows.front().integer(0));
}

}  // namespace regmark::authority
