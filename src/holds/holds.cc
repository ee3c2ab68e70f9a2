#include "holds/holds.h"

#include <algorithm>

#include "base/words.h"
#include "holds/internal/parts.h"

namespace regmark::holds {

using access::Act;
using audit::Receipt;
using records::Row;
using records::Transaction;

namespace {

constexpr records::Migration steps[] = {
    {"holds/001", R"sql(
CREATE TABLE holds (
  id           TEXT PRIMARY KEY,
  category     TEXT NOT NULL,
  reason       TEXT NOT NULL,
  reference    TEXT NOT NULL,
  for_whom     TEXT NOT NULL,
  owner        TEXT NOT NULL,
  organisation TEXT NOT NULL,
  made_at      INTEGER NOT NULL,
  review       INTEGER NOT NULL,  -- days since 1970-01-01
  released_at  INTEGER,
  words        TEXT NOT NULL
) STRICT;
CREATE INDEX holds_of_organisation ON holds (organisation, made_at);
CREATE INDEX holds_by_review ON holds (review) WHERE released_at IS NULL;
)sql"},
    {"holds/002", R"sql(
-- What is left of those that were erased.
CREATE TABLE holds_tally (
  organisation TEXT NOT NULL,
  category     TEXT NOT NULL,
  released_day INTEGER NOT NULL,
  holds        INTEGER NOT NULL,
  PRIMARY KEY (organisation, category, released_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX holds_by_release ON holds (released_at) WHERE released_at IS NOT NULL;
)sql"},
    {"holds/003", R"sql(
-- What was asked to be held, each time.
CREATE TABLE hold_parts (
  hold       TEXT NOT NULL,
  number     INTEGER NOT NULL,  -- from 1
  at         INTEGER NOT NULL,
  by         TEXT NOT NULL,
  plate      TEXT NOT NULL,     -- or a pattern; empty: any
  cameras    TEXT NOT NULL,     -- ids, with blanks between; empty: any
  latitude   REAL,
  longitude  REAL,
  radius     REAL,              -- metres
  from_time  INTEGER NOT NULL,
  until_time INTEGER NOT NULL,
  reads      INTEGER,           -- that the hold held then
  PRIMARY KEY (hold, number)
) STRICT, WITHOUT ROWID;
ALTER TABLE holds ADD COLUMN released_by TEXT;
)sql"},
};

constexpr std::string_view columns =
    "id, category, reason, reference, for_whom, owner, organisation, made_at, review, released_at, "
    "words, released_by";

// By the end of the day before ?1.
constexpr std::string_view was_missed = "released_at IS NULL AND review < ?1";

std::int64_t number_of(base::UtcDay day) {
  return day.time_since_epoch().count();
}

Result<Record> record_of(const Row& row) {
  auto id = base::HoldId::parse(row.text(0));
  auto owner = base::PersonId::parse(row.text(5));
  auto organisation = base::OrganisationId::parse(row.text(6));
  if (!id || !owner || !organisation) {
    return fail(ErrorCode::corrupt, "the records hold an id that is none");
  }
  Record record{.id = *std::move(id),
                .purpose = {row.text(1), row.text(2), row.text(3), row.text(4)},
                .owner = *std::move(owner),
                .organisation = *std::move(organisation),
                .made_at = row.time(7),
                .review = base::UtcDay{std::chrono::days{row.integer(8)}},
                .released_at = row.optional_time(9),
                .words = row.text(10)};
  if (!row.is_null(11)) {
    auto by = base::PersonId::parse(row.text(11));
    if (!by) return fail(ErrorCode::corrupt, "the records hold an id that is none");
    record.released_by = *std::move(by);
  }
  return record;
}

Result<std::vector<Record>> records_of(const std::vector<Row>& rows) {
  std::vector<Record> records;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto record, record_of(row));
    records.push_back(std::move(record));
  }
  return records;
}

Result<std::optional<Record>> select(Transaction& transaction, const base::HoldId& id) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT " + std::string(columns) + " FROM holds WHERE id = ?1", {id.text()}));
  if (rows.empty()) return std::nullopt;
  REGMARK_ASSIGN(auto record, record_of(rows.front()));
  return record;
}

Result<Record> select_live(Transaction& transaction, const base::HoldId& id) {
  REGMARK_ASSIGN(auto record, select(transaction, id));
  if (!record || record->released_at) return fail(ErrorCode::not_found, "there is no such hold");
  return *std::move(record);
}

Result<Record> with_parts(Transaction& transaction, Record record) {
  REGMARK_ASSIGN(record.parts, parts_of(transaction, record.id));
  return record;
}

Result<void> check_review(base::UtcDay review, base::UtcTime now) {
  const auto today = base::day_of(now);
  if (review < today || review > today + review_max) {
    return fail(ErrorCode::invalid_input, "the review is a day from today to a year ahead");
  }
  return {};
}

// More of what is there already: of the same case, and to be looked at again on the same day.
Result<void> check_same(const Record& there, const access::Permit& permit, base::UtcDay review) {
  if (there.released_at) return fail(ErrorCode::conflict, "a hold of this name was released");
  if (there.purpose.reference != permit.purpose().reference ||
      there.organisation != permit.person().organisation) {
    return fail(ErrorCode::conflict, "a hold of this name is for another case");
  }
  if (there.review != review) {
    return fail(ErrorCode::conflict, "it is there, to be reviewed by " +
                                         base::format_day(there.review) +
                                         ": say that day, or change it by a review, with reasons");
  }
  return {};
}

Result<void> insert(Transaction& transaction, const Record& made) {
  const auto& purpose = made.purpose;
  REGMARK_TRY(transaction.run("INSERT INTO holds (" + std::string(columns) +
                                  ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NULL, '', NULL)",
                              {made.id.text(), purpose.category, purpose.reason, purpose.reference,
                               purpose.for_whom, made.owner.text(), made.organisation.text(),
                               records::value_of(made.made_at), number_of(made.review)}));
  return {};
}

// Whose it is to release stands in the policy for all but its owner.
Result<Record> select_to_release(Transaction& transaction, const Receipt& receipt,
                                 const base::HoldId& id) {
  REGMARK_ASSIGN(auto record, select_live(transaction, id));
  const auto& permit = receipt.permit();
  if (permit.act() == Act::review_hold && permit.person().id != record.owner) {
    return fail(ErrorCode::conflict, "somebody else holds it");
  }
  return record;
}

Result<void> check_to_release(const Receipt& receipt, const base::HoldId& id,
                              std::string_view words, base::UtcTime now) {
  const bool is_others = receipt.permit().act() == Act::release_others_hold;
  REGMARK_TRY(audit::check_open(receipt, is_others ? Act::release_others_hold : Act::review_hold,
                                id.text(), now));
  return check_why(words);
}

}  // namespace

std::optional<std::uint64_t> Record::reads() const {
  // It only grows.
  std::optional<std::uint64_t> most;
  for (const auto& part : parts) most = std::max(most, part.reads);
  return most;
}

Result<void> check_why(std::string_view words) {
  return base::check_words("the reason", words, words_size_max);
}

std::span<const records::Migration> Holds::migrations() {
  return steps;
}

Result<Record> Holds::make(const Receipt& receipt, const base::HoldId& id, base::UtcDay review) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::hold_sightings, id.text(), now));
  REGMARK_TRY(check_review(review, now));
  const auto& permit = receipt.permit();
  return database_.write([&](Transaction& transaction) -> Result<Record> {
    REGMARK_ASSIGN(auto there, select(transaction, id));
    if (there) {
      REGMARK_TRY(check_same(*there, permit, review));
    } else {
      there = Record{.id = id,
                     .purpose = permit.purpose(),
                     .owner = permit.person().id,
                     .organisation = permit.person().organisation,
                     .made_at = now,
                     .review = review};
      REGMARK_TRY(insert(transaction, *there));
    }
    REGMARK_TRY(add_part(transaction, id, permit, now));
    return with_parts(transaction, *std::move(there));
  });
}

Result<void> Holds::count(const Receipt& receipt, const base::HoldId& id, std::uint64_t reads) {
  REGMARK_TRY(audit::check_open(receipt, Act::hold_sightings, id.text(), clock_.now()));
  return database_.write([&](Transaction& transaction) {
    return count_part(transaction, id, receipt.permit(), reads);
  });
}

Result<Record> Holds::keep_on(const Receipt& receipt, const base::HoldId& id, base::UtcDay review,
                              std::string_view words) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::review_hold, id.text(), now));
  REGMARK_TRY(check_review(review, now));
  REGMARK_TRY(check_why(words));
  return database_.write([&](Transaction& transaction) -> Result<Record> {
    REGMARK_ASSIGN(auto record, select_live(transaction, id));
    record.review = review;
    record.words = words;
    REGMARK_TRY(transaction.run("UPDATE holds SET review = ?2, words = ?3 WHERE id = ?1",
                                {id.text(), number_of(review), record.words}));
    return with_parts(transaction, std::move(record));
  });
}

Result<Record> Holds::release(const Receipt& receipt, const base::HoldId& id,
                              std::string_view words) {
  const auto now = clock_.now();
  REGMARK_TRY(check_to_release(receipt, id, words, now));
  return database_.write([&](Transaction& transaction) -> Result<Record> {
    REGMARK_ASSIGN(auto record, select_to_release(transaction, receipt, id));
    record.released_at = now;
    record.released_by = receipt.permit().person().id;
    record.words = words;
    REGMARK_TRY(transaction.run(
        "UPDATE holds SET released_at = ?2, released_by = ?3, words = ?4 WHERE id = ?1",
        {id.text(), records::value_of(now), record.released_by->text(), record.words}));
    return record;
  });
}

Result<void> Holds::check_release(const Receipt& receipt, const base::HoldId& id,
                                  std::string_view words) const {
  REGMARK_TRY(check_to_release(receipt, id, words, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(select_to_release(transaction, receipt, id));
    return {};
  });
}

Result<Record> Holds::find(const base::HoldId& id) const {
  return database_.read([&](Transaction& transaction) { return select_live(transaction, id); });
}

Result<std::vector<Record>> Holds::latest(const Receipt& receipt, std::size_t count) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_holds, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<std::vector<Record>> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT " + std::string(columns) +
                                       " FROM holds WHERE organisation = ?1 "
                                       "ORDER BY made_at DESC, id LIMIT ?2",
                                   {receipt.permit().person().organisation.text(),
                                    static_cast<std::int64_t>(std::min(count, records_max))}));
    REGMARK_ASSIGN(auto records, records_of(rows));
    for (auto& record : records) {
      REGMARK_ASSIGN(record.parts, parts_of(transaction, record.id));
    }
    return records;
  });
}

Result<std::uint64_t> Holds::overdue(std::chrono::days since) const {
  return database_.read([&](Transaction& transaction) -> Result<std::uint64_t> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT COUNT(*) FROM holds WHERE " + std::string(was_missed),
                                   {number_of(base::day_of(clock_.now() - since))}));
    return static_cast<std::uint64_t>(rows.front().integer(0));
  });
}

Result<std::vector<Record>> Holds::overdue_ones(const std::string& organisations) const {
  return database_.read([&](Transaction& transaction) -> Result<std::vector<Record>> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT " + std::string(columns) + " FROM holds WHERE " +
                                       std::string(was_missed) +
                                       " AND instr(?2, ' ' || organisation || ' ') > 0 "
                                       "ORDER BY review, id LIMIT ?3",
                                   {number_of(base::day_of(clock_.now())), organisations,
                                    static_cast<std::int64_t>(records_max)}));
    return records_of(rows);
  });
}

Result<std::uint64_t> Holds::open_of(const base::OrganisationId& organisation) const {
  return database_.read([&](Transaction& transaction) -> Result<std::uint64_t> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run(
                       "SELECT COUNT(*) FROM holds WHERE released_at IS NULL AND organisation = ?1",
                       {organisation.text()}));
    return static_cast<std::uint64_t>(rows.front().integer(0));
  });
}

Result<std::vector<base::HoldId>> Holds::standing_of(
    const base::OrganisationId& organisation) const {
  return database_.read([&](Transaction& transaction) -> Result<std::vector<base::HoldId>> {
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run("SELECT id FROM holds WHERE released_at IS NULL AND organisation = ?1",
                        {organisation.text()}));
    std::vector<base::HoldId> ids;
    for (const auto& row : rows) {
      auto id = base::HoldId::parse(row.text(0));
      if (!id) return fail(ErrorCode::corrupt, "a hold's id cannot be read");
      ids.push_back(*std::move(id));
    }
    return ids;
  });
}

Result<std::uint64_t> Holds::count_released(Transaction& transaction, base::UtcTime before) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT COUNT(*) FROM holds WHERE released_at <= ?1",
                                 {records::value_of(before)}));
  return static_cast<std::uint64_t>(rows.front().integer(0));
}

Result<std::uint64_t> Holds::erase_released(Transaction& transaction,
                                            const audit::MachineReceipt& receipt,
                                            base::UtcTime before) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  REGMARK_TRY(transaction.run(
      "INSERT INTO holds_tally SELECT organisation, category, released_at / ?2, COUNT(*) "
      "FROM holds WHERE released_at <= ?1 GROUP BY 1, 2, 3 "
      "ON CONFLICT DO UPDATE SET holds = holds + excluded.holds",
      {records::value_of(before), records::day_length}));
  REGMARK_TRY(erase_parts(transaction, before));
  REGMARK_TRY(
      transaction.run("DELETE FROM holds WHERE released_at <= ?1", {records::value_of(before)}));
  return static_cast<std::uint64_t>(transaction.changed());
}

}  // namespace regmark::holds
