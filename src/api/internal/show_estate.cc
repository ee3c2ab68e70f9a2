// Sites, deployments, cameras and their papers.
#include "api/internal/show.h"
#include "api/internal/show_or_null.h"
#include "api/internal/words.h"

namespace regmark::api {
namespace {

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

}  // namespace

Json show(const estate::SiteRecord& site) {
  Json shown{{"id", site.about.id.text()},
             {"name", site.about.name},
             {"position", show(site.about.position)}};
  add_life(shown, site);
  shown["path"] = std::string(name(site.path));
  shown["stage"] = std::string(name(site.stage));
  shown["lapses"] = day_or_null(site.lapses);
  shown["impact_due"] = day_or_null(site.impact_due);
  shown["collects_now"] = site.collects_now;
  shown["why_not"] = site.why_not;
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
  const auto* form = assessment::Guidance::built_in().form(paper.paper.form);
  return {{"number", paper.number},
          {"version", paper.version},
          {"form", paper.paper.form},
          {"at", base::format_utc(paper.at)},
          {"by", paper.by.text()},
          {"receipt", paper.receipt},
          {"whole", form != nullptr && assessment::lacks(*form, paper.paper).empty()},
          {"paper", Json::parse(assessment::format_paper(paper.paper))}};
}

Json show(const estate::CameraView& view) {
  return {{"camera", view.camera.text()},
          {"name", view.name},
          {"installed", time_or_null(view.installed)},
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
          {"missing", file.missing},         {"awaits_assessing_anew", file.awaits_assessing_anew}};
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
          {"ground_from", day_or_null(one.ground_from)},
          {"published", day_or_null(one.impact_published)},
          {"entered", base::format_day(known.entered)}};
}

Json show(const estate::DeploymentFile& file) {
  return {{"deployment", show(file.deployment)},
          {"steps", show_all(file.steps)},
          {"papers", show_all(file.papers)},
          {"cameras", ids(file.cameras)},
          {"missing", file.missing}};
}

Json show(const estate::ToTakeDown& standing) {
  return {{"camera", id_or_null(standing.camera)},
          {"site", id_or_null(standing.site)},
          {"deployment", id_or_null(standing.deployment)},
          {"name", standing.name},
          {"stopped", base::format_day(standing.stopped)},
          {"due", base::format_day(standing.due)},
          {"urgency", std::string(name(standing.urgency))},
          {"cameras", ids(standing.cameras)},
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

}  // namespace regmark::api
