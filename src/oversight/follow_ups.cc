#include "oversight/follow_ups.h"

#include <algorithm>

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
Result<std::vector<FollowUpStep>> steps_of(Transaction& transaction, const FollowUp& one) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT at, by, words FROM follow_up_steps "
                      "WHERE missed = ?1 AND about = ?2 AND since = ?3 ORDER BY number",
                      {std::string(name(one.missed)), one.about, records::value_of(one.since)}));
  std::vector<FollowUpStep> steps;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto by, internal::id_of<base::PersonId>(row.text(1)));
    steps.push_back({row.time(0), std::move(by), row.text(2)});
  }
  return steps;
}

Result<void> add_step(Transaction& transaction, const FollowUp& one, const FollowUpStep& step) {
  REGMARK_TRY(transaction.run(
      "INSERT INTO follow_up_steps SELECT ?1, ?2, ?3, COALESCE(MAX(number), 0) + 1, ?4, ?5, ?6 "
      "FROM follow_up_steps WHERE missed = ?1 AND about = ?2 AND since = ?3",
      {std::string(name(one.missed)), one.about, records::value_of(one.since),
       records::value_of(step.at), step.by.text(), step.words}));
  return {};
}

bool had_a_part(const FollowUp& one, const base::PersonId& person) {
  return one.person == person || one.giver == person;
}

// Of what is missed in their organisations: neither theirs, nor of anybody of their line, where
// lines are known.
Result<bool> may_follow_up(const FollowUp& one, const access::Person& person,
                           const LineOf& line_of) {
  if (had_a_part(one, person.id)) return false;
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

Result<std::vector<FollowUp>> FollowUps::missed_in(const std::string& organisations) const {
  std::vector<FollowUp> found;
  REGMARK_ASSIGN(const auto held, holds_.overdue_ones(organisations));
  for (const auto& one : held) found.push_back(of(one, settings_.review_within));
  REGMARK_ASSIGN(const auto given, authorities_.overdue_ones(organisations));
  for (const auto& one : given) found.push_back(of(one, settings_.review_within));
  REGMARK_TRY(database_.read([&](Transaction& transaction) -> Result<void> {
    for (auto& one : found) {
      REGMARK_ASSIGN(one.steps, steps_of(transaction, one));
      if (!one.steps.empty()) one.owner = one.steps.back().by;
    }
    return {};
  }));
  std::ranges::stable_sort(found, {}, &FollowUp::since);
  return found;
}

Result<std::vector<FollowUp>> FollowUps::list(const Receipt& receipt, const LineOf& line_of) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_reviews, clock_.now()));
  const auto& person = receipt.permit().person();
  REGMARK_ASSIGN(auto found, missed_in(access::answered_for(person)));
  std::vector<FollowUp> theirs;
  for (auto& one : found) {
    REGMARK_ASSIGN(const bool may, may_follow_up(one, person, line_of));
    if (may) theirs.push_back(std::move(one));
  }
  return theirs;
}

Result<FollowUp> FollowUps::find_theirs(const access::Person& person, Missed missed,
                                        std::string_view about, const LineOf& line_of) const {
  REGMARK_ASSIGN(auto found, missed_in(access::answered_for(person)));
  for (auto& one : found) {
    if (one.missed != missed || one.about != about) continue;
    REGMARK_ASSIGN(const bool may, may_follow_up(one, person, line_of));
    if (may) return std::move(one);
  }
  return fail(ErrorCode::not_found, "there is nothing like it to follow up for you");
}

// Whoever took it meanwhile keeps it.
Result<FollowUp> FollowUps::add(FollowUp follow_up, FollowUpStep step) {
  return database_.write([&](Transaction& transaction) -> Result<FollowUp> {
    REGMARK_ASSIGN(auto steps, steps_of(transaction, follow_up));
    const bool is_note = !step.words.empty();
    if (is_note && steps.empty()) {
      return fail(ErrorCode::conflict, "take it before you say what was done");
    }
    if (is_note && steps.back().by != step.by) {
      return fail(ErrorCode::conflict, "somebody else has it");
    }
    follow_up.steps = std::move(steps);
    follow_up.owner = step.by;
    if (!is_note && !follow_up.steps.empty() && follow_up.steps.back().by == step.by) {
      return follow_up;  // it is theirs already
    }
    if (follow_up.steps.size() >= follow_up_steps_max) {
      return fail(ErrorCode::limit_exceeded, "more was written about it than is kept: at most " +
                                                 std::to_string(follow_up_steps_max) + " steps");
    }
    REGMARK_TRY(add_step(transaction, follow_up, step));
    follow_up.steps.push_back(std::move(step));
    return follow_up;
  });
}

Result<FollowUp> FollowUps::take(const Receipt& receipt, Missed missed, std::string_view about,
                                 const LineOf& line_of) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::review_searches, subject_of(missed, about), now));
  const auto& person = receipt.permit().person();
  REGMARK_ASSIGN(auto one, find_theirs(person, missed, about, line_of));
  return add(std::move(one), {now, person.id, ""});
}

Result<FollowUp> FollowUps::note(const Receipt& receipt, Missed missed, std::string_view about,
                                 const LineOf& line_of, std::string_view words) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::review_searches, subject_of(missed, about), now));
  REGMARK_TRY(base::check_words("what was done about it", words, words_size_max));
  const auto& person = receipt.permit().person();
  REGMARK_ASSIGN(auto one, find_theirs(person, missed, about, line_of));
  return add(std::move(one), {now, person.id, std::string(words)});
}

Result<std::vector<FollowUp>> FollowUps::escalated(const Receipt& receipt) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::read_signals, now));
  const auto own = " " + receipt.permit().person().organisation.text() + " ";
  REGMARK_ASSIGN(auto found, missed_in(own));
  std::erase_if(found, [&](const FollowUp& one) { return !one.is_overdue(now); });
  return found;
}

Result<std::uint64_t> FollowUps::overdue() const {
  REGMARK_ASSIGN(const auto held, holds_.overdue(settings_.review_within));
  REGMARK_ASSIGN(const auto given, authorities_.overdue(settings_.review_within));
  return held + given;
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
