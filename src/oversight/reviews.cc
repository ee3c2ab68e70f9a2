#include "oversight/reviews.h"

#include "access/organisations.h"
#include "base/words.h"
#include "oversight/internal/rows.h"

namespace regmark::oversight {

using access::Act;
using audit::Receipt;
using internal::id_of;
using records::Row;
using records::Transaction;
using records::Value;

namespace {

constexpr std::string_view is_open = "r.state IN ('waiting', 'taken', 'needs_explanation')";

std::string columns() {
  return "r.id, r.why, r.state, r.made_at, r.due, r.owner, " +
         std::string(internal::search_columns);
}
constexpr std::size_t search_at = 6;

constexpr std::string_view from = " FROM reviews r JOIN searches s ON s.number = r.search ";

// ?1: the organisations that the person answers for; ?2: the person; ?3: their line.
constexpr std::string_view theirs_to_review =
    "s.receipt IS NOT NULL AND instr(?1, ' ' || r.organisation || ' ') > 0 AND r.searcher <> ?2 "
    "AND (r.giver IS NULL OR r.giver <> ?2) AND (?3 = '' OR (s.line <> ?3 AND "
    "(s.giver_line IS NULL OR s.giver_line <> ?3)))";

Result<ReviewState> state_of(const std::string& text) {
  REGMARK_ASSIGN(const auto states, internal::ones_of(text, all_review_states));
  if (states.size() != 1) return fail(ErrorCode::corrupt, "the records hold a strange state");
  return states.front();
}

Result<std::vector<ReviewStep>> steps_of(Transaction& transaction, const ReviewId& id) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT at, by, state, words FROM review_steps WHERE review = ?1 "
                                 "ORDER BY number",
                                 {id.text()}));
  std::vector<ReviewStep> steps;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto by, id_of<base::PersonId>(row.text(1)));
    REGMARK_ASSIGN(const auto to, state_of(row.text(2)));
    steps.push_back({row.time(0), std::move(by), to, row.text(3)});
  }
  return steps;
}

Result<Review> review_of(Transaction& transaction, const Row& row) {
  REGMARK_ASSIGN(auto id, id_of<ReviewId>(row.text(0)));
  REGMARK_ASSIGN(auto search, internal::search_of(row, search_at));
  REGMARK_ASSIGN(auto why, internal::ones_of(row.text(1), all_whys));
  REGMARK_ASSIGN(const auto state, state_of(row.text(2)));
  Review review{.id = std::move(id),
                .search = std::move(search),
                .why = std::move(why),
                .state = state,
                .made_at = row.time(3),
                .due = row.time(4)};
  if (!row.is_null(5)) {
    REGMARK_ASSIGN(review.owner, id_of<base::PersonId>(row.text(5)));
  }
  REGMARK_ASSIGN(review.steps, steps_of(transaction, review.id));
  return review;
}

Result<std::vector<Review>> reviews_of(Transaction& transaction, const std::string& where,
                                       std::initializer_list<Value> values) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT " + columns() + std::string(from) + where, values));
  std::vector<Review> reviews;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto review, review_of(transaction, row));
    reviews.push_back(std::move(review));
  }
  return reviews;
}

Result<Review> find_theirs(Transaction& transaction, const access::Person& person,
                           std::string_view line, const ReviewId& id) {
  REGMARK_ASSIGN(
      auto found,
      reviews_of(transaction, "WHERE " + std::string(theirs_to_review) + " AND r.id = ?4",
                 {access::answered_for(person), person.id.text(), std::string(line), id.text()}));
  if (found.empty()) return fail(ErrorCode::not_found, "there is no such review for you");
  return std::move(found.front());
}

// Writes what is new of a review: state, clock, owner, and its last step.
Result<void> keep(Transaction& transaction, const Review& review) {
  const auto& step = review.steps.back();
  const Value month{internal::month_of(step.at)};
  const bool asks_to_explain = step.to == ReviewState::needs_explanation;
  REGMARK_TRY(transaction.run(
      "UPDATE reviews SET state = ?2, due = ?3, owner = ?4, explained = explained OR ?5, "
      "explained_month = COALESCE(explained_month, ?6), over_month = ?7 WHERE id = ?1",
      {review.id.text(), std::string(name(review.state)), records::value_of(review.due),
       review.owner->text(), std::int64_t{asks_to_explain ? 1 : 0},
       asks_to_explain ? month : Value{nullptr}, is_over(step.to) ? month : Value{nullptr}}));
  REGMARK_TRY(transaction.run(
      "INSERT INTO review_steps VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      {review.id.text(), static_cast<std::int64_t>(review.steps.size()), records::value_of(step.at),
       step.by.text(), std::string(name(step.to)), step.words}));
  return {};
}

// What happened in each month: a search, an explanation asked for, a review over. ?1: the
// organisations; ?2: now.
std::string figures_rows() {
  constexpr std::string_view theirs = "instr(?1, ' ' || r.organisation || ' ') > 0";
  return "SELECT s.month AS month, 1 AS searches, r.why AS why, " + std::string(is_open) +
         " AND r.due <= ?2 AS overdue, 0 AS explained, NULL AS state FROM searches s LEFT JOIN "
         "reviews r ON r.search = s.number WHERE instr(?1, ' ' || s.organisation || ' ') > 0 "
         "UNION ALL SELECT r.explained_month, 0, NULL, 0, 1, NULL FROM reviews r WHERE "
         "r.explained_month IS NOT NULL AND " +
         std::string(theirs) +
         " UNION ALL SELECT r.over_month, 0, NULL, 0, 0, r.state FROM reviews r WHERE "
         "r.over_month IS NOT NULL AND " +
         std::string(theirs);
}

Result<void> check_decision(const Review& review, const base::PersonId& by, ReviewState outcome) {
  if (is_over(review.state)) return fail(ErrorCode::conflict, "this review is over");
  if (review.state == ReviewState::waiting) {
    return fail(ErrorCode::conflict, "take the review before you decide it");
  }
  if (review.owner != by) return fail(ErrorCode::conflict, "somebody else has this review");
  if (outcome == review.state) {
    return fail(ErrorCode::conflict, "an explanation was asked for already");
  }
  return {};
}

}  // namespace

std::string_view name(ReviewState state) {
  switch (state) {
    case ReviewState::waiting:
      return "waiting";
    case ReviewState::taken:
      return "taken";
    case ReviewState::needs_explanation:
      return "needs_explanation";
    case ReviewState::in_order:
      return "in_order";
    case ReviewState::misuse_suspected:
      return "misuse_suspected";
  }
  return "unknown";
}

Result<std::vector<Review>> Reviews::list(const Receipt& receipt, std::string_view line,
                                          std::size_t count) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_reviews, clock_.now()));
  const auto& person = receipt.permit().person();
  return database_.read([&](Transaction& transaction) {
    return reviews_of(transaction,
                      "WHERE " + std::string(theirs_to_review) + " ORDER BY NOT " +
                          std::string(is_open) + ", CASE WHEN " + std::string(is_open) +
                          " THEN r.due ELSE -r.due END, r.id LIMIT ?4",
                      {access::answered_for(person), person.id.text(), std::string(line),
                       static_cast<std::int64_t>(std::min(count, reviews_max))});
  });
}

Result<Review> Reviews::take(const Receipt& receipt, const ReviewId& id, std::string_view line) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::review_searches, id.text(), now));
  const auto& person = receipt.permit().person();
  return database_.write([&](Transaction& transaction) -> Result<Review> {
    REGMARK_ASSIGN(auto review, find_theirs(transaction, person, line, id));
    if (is_over(review.state)) return fail(ErrorCode::conflict, "this review is over");
    if (review.owner == person.id) return review;
    if (review.state == ReviewState::waiting) review.state = ReviewState::taken;
    review.owner = person.id;
    review.steps.push_back({now, person.id, review.state, ""});
    REGMARK_TRY(keep(transaction, review));
    return review;
  });
}

Result<Review> Reviews::decide(const Receipt& receipt, const ReviewId& id, std::string_view line,
                               ReviewState outcome, std::string_view words) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::review_searches, id.text(), now));
  if (outcome == ReviewState::waiting || outcome == ReviewState::taken) {
    return fail(ErrorCode::invalid_input, "this is no outcome of a review");
  }
  REGMARK_TRY(base::check_words("what you found", words, words_size_max));
  const auto& person = receipt.permit().person();
  return database_.write([&](Transaction& transaction) -> Result<Review> {
    REGMARK_ASSIGN(auto review, find_theirs(transaction, person, line, id));
    REGMARK_TRY(check_decision(review, person.id, outcome));
    review.state = outcome;
    // Whoever must explain has the same time again.
    if (!is_over(outcome)) review.due = now + settings_.review_within;
    review.steps.push_back({now, person.id, outcome, std::string(words)});
    REGMARK_TRY(keep(transaction, review));
    return review;
  });
}

Result<std::vector<MonthOfReviews>> Reviews::figures(const Receipt& receipt) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::read_reviews, now));
  return database_.read([&](Transaction& transaction) -> Result<std::vector<MonthOfReviews>> {
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run("SELECT month, TOTAL(searches), TOTAL(why LIKE '%sampled%'), "
                        "TOTAL(why LIKE '%urgent%'), TOTAL(why LIKE '%flagged%'), "
                        "TOTAL(why IS NOT NULL), TOTAL(state IS NOT NULL), TOTAL(overdue), "
                        "TOTAL(state = 'in_order'), TOTAL(explained), "
                        "TOTAL(state = 'misuse_suspected') FROM (" +
                            figures_rows() + ") GROUP BY month ORDER BY month",
                        {access::answered_for(receipt.permit().person()), records::value_of(now)}));
    std::vector<MonthOfReviews> months;
    for (const auto& row : rows) {
      const auto total = [&](std::size_t at) { return static_cast<std::uint64_t>(row.real(at)); };
      months.push_back({.month = internal::day_of_number(row.integer(0)),
                        .searches = total(1),
                        .sampled = total(2),
                        .urgent = total(3),
                        .flagged = total(4),
                        .to_review = total(5),
                        .overdue = total(7),
                        .reviewed = total(6),
                        .in_order = total(8),
                        .needs_explanation = total(9),
                        .misuse_suspected = total(10)});
    }
    return months;
  });
}

Result<std::vector<Drawn>> Reviews::untold(base::UtcDay before) const {
  return database_.read([&](Transaction& transaction) -> Result<std::vector<Drawn>> {
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run("SELECT made_at / ?2 AS day, why, COUNT(*) FROM reviews WHERE "
                        "told = 0 AND made_at < ?1 GROUP BY day, why ORDER BY day, why",
                        {records::value_of(base::UtcTime{before}), records::day_length}));
    std::vector<Drawn> all;
    for (const auto& row : rows) {
      REGMARK_ASSIGN(auto why, internal::ones_of(row.text(1), all_whys));
      all.push_back({internal::day_of_number(row.integer(0)), std::move(why),
                     static_cast<std::uint64_t>(row.integer(2))});
    }
    return all;
  });
}

Result<void> Reviews::told(base::UtcDay before) {
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run("UPDATE reviews SET told = 1 WHERE told = 0 AND made_at < ?1",
                                {records::value_of(base::UtcTime{before})}));
    return {};
  });
}

Result<std::vector<Review>> Reviews::escalated(const Receipt& receipt, std::size_t count) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::read_signals, now));
  return database_.read([&](Transaction& transaction) {
    return reviews_of(transaction,
                      "WHERE s.receipt IS NOT NULL AND r.organisation = ?1 AND "
                      "(r.state = 'misuse_suspected' OR (" +
                          std::string(is_open) +
                          " AND r.due <= ?2)) ORDER BY r.state = 'misuse_suspected' DESC, r.due, "
                          "r.id LIMIT ?3",
                      {receipt.permit().person().organisation.text(), records::value_of(now),
                       static_cast<std::int64_t>(std::min(count, reviews_max))});
  });
}

Result<std::uint64_t> Reviews::overdue() const {
  return database_.read([&](Transaction& transaction) -> Result<std::uint64_t> {
    REGMARK_ASSIGN(const auto rows, transaction.run("SELECT COUNT(*) FROM reviews r WHERE " +
                                                        std::string(is_open) + " AND r.due <= ?1",
                                                    {records::value_of(clock_.now())}));
    return static_cast<std::uint64_t>(rows.front().integer(0));
  });
}

Result<std::uint64_t> Reviews::open() const {
  return database_.read([&](Transaction& transaction) -> Result<std::uint64_t> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT COUNT(*) FROM reviews r WHERE " + std::string(is_open)));
    return static_cast<std::uint64_t>(rows.front().integer(0));
  });
}

Result<std::uint64_t> Reviews::open_of(const base::OrganisationId& organisation) const {
  return database_.read([&](Transaction& transaction) -> Result<std::uint64_t> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT COUNT(*) FROM reviews r WHERE r.organisation = ?1 AND " +
                                       std::string(is_open),
                                   {organisation.text()}));
    return static_cast<std::uint64_t>(rows.front().integer(0));
  });
}

}  // namespace regmark::oversight
