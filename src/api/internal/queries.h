// A question for sightings as it comes over HTTP, and the page that answers it.
#pragma once

#include <vector>

#include "api/internal/endpoint.h"
#include "api/internal/show.h"
#include "sightings/store.h"

namespace regmark::api {

inline constexpr std::size_t query_size_max = std::size_t{256} << 10U;  // cameras_max ids, and more

Result<sightings::Query> query_in(const Json& body);
// Who asks, and on what they say that it stands.
Result<desk::Asker> asker_with_authority(const Call& call);
std::vector<Member> query_members();
// A query that asks for a page.
Json search_body();

Json page_schema();
http::Response page_response(const desk::Done<sightings::Page>& done);

}  // namespace regmark::api
