#include "api/routes.h"

#include <chrono>
#include <set>
#include <utility>

#include "api/internal/guard.h"
#include "api/internal/metrics.h"
#include "api/internal/metrics_guard.h"
#include "api/internal/openapi.h"
#include "api/internal/seen_signatures.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "base/check.h"

namespace regmark::api {
namespace {

void append(Table& table, Table part) {
  for (auto& endpoint : part) table.push_back(std::move(endpoint));
}

http::Response bytes(std::string content, std::string_view type) {
  http::Response response;
  response.content_type = std::string(type);
  response.body = std::move(content);
  return response;
}

class OfficeApi final : public Api {
 public:
  OfficeApi(const Rooms& rooms, const Pages& pages)
      : rooms_(with(rooms, seen_signatures_)),
        pages_(pages),
        metrics_(Metrics::create(rooms)),
        table_(whole_table()) {
    append(table_, open_table());
    document_ = to_text(openapi_document(table_));
  }

  std::vector<http::Route> routes() override {
    std::vector<http::Route> routes;
    for (const auto& endpoint : table_) {
      routes.push_back({endpoint.method, endpoint.pattern, endpoint.body_size_max,
                        [this, &endpoint](const http::Request& request) {
                          return measured(endpoint, request);
                        }});
    }
    for (const auto& page : pages_) add_page(routes, page);
    return routes;
  }

  void count(const http::Server* server) override { metrics_->count(server); }

 private:
  http::Response measured(const Endpoint& endpoint, const http::Request& request) {
    const auto start = std::chrono::steady_clock::now();
    auto response = answer(endpoint, rooms_, request);
    metrics_->answered(endpoint.id, response.status, std::chrono::steady_clock::now() - start);
    // Nothing that the office says may lie in a cache: it is about people, or it is about now.
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
  }

  static void add_page(std::vector<http::Route>& routes, const PageFile& page) {
    const bool first = page.path == "/index.html";
    const bool named_by_content = page.path.starts_with("/assets/");
    http::Response response = bytes(std::string(page.bytes), content_type_of(page.path));
    response.headers.emplace_back(
        "Cache-Control", named_by_content ? "public, max-age=31536000, immutable" : "no-cache");
    const auto handler = [response](const http::Request&) { return response; };
    routes.push_back({"GET", page.path, /*body_size_max=*/0, handler});
    if (first) routes.push_back({"GET", "/", /*body_size_max=*/0, handler});
  }

  // What needs no sign-in and holds nothing about anybody.
  Table open_table() {
    return {{.method = "GET",
             .pattern = "/healthz",
             .id = "readHealth",
             .subject = "office",
             .summary = "Whether the office runs",
             .caller = Caller::anybody,
             .success = {200, "It does", object({{"status", one_of({"ok"})}})},
             .handle = [](const Call&) -> Result<http::Response> {
               return json_response({{"status", "ok"}});
             }},
            {.method = "GET",
             .pattern = "/metrics",
             .id = "readMetrics",
             .subject = "office",
             .summary = "Figures for Prometheus: for this machine, or for who has their token",
             .caller = Caller::anybody,
             .success = {200, "Figures", std::nullopt, "text/plain"},
             .handle = [this](const Call& call) -> Result<http::Response> {
               if (auto refused = refuse_metrics(call.request, rooms_.metrics_token)) {
                 return *std::move(refused);
               }
               return bytes(metrics_->text(), "text/plain; version=0.0.4; charset=utf-8");
             }},
            {.method = "GET",
             .pattern = "/openapi.json",
             .id = "readDocument",
             .subject = "office",
             .summary = "This document",
             .caller = Caller::anybody,
             .success = {200, "An OpenAPI 3.1 document", any_object()},
             .handle = [this](const Call&) -> Result<http::Response> {
               return bytes(document_, "application/json");
             }}};
  }

  static Rooms with(Rooms rooms, SeenSignatures& seen) {
    rooms.seen_signatures = &seen;
    return rooms;
  }

  SeenSignatures seen_signatures_;
  const Rooms rooms_;
  const Pages pages_;
  const std::unique_ptr<Metrics> metrics_;
  Table table_;
  std::string document_;
};

}  // namespace

Table whole_table() {
  Table table;
  for (auto* part : {session_table,
                     own_account_table,
                     security_keys_table,
                     sign_in_ways_table,
                     reads_table,
                     alerts_table,
                     search_table,
                     convoys_table,
                     tracks_table,
                     authorities_table,
                     holds_table,
                     keeping_table,
                     reviews_table,
                     follow_ups_table,
                     cases_table,
                     standards_table,
                     subjects_table,
                     estate_table,
                     site_files_table,
                     deployments_table,
                     camera_book_table,
                     covert_table,
                     printed_table,
                     public_impact_table,
                     self_assessments_table,
                     effectiveness_table,
                     surroundings_table,
                     register_table,
                     drift_table,
                     samples_table,
                     plans_table,
                     lists_table,
                     people_table,
                     organisations_table,
                     audit_table}) {
    append(table, part());
  }
  std::set<std::string> ids;
  for (const auto& endpoint : table) REGMARK_CHECK(ids.insert(endpoint.id).second);
  return table;
}

std::vector<std::pair<std::string, std::string>> security_headers(Transport transport) {
  std::vector<std::pair<std::string, std::string>> headers{
      // Pictures that were fetched with a purpose in the headers are shown from memory (blob:).
      {"Content-Security-Policy",
       "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; "
       "form-action 'self'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
  };
  if (transport == Transport::tls) {
    // Names below the office's own are not ours to speak for.
    headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  }
  return headers;
}

std::string not_found_page() {
  return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not found</title>"
         "<h1>Not found</h1><p>There is nothing at this address. "
         "<a href=\"/\">Go to the first page</a>.</p></html>\n";
}

std::unique_ptr<Api> Api::create(const Rooms& rooms, const Pages& pages) {
  return std::make_unique<OfficeApi>(rooms, pages);
}

}  // namespace regmark::api
