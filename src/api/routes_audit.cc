// The log, its checkpoint, and the policy in force.
#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "desk/read_audit.h"
#include "desk/read_policy.h"

namespace regmark::api {
namespace {

constexpr std::size_t entries_count = 100;  // when nobody says how many

Result<http::Response> read_entries(const Call& call) {
  return shown(desk::read_audit(call.rooms.desk, call.asker(), call.count_parameter("first", 0),
                                call.count_parameter("count", entries_count)),
               [](const auto& done) {
                 return json_response({{"entries", show_all(done.value)}});
               });
}

// Holds no personal data, and is worth most when many people keep it.
Result<http::Response> read_checkpoint(const Call& call) {
  http::Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = call.rooms.desk.log.checkpoint();
  return response;
}

// Whether somebody outside has seen the log lately is worth knowing to anybody in it.
Result<http::Response> read_witnesses(const Call& call) {
  Json witnesses = Json::array();
  const auto known = call.rooms.witnesses == nullptr ? std::vector<audit::WitnessTimes::Witness>{}
                                                     : call.rooms.witnesses->all();
  for (const auto& witness : known) {
    witnesses.push_back(
        {{"name", witness.name},
         {"signed_at", witness.signed_at ? Json(base::format_utc(*witness.signed_at)) : Json()},
         {"records", witness.size}});
  }
  return json_response({{"witnesses", std::move(witnesses)}});
}

Result<http::Response> read_policy(const Call& call) {
  return shown(desk::read_policy(call.rooms.desk, call.asker()), [&](const auto& done) {
    const auto& policy = call.rooms.desk.policy;
    return json_response({{"version", done.value.version},
                          {"text", done.value.text},
                          {"sightings_kept_days", policy.sightings_kept().count()},
                          {"pictures_kept_days", policy.pictures_kept().count()}});
  });
}

Result<http::Response> read_policies(const Call& call) {
  return shown(desk::read_policies(call.rooms.desk, call.asker()), [&](const auto& done) {
    const auto& in_force = call.rooms.desk.policy.version();
    Json all = Json::array();
    for (const auto& one : done.value) {
      all.push_back({{"version", one.version},
                     {"title", one.title},
                     {"kept_since", base::format_utc(one.kept_since)},
                     {"in_force", one.version == in_force}});
    }
    return json_response({{"policies", std::move(all)}});
  });
}

Result<http::Response> read_kept_policy(const Call& call) {
  const auto& version = call.variable("version");
  // Any version is an id's size and letters; what is none names nothing.
  if (!base::is_id(version)) return fail(ErrorCode::not_found, "there is no such policy");
  return shown(desk::read_kept_policy(call.rooms.desk, call.asker(), version),
               [&](const auto& done) {
                 return json_response({{"version", version}, {"text", done.value}});
               });
}

}  // namespace

Table audit_table() {
  return {
      {.method = "GET",
       .pattern = "/v1/audit/entries",
       .id = "readAudit",
       .subject = "audit",
       .summary = "Records of the log with their details, oldest first",
       .purpose = PurposeIn::headers,
       .query = {{"first", count()},
                 {"count", integer(1, static_cast<std::int64_t>(desk::audit_page_max))}},
       .success = {200, "Records",
                   object({{"entries", list_of(named("AuditEntry"), desk::audit_page_max)}})},
       .handle = read_entries},
      {.method = "GET",
       .pattern = "/v1/audit/checkpoint",
       .id = "readCheckpoint",
       .subject = "audit",
       .summary = "The signed checkpoint of the log, for anybody to keep",
       .success = {200, "A signed note", std::nullopt, "text/plain"},
       .handle = read_checkpoint},
      {.method = "GET",
       .pattern = "/v1/audit/witnesses",
       .id = "readWitnesses",
       .subject = "audit",
       .summary = "Who signs the log besides the office, when last, and how many records",
       .success = {200, "Witnesses",
                   object({{"witnesses", list_of(object({{"name", text(audit::origin_size_max)},
                                                         {"signed_at", or_null(time_text())},
                                                         {"records", count()}}),
                                                 audit::signatures_max)}})},
       .handle = read_witnesses},
      {.method = "GET",
       .pattern = "/v1/policy",
       .id = "readPolicy",
       .subject = "audit",
       .summary = "The policy in force",
       .purpose = PurposeIn::headers,
       .success = {200, "The policy",
                   object({{"version", text(64)},
                           {"text", text(access::policy_size_max)},
                           {"sightings_kept_days", count()},
                           {"pictures_kept_days", count()}})},
       .handle = read_policy},
      {.method = "GET",
       .pattern = "/v1/policies",
       .id = "readPolicies",
       .subject = "audit",
       .summary = "Every policy that was in force here, by its version",
       .purpose = PurposeIn::headers,
       .success = {200, "Newest first",
                   object({{"policies", list_of(object({{"version", text(64)},
                                                        {"title", text(access::policy_size_max)},
                                                        {"kept_since", time_text()},
                                                        {"in_force", flag()}}),
                                                accountability::policies_max)}})},
       .handle = read_policies},
      {.method = "GET",
       .pattern = "/v1/policies/{version}",
       .id = "readKeptPolicy",
       .subject = "audit",
       .summary = "What a policy said under which somebody decided: the log names its version",
       .purpose = PurposeIn::headers,
       .success = {200, "The text, of which the version is the SHA-256",
                   object({{"version", text(64)}, {"text", text(access::policy_size_max)}})},
       .handle = read_kept_policy},
  };
}

}  // namespace regmark::api
