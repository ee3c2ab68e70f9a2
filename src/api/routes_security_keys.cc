// Security keys that people have themselves.
#include "api/internal/bind.h"
#include "api/internal/door.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "base/encoding.h"
#include "desk/security_keys.h"

namespace regmark::api {
namespace {

// Their own, which needs no leave and is no look at anybody else.
Result<http::Response> read_keys(const Call& call) {
  REGMARK_ASSIGN(const auto keys, call.rooms.desk.people.security_keys(call.session->person.id));
  return json_response({{"security_keys", show_all(keys)}});
}

Result<http::Response> begin_key(const Call& call) {
  const Turnstile::Pass pass(door(), call.request.source);
  if (!pass) return no_room();
  REGMARK_ASSIGN(const auto shown, shown_in(call.body));
  const auto begun = desk::begin_security_key(call.rooms.desk, *call.session, own(call, shown));
  if (!begun) return not_shown_again(call, begun.error());
  return json_response({{"security_key", show(begun->challenge)},
                        {"user_handle", base::to_base64_url(begun->user_handle)},
                        {"algorithms", people::key_algorithms}},
                       /*status=*/201);
}

Result<http::Response> add_key(const Call& call) {
  const auto name = text_in(call.body, "name");
  people::NewKeyAnswer answer{name, {}, {}};
  REGMARK_ASSIGN(answer.client_data, bytes_in(call.body, "client_data"));
  REGMARK_ASSIGN(answer.authenticator_data, bytes_in(call.body, "authenticator_data"));
  REGMARK_ASSIGN(const auto added,
                 desk::add_security_key(call.rooms.desk, *call.session, call.token, answer));
  call.rooms.screens.recheck();
  return json_response({{"id", added.id.text()}, {"recovery_codes", added.recovery_codes}},
                       /*status=*/201);
}

Result<http::Response> remove_key(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<people::SecurityKeyId>(call, "id"));
  const Turnstile::Pass pass(door(), call.request.source);
  if (!pass) return no_room();
  REGMARK_ASSIGN(const auto shown, shown_in(call.body));
  const auto removed =
      desk::remove_security_key(call.rooms.desk, *call.session, own(call, shown), id);
  if (!removed) return not_shown_again(call, removed.error());
  // It may have been the last one.
  call.rooms.screens.recheck();
  return no_content();
}

}  // namespace

Table security_keys_table() {
  const auto bytes = [](std::size_t size_max) { return text((size_max * 4 + 2) / 3, 1); };
  return {
      {.method = "GET",
       .pattern = "/v1/security-keys",
       .id = "readSecurityKeys",
       .subject = "session",
       .summary = "One's own security keys",
       .shown = Shown::password,
       .success = {200, "Keys",
                   object({{"security_keys",
                            list_of(named("SecurityKey"), people::security_keys_max)}})},
       .handle = read_keys},
      {.method = "POST",
       .pattern = "/v1/security-keys/begin",
       .id = "beginSecurityKey",
       .subject = "session",
       .summary = "Begin to make a security key known; asks once more who it is",
       .shown = Shown::password,
       .body = object(shown_once_more_members()),
       .success = {201, "What the browser needs; it waits for the key",
                   object({{"security_key", named("KeyChallenge")},
                           {"user_handle", text(64)},
                           {"algorithms", list_of(integer(-65'536, -1), 16)}})},
       .handle = begin_key},
      {.method = "POST",
       .pattern = "/v1/security-keys",
       .id = "addSecurityKey",
       .subject = "session",
       .summary = "Make it known; other sessions end",
       .shown = Shown::password,
       .body = object({{"name", text(people::security_key_name_size_max, 1)},
                       {"client_data", bytes(people::client_data_size_max)},
                       {"authenticator_data", bytes(people::authenticator_data_size_max)}}),
       .success = {201, "The key; with the first one codes for paper",
                   object({{"id", id_text()},
                           {"recovery_codes", list_of(text(64), recovery_codes_max)}})},
       .handle = add_key},
      {.method = "POST",
       .pattern = "/v1/security-keys/{id}/remove",
       .id = "removeSecurityKey",
       .subject = "session",
       .summary = "Remove one of one's own; asks once more who it is",
       .shown = Shown::password,
       .body = object(shown_once_more_members()),
       .success = {204, "Removed", std::nullopt},
       .handle = remove_key},
  };
}

}  // namespace regmark::api
