// What a yearly review rests on, before it lets a site continue.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "assessment/guidance.h"
#include "estate/internal/snapshot.h"

namespace regmark::estate::internal {

// Without these no review lets a site continue (7.2).
inline constexpr std::string_view needed_to_continue[] = {"strategic_assessment", "pressing_need",
                                                          "impact"};

// The number of the last paper that the controller decided by, or that was a review: what was
// written after it nobody judged yet. 0: nobody judged anything, as of what was inherited.
std::uint64_t judged_until(const SiteRow& row);

// The impact assessment was written after that one. Then the advice of both whom 1.11 names is
// wanted on it. Fails with
//   invalid_input   either is missing, not whole, or was given on an earlier one
//   conflict        either is by who wrote the impact assessment
Result<void> check_advised(const assessment::Guidance& guidance,
                           std::span<const PaperRecord> papers);

// What stands in the way of a review that would let the site continue, in the order in which it is
// asked for; none: nothing does. Each says which paper of which day, and what to do.
std::vector<Error> lacks_to_continue(const assessment::Guidance& guidance, const SiteRow& row,
                                     std::span<const PaperRecord> papers);
// Fails with the first of these, or with
//   conflict   the reviewer wrote, or advised on, what nobody judged before
Result<void> check_may_continue(const assessment::Guidance& guidance, const SiteRow& row,
                                std::span<const PaperRecord> papers,
                                const base::PersonId& reviewer);

}  // namespace regmark::estate::internal
