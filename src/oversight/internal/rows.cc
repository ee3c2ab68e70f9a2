#include "oversight/internal/rows.h"

namespace regmark::oversight::internal {
namespace {

using records::Row;
using records::Transaction;
using records::Value;

Value number(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}

}  // namespace

std::int64_t month_of(base::UtcTime at) {
  const std::chrono::year_month_day day{base::day_of(at)};
  return number_of_day(base::UtcDay{day.year() / day.month() / 1});
}

Result<SearchNote> search_of(const Row& row, std::size_t at) {
  const auto act = access::act_of(row.text(at + 2));
  if (!act) return fail(ErrorCode::corrupt, "the records hold an act that is none");
  REGMARK_ASSIGN(auto person, id_of<base::PersonId>(row.text(at + 3)));
  REGMARK_ASSIGN(auto organisation, id_of<base::OrganisationId>(row.text(at + 4)));
  SearchNote note{
      .receipt = static_cast<std::uint64_t>(row.integer(at)),
      .at = row.time(at + 1),
      .act = *act,
      .person = std::move(person),
      .organisation = std::move(organisation),
      .line = row.text(at + 5),
      .purpose = {row.text(at + 6), row.text(at + 7), row.text(at + 8), row.text(at + 9)},
      .plate = row.text(at + 10),
      .cameras = static_cast<std::uint64_t>(row.integer(at + 13)),
      .has_area = row.integer(at + 14) != 0,
      .rows = static_cast<std::uint64_t>(row.integer(at + 15)),
      .pages = static_cast<std::uint64_t>(row.integer(at + 16))};
  if (!row.is_null(at + 11)) note.window = access::Window{row.time(at + 11), row.time(at + 12)};
  if (!row.is_null(at + 17)) {
    REGMARK_ASSIGN(auto authority, id_of<base::AuthorityId>(row.text(at + 17)));
    note.leave = Leave{.id = std::move(authority),
                       .giver_line = row.text_or_empty(at + 19),
                       .is_oral = row.integer(at + 20) != 0};
    if (!row.is_null(at + 18)) {
      REGMARK_ASSIGN(note.leave->giver, id_of<base::PersonId>(row.text(at + 18)));
    }
  }
  REGMARK_ASSIGN(note.flags, ones_of(row.text(at + 21), all_flags));
  return note;
}

Result<std::int64_t> insert(Transaction& transaction, const SearchNote& note,
                            const NoteKeys& keys) {
  const auto& leave = note.leave;
  const auto words = joined(keys.words);
  const std::vector<Value> values{
      note.organisation.text(),
      month_of(note.at),
      number(note.receipt),
      records::value_of(note.at),
      std::string(access::name(note.act)),
      note.person.text(),
      note.line,
      note.purpose.category,
      note.purpose.reason,
      note.purpose.reference,
      note.purpose.for_whom,
      note.plate,
      note.window ? records::value_of(note.window->from) : Value{nullptr},
      note.window ? records::value_of(note.window->until) : Value{nullptr},
      number(note.cameras),
      std::int64_t{note.has_area ? 1 : 0},
      number(note.rows),
      number(note.pages),
      leave ? Value{leave->id.text()} : Value{nullptr},
      leave && leave->giver ? Value{leave->giver->text()} : Value{nullptr},
      leave ? Value{leave->giver_line} : Value{nullptr},
      std::int64_t{leave && leave->is_oral ? 1 : 0},
      names_of(note.flags),
      words,
      number_of(words),
      keys.question};
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run(
          "INSERT INTO searches (organisation, month, receipt, at, act, person, line, category, "
          "reason, reference, for_whom, plate, from_time, until_time, cameras, has_area, rows, "
          "pages, authority, giver, giver_line, is_oral, flags, words, words_number, question) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, "
          "?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26) RETURNING number",
          values));
  return rows.front().integer(0);
}

Result<void> insert_review(Transaction& transaction, std::int64_t search, const SearchNote& note,
                           const std::vector<Why>& why, base::UtcTime due) {
  const auto& leave = note.leave;
  REGMARK_TRY(transaction.run(
      "INSERT INTO reviews (id, search, organisation, why, state, made_at, due, searcher, giver) "
      "VALUES (?1, ?2, ?3, ?4, 'waiting', ?5, ?6, ?7, ?8)",
      {ReviewId::random().text(), search, note.organisation.text(), names_of(why),
       records::value_of(note.at), records::value_of(due), note.person.text(),
       leave && leave->giver ? Value{leave->giver->text()} : Value{nullptr}}));
  return {};
}

Result<std::optional<Flag>> case_flag(Transaction& transaction,
                                      const base::OrganisationId& organisation,
                                      const access::Purpose& purpose, base::UtcDay today) {
  REGMARK_ASSIGN(const auto registers,
                 transaction.run("SELECT 1 FROM case_registers WHERE organisation = ?1",
                                 {organisation.text()}));
  if (registers.empty()) return std::nullopt;
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT category, closed FROM cases "
                                 "WHERE organisation = ?1 AND reference = ?2",
                                 {organisation.text(), compared(purpose.reference)}));
  if (rows.empty()) return Flag::case_unknown;
  const auto& row = rows.front();
  if (!row.is_null(1) && day_of_number(row.integer(1)) < today) return Flag::case_closed;
  if (!row.text(0).empty() && row.text(0) != purpose.category) return Flag::case_category;
  return std::nullopt;
}

}  // namespace regmark::oversight::internal
