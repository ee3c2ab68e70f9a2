// A review as people read it: with their names.
#pragma once

#include "api/internal/endpoint.h"
#include "api/internal/names.h"
#include "api/internal/show.h"

namespace regmark::api {

Result<Json> show_named(const oversight::SearchNote& note, Names& names);
Result<Json> show_named(const oversight::Review& review, base::UtcTime now, Names& names);
Result<Json> show_named(const std::vector<oversight::Review>& reviews, base::UtcTime now,
                        Names& names);
Result<Json> show_named(const oversight::FollowUp& follow_up, base::UtcTime now, Names& names);
Result<Json> show_named(const std::vector<oversight::FollowUp>& follow_ups, base::UtcTime now,
                        Names& names);

}  // namespace regmark::api
