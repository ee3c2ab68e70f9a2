// Puts on record how many searches went to a reviewer, and why: for anybody to count.
#pragma once

#include "audit/log.h"
#include "base/result.h"
#include "base/time.h"
#include "oversight/reviews.h"

namespace regmark::server {

// For each day that is over, one record for each set of reasons: "3_sampled_flagged". Not at once,
// and not one for each search: whoever searched could tell from the public half that theirs was
// drawn. After a crash a day may be said twice, in the same words: it counts once. Fails with
//   unavailable   the log or the records cannot be written
Result<void> tell_reviews(audit::Log& log, oversight::Reviews& reviews, const base::Clock& clock);

}  // namespace regmark::server
