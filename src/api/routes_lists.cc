// Lists of vehicles of interest.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "api/internal/words.h"
#include "desk/change_lists.h"
#include "desk/end_entry.h"
#include "desk/read_lists.h"

namespace regmark::api {
namespace {

constexpr std::size_t lists_max = 10'000;
constexpr std::size_t entries_count = 100;  // when nobody says how many
// About two million rows of the exchange format; the server bounds all bodies together besides.
constexpr std::size_t csv_size_max = std::size_t{256} << 20U;

Result<http::Response> read_lists(const Call& call) {
  return shown(desk::read_lists(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"watchlists", show_all(done.value)}});
  });
}

Result<http::Response> create_list(const Call& call) {
  const auto& body = call.body;
  REGMARK_ASSIGN(auto id, id_in<base::ListId>(body, "id"));
  REGMARK_ASSIGN(const auto review, day_in(body, "review"));
  REGMARK_ASSIGN(const auto alerted, ids_in<base::OrganisationId>(body, "alerted"));
  const watchlist::NewList list{
      std::move(id),
      text_in(body, "name"),
      *value_of(level_words, text_in(body, "level")),
      call.session->person.organisation,
      text_in(body, "purpose"),
      *value_of(priority_words, text_in(body, "priority")),
      review,
      std::chrono::hours{body.at("age_max_hours").get<int>()},
      std::chrono::seconds{body.at("alert_window_seconds").get<int>()},
      {alerted.begin(), alerted.end()},
      body.value("near_least", watchlist::near_least_usual),
  };
  return shown(desk::create_list(call.rooms.desk, call.asker(), list),
               [](const auto&) { return json_response(Json::object(), /*status=*/201); });
}

Result<http::Response> import(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::ListId>(call, "id"));
  return shown(desk::import_list(call.rooms.desk, call.asker(), id, call.request.body),
               [](const auto& done) { return json_response(show(done.value)); });
}

Result<http::Response> read_entries(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::ListId>(call, "id"));
  return shown(
      desk::read_entries(call.rooms.desk, call.asker(), id, call.count_parameter("first", 0),
                         call.count_parameter("count", entries_count)),
      [](const auto& done) {
        return json_response({{"entries", show_all(done.value)}});
      });
}

Result<http::Response> withdraw(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::EntryId>(call, "id"));
  return done(
      desk::withdraw_entry(call.rooms.desk, call.asker(), id, text_in(call.body, "reason")));
}

Result<http::Response> resolve(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::EntryId>(call, "id"));
  return done(desk::resolve_entry(call.rooms.desk, call.asker(), id, text_in(call.body, "reason")));
}

Json new_list() {
  return object({{"id", id_text()},
                 {"name", text(200, 1)},
                 {"level", one_of(level_words)},
                 {"purpose", text(1'000, 1)},
                 {"priority", one_of(priority_words)},
                 {"review", day_text()},
                 {"age_max_hours", integer(1, 24 * 366)},
                 {"alert_window_seconds", integer(0, 86'400)},
                 {"alerted",
                  described(list_of(id_text(), watchlist::alerted_max),
                            "Only people of these organisations are alerted; none: everybody who "
                            "may watch alerts."),
                  Need::optional},
                 {"near_least",
                  described(number(0, 1),
                            "The least probability with which a near hit alerts; 0.01 unless "
                            "given."),
                  Need::optional}});
}

Endpoint end(const std::string& verb, std::string id, std::string summary, Handle handle) {
  return changing("lists", "/v1/watchlists/entries/{id}/" + verb, std::move(id), std::move(summary),
                  {{"reason", text(1'000, 1)}}, {204, "Done", std::nullopt}, handle);
}

}  // namespace

Table lists_table() {
  return {
      {.method = "GET",
       .pattern = "/v1/watchlists",
       .id = "readLists",
       .subject = "lists",
       .summary = "All lists, and whether each may fire",
       .purpose = PurposeIn::headers,
       .success = {200, "Lists", object({{"watchlists", list_of(named("Watchlist"), lists_max)}})},
       .handle = read_lists},
      {.method = "POST",
       .pattern = "/v1/watchlists",
       .id = "createList",
       .subject = "lists",
       .summary = "Make a list; it is the caller's, and of their organisation",
       .body = new_list(),
       .success = {201, "Made", object({})},
       .handle = create_list},
      {.method = "GET",
       .pattern = "/v1/watchlists/{id}/entries",
       .id = "readEntries",
       .subject = "lists",
       .summary = "What stands, or stood, on a list",
       .purpose = PurposeIn::headers,
       .query = {{"first", count()},
                 {"count", integer(1, static_cast<std::int64_t>(desk::entries_page_max))}},
       .success = {200, "Entries",
                   object({{"entries", list_of(named("Entry"), desk::entries_page_max)}})},
       .handle = read_entries},
      {.method = "PUT",
       .pattern = "/v1/watchlists/{id}/entries",
       .id = "importList",
       .subject = "lists",
       .summary = "Replace a list by a new version in one step",
       .purpose = PurposeIn::headers,
       .body_types = {{"text/csv", described(Json{{"type", "string"}}, "The exchange format.")}},
       .body_size_max = csv_size_max,
       .success = {200, "What was read, and every row that was not", named("ImportReport")},
       .handle = import},
      end("withdraw", "withdrawEntry", "The entry should not stand", withdraw),
      end("resolve", "resolveEntry", "The entry did its work", resolve),
  };
}

}  // namespace regmark::api
