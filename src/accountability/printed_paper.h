// A paper of a site's file as a document for people: everything that its form asks, what was
// answered and what was not, the advice on it, and who stands for it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "assessment/guidance.h"
#include "base/result.h"
#include "documents/document.h"
#include "estate/site_file.h"

namespace regmark::accountability {

// How a person is called on paper.
using NameOf = std::function<std::string(const base::PersonId&)>;

// The version in force of the form's paper (in_force.h) in the file, which is as it stood on some
// day; where none was whole by then, the newest draft, which says that it is one. It names
// the site and where it stands: for the file, for courts and regulators, and not for the public
// (public_version.h is). Fails with
//   invalid_input   the guidance has no such form
//   not_found       nobody wrote one
Result<documents::Document> printed(const assessment::Guidance& guidance,
                                    const estate::SiteFile& file, std::string_view form,
                                    const NameOf& name_of);

}  // namespace regmark::accountability
