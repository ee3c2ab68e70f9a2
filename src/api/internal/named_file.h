// The file of a site or a deployment, and papers, as people read them: with their names.
#pragma once

#include "api/internal/names.h"
#include "api/internal/show.h"

namespace regmark::api {

Result<Json> show_named(const estate::SiteFile& file, Names& names);
Result<Json> show_named(const estate::DeploymentFile& file, Names& names);
Result<Json> show_named(const std::vector<estate::PaperRecord>& papers, Names& names);

}  // namespace regmark::api
