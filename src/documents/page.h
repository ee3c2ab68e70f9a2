// A document as a page that needs nothing from elsewhere but its pictures.
#pragma once

#include <string>

#include "documents/document.h"

namespace regmark::documents {

// HTML 5 for screen readers too: one main heading, a caption and a scope for each table's head, a
// text for each picture. No script; nothing of the document's text is taken for markup.
std::string page_of(const Document& document);

}  // namespace regmark::documents
