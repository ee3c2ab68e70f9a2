#include "api/internal/show.h"

#include <cmath>

#include "api/internal/words.h"
#include "base/encoding.h"
#include "plate/json/read_json.h"

namespace regmark::api {
namespace {

Json time_or_null(const std::optional<base::UtcTime>& time) {
  return time ? Json(base::format_utc(*time)) : Json(nullptr);
}

Json day_or_null(const std::optional<base::UtcDay>& day) {
  return day ? Json(base::format_day(*day)) : Json(nullptr);
}

template <typename Id>
Json id_or_null(const std::optional<Id>& id) {
  return id ? Json(id->text()) : Json(nullptr);
}

// Four decimals: more are noise, and a float shown as a double has sixteen.
double rounded(float value) {
  return std::round(static_cast<double>(value) * 1e4) / 1e4;
}

Json show(const base::Position& position) {
  return {{"latitude", position.latitude}, {"longitude", position.longitude}};
}

Json show(const estate::Grounds& grounds) {
  return {{"need", grounds.need},
          {"category", grounds.category},
          {"review", base::format_day(grounds.review)}};
}

Json ids(const std::vector<base::CameraId>& cameras) {
  Json all = Json::array();
  for (const auto& camera : cameras) all.push_back(camera.text());
  return all;
}

Json show(const access::Purpose& purpose) {
  return {{"category", purpose.category},
          {"reason", purpose.reason},
          {"reference", purpose.reference},
          {"for_whom", purpose.for_whom}};
}

// Of an authority: it always has a window.
Json show(const access::Scope& scope) {
  Json cameras = Json::array();
  for (const auto& camera : scope.cameras) cameras.push_back(camera.text());
  Json area = nullptr;
  if (scope.area) {
    area = show(scope.area->centre);
    area["radius_m"] = scope.area->radius_m;
  }
  return {{"plate", scope.plate},
          {"cameras", std::move(cameras)},
          {"area", std::move(area)},
          {"from", base::format_utc(scope.window->from)},
          {"until", base::format_utc(scope.window->until)},
          {"rows", scope.rows_max}};
}

Json show_training(const std::vector<access::Training>& training) {
  Json all = Json::array();
  for (const auto& one : training) {
    all.push_back({{"course", one.course}, {"until", base::format_utc(one.until)}});
  }
  return all;
}

// What sites and deployments have in common.
template <typename Record>
void add_life(Json& shown, const Record& record) {
  shown["grounds"] = show(record.about.grounds);
  shown["state"] = word(estate_state_words, record.state);
  shown["author"] = record.author.text();
  shown["approver"] = id_or_null(record.approver);
  shown["live_from"] = time_or_null(record.live_from);
  shown["stopped_at"] = time_or_null(record.stopped_at);
  shown["stop_reason"] = record.stop_reason;
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

Json show(const estate::SiteRecord& site) {
  Json shown{{"id", site.about.id.text()},
             {"name", site.about.name},
             {"position", show(site.about.position)}};
  add_life(shown, site);
  shown["path"] = std::string(name(site.path));
  shown["stage"] = std::string(name(site.stage));
  shown["lapses"] = day_or_null(site.lapses);
  shown["impact_due"] = day_or_null(site.impact_due);
  return shown;
}

Json show(const estate::DeploymentRecord& deployment) {
  const auto& area = deployment.about.area;
  Json shown{{"id", deployment.about.id.text()},
             {"name", deployment.about.name},
             {"area",
              {{"latitude", area.centre.latitude},
               {"longitude", area.centre.longitude},
               {"radius_m", area.radius_m}}},
             {"from", base::format_utc(deployment.about.from)},
             {"until", base::format_utc(deployment.about.until)}};
  add_life(shown, deployment);
  shown["impact_due"] = day_or_null(deployment.impact_due);
  shown["collects_now"] = deployment.collects_now;
  shown["why_not"] = deployment.why_not;
  return shown;
}

Json show(const estate::CameraRecord& camera) {
  return {{"id", camera.about.id.text()},
          {"name", camera.about.name},
          {"site", id_or_null(camera.about.site)},
          {"deployment", id_or_null(camera.about.deployment)},
          {"state", word(estate_state_words, camera.state)},
          {"live_from", time_or_null(camera.live_from)},
          {"stopped_at", time_or_null(camera.stopped_at)},
          {"collects_now", camera.collects_now},
          {"why_not", camera.why_not}};
}

Json show(const estate::StepRecord& step) {
  return {{"step", std::string(name(step.step))},
          {"at", base::format_utc(step.at)},
          {"by", step.by.text()},
          {"receipt", step.receipt},
          {"words", step.words},
          {"paper", step.paper ? Json(*step.paper) : Json(nullptr)},
          {"review", day_or_null(step.review)},
          {"lapses", day_or_null(step.lapses)},
          {"until", time_or_null(step.until)}};
}

Json show(const estate::PaperRecord& paper) {
  return {{"number", paper.number},
          {"version", paper.version},
          {"form", paper.paper.form},
          {"at", base::format_utc(paper.at)},
          {"by", paper.by.text()},
          {"receipt", paper.receipt},
          {"paper", Json::parse(assessment::format_paper(paper.paper))}};
}

Json show(const estate::CameraView& view) {
  return {{"camera", view.camera.text()},
          {"name", view.name},
          {"installed", base::format_utc(view.installed)},
          {"stopped", time_or_null(view.stopped)},
          {"lens", view.lens},
          {"direction", view.direction},
          {"attested_by", view.attested_by},
          {"attested_on", day_or_null(view.attested_on)}};
}

Json show(const estate::SiteFile& file) {
  return {{"site", show(file.site)},         {"steps", show_all(file.steps)},
          {"papers", show_all(file.papers)}, {"cameras", ids(file.cameras)},
          {"near", ids(file.near)},          {"views", show_all(file.views)},
          {"missing", file.missing}};
}

Json show(const camera_register::Known& known) {
  const auto& one = known.camera;
  return {{"camera", one.camera.text()},
          {"kind", std::string(name(one.kind))},
          {"owner", one.owner},
          {"controller", one.controller},
          {"installed", day_or_null(one.installed.day)},
          {"installed_how", std::string(name(one.installed.how))},
          {"is_removed", one.is_removed},
          {"removed", day_or_null(one.removed.day)},
          {"removed_how", std::string(name(one.removed.how))},
          {"ground", std::string(name(one.ground))},
          {"published", day_or_null(one.impact_published)},
          {"entered", base::format_day(known.entered)}};
}

Json show(const estate::DeploymentFile& file) {
  return {{"deployment", show(file.deployment)},
          {"steps", show_all(file.steps)},
          {"papers", show_all(file.papers)},
          {"cameras", ids(file.cameras)}};
}

Json show(const estate::ToTakeDown& standing) {
  return {{"camera", id_or_null(standing.camera)},
          {"site", id_or_null(standing.site)},
          {"name", standing.name},
          {"stopped", base::format_day(standing.stopped)},
          {"due", base::format_day(standing.due)},
          {"urgency", std::string(name(standing.urgency))},
          {"lacks", show_all(standing.lacks)}};
}

Json show(const estate::MatrixRecord& matrix) {
  return {{"version", matrix.version},
          {"at", base::format_utc(matrix.at)},
          {"by", matrix.by.text()},
          {"toml", matrix.toml},
          {"reasons", matrix.reasons}};
}

Json show(const estate::ReviewDue& due) {
  return {{"site", due.site.text()},
          {"name", due.site_name},
          {"awaits", std::string(name(due.awaits))},
          {"urgency", std::string(name(due.urgency))},
          {"review", base::format_day(due.review)},
          {"lapses", base::format_day(due.lapses)},
          {"cameras", ids(due.cameras)}};
}

Json show(const estate::WouldStop& stopping) {
  return {{"camera", stopping.camera.text()}, {"why", stopping.why}};
}

Json show(const assessment::Lack& lack) {
  return {{"part", lack.part}, {"field", lack.field}, {"why", lack.why}};
}

Json show(const assessment::Form& form) {
  Json parts = Json::array();
  for (const auto& part : form.parts) {
    Json fields = Json::array();
    for (const auto& field : part.fields) {
      fields.push_back({{"id", field.id},
                        {"title", field.title},
                        {"kind", word(field_kind_words, field.kind)},
                        {"choices", field.choices},
                        {"optional", field.optional || field.needed_when.has_value()}});
    }
    parts.push_back({{"id", part.id},
                     {"title", part.title},
                     {"paragraph", part.paragraph},
                     {"ask", part.ask},
                     {"presence", word(presence_words, part.presence)},
                     {"rows_max", part.rows_max},
                     {"fields", std::move(fields)},
                     {"evidence", part.evidence}});
  }
  return {{"id", form.id},
          {"title", form.title},
          {"paragraph", form.paragraph},
          {"act", std::string(access::name(form.act))},
          {"role", form.role ? Json(std::string(access::name(*form.role))) : Json(nullptr)},
          {"parts", std::move(parts)}};
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
  return {{"id", record.id.text()},
          {"purpose", show(record.purpose)},
          {"owner", record.owner.text()},
          {"organisation", record.organisation.text()},
          {"made_at", base::format_utc(record.made_at)},
          {"review", base::format_day(record.review)},
          {"overdue", record.is_overdue(today)},
          {"released_at", time_or_null(record.released_at)},
          {"words", record.words}};
}

Json show(const oversight::ImportReport& report) {
  Json rejected = Json::array();
  for (const auto& one : report.rejected) {
    rejected.push_back({{"line", one.line}, {"reason", one.reason}});
  }
  return {{"taken", report.taken},
          {"rejected_count", report.rejected_count},
          {"rejected", std::move(rejected)}};
}

Json show(const oversight::SearchNote& note) {
  Json flags = Json::array();
  for (const auto flag : note.flags) {
    flags.push_back({{"flag", std::string(oversight::name(flag))},
                     {"words", std::string(oversight::in_words(flag))}});
  }
  const auto& leave = note.leave;
  const auto window = [&](const base::UtcTime access::Window::*end) {
    return note.window ? Json(base::format_utc((*note.window).*end)) : Json(nullptr);
  };
  return {{"receipt", note.receipt},
          {"at", base::format_utc(note.at)},
          {"act", std::string(access::name(note.act))},
          {"person", note.person.text()},
          {"line", note.line},
          {"purpose", show(note.purpose)},
          {"plate", note.plate},
          {"from", window(&access::Window::from)},
          {"until", window(&access::Window::until)},
          {"cameras", note.cameras},
          {"in_area", note.has_area},
          {"rows", note.rows},
          {"pages", note.pages},
          {"authority", leave ? Json(leave->id.text()) : Json(nullptr)},
          {"authority_giver", leave ? id_or_null(leave->giver) : Json(nullptr)},
          {"by_word_of_mouth", leave && leave->is_oral},
          {"flags", std::move(flags)}};
}

Json show(const oversight::Review& review, base::UtcTime now) {
  Json why = Json::array();
  for (const auto one : review.why) why.push_back(std::string(oversight::name(one)));
  Json steps = Json::array();
  for (const auto& step : review.steps) {
    steps.push_back({{"at", base::format_utc(step.at)},
                     {"by", step.by.text()},
                     {"to", std::string(oversight::name(step.to))},
                     {"words", step.words}});
  }
  return {{"id", review.id.text()},
          {"state", std::string(oversight::name(review.state))},
          {"why", std::move(why)},
          {"search", show(review.search)},
          {"made_at", base::format_utc(review.made_at)},
          {"due", base::format_utc(review.due)},
          {"overdue", review.is_overdue(now)},
          {"owner", id_or_null(review.owner)},
          {"steps", std::move(steps)}};
}

Json show(const oversight::MonthOfReviews& month) {
  return {{"month", base::format_day(month.month).substr(0, std::string_view("2026-11").size())},
          {"searches", month.searches},
          {"sampled", month.sampled},
          {"urgent", month.urgent},
          {"flagged", month.flagged},
          {"to_review", month.to_review},
          {"reviewed", month.reviewed},
          {"overdue", month.overdue},
          {"in_order", month.in_order},
          {"needs_explanation", month.needs_explanation},
          {"misuse_suspected", month.misuse_suspected}};
}

Json show(const oversight::Signal& signal) {
  return {{"kind", std::string(oversight::name(signal.kind))},
          {"person", signal.person.text()},
          {"from", base::format_utc(signal.from)},
          {"until", base::format_utc(signal.until)},
          {"words", signal.words},
          {"searches", signal.searches},
          {"evidence", signal.evidence}};
}

Json show_clock(const oversight::SubjectRequest& request, base::UtcDay today) {
  return {{"id", request.id.text()},
          {"wish", std::string(oversight::name(request.about.wish))},
          {"received", base::format_day(request.about.received)},
          {"due", base::format_day(request.due)},
          {"is_extended", !request.extended.empty()},
          {"overdue", request.is_overdue(today)},
          {"state", std::string(oversight::name(request.state))},
          {"decided_at", time_or_null(request.decided_at)}};
}

namespace {

Json names_of(const std::vector<oversight::Part>& parts) {
  Json names = Json::array();
  for (const auto part : parts) names.push_back(std::string(oversight::name(part)));
  return names;
}

}  // namespace

Json show(const oversight::SubjectRequest& request, base::UtcDay today) {
  Json held_back = Json::array();
  for (const auto& part : request.held_back) {
    held_back.push_back({{"from", base::format_utc(part.from)},
                         {"until", base::format_utc(part.until)},
                         {"exemption", std::string(oversight::name(part.exemption))},
                         {"exemption_words", std::string(oversight::in_words(part.exemption))},
                         {"reason", part.reason},
                         {"parts", names_of(part.parts)},
                         {"is_told", part.told == oversight::Told::yes}});
  }
  const auto& erased = request.erased;
  auto shown = show_clock(request, today);
  shown.update({{"plate", request.about.plate},
                {"from", base::format_utc(request.about.window.from)},
                {"until", base::format_utc(request.about.window.until)},
                {"asked_by", request.about.asked_by},
                {"why_extended", request.extended},
                {"decided_by", id_or_null(request.decided_by)},
                {"words", request.words},
                {"held_back", std::move(held_back)},
                {"gives", names_of(request.gives)},
                {"unsaid", std::string(oversight::name(request.unsaid))},
                {"erased",
                 {{"reads", erased.reads},
                  {"pictures", erased.pictures},
                  {"alerts", erased.alerts},
                  {"kept", erased.kept}}}});
  return shown;
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
