// The schemas of everything that show.cc shows.
#include <vector>

#include "access/decide.h"
#include "access/role.h"
#include "api/internal/shapes.h"
#include "api/internal/show.h"
#include "api/internal/words.h"
#include "intake/read_json.h"
#include "sightings/store.h"

namespace regmark::api {
namespace {

constexpr std::size_t trainings_max = 100;
constexpr std::size_t note_length_max = 4'000;
constexpr std::size_t cell_length_max = 4'000;  // of an exchange row

Json position() {
  return object({{"latitude", number(-90, 90)}, {"longitude", number(-180, 180)}});
}

Json area() {
  return object({{"latitude", number(-90, 90)},
                 {"longitude", number(-180, 180)},
                 {"radius_m", number(1, 1'000'000)}});
}

Json score() {
  return number(0, 1);
}

Json claim() {
  return object({{"text", text(64)}, {"score", score()}});
}

Json role_word() {
  Json schema{{"type", "string"}, {"enum", Json::array()}};
  for (const auto role : access::all_roles) {
    schema["enum"].push_back(std::string(access::name(role)));
  }
  return schema;
}

Json alert_state() {
  Json schema{{"type", "string"}, {"enum", Json::array()}};
  for (const auto state : alerts::all_states) {
    schema["enum"].push_back(std::string(alerts::name(state)));
  }
  return schema;
}

Json purpose() {
  return described(
      object({{"category", text(access::reference_size_max), Need::optional},
              {"reason", text(access::reason_size_max), Need::optional},
              {"reference", text(access::reference_size_max), Need::optional},
              {"for_whom", text(access::for_whom_size_max), Need::optional}}),
      "Why somebody asks. Which parts are needed is for the policy; the category is one of its own "
      "words.");
}

Json read() {
  const Json alternative = object({{"plate", text(32)}, {"score", score()}});
  const Json picture =
      object({{"kind", one_of(picture_kind_words)}, {"sha256", text(64, 64)}, {"size", count()}});
  return described(
      object({{"id", text(32, 32)},
              {"camera", id_text()},
              {"plate", text(plate::length_max)},
              {"raw", text(64)},
              {"score", score()},
              {"alternatives", list_of(alternative, plate::alternatives_max)},
              {"character_scores", list_of(score(), 32)},
              {"country", text(2)},
              {"observed", time_text()},
              {"observed_by", one_of(time_source_words)},
              {"sent", time_text()},
              {"received", time_text()},
              {"skew_ms", described(integer(-(std::int64_t{1} << 53U), std::int64_t{1} << 53U),
                                    "The office's clock when it came, less the sender's.")},
              {"late", flag()},
              {"skewed", flag()},
              {"position", or_null(position())},
              {"heading", or_null(number(0, 360))},
              {"direction", one_of(direction_words)},
              {"lane", or_null(integer(0, 255))},
              {"corners", or_null(list_of(list_of(number(-1e6, 1e6), 2), 4))},
              {"vehicle", object({{"class", claim()}, {"make", claim()}, {"colour", claim()}})},
              {"phase", one_of(phase_words)},
              {"supersedes", described(or_null(text(32, 32)), "The id of the read it corrects.")},
              {"pictures", list_of(picture, plate::pictures_max)},
              {"reader", text(256)}}),
      "What a camera claims to have seen. A text that was not given is empty.");
}

Json reason_code() {
  return described(one_of(reason_code_words), "What kind of reason it is, by the words in it.");
}

Json hit() {
  return object({{"entry", id_text()},
                 {"list", id_text()},
                 {"list_name", text(name_length_max)},
                 {"grade", described(one_of(grade_words),
                                     "exact: the listed plate. look_alike: the same glyphs. near: "
                                     "one likely misread away, or one of the alternatives.")},
                 {"probability", described(score(), "That the vehicle carries the listed plate.")},
                 {"priority", one_of(priority_words)},
                 {"conflicts", list_of(text(400), 16)},
                 {"listed_plate", text(plate::length_max)},
                 {"reason", text(cell_length_max)},
                 {"reason_code", reason_code()},
                 {"action", text(cell_length_max)},
                 {"warning_markers", text(cell_length_max)},
                 {"entry_confirmed_at", time_text()}});
}

std::vector<Member> alert_members() {
  return {{"id", id_text()},
          {"state", alert_state()},
          {"live", flag()},
          {"durable", described(flag(), "Nobody can act on it before it is.")},
          {"has_picture", described(flag(), "Without one it can only be observed.")},
          {"version", count()},
          {"raised_at", time_text()},
          {"read", named("Read")},
          {"hit", named("Hit")},
          {"assigned_to", or_null(id_text())},
          {"confirmed_by", or_null(id_text())},
          {"outcome", text(64)},
          {"note", text(note_length_max)},
          {"pictures", list_of(one_of(picture_kind_words), plate::pictures_max)}};
}

Json alert_with(std::string_view name, Json schema) {
  auto members = alert_members();
  members.push_back({std::string(name), std::move(schema)});
  return object(std::move(members));
}

Json step() {
  return object({{"at", time_text()},
                 {"by", id_text()},
                 {"to", alert_state()},
                 {"note", text(note_length_max)}});
}

Json stand() {
  return described(object({{"entry_state", one_of(entry_state_words)},
                           {"entry_confirmed_at", time_text()},
                           {"entry_age_seconds", count()},
                           {"source", text(cell_length_max)},
                           {"list", id_text()},
                           {"list_name", text(name_length_max)},
                           {"list_version", count()},
                           {"may_fire", flag()},
                           {"why_not", text(400)}}),
                   "The entry as it was read again when somebody acted.");
}

Json watchlist_shape() {
  return object({{"id", id_text()},
                 {"name", text(name_length_max)},
                 {"level", one_of(level_words)},
                 {"organisation", id_text()},
                 {"purpose", text(note_length_max)},
                 {"priority", one_of(priority_words)},
                 {"review", day_text()},
                 {"age_max_hours", count()},
                 {"alert_window_seconds", count()},
                 {"alerted", described(list_of(id_text(), watchlist::alerted_max),
                                       "The organisations whose people are alerted; none: "
                                       "everybody who may watch alerts.")},
                 {"near_least", score()},
                 {"owner", id_text()},
                 {"version", count()},
                 {"imported_at", or_null(time_text())},
                 {"active", count()},
                 {"muted", flag()},
                 {"why_muted", text(400)}});
}

Json exchange_row() {
  std::vector<Member> members;
  for (const auto* name : {"vrm", "make", "model", "colour", "action", "warning_markers", "reason",
                           "grading", "information", "force_and_area", "weed_date", "pnc_id",
                           "protective_marking", "cad", "spare_1", "spare_2"}) {
    members.push_back({name, text(cell_length_max)});
  }
  return described(object(std::move(members)), "The sixteen columns of the UK exchange row.");
}

Json entry() {
  return object({{"id", id_text()},
                 {"list", id_text()},
                 {"plate", text(plate::length_max)},
                 {"row", exchange_row()},
                 {"reason_code", reason_code()},
                 {"state", one_of(entry_state_words)},
                 {"added_at", time_text()},
                 {"confirmed_at", time_text()},
                 {"expires_at", or_null(time_text())},
                 {"ended_at", or_null(time_text())},
                 {"end_reason", text(note_length_max)}});
}

Json import_report() {
  const Json rejected = object({{"line", count()}, {"reason", text(400)}});
  return object(
      {{"version", count()},
       {"added", count()},
       {"changed", count()},
       {"unchanged", count()},
       {"withdrawn", count()},
       {"still_ended", described(count(),
                                 "In the file as they were when a person withdrew or resolved "
                                 "them: they stay ended.")},
       {"rejected", list_of(rejected, watchlist::rejected_max)},
       {"rejected_count", count()}});
}

Json person() {
  return object({{"id", id_text()},
                 {"sign_in_name", text(64, 1)},
                 {"display_name", text(name_length_max)},
                 {"organisation", id_text()},
                 {"roles", list_of(named("Role"), std::size(access::all_roles))},
                 {"rank", text(base::id_length_max)},
                 {"training", list_of(named("Training"), trainings_max)},
                 {"line", described(text(people::line_size_max), "Their team; empty: not known.")},
                 {"active", flag()},
                 {"has_password", flag()},
                 {"has_second_factor", described(flag(), "An app or a key.")},
                 {"security_keys", list_of(named("SecurityKey"), people::security_keys_max)}});
}

Json organisation() {
  return object({{"id", id_text()},
                 {"kind", one_of({"partner", "force", "region", "national"})},
                 {"name", text(people::organisation_name_size_max)},
                 {"parent", or_null(id_text())},
                 {"taken_over", described(flag(),
                                          "Known only because people named it: nobody said yet "
                                          "what it is.")},
                 {"since", time_text()},
                 {"until", described(or_null(time_text()), "It stands while there is none.")},
                 {"people", described(count(), "That belong to it and may sign in.")}});
}

Json security_key() {
  return object({{"id", id_text()},
                 {"name", described(text(people::security_key_name_size_max), "Its owner's.")},
                 {"since", time_text()},
                 {"used_at", or_null(time_text())}});
}

// Bytes in base64url, as WebAuthn's own JSON has them.
Json base64_url(std::size_t size_max) {
  return text((size_max * 4 + 2) / 3, 1);
}

Json key_challenge() {
  return described(object({{"challenge", base64_url(people::challenge_size)},
                           {"rp_id", text(255, 1)},
                           {"user_verification", one_of({"required", "preferred", "discouraged"})},
                           {"credentials", list_of(base64_url(people::credential_size_max),
                                                   people::security_keys_max)},
                           {"timeout_ms", count()}}),
                   "What a key is to sign (WebAuthn Level 2), once and soon.");
}

Json key_answer() {
  return described(object({{"credential", base64_url(people::credential_size_max)},
                           {"client_data", base64_url(people::client_data_size_max)},
                           {"authenticator_data", base64_url(people::authenticator_data_size_max)},
                           {"signature", base64_url(people::key_signature_size_max)}}),
                   "What it says, in the place of a code.");
}

Json session() {
  return object({{"person", object({{"id", id_text()},
                                    {"display_name", text(name_length_max)},
                                    {"organisation", id_text()},
                                    {"roles", list_of(named("Role"), std::size(access::all_roles))},
                                    {"rank", text(base::id_length_max)}})},
                 {"until", time_text()},
                 {"lacks_second_factor",
                  described(flag(), "Setting one up is all that this session is good for.")}});
}

Json training() {
  return object({{"course", text(base::id_length_max, 1)}, {"until", time_text()}});
}

Json authority_scope() {
  return object({{"plate", text(access::pattern_size_max)},
                 {"cameras", list_of(id_text(), access::cameras_max)},
                 {"area", or_null(named("Area"))},
                 {"from", time_text()},
                 {"until", time_text()},
                 {"rows", count()}});
}

Json authority_shape() {
  Json state{{"type", "string"}, {"enum", Json::array()}};
  for (const auto each : authority::all_states) {
    state["enum"].push_back(std::string(authority::name(each)));
  }
  return object({{"id", id_text()},
                 {"state", std::move(state)},
                 {"kind", text(base::id_length_max)},
                 {"act", text(64)},
                 {"purpose", named("Purpose")},
                 {"asked", named("AuthorityScope")},
                 {"granted", or_null(named("AuthorityScope"))},
                 {"requester", id_text()},
                 {"requester_name", text(name_length_max)},
                 {"organisation", id_text()},
                 {"asked_at", time_text()},
                 {"decided_by", or_null(id_text())},
                 {"decided_by_name", or_null(text(name_length_max))},
                 {"decided_rank", text(base::id_length_max)},
                 {"decided_at", or_null(time_text())},
                 {"decision", described(text(authority::words_size_max), "The officer's words.")},
                 {"valid_until", or_null(time_text())},
                 {"uses", count()},
                 {"uses_max", count()},
                 {"oral", flag()},
                 {"confirm_by", described(or_null(time_text()),
                                          "Until when the officer must confirm in writing what was "
                                          "given by word of mouth.")},
                 {"confirmed_at", or_null(time_text())},
                 {"overdue", described(flag(), "It was not confirmed in time.")},
                 {"ended_at", or_null(time_text())},
                 {"end_reason", text(authority::words_size_max)}});
}

Json hold_part() {
  return object(
      {{"at", time_text()},
       {"by", id_text()},
       {"by_name", text(name_length_max)},
       {"plate", described(or_null(text(access::pattern_size_max)),
                           "Empty: everybody who passed. Null: for those alone who may see or "
                           "release it, under its own case.")},
       {"cameras", list_of(id_text(), access::cameras_max)},
       {"area", or_null(named("Area"))},
       {"from", time_text()},
       {"until", time_text()},
       {"reads", described(or_null(count()),
                           "How many reads the hold held then. Null: it failed, or the office was "
                           "stopped before it could count.")}});
}

Json hold_shape() {
  return object(
      {{"id", id_text()},
       {"purpose", named("Purpose")},
       {"owner", id_text()},
       {"owner_name", text(name_length_max)},
       {"organisation", id_text()},
       {"made_at", time_text()},
       {"review", day_text()},
       {"overdue", described(flag(), "Nobody looked again in time. It stays all the same.")},
       {"reads",
        described(or_null(count()),
                  "How many it held when somebody last added to it. Null: nobody counted.")},
       {"parts", described(list_of(named("HoldPart"), holds::parts_max),
                           "What was asked to be held, each time. None: it was made before this "
                           "was kept.")},
       {"released_at", or_null(time_text())},
       {"released_by", or_null(id_text())},
       {"released_by_name", or_null(text(name_length_max))},
       {"words",
        described(text(holds::words_size_max), "Of the last review, or of the release.")}});
}

Json audit_entry() {
  return object({{"number", count()},
                 {"at", time_text()},
                 {"operation", text(64)},
                 {"act", text(64)},
                 {"day", day_text()},
                 {"role", text(64)},
                 {"outcome", text(64)},
                 {"details", described(or_null(any_object()), "Null when they were erased.")}});
}

Json problem() {
  return described(
      object({{"type", text(200)},
              {"title", text(200)},
              {"status", integer(400, 599)},
              {"code", text(64)},
              {"detail", text(4'000)},
              {"reasons", list_of(text(1'000), 64), Need::optional},
              {"receipt", count(), Need::optional},
              {"authority",
               described(text(base::id_length_max), "The kind of authority that would open it."),
               Need::optional},
              {"security_key",
               described(named("KeyChallenge"), "Of whoever's second factor may be a key."),
               Need::optional},
              {"ticket",
               described(text(4'096), "Goes back with the second factor: who it is, is known."),
               Need::optional}}),
      "What went wrong (RFC 9457). A refusal has its reasons, and the number of its record in the "
      "audit log.");
}

Json reads_answer() {
  const Json refused = object({{"index", count()}, {"code", text(64)}, {"message", text(1'000)}});
  return object({{"accepted", count()},
                 {"not_kept", described(count(),
                                        "Of those: matched, hit nothing, and not kept, "
                                        "because the policy says so.")},
                 {"duplicates", count()},
                 {"refused", list_of(refused, 5'000)},
                 {"dropped", described(list_of(text(200), 1'000),
                                       "Members that may not be held, and were not kept.")}});
}

// Four characters for each three bytes.
constexpr std::size_t base64_length_max = (sightings::picture_size_max + 2) / 3 * 4;

Json camera_read() {
  const Json alternative = object({{"plate", text(32)}, {"score", score()}});
  const Json picture =
      object({{"kind", one_of(picture_kind_words)}, {"base64", text(base64_length_max)}});
  auto schema =
      object({{"source_event", text(128, 1)},
              {"plate", text(32, 1)},
              {"raw", text(32), Need::optional},
              {"score", score()},
              {"alternatives", list_of(alternative, plate::alternatives_max), Need::optional},
              {"character_scores", list_of(score(), 32), Need::optional},
              {"country", text(2), Need::optional},
              {"observed", time_text()},
              {"observed_by", one_of(time_source_words), Need::optional},
              {"sent", time_text()},
              {"position", position(), Need::optional},
              {"heading", number(0, 360), Need::optional},
              {"direction", one_of(direction_words), Need::optional},
              {"lane", integer(0, 255), Need::optional},
              {"corners", list_of(list_of(number(-1e6, 1e6), 2), 4), Need::optional},
              {"vehicle", any_object(), Need::optional},
              {"reader", text(intake::reader_size_max), Need::optional},
              {"phase", one_of(phase_words), Need::optional},
              {"supersedes", text(128), Need::optional},
              {"pictures", list_of(picture, plate::pictures_max), Need::optional}});
  schema["additionalProperties"] = true;
  return described(std::move(schema),
                   "One read. Members that are not known are passed over; what may not be held "
                   "(occupants, faces, fingerprints of vehicles) is dropped, and named.");
}

Json build() {
  Json all{{"Position", position()},
           {"Area", area()},
           {"Role", role_word()},
           {"Purpose", purpose()},
           {"Read", read()},
           {"Hit", hit()},
           {"Alert", object(alert_members())},
           {"AlertStory", alert_with("history", list_of(step(), 1'000))},
           {"AlertActedOn", alert_with("stand", stand())},
           {"Watchlist", watchlist_shape()},
           {"Entry", entry()},
           {"ImportReport", import_report()},
           {"Person", person()},
           {"Organisation", organisation()},
           {"Training", training()},
           {"AuthorityScope", authority_scope()},
           {"Authority", authority_shape()},
           {"HoldPart", hold_part()},
           {"Hold", hold_shape()},
           {"Session", session()},
           {"AuditEntry", audit_entry()},
           {"CameraRead", camera_read()},
           {"ReadsAnswer", reads_answer()},
           {"SecurityKey", security_key()},
           {"KeyChallenge", key_challenge()},
           {"KeyAnswer", key_answer()},
           {"Problem", problem()}};
  all.update(estate_shapes());
  all.update(oversight_shapes());
  return all;
}

}  // namespace

const Json& named_schemas() {
  static const Json schemas = build();
  return schemas;
}

}  // namespace regmark::api
