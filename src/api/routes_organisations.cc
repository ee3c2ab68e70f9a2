// What those who sign in belong to, and which is part of which.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "desk/change_organisations.h"
#include "desk/change_people.h"
#include "desk/read_people.h"

namespace regmark::api {
namespace {

Result<people::OrganisationAbout> about_in(const Json& body) {
  // The schema let only kinds through.
  const auto kind =
      base::named<people::OrganisationKind>(people::all_organisation_kinds, text_in(body, "kind"));
  people::OrganisationAbout about{.kind = *kind, .name = text_in(body, "name")};
  if (!text_in(body, "parent").empty()) {
    REGMARK_ASSIGN(about.parent, id_in<base::OrganisationId>(body, "parent"));
  }
  return about;
}

Result<http::Response> read_organisations(const Call& call) {
  return shown(desk::read_organisations(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"organisations", show_all(done.value)}});
  });
}

Result<http::Response> add_organisation(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in<base::OrganisationId>(call.body, "id"));
  REGMARK_ASSIGN(const auto about, about_in(call.body));
  return shown(desk::add_organisation(call.rooms.desk, call.asker(), id, about), [&](const auto&) {
    return json_response({{"id", id.text()}}, /*status=*/201);
  });
}

Result<http::Response> change_organisation(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::OrganisationId>(call, "id"));
  REGMARK_ASSIGN(const auto about, about_in(call.body));
  auto answer = desk::change_organisation(call.rooms.desk, call.asker(), id, about);
  call.rooms.screens.recheck();
  return done(std::move(answer));
}

Result<http::Response> close_organisation(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::OrganisationId>(call, "id"));
  return done(desk::close_organisation(call.rooms.desk, call.asker(), id));
}

Result<http::Response> move_person(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::PersonId>(call, "id"));
  REGMARK_ASSIGN(const auto organisation, id_in<base::OrganisationId>(call.body, "organisation"));
  auto answer = desk::move_person(call.rooms.desk, call.asker(), id, organisation);
  call.rooms.screens.recheck();
  return done(std::move(answer));
}

}  // namespace

Table organisations_table() {
  const Member kind{"kind", one_of({"partner", "force", "region", "national"})};
  const Member name{"name", text(people::organisation_name_size_max, 1)};
  const Member parent{
      "parent",
      described(text(base::id_length_max),
                "The organisation of a higher kind that it is part of; empty: of none."),
      Need::optional};
  return {
      {.method = "GET",
       .pattern = "/v1/organisations",
       .id = "readOrganisations",
       .subject = "people",
       .summary = "What people belong to, and which is part of which",
       .purpose = PurposeIn::headers,
       .success = {200, "Organisations, the closed ones too",
                   object({{"organisations",
                            list_of(named("Organisation"), people::organisations_max)}})},
       .handle = read_organisations},
      changing("people", "/v1/organisations", "addOrganisation", "Add an organisation",
               {{"id", id_text()}, kind, name, parent},
               {201, "Its id", object({{"id", id_text()}})}, add_organisation),
      changing("people", "/v1/organisations/{id}", "changeOrganisation",
               "Say anew what it is, and part of what: whoever stands above may judge what its "
               "people do",
               {kind, name, parent}, {204, "Done", std::nullopt}, change_organisation),
      changing("people", "/v1/organisations/{id}/close", "closeOrganisation",
               "Close one that nobody belongs to", {}, {204, "Done", std::nullopt},
               close_organisation),
      changing("people", "/v1/people/{id}/organisation", "movePerson",
               "Move a person to another organisation, and end their sessions",
               {{"organisation", id_text()}}, {204, "Done", std::nullopt}, move_person),
  };
}

}  // namespace regmark::api
