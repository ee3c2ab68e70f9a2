// Leave to look further: asked for by one, given by another.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/names.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "desk/ask_authority.h"
#include "desk/decide_authority.h"
#include "desk/read_authorities.h"

namespace regmark::api {
namespace {

// When nobody says how many: of a search on all of its pages, of anything else.
constexpr std::size_t search_rows = 10'000;
constexpr std::size_t other_rows = 1'000;
constexpr std::int64_t hours_max = 24 * 365;
constexpr std::int64_t uses_max = 1'000'000;
constexpr std::size_t body_size_max = std::size_t{256} << 10U;  // cameras_max ids, and the rest

Result<Json> show_named(const Call& call, const authority::Record& record, Names& names) {
  auto shown = show(record, call.rooms.desk.clock.now());
  REGMARK_ASSIGN(shown["requester_name"], names.of(record.requester));
  shown["decided_by_name"] = nullptr;
  if (record.decided_by) {
    REGMARK_ASSIGN(shown["decided_by_name"], names.of(*record.decided_by));
  }
  return shown;
}

Result<http::Response> one(const Call& call, Result<desk::Answer<authority::Record>> answer,
                           int status = 200) {
  return shown(std::move(answer), [&](const auto& done) -> Result<http::Response> {
    Names names(call.rooms.desk.people);
    REGMARK_ASSIGN(const auto record, show_named(call, done.value, names));
    return json_response(record, status);
  });
}

Result<authority::Asking> asking_in(const Json& body) {
  authority::Asking asking{
      .kind = text_in(body, "kind"), .act = *access::act_of(text_in(body, "act")), .scope = {}};
  auto& scope = asking.scope;
  scope.plate = text_in(body, "plate");
  REGMARK_ASSIGN(scope.cameras, ids_in<base::CameraId>(body, "cameras"));
  if (body.contains("area")) {
    REGMARK_ASSIGN(scope.area, area_in(body.at("area")));
  }
  REGMARK_ASSIGN(const auto from, time_in(body, "from"));
  REGMARK_ASSIGN(const auto until, time_in(body, "until"));
  scope.window = access::Window{from, until};
  // A hold is no page: it is of everything that it finds, up to what a hold may mark.
  const bool searches = asking.act == access::Act::search_sightings;
  scope.rows_max = asking.act == access::Act::hold_sightings
                       ? sightings::hold_reads_max
                       : body.value("rows", searches ? search_rows : other_rows);
  return asking;
}

Result<http::Response> ask_for(const Call& call) {
  REGMARK_ASSIGN(const auto asking, asking_in(call.body));
  if (!call.body.contains("given_orally_by")) {
    return one(call, desk::ask_authority(call.rooms.desk, call.asker(), asking), /*status=*/201);
  }
  REGMARK_ASSIGN(const auto officer, id_in<base::PersonId>(call.body, "given_orally_by"));
  return one(call, desk::record_oral_authority(call.rooms.desk, call.asker(), asking, officer),
             /*status=*/201);
}

Result<http::Response> read(const Call& call) {
  const auto count = call.count_parameter("count", 100);
  return shown(desk::read_authorities(call.rooms.desk, call.asker(), count),
               [&](const auto& done) -> Result<http::Response> {
                 Names names(call.rooms.desk.people);
                 Json all = Json::array();
                 for (const auto& record : done.value) {
                   REGMARK_ASSIGN(all.emplace_back(), show_named(call, record, names));
                 }
                 return json_response({{"authorities", std::move(all)}});
               });
}

// The officer's reason is the purpose of deciding.
desk::Asker officer_of(const Call& call) {
  auto asker = call.asker();
  asker.purpose.reason = text_in(call.body, "reason");
  return asker;
}

Result<desk::GrantLimits> limits_in(const Json& body) {
  desk::GrantLimits limits;
  limits.valid = std::chrono::hours(body.at("hours").get<std::int64_t>());
  limits.uses = body.at("uses").get<std::uint64_t>();
  limits.reason = text_in(body, "reason");
  if (body.contains("plate")) limits.plate = text_in(body, "plate");
  if (body.contains("cameras")) {
    REGMARK_ASSIGN(limits.cameras, ids_in<base::CameraId>(body, "cameras"));
  }
  if (body.contains("from") != body.contains("until")) {
    return fail(ErrorCode::invalid_input, "from and until stand together");
  }
  if (body.contains("from")) {
    REGMARK_ASSIGN(const auto from, time_in(body, "from"));
    REGMARK_ASSIGN(const auto until, time_in(body, "until"));
    limits.window = access::Window{from, until};
  }
  return limits;
}

Result<http::Response> grant(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::AuthorityId>(call, "id"));
  REGMARK_ASSIGN(const auto limits, limits_in(call.body));
  return one(call, desk::grant_authority(call.rooms.desk, officer_of(call), id, limits));
}

Result<http::Response> confirm(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::AuthorityId>(call, "id"));
  REGMARK_ASSIGN(const auto limits, limits_in(call.body));
  return one(call, desk::confirm_authority(call.rooms.desk, officer_of(call), id, limits));
}

Result<http::Response> refuse(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::AuthorityId>(call, "id"));
  return one(call, desk::refuse_authority(call.rooms.desk, officer_of(call), id,
                                          text_in(call.body, "reason")));
}

Result<http::Response> withdraw(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::AuthorityId>(call, "id"));
  auto withdrawn =
      desk::withdraw_authority(call.rooms.desk, officer_of(call), id, text_in(call.body, "reason"));
  call.rooms.screens.recheck();  // what goes on under it ends
  return one(call, std::move(withdrawn));
}

Result<http::Response> give_up(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::AuthorityId>(call, "id"));
  auto given_up =
      desk::give_up_authority(call.rooms.desk, call.asker(), id, text_in(call.body, "why"));
  call.rooms.screens.recheck();
  return one(call, std::move(given_up));
}

Json ask_body() {
  return object({{"purpose", named("Purpose"), Need::optional},
                 {"kind", described(text(base::id_length_max, 1), "A word of the policy's.")},
                 {"act", one_of({"search_sightings", "find_convoys", "track_plate",
                                 "hold_sightings", "export_evidence"})},
                 {"plate", text(access::pattern_size_max), Need::optional},
                 {"cameras", list_of(id_text(), access::cameras_max), Need::optional},
                 {"area", named("Area"), Need::optional},
                 {"from", time_text()},
                 {"until", time_text()},
                 {"rows", integer(1, 1'000'000), Need::optional},
                 {"given_orally_by",
                  described(id_text(),
                            "The officer who gave it by word of mouth, in an emergency: good at "
                            "once, for one use, until they must have confirmed it."),
                  Need::optional}});
}

Json grant_body() {
  return object({{"reason", text(authority::words_size_max, 1)},
                 {"hours", described(integer(1, hours_max), "How long it holds.")},
                 {"uses", described(integer(1, uses_max), "How many searches.")},
                 {"plate", described(text(access::pattern_size_max), "Narrower than was asked."),
                  Need::optional},
                 {"cameras", list_of(id_text(), access::cameras_max), Need::optional},
                 {"from", time_text(), Need::optional},
                 {"until", time_text(), Need::optional}});
}

Endpoint decision(std::string word, std::string id, std::string summary, Json body, Handle handle) {
  return {.method = "POST",
          .pattern = "/v1/authorities/{id}/" + std::move(word),
          .id = std::move(id),
          .subject = "authorities",
          .summary = std::move(summary),
          .purpose = PurposeIn::body,
          .body = std::move(body),
          .body_size_max = body_size_max,
          .success = {200, "The authority as it is now", named("Authority")},
          .handle = handle};
}

}  // namespace

Table authorities_table() {
  const auto reason = object({{"reason", text(authority::words_size_max, 1)}});
  const auto why = object(
      {{"purpose", named("Purpose"), Need::optional}, {"why", text(authority::words_size_max, 1)}});
  return {
      {.method = "GET",
       .pattern = "/v1/authorities",
       .id = "readAuthorities",
       .subject = "authorities",
       .summary = "What one asked for; for a senior officer, what their people did",
       .purpose = PurposeIn::headers,
       .query = {{"count", integer(1, authority::records_max)}},
       .success = {200, "Newest first",
                   object({{"authorities", list_of(named("Authority"), authority::records_max)}})},
       .handle = read},
      {.method = "POST",
       .pattern = "/v1/authorities",
       .id = "askAuthority",
       .subject = "authorities",
       .summary = "Ask a senior officer for leave, or record what one gave by word of mouth",
       .purpose = PurposeIn::body,
       .body = ask_body(),
       .body_size_max = body_size_max,
       .success = {201, "The authority", named("Authority")},
       .handle = ask_for},
      decision("grant", "grantAuthority", "Grant it, for no more than was asked", grant_body(),
               grant),
      decision("refuse", "refuseAuthority", "Refuse it, with reasons", reason, refuse),
      decision("confirm", "confirmAuthority", "Confirm what one gave by word of mouth",
               grant_body(), confirm),
      decision("withdraw", "withdrawAuthority", "Withdraw what was granted", reason, withdraw),
      decision("give-up", "giveUpAuthority", "Take back what one asked for", why, give_up),
  };
}

}  // namespace regmark::api
