// Who asked, what for, and by whose leave: the head of the part that people read.
#pragma once

#include <string>

#include "documents/document.h"
#include "evidence/bundle.h"

namespace regmark::evidence::internal {

// "Ann Example (person-1)", or the id alone where nobody knows the name.
std::string named(const Contents& contents, const base::PersonId& id);

documents::Table asked(const Contents& contents);
// Of the authority, which is there: who gave it, and how far it reached.
documents::Table leave(const Contents& contents);

}  // namespace regmark::evidence::internal
