// The case register that references are checked against.
#include "api/internal/bind.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "desk/change_cases.h"

namespace regmark::api {
namespace {

constexpr std::size_t csv_size_max = std::size_t{64} << 20U;  // cases_max rows, and to spare

Result<http::Response> import(const Call& call) {
  const auto asker = call.asker();
  auto organisation = asker.person.organisation;
  if (const auto named = call.parameter("organisation"); !named.empty()) {
    REGMARK_ASSIGN(organisation, base::OrganisationId::parse(named));
  }
  return shown(desk::import_cases(call.rooms.desk, asker, organisation, call.request.body),
               [](const auto& done) { return json_response(show(done.value)); });
}

}  // namespace

Table cases_table() {
  return {{.method = "PUT",
           .pattern = "/v1/cases",
           .id = "importCases",
           .subject = "oversight",
           .summary = "Replace an organisation's case register in one step",
           .purpose = PurposeIn::headers,
           .query = {{"organisation", described(id_text(), "Whose; the caller's own otherwise.")}},
           .body_types = {{"text/csv",
                           described(Json{{"type", "string"}},
                                     "Columns reference, category, opened, closed, named in the "
                                     "first row.")}},
           .body_size_max = csv_size_max,
           .success = {200, "What was read, and every row that was not", named("LinesReport")},
           .handle = import}};
}

}  // namespace regmark::api
