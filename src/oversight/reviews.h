// Searches that somebody from outside the searcher's line looks at.
//
//   waiting -> taken -> in_order | misuse_suspected
//                    -> needs_explanation -> in_order | misuse_suspected
//
// Each has a clock. One that is overdue, and one where misuse is suspected, goes to professional
// standards, and is counted where everybody sees it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "oversight/searches.h"
#include "records/database.h"

namespace regmark::oversight {

struct ReviewTag {
  static constexpr std::string_view noun = "review";
};
using ReviewId = base::Id<ReviewTag>;

enum class ReviewState : std::uint8_t {
  waiting,
  taken,
  needs_explanation,
  in_order,
  misuse_suspected,
};

inline constexpr ReviewState all_review_states[] = {
    ReviewState::waiting, ReviewState::taken, ReviewState::needs_explanation, ReviewState::in_order,
    ReviewState::misuse_suspected};
std::string_view name(ReviewState state);
constexpr bool is_over(ReviewState state) {
  return state == ReviewState::in_order || state == ReviewState::misuse_suspected;
}

inline constexpr std::size_t words_size_max = 1'000;
inline constexpr std::size_t reviews_max = 1'000;  // that one call gives

struct ReviewStep {
  base::UtcTime at{};
  base::PersonId by;
  ReviewState to{};
  std::string words{};
};

struct Review {
  ReviewId id;
  SearchNote search;
  std::vector<Why> why{};
  ReviewState state = ReviewState::waiting;
  base::UtcTime made_at{};
  base::UtcTime due{};
  std::optional<base::PersonId> owner{};
  std::vector<ReviewStep> steps{};  // oldest first

  bool is_overdue(base::UtcTime now) const { return !is_over(state) && due <= now; }
};

// What is published: counts, and nothing about anybody. Those of a whole office, all but
// `overdue`, can be counted again from the public half of the log (docs/oversight.md).
struct MonthOfReviews {
  base::UtcDay month;  // its first day
  // Of the searches of the month.
  std::uint64_t searches = 0;
  std::uint64_t sampled = 0, urgent = 0, flagged = 0;  // a search may be more than one of these
  std::uint64_t to_review = 0, overdue = 0;
  // What reviewers said in the month, of searches of any.
  std::uint64_t reviewed = 0;
  std::uint64_t in_order = 0, needs_explanation = 0, misuse_suspected = 0;
};

// How many searches of a day went to a reviewer for the same reasons.
struct Drawn {
  base::UtcDay day;
  std::vector<Why> why{};
  std::uint64_t reviews = 0;
};

// May be used from many threads at once. Every call can also fail as the database does. A person
// may review what is of their organisation, but not what they searched themselves or gave the
// authority for, nor what anybody of their own line did, where lines are known. What they may not
// review is not there for them. `line` is the reviewer's.
class Reviews {
 public:
  Reviews(records::Database& database, const base::Clock& clock, const Settings& settings)
      : database_(database), clock_(clock), settings_(settings) {}

  // Open ones first, the one that is due first at the top; then those that are over, newest first.
  // Wants a receipt for read_reviews.
  Result<std::vector<Review>> list(const audit::Receipt& receipt, std::string_view line,
                                   std::size_t count) const;
  // These want a receipt for review_searches whose subject is the review, and fail with
  //   not_found       there is none for this person
  //   conflict        it is over; or (decide) somebody else has it, or nobody took it
  //   invalid_input   (decide) no words, or a state that is no outcome
  // Whoever takes one owns it, also when another had it: people fall ill.
  Result<Review> take(const audit::Receipt& receipt, const ReviewId& id, std::string_view line);
  Result<Review> decide(const audit::Receipt& receipt, const ReviewId& id, std::string_view line,
                        ReviewState outcome, std::string_view words);

  // By month, oldest first. Wants a receipt for read_reviews.
  Result<std::vector<MonthOfReviews>> figures(const audit::Receipt& receipt) const;
  // Of the days before this one, oldest first, what told() did not mark yet.
  Result<std::vector<Drawn>> untold(base::UtcDay before) const;
  Result<void> told(base::UtcDay before);
  // Overdue, or misuse suspected: for standards. Wants a receipt for read_signals.
  Result<std::vector<Review>> escalated(const audit::Receipt& receipt, std::size_t count) const;
  // Of all organisations, for a gauge.
  Result<std::uint64_t> overdue() const;
  Result<std::uint64_t> open() const;
  // Of one organisation: whether it may be closed.
  Result<std::uint64_t> open_of(const base::OrganisationId& organisation) const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
  const Settings settings_;
};

}  // namespace regmark::oversight
