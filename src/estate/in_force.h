// Which version of what was written counts: the newest that is whole. A later one that is not is a
// draft.
#pragma once

#include <span>
#include <string_view>

#include "assessment/guidance.h"
#include "estate/site_file.h"

namespace regmark::estate {

// `papers` in the order in which they were written. Nothing: no version of the form is whole.
const PaperRecord* in_force(const assessment::Guidance& guidance,
                            std::span<const PaperRecord> papers, std::string_view form);

}  // namespace regmark::estate
