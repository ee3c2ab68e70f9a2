#include "api/internal/files.h"

#include "documents/haru/pdf.h"
#include "documents/page.h"

namespace regmark::api {

http::Response file_of(std::string bytes, std::string_view type, const std::string& name) {
  http::Response response;
  response.content_type = type == html_type ? "text/html; charset=utf-8" : std::string(type);
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  response.body = std::move(bytes);
  return response;
}

Result<http::Response> pdf_file(const documents::Document& document, const std::string& name) {
  REGMARK_ASSIGN(auto bytes, documents::pdf_of(document));
  return file_of(std::move(bytes), pdf_type, name + ".pdf");
}

http::Response html_file(const documents::Document& document, const std::string& name) {
  return file_of(documents::page_of(document), html_type, name + ".html");
}

}  // namespace regmark::api
