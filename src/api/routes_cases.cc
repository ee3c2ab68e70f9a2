// The case register that references are checked against.
#include "api/internal/bind.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "desk/change_cases.h"

namespace regmark::api {
namespace {

constexpr std::size_t csv_size_max = std::size_t{64} << 20U;  // cases_max rows, and to spare

Result<http::Response> import(const Call& call) {
  return shown(desk::import_cases(call.rooms.desk, call.asker(), call.request.body),
               [](const auto& done) { return json_response(show(done.value)); });
}

}  // namespace

Table cases_table() {
  return {{.method = "PUT",
           .pattern = "/v1/cases",
           .id = "importCases",
           .subject = "oversight",
           .summary = "Replace the organisation's case register in one step",
           .purpose = PurposeIn::headers,
           .body_types = {{"text/csv",
                           described(Json{{"type", "string"}},
                                     "Columns reference, category, opened, closed, named in the "
                                     "first row.")}},
           .body_size_max = csv_size_max,
           .success = {200, "What was read, and every row that was not", named("LinesReport")},
           .handle = import}};
}

}  // namespace regmark::api
