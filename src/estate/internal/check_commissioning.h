// Which cameras may be put up at a site, and what its commissioning must say of them.
#pragma once

#include <span>

#include "estate/internal/papers_table.h"

namespace regmark::estate::internal {

// Fails with
//   conflict   the controller decided for so many cameras, and as many stand
Result<void> check_has_room(std::span<const PaperRecord> papers, std::size_t standing);

// Where the controller decided anew, maybe for fewer. Fails with
//   conflict   more stand than were decided for
Result<void> check_no_more_than_decided(std::span<const PaperRecord> papers, std::size_t standing);

// A live site whose papers decide how many cameras it has, or one that was commissioned without
// this one: says what to do instead.
tl::unexpected<Error> needs_papers(const SiteRecord& site, std::size_t standing);

// Each camera that stands is seen to once, and no other. Fails with
//   invalid_input   which not
Result<void> check_views(const assessment::Paper& commissioning,
                         std::vector<base::CameraId> standing);

}  // namespace regmark::estate::internal
