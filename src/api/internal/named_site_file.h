// A site's file as people read it: with their names.
#pragma once

#include "api/internal/names.h"
#include "api/internal/show.h"

namespace regmark::api {

Result<Json> show_named(const estate::SiteFile& file, Names& names);

}  // namespace regmark::api
