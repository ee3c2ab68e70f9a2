// The schemas of sites, deployments and cameras, and of all that is written for them.
#include <vector>

#include "api/internal/shapes.h"
#include "api/internal/words.h"
#include "camera_register/camera_register.h"
#include "estate/estate.h"

namespace regmark::api {
namespace {

constexpr std::size_t need_length_max = 4'000;
// What two advisers wrote, and who they are.
constexpr std::size_t step_words_length_max = 2 * assessment::answer_size_max + 1'000;

Json grounds() {
  return described(
      object(
          {{"need", text(need_length_max, 1)}, {"category", text(64, 1)}, {"review", day_text()}}),
      "Why cameras should stand here, and until when that holds without a review.");
}

// What sites and deployments have in common, before what is their own.
Json with_life(std::vector<Member> members) {
  for (auto& member : std::vector<Member>{{"grounds", named("Grounds")},
                                          {"state", one_of(estate_state_words)},
                                          {"author", id_text()},
                                          {"approver", or_null(id_text())},
                                          {"live_from", or_null(time_text())},
                                          {"stopped_at", or_null(time_text())},
                                          {"stop_reason", text(need_length_max)}}) {
    members.push_back(std::move(member));
  }
  return object(std::move(members));
}

Json step_shape() {
  return object({{"step", text(64)},
                 {"at", time_text()},
                 {"by", id_text()},
                 {"by_name", text(name_length_max)},
                 {"receipt", count()},
                 {"words", text(step_words_length_max)},
                 {"paper", or_null(count())},
                 {"review", or_null(day_text())},
                 {"lapses", or_null(day_text())},
                 {"until", described(or_null(time_text()),
                                     "When a deployment that was extended ends then.")}});
}

Json paper_record() {
  return object({{"number", count()},
                 {"version", count()},
                 {"form", id_text()},
                 {"at", time_text()},
                 {"by", id_text()},
                 {"by_name", text(name_length_max)},
                 {"receipt", count()},
                 {"whole", described(flag(),
                                     "Of each form the newest that is whole is in force; "
                                     "one that is not is a draft.")},
                 {"paper", named("Paper")}});
}

Json what_is_missing() {
  return described(list_of(text(need_length_max), 1'000),
                   "What its next step wants and does not find.");
}

Json site_file() {
  constexpr std::size_t steps_max = 100'000;
  const Json cameras = list_of(id_text(), estate::cameras_max);
  return object({{"site", named("Site")},
                 {"steps", list_of(named("SiteStep"), steps_max)},
                 {"papers", list_of(named("PaperRecord"), steps_max)},
                 {"cameras", cameras},
                 {"near", described(cameras, "Cameras of other sites within two kilometres.")},
                 {"views", list_of(named("CameraView"), estate::cameras_max)},
                 {"missing", what_is_missing()},
                 {"awaits_assessing_anew", flag()}});
}

Json camera_view() {
  constexpr std::size_t answer_max = assessment::answer_size_max;
  return described(
      object({{"camera", id_text()},
              {"name", text(name_length_max)},
              {"installed",
               described(or_null(time_text()), "Null: it was inherited; the register may know.")},
              {"stopped", or_null(time_text())},
              {"lens", text(answer_max)},
              {"direction", text(answer_max)},
              {"attested_by", text(answer_max)},
              {"attested_on", or_null(day_text())}}),
      "A camera that was put up there, and what its commissioning says of it.");
}

Json particulars() {
  const Json how = one_of({"exact", "approximate", "not_recorded"});
  return described(object({{"camera", id_text()},
                           {"kind", camera_kind()},
                           {"owner", described(text(name_length_max), "Empty: not recorded.")},
                           {"controller", described(text(name_length_max), "Whose data it is.")},
                           {"installed", or_null(day_text())},
                           {"installed_how", how},
                           {"is_removed", flag()},
                           {"removed", or_null(day_text())},
                           {"removed_how", how},
                           {"ground", text(64)},
                           {"ground_from",
                            described(or_null(day_text()), "Since when, where an import said so.")},
                           {"published", or_null(day_text())},
                           {"entered", described(day_text(), "Since then it is known.")}}),
                   "What the register holds of a camera, and what the estate did with it.");
}

Json deployment_file() {
  constexpr std::size_t steps_max = 100'000;
  return object({{"deployment", named("Deployment")},
                 {"steps", list_of(named("SiteStep"), steps_max)},
                 {"papers", list_of(named("PaperRecord"), steps_max)},
                 {"cameras", list_of(id_text(), estate::cameras_max)},
                 {"missing", what_is_missing()}});
}

Json lack() {
  return object({{"part", text(64)}, {"field", text(64)}, {"why", text(1'000)}});
}

Json urgency() {
  return one_of({"lapsed", "escalated", "overdue", "soon", "later"});
}

Json to_take_down() {
  return object({{"camera", described(or_null(id_text()), "Null: the whole site.")},
                 {"site", or_null(id_text())},
                 {"deployment", or_null(id_text())},
                 {"name", text(name_length_max)},
                 {"stopped", described(day_text(), "Or ended, or lapsed.")},
                 {"due", day_text()},
                 {"urgency", urgency()},
                 {"cameras", described(list_of(id_text(), estate::cameras_max),
                                       "Of a whole site: those to be taken down with it.")},
                 {"lacks", list_of(named("Lack"), 100)}});
}

Json form_shape() {
  const Json field = object({{"id", id_text()},
                             {"title", text(name_length_max)},
                             {"kind", one_of(field_kind_words)},
                             {"choices", list_of(text(64), 100)},
                             {"optional", flag()}});
  const Json part = object({{"id", id_text()},
                            {"title", text(name_length_max)},
                            {"paragraph", text(64)},
                            {"ask", text(400)},
                            {"presence", one_of(presence_words)},
                            {"rows_max", count()},
                            {"fields", list_of(field, 100)},
                            {"evidence", list_of(text(64), 100)}});
  return object({{"id", id_text()},
                 {"title", text(name_length_max)},
                 {"paragraph", text(64)},
                 {"act", text(64)},
                 {"role", or_null(text(64))},
                 {"parts", list_of(part, 100)}});
}

Json review_due() {
  return object({{"site", id_text()},
                 {"name", text(name_length_max)},
                 {"awaits", one_of({"review", "impact", "notice", "end"})},
                 {"urgency", urgency()},
                 {"review", day_text()},
                 {"lapses", day_text()},
                 {"cameras", list_of(id_text(), estate::cameras_max)}});
}

Json camera() {
  return object({{"id", id_text()},
                 {"name", text(name_length_max)},
                 {"site", or_null(id_text())},
                 {"deployment", or_null(id_text())},
                 {"state", one_of(estate_state_words)},
                 {"live_from", or_null(time_text())},
                 {"stopped_at", or_null(time_text())},
                 {"collects_now", flag()},
                 {"why_not", text(400)}});
}

}  // namespace

Json camera_kind() {
  Json schema{{"type", "string"}, {"enum", Json::array()}};
  for (const auto kind : camera_register::all_kinds) {
    schema["enum"].push_back(std::string(name(kind)));
  }
  return schema;
}

Json estate_shapes() {
  return {{"Grounds", grounds()},
          {"Site", with_life({{"id", id_text()},
                              {"name", text(name_length_max)},
                              {"position", named("Position")},
                              {"path", text(64)},
                              {"stage", text(64)},
                              {"lapses", or_null(day_text())},
                              {"impact_due", or_null(day_text())},
                              {"collects_now", flag()},
                              {"why_not", text(400)}})},
          {"SiteFile", site_file()},
          {"DeploymentFile", deployment_file()},
          {"ToTakeDown", to_take_down()},
          {"Lack", lack()},
          {"SiteStep", step_shape()},
          {"Paper", described(any_object(), "A form that somebody filled in; see readGuidance.")},
          {"PaperRecord", paper_record()},
          {"Form", form_shape()},
          {"ReviewDue", review_due()},
          {"Deployment", with_life({{"id", id_text()},
                                    {"name", text(name_length_max)},
                                    {"area", named("Area")},
                                    {"from", time_text()},
                                    {"until", time_text()},
                                    {"impact_due", or_null(day_text())},
                                    {"collects_now", flag()},
                                    {"why_not", text(400)}})},

          {"CameraView", camera_view()},
          {"Particulars", particulars()},
          {"Camera", camera()}};
}

}  // namespace regmark::api
