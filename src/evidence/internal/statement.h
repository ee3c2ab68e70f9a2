// The part of the evidence that people read.
#pragma once

#include "documents/document.h"
#include "evidence/bundle.h"

namespace regmark::evidence::internal {

documents::Document statement_of(const Contents& contents);

}  // namespace regmark::evidence::internal
