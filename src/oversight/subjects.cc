#include "oversight/subjects.h"

#include <algorithm>

#include "base/words.h"
#include "oversight/internal/rows.h"
#include "plate/plate.h"

namespace regmark::oversight {

using access::Act;
using audit::Receipt;
using internal::day_of_number;
using internal::id_of;
using internal::number_of_day;
using records::Row;
using records::Transaction;
using records::Value;

namespace {

constexpr unsigned months_to_answer = 1;
constexpr unsigned months_more = 2;
constexpr std::chrono::days received_max{366};  // ago: later than that nobody answers any more
constexpr std::size_t held_back_max = 1'000;

constexpr std::string_view columns =
    "id, organisation, wish, plate, from_time, until_time, asked_by, received, due, extended, "
    "state, decided_by, decided_at, words, gives, unsaid";

template <typename One, std::size_t size>
Result<One> one_of(const std::string& text, const One (&all)[size]) {
  REGMARK_ASSIGN(const auto ones, internal::ones_of(text, all));
  if (ones.size() != 1) return fail(ErrorCode::corrupt, "the records hold a strange word");
  return ones.front();
}

Result<std::vector<HeldBack>> held_back_of(Transaction& transaction, const std::string& id) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT from_time, until_time, exemption, reason, parts, is_told "
                                 "FROM subject_held_back WHERE request = ?1 ORDER BY number",
                                 {id}));
  std::vector<HeldBack> parts;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(const auto exemption, one_of(row.text(2), all_exemptions));
    REGMARK_ASSIGN(auto of, internal::ones_of(row.text(4), all_parts));
    parts.push_back({row.time(0), row.time(1), exemption, row.text(3), std::move(of),
                     row.integer(5) != 0 ? Told::yes : Told::no});
  }
  return parts;
}

Result<ErasedCounts> erased_for(Transaction& transaction, const std::string& id) {
  REGMARK_ASSIGN(const auto rows, transaction.run("SELECT reads, pictures, alerts, kept FROM "
                                                  "subject_erased WHERE request = ?1",
                                                  {id}));
  if (rows.empty()) return ErasedCounts{};
  const auto count = [&](std::size_t column) {
    return static_cast<std::uint64_t>(rows.front().integer(column));
  };
  return ErasedCounts{count(0), count(1), count(2), count(3)};
}

Result<SubjectRequest> request_of(Transaction& transaction, const Row& row) {
  REGMARK_ASSIGN(auto id, id_of<SubjectRequestId>(row.text(0)));
  REGMARK_ASSIGN(auto organisation, id_of<base::OrganisationId>(row.text(1)));
  REGMARK_ASSIGN(const auto wish, one_of(row.text(2), all_wishes));
  REGMARK_ASSIGN(const auto state, one_of(row.text(10), all_subject_states));
  SubjectRequest request{.id = std::move(id),
                         .organisation = std::move(organisation),
                         .about = {.wish = wish,
                                   .plate = row.text(3),
                                   .window = {row.time(4), row.time(5)},
                                   .asked_by = row.text(6),
                                   .received = day_of_number(row.integer(7))},
                         .due = day_of_number(row.integer(8)),
                         .extended = row.text(9),
                         .state = state,
                         .decided_at = row.optional_time(12),
                         .words = row.text(13)};
  if (!row.is_null(11)) {
    REGMARK_ASSIGN(request.decided_by, id_of<base::PersonId>(row.text(11)));
  }
  REGMARK_ASSIGN(request.held_back, held_back_of(transaction, row.text(0)));
  REGMARK_ASSIGN(request.gives, internal::ones_of(row.text(14), all_parts));
  REGMARK_ASSIGN(request.unsaid, one_of(row.text(15), all_exemptions));
  REGMARK_ASSIGN(request.erased, erased_for(transaction, row.text(0)));
  return request;
}

Result<SubjectRequest> select(Transaction& transaction, const SubjectRequestId& id) {
  REGMARK_ASSIGN(const auto rows, transaction.run("SELECT " + std::string(columns) +
                                                      " FROM subject_requests WHERE id = ?1",
                                                  {id.text()}));
  if (rows.empty()) return fail(ErrorCode::not_found, "there is no such request");
  return request_of(transaction, rows.front());
}

}  // namespace

Result<void> check_theirs(const Receipt& receipt, const SubjectRequest& request) {
  if (request.organisation == receipt.permit().person().organisation) return {};
  return fail(ErrorCode::not_found, "there is no such request");
}

namespace {

Result<SubjectRequest> select_open(Transaction& transaction, const Receipt& receipt,
                                   const SubjectRequestId& id) {
  REGMARK_ASSIGN(auto request, select(transaction, id));
  REGMARK_TRY(check_theirs(receipt, request));
  if (request.state != SubjectState::open) return fail(ErrorCode::conflict, "it is decided");
  return request;
}

Result<void> check(const NewSubjectRequest& about, base::UtcDay today) {
  REGMARK_ASSIGN(const auto plate, plate::Plate::parse(about.plate));
  if (plate.text() != about.plate) {
    return fail(ErrorCode::invalid_input, "write the plate in capitals, without blanks");
  }
  REGMARK_TRY(base::check_words("who asks", about.asked_by, subject_words_max));
  if (about.received > today || about.received < today - received_max) {
    return fail(ErrorCode::invalid_input, "it came on a day of the last year");
  }
  return {};
}

Result<void> check(const SubjectDecision& decision) {
  if (decision.state == SubjectState::open) {
    return fail(ErrorCode::invalid_input, "say how it is decided");
  }
  REGMARK_TRY(base::check_words("what the keeper is told", decision.words, subject_words_max));
  if (decision.held_back.size() > held_back_max) {
    return fail(ErrorCode::invalid_input, "too many parts are kept back");
  }
  for (const auto& part : decision.held_back) {
    REGMARK_TRY(base::check_words("why a part is kept back", part.reason, subject_words_max));
    if (part.parts.empty()) {
      return fail(ErrorCode::invalid_input, "say of what a part is kept back");
    }
    if (part.from >= part.until) {
      return fail(ErrorCode::invalid_input, "a part kept back ends after it begins");
    }
  }
  return {};
}

}  // namespace

base::UtcDay months_after(base::UtcDay day, unsigned months) {
  const std::chrono::year_month_day from{day};
  const auto month = from.year() / from.month() + std::chrono::months{months};
  const std::chrono::year_month_day same{month.year(), month.month(), from.day()};
  return same.ok() ? base::UtcDay{same} : base::UtcDay{month / std::chrono::last};
}

Result<SubjectRequest> Subjects::receive(const Receipt& receipt, const SubjectRequestId& id,
                                         const NewSubjectRequest& about) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::answer_subject, id.text(), now));
  REGMARK_TRY(check(about, base::day_of(now)));
  const SubjectRequest request{.id = id,
                               .organisation = receipt.permit().person().organisation,
                               .about = about,
                               .due = months_after(about.received, months_to_answer)};
  return database_.write([&](Transaction& transaction) -> Result<SubjectRequest> {
    REGMARK_TRY(transaction.run(
        "INSERT INTO subject_requests (" + std::string(columns) +
            ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '', 'open', NULL, NULL, '', "
            "'reads', 'crime')",
        {id.text(), request.organisation.text(), std::string(name(about.wish)), about.plate,
         records::value_of(about.window.from), records::value_of(about.window.until),
         about.asked_by, number_of_day(about.received), number_of_day(request.due)}));
    return request;
  });
}

Result<SubjectRequest> Subjects::extend(const Receipt& receipt, const SubjectRequestId& id,
                                        std::string_view words) {
  REGMARK_TRY(audit::check_open(receipt, Act::answer_subject, id.text(), clock_.now()));
  REGMARK_TRY(base::check_words("why it takes longer", words, subject_words_max));
  return database_.write([&](Transaction& transaction) -> Result<SubjectRequest> {
    REGMARK_ASSIGN(auto request, select_open(transaction, receipt, id));
    if (!request.extended.empty()) return fail(ErrorCode::conflict, "it was extended before");
    request.extended = words;
    request.due = months_after(request.about.received, months_to_answer + months_more);
    REGMARK_TRY(transaction.run("UPDATE subject_requests SET extended = ?2, due = ?3 WHERE id = ?1",
                                {id.text(), request.extended, number_of_day(request.due)}));
    return request;
  });
}

Result<SubjectRequest> Subjects::decide(const Receipt& receipt, const SubjectRequestId& id,
                                        const SubjectDecision& decision) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::answer_subject, id.text(), now));
  REGMARK_TRY(check(decision));
  return database_.write([&](Transaction& transaction) -> Result<SubjectRequest> {
    REGMARK_ASSIGN(auto request, select_open(transaction, receipt, id));
    request.state = decision.state;
    request.words = decision.words;
    request.held_back = decision.held_back;
    request.decided_by = receipt.permit().person().id;
    request.decided_at = now;
    request.gives = decision.gives;
    request.unsaid = decision.unsaid;
    REGMARK_TRY(transaction.run(
        "UPDATE subject_requests SET state = ?2, words = ?3, decided_by = ?4, decided_at = ?5, "
        "gives = ?6, unsaid = ?7 WHERE id = ?1",
        {id.text(), std::string(name(request.state)), request.words, request.decided_by->text(),
         records::value_of(now), internal::names_of(request.gives),
         std::string(name(request.unsaid))}));
    std::int64_t number = 0;
    for (const auto& part : decision.held_back) {
      REGMARK_TRY(transaction.run(
          "INSERT INTO subject_held_back VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
          {id.text(), ++number, records::value_of(part.from), records::value_of(part.until),
           std::string(name(part.exemption)), part.reason, internal::names_of(part.parts),
           std::int64_t{part.told == Told::yes ? 1 : 0}}));
    }
    return request;
  });
}

Result<SubjectRequest> Subjects::find(const SubjectRequestId& id) const {
  return database_.read([&](Transaction& transaction) { return select(transaction, id); });
}

Result<std::vector<SubjectRequest>> Subjects::list(const Receipt& receipt,
                                                   std::size_t count) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_days, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<std::vector<SubjectRequest>> {
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run("SELECT " + std::string(columns) +
                            " FROM subject_requests WHERE organisation = ?1 "
                            "ORDER BY state <> 'open', due, id LIMIT ?2",
                        {receipt.permit().person().organisation.text(),
                         static_cast<std::int64_t>(std::min(count, subject_requests_max))}));
    std::vector<SubjectRequest> requests;
    for (const auto& row : rows) {
      REGMARK_ASSIGN(auto request, request_of(transaction, row));
      requests.push_back(std::move(request));
    }
    return requests;
  });
}

Result<std::uint64_t> Subjects::overdue() const {
  const auto today = number_of_day(base::day_of(clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<std::uint64_t> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT COUNT(*) FROM subject_requests WHERE state = 'open' "
                                   "AND due < ?1",
                                   {today}));
    return static_cast<std::uint64_t>(rows.front().integer(0));
  });
}

Result<std::uint64_t> Subjects::open_of(const base::OrganisationId& organisation) const {
  return database_.read([&](Transaction& transaction) -> Result<std::uint64_t> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT COUNT(*) FROM subject_requests WHERE state = 'open' "
                                   "AND organisation = ?1",
                                   {organisation.text()}));
    return static_cast<std::uint64_t>(rows.front().integer(0));
  });
}

Result<std::uint64_t> Subjects::count_decided(Transaction& transaction, base::UtcTime before) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT COUNT(*) FROM subject_requests WHERE decided_at <= ?1",
                                 {records::value_of(before)}));
  return static_cast<std::uint64_t>(rows.front().integer(0));
}

Result<std::uint64_t> Subjects::erase_decided(Transaction& transaction,
                                              const audit::MachineReceipt& receipt,
                                              base::UtcTime before) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  const auto time = records::value_of(before);
  REGMARK_TRY(transaction.run(
      "INSERT INTO subject_tally SELECT organisation, wish, state,"
      " unixepoch(received * 86400, 'unixepoch', 'start of month') / 86400, COUNT(*)"
      " FROM subject_requests WHERE decided_at <= ?1 GROUP BY 1, 2, 3, 4"
      " ON CONFLICT DO UPDATE SET requests = requests + excluded.requests",
      {time}));
  for (const auto* table : {"subject_held_back", "subject_erased"}) {
    REGMARK_TRY(transaction.run("DELETE FROM " + std::string(table) +
                                    " WHERE request IN (SELECT id FROM subject_requests"
                                    " WHERE decided_at <= ?1)",
                                {time}));
  }
  REGMARK_TRY(transaction.run("DELETE FROM subject_requests WHERE decided_at <= ?1", {time}));
  return static_cast<std::uint64_t>(transaction.changed());
}

}  // namespace regmark::oversight
