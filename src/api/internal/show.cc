#include "api/internal/show.h"

#include <cmath>

#include "api/internal/show_or_null.h"
#include "api/internal/words.h"
#include "base/encoding.h"
#include "plate/json/read_json.h"

namespace regmark::api {
namespace {

// Four decimals: more are noise, and a float shown as a double has sixteen.
double rounded(float value) {
  return std::round(static_cast<double>(value) * 1e4) / 1e4;
}

Json ids_of(const std::vector<base::CameraId>& cameras) {
  Json ids = Json::array();
  for (const auto& camera : cameras) ids.push_back(camera.text());
  return ids;
}

Json area_or_null(const std::optional<base::Area>& area) {
  if (!area) return nullptr;
  return {{"latitude", area->centre.latitude},
          {"longitude", area->centre.longitude},
          {"radius_m", area->radius_m}};
}

template <typename T>
Json value_or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

// Of an authority: it always has a window.
Json show(const access::Scope& scope) {
  return {{"plate", scope.plate},
          {"cameras", ids_of(scope.cameras)},
          {"area", area_or_null(scope.area)},
          {"from", base::format_utc(scope.window->from)},
          {"until", base::format_utc(scope.window->until)},
          {"rows", scope.rows_max}};
}

Json show(const holds::Part& part) {
  return {{"at", base::format_utc(part.at)},
          {"by", part.by.text()},
          {"plate", value_or_null(part.plate)},
          {"cameras", ids_of(part.cameras)},
          {"area", area_or_null(part.area)},
          {"from", base::format_utc(part.window.from)},
          {"until", base::format_utc(part.window.until)},
          {"reads", value_or_null(part.reads)}};
}

Json show_training(const std::vector<access::Training>& training) {
  Json all = Json::array();
  for (const auto& one : training) {
    all.push_back({{"course", one.course}, {"until", base::format_utc(one.until)}});
  }
  return all;
}

Json show(const watchlist::ExchangeRow& row) {
  return {{"vrm", row.vrm},
          {"make", row.make},
          {"model", row.model},
          {"colour", row.colour},
          {"action", row.action},
          {"warning_markers", row.warning_markers},
          {"reason", row.reason},
          {"grading", row.grading},
          {"information", row.information},
          {"force_and_area", row.force_and_area},
          {"weed_date", row.weed_date},
          {"pnc_id", row.pnc_id},
          {"protective_marking", row.protective_marking},
          {"cad", row.cad},
          {"spare_1", row.spare_1},
          {"spare_2", row.spare_2}};
}

Json show(const watchlist::Hit& hit) {
  return {{"entry", hit.entry.text()},
          {"list", hit.list.text()},
          {"list_name", hit.list_name},
          {"grade", word(grade_words, hit.grade)},
          {"probability", rounded(hit.probability)},
          {"priority", word(priority_words, hit.priority)},
          {"conflicts", hit.conflicts},
          {"listed_plate", std::string(hit.listed_plate.text())},
          {"reason", hit.reason},
          {"reason_code", word(reason_code_words, watchlist::reason_code(hit.reason))},
          {"action", hit.action},
          {"warning_markers", hit.warning_markers},
          {"entry_confirmed_at", base::format_utc(hit.entry_confirmed_at)}};
}

}  // namespace

Json show(const access::Purpose& purpose) {
  return {{"category", purpose.category},
          {"reason", purpose.reason},
          {"reference", purpose.reference},
          {"for_whom", purpose.for_whom}};
}

Json show(const plate::Read& read) {
  return plate::json_of(read);
}

Json show(const alerts::Alert& alert) {
  Json pictures = Json::array();
  for (const auto& picture : alert.read.pictures) {
    pictures.push_back(word(picture_kind_words, picture.kind));
  }
  return {{"id", alert.id.text()},
          {"state", std::string(alerts::name(alert.state))},
          {"live", alert.live},
          {"durable", alert.durable},
          {"has_picture", alert.has_picture},
          {"version", alert.version},
          {"raised_at", base::format_utc(alert.raised_at)},
          {"read", show(alert.read)},
          {"hit", show(alert.hit)},
          {"assigned_to", id_or_null(alert.assigned_to)},
          {"confirmed_by", id_or_null(alert.confirmed_by)},
          {"outcome", alert.outcome},
          {"note", alert.note},
          {"pictures", std::move(pictures)}};
}

Json show(const alerts::Step& step) {
  return {{"at", base::format_utc(step.at)},
          {"by", step.by.text()},
          {"to", std::string(alerts::name(step.to))},
          {"note", step.note}};
}

Json show(const watchlist::Stand& stand, base::UtcTime now) {
  const auto age = std::chrono::floor<std::chrono::seconds>(now - stand.entry.confirmed_at);
  return {{"entry_state", word(entry_state_words, stand.entry.state)},
          {"entry_confirmed_at", base::format_utc(stand.entry.confirmed_at)},
          {"entry_age_seconds", std::max<std::int64_t>(0, age.count())},
          {"source", stand.entry.row.force_and_area},
          {"list", stand.list.about.id.text()},
          {"list_name", stand.list.about.name},
          {"list_version", stand.list.version},
          {"may_fire", stand.may_fire},
          {"why_not", stand.why_not}};
}

Json show(const watchlist::ListRecord& list) {
  const auto& about = list.about;
  Json alerted = Json::array();
  for (const auto& organisation : about.alerted) alerted.push_back(organisation.text());
  return {{"id", about.id.text()},
          {"name", about.name},
          {"level", word(level_words, about.level)},
          {"organisation", about.organisation.text()},
          {"purpose", about.purpose},
          {"priority", word(priority_words, about.priority)},
          {"review", base::format_day(about.review)},
          {"age_max_hours", about.age_max.count()},
          {"alert_window_seconds", about.alert_window.count()},
          {"alerted", std::move(alerted)},
          {"near_least", rounded(about.near_least)},
          {"owner", list.owner.text()},
          {"version", list.version},
          {"imported_at", time_or_null(list.imported_at)},
          {"active", list.active},
          {"muted", list.muted},
          {"why_muted", list.why_muted}};
}

Json show(const watchlist::EntryRecord& entry) {
  return {{"id", entry.id.text()},
          {"list", entry.list.text()},
          {"plate", std::string(entry.plate.text())},
          {"row", show(entry.row)},
          {"reason_code", word(reason_code_words, watchlist::reason_code(entry.row.reason))},
          {"state", word(entry_state_words, entry.state)},
          {"added_at", base::format_utc(entry.added_at)},
          {"confirmed_at", base::format_utc(entry.confirmed_at)},
          {"expires_at", time_or_null(entry.expires_at)},
          {"ended_at", time_or_null(entry.ended_at)},
          {"end_reason", entry.end_reason}};
}

Json show(const watchlist::ImportReport& report) {
  Json rejected = Json::array();
  for (const auto& row : report.rejected) {
    rejected.push_back({{"line", row.line}, {"reason", row.reason}});
  }
  return {{"version", report.version},       {"added", report.added},
          {"changed", report.changed},       {"unchanged", report.unchanged},
          {"withdrawn", report.withdrawn},   {"still_ended", report.still_ended},
          {"rejected", std::move(rejected)}, {"rejected_count", report.rejected_count}};
}

Json show(const people::KeyRecord& key) {
  return {{"id", key.id.text()},
          {"name", key.name},
          {"since", base::format_utc(key.since)},
          {"used_at", time_or_null(key.used_at)}};
}

Json show(const people::KeyChallenge& challenge) {
  Json credentials = Json::array();
  for (const auto& each : challenge.credentials) credentials.push_back(base::to_base64_url(each));
  const auto time = std::chrono::milliseconds(people::challenge_time).count();
  const auto verification = challenge.rules.user_verification;
  return {{"challenge", challenge.challenge},
          {"rp_id", challenge.rules.rp_id},
          {"user_verification", base::word(people::user_verification_words, verification)},
          {"credentials", std::move(credentials)},
          {"timeout_ms", time}};
}

Json show(const people::PersonRecord& person) {
  Json roles = Json::array();
  for (const auto role : person.about.roles) roles.push_back(std::string(access::name(role)));
  return {{"id", person.id.text()},
          {"sign_in_name", person.about.sign_in_name},
          {"display_name", person.about.display_name},
          {"organisation", person.about.organisation.text()},
          {"roles", std::move(roles)},
          {"rank", person.about.rank},
          {"training", show_training(person.about.training)},
          {"line", person.line},
          {"active", person.active},
          {"has_password", person.has_password},
          {"has_second_factor", person.has_second_factor},
          {"security_keys", show_all(person.security_keys)}};
}

Json show(const people::OrganisationRecord& organisation) {
  const auto& about = organisation.about;
  return {
      {"id", organisation.id.text()},
      {"kind", std::string(people::name(about.kind))},
      {"name", about.name},
      {"parent", about.parent ? Json(about.parent->text()) : Json(nullptr)},
      {"taken_over", organisation.taken_over},
      {"since", base::format_utc(organisation.since)},
      {"until", organisation.until ? Json(base::format_utc(*organisation.until)) : Json(nullptr)},
      {"people", organisation.people}};
}

Json show(const people::Session& session) {
  Json roles = Json::array();
  for (const auto role : session.person.roles) roles.push_back(std::string(access::name(role)));
  return {{"person",
           {{"id", session.person.id.text()},
            {"display_name", session.display_name},
            {"organisation", session.person.organisation.text()},
            {"roles", std::move(roles)},
            {"rank", session.person.rank}}},
          {"until", base::format_utc(session.until)},
          {"lacks_second_factor", session.lacks_second_factor}};
}

Json show(const authority::Record& record, base::UtcTime now) {
  return {{"id", record.id.text()},
          {"state", std::string(authority::name(record.state))},
          {"kind", record.asked.kind},
          {"act", std::string(access::name(record.asked.act))},
          {"purpose", show(record.purpose)},
          {"asked", show(record.asked.scope)},
          {"granted", record.granted ? show(*record.granted) : Json(nullptr)},
          {"requester", record.requester.text()},
          {"organisation", record.organisation.text()},
          {"asked_at", base::format_utc(record.asked_at)},
          {"decided_by", id_or_null(record.decided_by)},
          {"decided_rank", record.decided_rank},
          {"decided_at", time_or_null(record.decided_at)},
          {"decision", record.decision},
          {"valid_until", time_or_null(record.valid_until)},
          {"uses", record.uses},
          {"uses_max", record.uses_max},
          {"oral", record.is_oral},
          {"confirm_by", time_or_null(record.confirm_by)},
          {"confirmed_at", time_or_null(record.confirmed_at)},
          {"overdue", record.is_overdue(now)},
          {"ended_at", time_or_null(record.ended_at)},
          {"end_reason", record.end_reason}};
}

Json show(const holds::Record& record, base::UtcDay today) {
  Json parts = Json::array();
  for (const auto& part : record.parts) parts.push_back(show(part));
  return {{"id", record.id.text()},
          {"purpose", show(record.purpose)},
          {"owner", record.owner.text()},
          {"organisation", record.organisation.text()},
          {"made_at", base::format_utc(record.made_at)},
          {"review", base::format_day(record.review)},
          {"overdue", record.is_overdue(today)},
          {"reads", value_or_null(record.reads())},
          {"parts", std::move(parts)},
          {"released_at", time_or_null(record.released_at)},
          {"released_by", id_or_null(record.released_by)},
          {"words", record.words}};
}

Json show(const audit::Entry& entry) {
  // The log gives the text that it committed to; what is no object any more was erased.
  auto details = Json::parse(entry.details, nullptr, /*allow_exceptions=*/false);
  return {{"number", entry.number},
          {"at", base::format_utc(entry.at)},
          {"operation", std::string(audit::name(entry.shown.operation))},
          {"act", entry.shown.act},
          {"day", base::format_day(entry.shown.day)},
          {"role", entry.shown.role},
          {"outcome", entry.shown.outcome},
          {"details", details.is_object() ? std::move(details) : Json(nullptr)}};
}

}  // namespace regmark::api
