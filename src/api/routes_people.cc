// Who may sign in, and with which roles.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "desk/change_people.h"
#include "desk/read_people.h"

namespace regmark::api {
namespace {

constexpr std::size_t people_max = 100'000;
constexpr std::size_t trainings_max = 100;
constexpr std::size_t roles_max = std::size(access::all_roles);

// The schema let only roles through.
std::vector<access::Role> roles_in(const Json& body) {
  std::vector<access::Role> roles;
  for (const auto& word : body.at("roles")) {
    roles.push_back(*access::role_of(word.get_ref<const std::string&>()));
  }
  return roles;
}

Result<std::vector<access::Training>> training_in(const Json& body) {
  std::vector<access::Training> training;
  if (!body.contains("training")) return training;
  for (const auto& one : body.at("training")) {
    REGMARK_ASSIGN(const auto until, time_in(one, "until"));
    training.push_back({text_in(one, "course"), until});
  }
  return training;
}

Result<http::Response> read_people(const Call& call) {
  return shown(desk::read_people(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"people", show_all(done.value)}});
  });
}

Result<http::Response> add_person(const Call& call) {
  REGMARK_ASSIGN(auto organisation, id_in<base::OrganisationId>(call.body, "organisation"));
  REGMARK_ASSIGN(auto training, training_in(call.body));
  const people::NewPerson person{text_in(call.body, "sign_in_name"),
                                 text_in(call.body, "display_name"),
                                 std::move(organisation),
                                 roles_in(call.body),
                                 text_in(call.body, "rank"),
                                 std::move(training)};
  return shown(desk::add_person(call.rooms.desk, call.asker(), person), [](const auto& done) {
    return json_response({{"id", done.value.id.text()}, {"code", done.value.code}},
                         /*status=*/201);
  });
}

Result<http::Response> set_roles(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::PersonId>(call, "id"));
  auto answer = desk::set_roles(call.rooms.desk, call.asker(), id, roles_in(call.body));
  call.rooms.screens.recheck();
  return done(std::move(answer));
}

Result<http::Response> set_standing(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::PersonId>(call, "id"));
  REGMARK_ASSIGN(const auto training, training_in(call.body));
  return done(
      desk::set_standing(call.rooms.desk, call.asker(), id, text_in(call.body, "rank"), training));
}

Result<http::Response> set_line(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::PersonId>(call, "id"));
  return done(desk::set_line(call.rooms.desk, call.asker(), id, text_in(call.body, "line")));
}

Result<http::Response> deactivate(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::PersonId>(call, "id"));
  auto answer = desk::deactivate_person(call.rooms.desk, call.asker(), id);
  call.rooms.screens.recheck();
  return done(std::move(answer));
}

Result<http::Response> reset(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::PersonId>(call, "id"));
  auto answer = desk::reset_person(call.rooms.desk, call.asker(), id);
  call.rooms.screens.recheck();
  return shown(std::move(answer), [](const auto& done) {
    return json_response({{"code", done.value}});
  });
}

Result<http::Response> remove_second_factor(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::PersonId>(call, "id"));
  auto answer = desk::remove_second_factor(call.rooms.desk, call.asker(), id);
  call.rooms.screens.recheck();
  return done(std::move(answer));
}

Result<http::Response> take_security_key(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::PersonId>(call, "id"));
  REGMARK_ASSIGN(const auto key, id_in_path<people::SecurityKeyId>(call, "key"));
  auto answer = desk::take_security_key(call.rooms.desk, call.asker(), id, key);
  call.rooms.screens.recheck();
  return done(std::move(answer));
}

}  // namespace

Table people_table() {
  const Member roles{"roles", list_of(named("Role"), roles_max)};
  const Member rank{"rank", described(text(base::id_length_max), "A word of the policy's."),
                    Need::optional};
  const Member training{"training", list_of(named("Training"), trainings_max), Need::optional};
  const Member code{"code", described(text(200), "One-time, to choose a password with.")};
  return {
      {.method = "GET",
       .pattern = "/v1/people",
       .id = "readPeople",
       .subject = "people",
       .summary = "Everybody who may sign in, or could",
       .purpose = PurposeIn::headers,
       .success = {200, "People", object({{"people", list_of(named("Person"), people_max)}})},
       .handle = read_people},
      changing("people", "/v1/people", "addPerson", "Add a person",
               {{"sign_in_name", text(64, 1)},
                {"display_name", text(200, 1)},
                {"organisation", id_text()},
                roles,
                rank,
                training},
               {201, "The person, and the code", object({{"id", id_text()}, code})}, add_person),
      changing("people", "/v1/people/{id}/roles", "setRoles", "Give a person exactly these roles",
               {roles}, {204, "Done", std::nullopt}, set_roles),
      changing("people", "/v1/people/{id}/standing", "setStanding",
               "Give a person exactly this rank, and these courses passed", {rank, training},
               {204, "Done", std::nullopt}, set_standing),
      changing("people", "/v1/people/{id}/line", "setLine",
               "Say which team a person is of: nobody of it reviews what they search",
               {{"line", text(people::line_size_max)}}, {204, "Done", std::nullopt}, set_line),
      changing("people", "/v1/people/{id}/deactivate", "deactivatePerson",
               "End a person's access, and their sessions", {}, {204, "Done", std::nullopt},
               deactivate),
      changing("people", "/v1/people/{id}/reset", "resetPerson",
               "A new one-time code; the old password no longer works", {},
               {200, "The code", object({code})}, reset),
      changing("people", "/v1/people/{id}/second-factor/remove", "removeSecondFactor",
               "Take away app, keys and codes that were lost, and end their sessions", {},
               {204, "Done", std::nullopt}, remove_second_factor),
      changing("people", "/v1/people/{id}/security-keys/{key}/remove", "takeSecurityKey",
               "Take away one security key, and end their sessions", {},
               {204, "Done", std::nullopt}, take_security_key),
  };
}

}  // namespace regmark::api
