// What is written for deployments and of single cameras, and what is due of all of them.
#include "api/internal/bind.h"
#include "api/internal/estate_bodies.h"
#include "api/internal/named_file.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "desk/approve_estate.h"
#include "desk/file_paper.h"
#include "desk/read_due.h"
#include "desk/read_estate.h"

namespace regmark::api {
namespace {

constexpr std::size_t papers_max = 100'000;
// Each place waits for two things at most, each camera for three.
constexpr std::size_t due_max = 4 * estate::places_max + 3 * estate::cameras_max;

template <typename Id>
Result<http::Response> file_paper(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<Id>(call, "id"));
  REGMARK_ASSIGN(const auto paper, paper_in(call));
  return shown(desk::file_paper(call.rooms.desk, call.asker(), id, paper), [](const auto& done) {
    return json_response({{"lacks", show_all(done.value)}}, /*status=*/201);
  });
}

Result<http::Response> read_file(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::DeploymentId>(call, "id"));
  REGMARK_ASSIGN(const auto as_of, end_of_day_asked(call, "on"));
  return shown(desk::read_deployment_file(call.rooms.desk, call.asker(), id, as_of),
               [&](const auto& done) -> Result<http::Response> {
                 Names names(call.rooms.desk.people);
                 REGMARK_ASSIGN(const auto file, show_named(done.value, names));
                 return json_response(file);
               });
}

Result<http::Response> review(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::DeploymentId>(call, "id"));
  REGMARK_ASSIGN(auto grounds, grounds_in(call.body));
  REGMARK_ASSIGN(const auto until, time_in(call.body, "until"));
  return done(
      desk::review_deployment(call.rooms.desk, call.asker(), id, {std::move(grounds), until}));
}

Result<http::Response> read_camera_papers(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::CameraId>(call, "id"));
  return shown(desk::read_camera_papers(call.rooms.desk, call.asker(), id),
               [&](const auto& done) -> Result<http::Response> {
                 Names names(call.rooms.desk.people);
                 REGMARK_ASSIGN(auto papers, show_named(done.value, names));
                 return json_response({{"papers", std::move(papers)}});
               });
}

Result<http::Response> read_taking_down(const Call& call) {
  return shown(desk::read_taking_down(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"standing", show_all(done.value)}});
  });
}

Json show(const desk::DueThing& thing) {
  Json told = Json::array();
  for (const auto role : estate::told(thing.urgency)) told.push_back(std::string(name(role)));
  return {{"kind", thing.kind},
          {"id", thing.id},
          {"name", thing.name},
          {"awaits", thing.awaits},
          {"urgency", std::string(name(thing.urgency))},
          {"due", base::format_day(thing.due)},
          {"lapses", thing.lapses ? Json(base::format_day(*thing.lapses)) : Json(nullptr)},
          {"told", std::move(told)}};
}

Result<http::Response> read_due(const Call& call) {
  return shown(desk::read_due(call.rooms.desk, call.asker()), [](const auto& done) {
    Json counts{{"soon", 0}, {"overdue", 0}, {"escalated", 0}, {"lapsed", 0}};
    Json things = Json::array();
    for (const auto& thing : done.value.things) {
      auto& count = counts[std::string(name(thing.urgency))];
      count = count.template get<std::uint64_t>() + 1;
      things.push_back(show(thing));
    }
    return json_response(
        {{"counts", std::move(counts)}, {"yours", done.value.yours}, {"due", std::move(things)}});
  });
}

Json due_shape() {
  const Json thing =
      object({{"kind", one_of({"site", "deployment", "camera"})},
              {"id", id_text()},
              {"name", text(200)},
              {"awaits", described(one_of({"review", "impact", "notice", "end", "clock_test",
                                           "accuracy_test", "taking_down", "reassessment"}),
                                   "reassessment: its yearly review came too late, it lapsed, and "
                                   "a review only sends it back, to be assessed and decided anew, "
                                   "or stops it.")},
              {"urgency", one_of({"lapsed", "escalated", "overdue", "soon"})},
              {"due", day_text()},
              {"lapses", described(or_null(day_text()),
                                   "After this day cameras collect no more, unless done.")},
              {"told", described(list_of(text(64), 10), "The roles that hear of it.")}});
  return object({{"counts", object({{"soon", count()},
                                    {"overdue", count()},
                                    {"escalated", count()},
                                    {"lapsed", count()}})},
                 {"yours", described(count(), "Of these, the asker is told of so many.")},
                 {"due", list_of(thing, due_max)}});
}

Endpoint papers(const std::string& things, std::string id, std::string summary, Handle handle) {
  auto made = changing(
      "estate", "/v1/" + things + "/{id}/papers", std::move(id), std::move(summary),
      {{"paper", named("Paper")}},
      {201, "What it still lacks", object({{"lacks", list_of(named("Lack"), 10'000)}})}, handle);
  made.body_size_max = paper_body_max;
  return made;
}

}  // namespace

Table deployments_table() {
  auto file = reading("estate", "/v1/deployments/{id}/file", "readDeploymentFile",
                      "Every step and paper of a deployment",
                      {200, "As it stood at the end of that day, or now", named("DeploymentFile")},
                      read_file);
  file.query = {{"on", day_text()}};
  return {
      std::move(file),
      papers("deployments", "fileDeploymentPaper", "Write a paper into the deployment's file",
             file_paper<base::DeploymentId>),
      changing("estate", "/v1/deployments/{id}/review", "reviewDeployment",
               "Extend a deployment inside its twelve months",
               {{"grounds", named("Grounds")}, {"until", time_text()}}, {204, "Done", std::nullopt},
               review),
      papers("cameras", "fileCameraPaper",
             "Write down a camera's lens, direction or position, or how it was taken down",
             file_paper<base::CameraId>),
      reading("estate", "/v1/cameras/{id}/papers", "readCameraPapers",
              "Every version of what is written of a camera",
              {200, "The oldest first",
               object({{"papers", list_of(named("PaperRecord"), papers_max)}})},
              read_camera_papers),
      reading("estate", "/v1/estate/taking-down", "readTakingDown",
              "What was stopped and was not taken down to the end",
              {200, "The most urgent first",
               object({{"standing",
                        list_of(named("ToTakeDown"), estate::places_max + estate::cameras_max)}})},
              read_taking_down),
      reading("estate", "/v1/estate/due", "readEstateDue",
              "What is due in the estate, how urgent it is, and who is told",
              {200, "The most urgent first", due_shape()}, read_due),
  };
}

}  // namespace regmark::api
