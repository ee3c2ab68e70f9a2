#include "oversight/follow_ups.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "access/organisations.h"
#include "base/words.h"
#include "oversight/internal/rows.h"

namespace regmark::oversight {

using access::Act;
using audit::Receipt;
using records::Transaction;

namespace {

FollowUp of(const holds::Record& hold, std::chrono::days within) {
  return {.missed = Missed::hold_review,
          .about = hold.id.text(),
          .purpose = hold.purpose,
          .organisation = hold.organisation,
          .person = hold.owner,
          .since = hold.missed_at(),
          .due = hold.missed_at() + within};
}

FollowUp of(const authority::Record& record, std::chrono::days within) {
  return {.missed = Missed::authority_confirmation,
          .about = record.id.text(),
          .purpose = record.purpose,
          .organisation = record.organisation,
          .person = record.requester,
          .giver = record.decided_by,
          .since = *record.confirm_by,
          .due = *record.confirm_by + within};
}

// What is missed a second time begins anew.
using Key = std::tuple<std::string, std::string, base::UtcTime>;

Key key_of(const FollowUp& one) {
  return {std::string(name(one.missed)), one.about, one.since};
}

Result<std::map<Key, std::vector<FollowUpStep>>> all_steps(Transaction& transaction) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT missed, about, since, at, by, words FROM follow_up_steps "
                                 "ORDER BY missed, about, since, number"));
  std::map<Key, std::vector<FollowUpStep>> steps;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto by, internal::id_of<base::PersonId>(row.text(4)));
    steps[{row.text(0), row.text(1), row.time(2)}].push_back(
        {row.time(3), std::move(by), row.text(5)});
  }
  return steps;
}

bool had_a_part(const FollowUp& one, const base::PersonId& person) {
  return one.person == person || one.giver == person;
}

// Neither theirs, nor of anybody of their line, where lines are known.
Result<bool> may_follow_up(const FollowUp& one, const access::Person& person,
                           const LineOf& line_of) {
  if (!access::answers_for(person, one.organisation) || had_a_part(one, person.id)) return false;
  REGMARK_ASSIGN(const auto line, line_of(person.id));
  if (line.empty()) return true;
  REGMARK_ASSIGN(const auto of_person, line_of(one.person));
  if (of_person == line) return false;
  if (!one.giver) return true;
  REGMARK_ASSIGN(const auto of_giver, line_of(*one.giver));
  return of_giver != line;
}

}  // namespace

std::string_view name(Missed missed) {
  return missed == Missed::hold_review ? "hold" : "authority";
}

std::string subject_of(Missed missed, std::string_view about) {
  return std::string(name(missed)).append("/").append(about);
}

Result<std::vector<FollowUp>> FollowUps::all() const {
  std::vector<FollowUp> found;
  REGMARK_ASSIGN(const auto held, holds_.overdue_ones());
  for (const auto& one : held) found.push_back(of(one, settings_.review_within));
  REGMARK_ASSIGN(const auto given, authorities_.overdue_ones());
  for (const auto& one : given) found.push_back(of(one, settings_.review_within));
  REGMARK_ASSIGN(auto steps,
                 database_.read([](Transaction& transaction) { return all_steps(transaction); }));
  for (auto& one : found) {
    one.steps = std::move(steps[key_of(one)]);
    if (!one.steps.empty()) one.owner = one.steps.back().by;
  }
  std::ranges::stable_sort(found, {}, &FollowUp::since);
  return found;
}

Result<std::vector<FollowUp>> FollowUps::list(const Receipt& receipt, const LineOf& line_of) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_reviews, clock_.now()));
  REGMARK_ASSIGN(auto found, all());
  std::vector<FollowUp> theirs;
  for (auto& one : found) {
    REGMARK_ASSIGN(const bool may, may_follow_up(one, receipt.permit().person(), line_of));
    if (may) theirs.push_back(std::move(one));
  }
  return theirs;
}

Result<FollowUp> FollowUps::find_theirs(const access::Person& person, Missed missed,
                                        std::string_view about, const LineOf& line_of) const {
  REGMARK_ASSIGN(auto found, all());
  for (auto& one : found) {
    if (one.missed != missed || one.about != about) continue;
    REGMARK_ASSIGN(const bool may, may_follow_up(one, person, line_of));
    if (may) return std::move(one);
  }
  return fail(ErrorCode::not_found, "there is nothing like it to follow up for you");
}

Result<FollowUp> FollowUps::add(FollowUp follow_up, FollowUpStep step) {
  REGMARK_TRY(database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run(
        "INSERT INTO follow_up_steps SELECT ?1, ?2, ?3, COALESCE(MAX(number), 0) + 1, ?4, ?5, ?6 "
        "FROM follow_up_steps WHERE missed = ?1 AND about = ?2 AND since = ?3",
        {std::string(name(follow_up.missed)), follow_up.about, records::value_of(follow_up.since),
         records::value_of(step.at), step.by.text(), step.words}));
    return {};
  }));
  follow_up.owner = step.by;
  follow_up.steps.push_back(std::move(step));
  return follow_up;
}

Result<FollowUp> FollowUps::take(const Receipt& receipt, Missed missed, std::string_view about,
                                 const LineOf& line_of) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::review_searches, subject_of(missed, about), now));
  const auto& person = receipt.permit().person();
  REGMARK_ASSIGN(auto one, find_theirs(person, missed, about, line_of));
  if (one.owner == person.id) return one;
  return add(std::move(one), {now, person.id, ""});
}

Result<FollowUp> FollowUps::note(const Receipt& receipt, Missed missed, std::string_view about,
                                 const LineOf& line_of, std::string_view words) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::review_searches, subject_of(missed, about), now));
  REGMARK_TRY(base::check_words("what was done about it", words, words_size_max));
  const auto& person = receipt.permit().person();
  REGMARK_ASSIGN(auto one, find_theirs(person, missed, about, line_of));
  if (!one.owner) return fail(ErrorCode::conflict, "take it before you say what was done");
  if (one.owner != person.id) return fail(ErrorCode::conflict, "somebody else has it");
  return add(std::move(one), {now, person.id, std::string(words)});
}

Result<std::vector<FollowUp>> FollowUps::escalated(const Receipt& receipt) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::read_signals, now));
  const auto& organisation = receipt.permit().person().organisation;
  REGMARK_ASSIGN(auto found, all());
  std::erase_if(found, [&](const FollowUp& one) {
    return one.organisation != organisation || !one.is_overdue(now);
  });
  return found;
}

Result<std::uint64_t> FollowUps::overdue() const {
  REGMARK_ASSIGN(const auto found, all());
  return static_cast<std::uint64_t>(std::ranges::count_if(
      found, [now = clock_.now()](const FollowUp& one) { return one.is_overdue(now); }));
}

Result<std::uint64_t> FollowUps::count_over(Transaction& transaction, base::UtcTime before) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT COUNT(*) FROM follow_up_steps WHERE at <= ?1",
                                 {records::value_of(before)}));
  return static_cast<std::uint64_t>(rows.front().integer(0));
}

Result<std::uint64_t> FollowUps::erase_over(Transaction& transaction,
                                            const audit::MachineReceipt& receipt,
                                            base::UtcTime before) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  REGMARK_TRY(
      transaction.run("DELETE FROM follow_up_steps WHERE at <= ?1", {records::value_of(before)}));
  return static_cast<std::uint64_t>(transaction.changed());
}

}  // namespace regmark::oversight
