// Looks at what others searched, and says what one found.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// These fail as the functions of oversight::Reviews do.
Result<Answer<std::vector<oversight::Review>>> read_reviews(const Desk& desk, const Asker& asker,
                                                            std::size_t count);
Result<Answer<oversight::Review>> take_review(const Desk& desk, const Asker& asker,
                                              const oversight::ReviewId& id);
Result<Answer<oversight::Review>> decide_review(const Desk& desk, const Asker& asker,
                                                const oversight::ReviewId& id,
                                                oversight::ReviewState outcome,
                                                std::string_view words);
// What is published: counts, and nothing about anybody.
Result<Answer<std::vector<oversight::MonthOfReviews>>> read_review_figures(const Desk& desk,
                                                                           const Asker& asker);

}  // namespace regmark::desk
