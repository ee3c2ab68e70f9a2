// A document on A4 paper, by libharu.
#pragma once

#include <string>

#include "base/result.h"
#include "documents/document.h"

namespace regmark::documents {

// A PDF of A4 pages with their numbers; a table that goes on repeats its head. The same document
// always gives the same bytes. Letters that Windows-1252 lacks come out as the nearest it has, or
// as a question mark: the page has them all. A picture that is no JPEG is named where it would have
// stood. Fails with
//   invalid_input    a row with other than the head's number of cells
//   limit_exceeded   past blocks_max or columns_max
Result<std::string> pdf_of(const Document& document);

}  // namespace regmark::documents
