#include "desk/review_searches.h"

#include "desk/ask.h"
#include "desk/note_search.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;
using oversight::Review;

Result<Answer<std::vector<Review>>> read_reviews(const Desk& desk, const Asker& asker,
                                                 std::size_t count) {
  return ask(desk, asker, Act::read_reviews, {},
             [&](const Receipt& receipt) -> Result<std::vector<Review>> {
               REGMARK_ASSIGN(const auto line, line_of(desk, asker.person.id));
               return desk.oversight.reviews.list(receipt, line, count);
             });
}

Result<Answer<Review>> take_review(const Desk& desk, const Asker& asker,
                                   const oversight::ReviewId& id) {
  return ask(desk, asker, Act::review_searches, about(id.text()),
             [&](const Receipt& receipt) -> Result<Review> {
               REGMARK_ASSIGN(const auto line, line_of(desk, asker.person.id));
               return desk.oversight.reviews.take(receipt, id, line);
             });
}

Result<Answer<Review>> decide_review(const Desk& desk, const Asker& asker,
                                     const oversight::ReviewId& id, oversight::ReviewState outcome,
                                     std::string_view words) {
  return ask(desk, asker, Act::review_searches, about(id.text()),
             [&](const Receipt& receipt) -> Result<Review> {
               REGMARK_ASSIGN(const auto line, line_of(desk, asker.person.id));
               return desk.oversight.reviews.decide(receipt, id, line, outcome, words);
             });
}

Result<Answer<std::vector<oversight::MonthOfReviews>>> read_review_figures(const Desk& desk,
                                                                           const Asker& asker) {
  return ask(desk, asker, Act::read_reviews, {},
             [&](const Receipt& receipt) { return desk.oversight.reviews.figures(receipt); });
}

}  // namespace regmark::desk
