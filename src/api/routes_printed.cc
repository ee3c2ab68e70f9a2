// Papers of a site's file, printed.
#include "api/internal/bind.h"
#include "api/internal/files.h"
#include "api/internal/guard.h"
#include "api/internal/tables.h"
#include "desk/print_paper.h"

namespace regmark::api {
namespace {

// What is asked for, printed; `make` puts it into a file (document, name -> Result<Response>).
template <typename Make>
Result<http::Response> printed(const Call& call, const Make& make) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  REGMARK_ASSIGN(const auto as_of, end_of_day_asked(call, "on"));
  const auto& form = call.variable("form");
  return shown(desk::print_paper(call.rooms.desk, call.asker(), id, form, as_of),
               [&](const auto& done) -> Result<http::Response> {
                 return make(done.value, id.text() + "-" + form);
               });
}

Result<http::Response> print_pdf(const Call& call) {
  return printed(call, pdf_file);
}

Result<http::Response> print_page(const Call& call) {
  return printed(call, html_file);
}

Endpoint print(std::string ending, std::string id, std::string_view type, Handle handle) {
  return {.method = "GET",
          .pattern = "/v1/sites/{id}/papers/{form}/" + std::move(ending),
          .id = std::move(id),
          .subject = "estate",
          .summary =
              "The latest version of a paper, printed with the advice on it and who stands "
              "for it",
          .purpose = PurposeIn::headers,
          .query = {{"on", described(day_text(), "As it stood at the end of that day.")}},
          .success = {200, "The paper", std::nullopt, std::string(type)},
          .handle = handle};
}

}  // namespace

Table printed_table() {
  return {print("pdf", "printPaperAsPdf", pdf_type, print_pdf),
          print("page", "printPaperAsPage", html_type, print_page)};
}

}  // namespace regmark::api
