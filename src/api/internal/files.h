// Answers that a browser keeps as a file: on paper, and as a page that stands alone.
#pragma once

#include <string>

#include "api/internal/endpoint.h"
#include "documents/document.h"

namespace regmark::api {

inline constexpr std::string_view pdf_type = "application/pdf";
inline constexpr std::string_view html_type = "text/html";

// `name` without its ending. A page is kept and not shown: the office's own pages run under a
// policy that a page with a style of its own does not fit.
Result<http::Response> pdf_file(const documents::Document& document, const std::string& name);
http::Response html_file(const documents::Document& document, const std::string& name);
// Bytes that were made before.
http::Response file_of(std::string bytes, std::string_view type, const std::string& name);

}  // namespace regmark::api
