// Commands about deployments of mobile cameras, single cameras, and what is due of all of them:
// each is one call of the office's API.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/answers.h"
#include "cli/commands.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

std::string path_of(const std::string& id, const char* step) {
  return "/v1/deployments/" + id + "/" + step;
}

json grounds_of(const DeploymentArguments& arguments) {
  return {{"need", arguments.need}, {"category", arguments.category}, {"review", arguments.review}};
}

// Writes a paper, and says what it lacks.
int write_paper(const std::string& path, const json& paper) {
  const auto answer = post(path, {{"paper", paper}});
  if (!answer) return say_failure(answer.error());
  const bool is_whole = answer->value("lacks", json::array()).empty();
  std::cout << (is_whole ? "Written, and whole.\n" : "Written; it is not whole yet.\n");
  print_lacks(*answer);
  return 0;
}

int write_paper(const std::string& path, const std::filesystem::path& file) {
  const auto paper = paper_in(file);
  if (!paper) return say_failure(paper.error());
  return write_paper(path, *paper);
}

}  // namespace

int propose_deployment(const DeploymentArguments& arguments) {
  const json body{{"id", arguments.id},
                  {"name", arguments.name},
                  {"area",
                   {{"latitude", arguments.latitude},
                    {"longitude", arguments.longitude},
                    {"radius_m", arguments.radius_m}}},
                  {"from", arguments.from},
                  {"until", arguments.until},
                  {"grounds", grounds_of(arguments)}};
  return done_or_failed(post("/v1/deployments", body),
                        "Proposed " + arguments.id +
                            ". Another manager must approve it; its impact assessment is due "
                            "soon after it begins (`deployment paper`, `estate due`).");
}

int approve_deployment(const DeploymentArguments& arguments) {
  return done_or_failed(post(path_of(arguments.id, "approve"), json::object()),
                        "Approved " + arguments.id + ". It ends by itself.");
}

int extend_deployment(const DeploymentArguments& arguments) {
  return done_or_failed(post(path_of(arguments.id, "review"),
                             {{"grounds", grounds_of(arguments)}, {"until", arguments.until}}),
                        "Reviewed: " + arguments.id + " goes on until " + arguments.until + ".");
}

int stop_deployment(const DeploymentArguments& arguments) {
  return done_or_failed(post(path_of(arguments.id, "stop"), {{"reason", arguments.reason}}),
                        "Stopped " + arguments.id + ": its cameras' reads are refused.");
}

int write_deployment_paper(const DeploymentArguments& arguments) {
  return write_paper(path_of(arguments.id, "papers"), arguments.paper);
}

int show_deployment(const DeploymentArguments& arguments) {
  const auto file =
      get(path_of(arguments.id, "file") + (arguments.day.empty() ? "" : "?on=" + arguments.day));
  if (!file) return say_failure(file.error());
  std::cout << indented(*file);
  return 0;
}

int list_deployments() {
  return print_list("/v1/deployments", "deployments",
                    {"id", "name", "state", "from", "until", "grounds/review", "impact_due",
                     "collects_now", "why_not"});
}

int write_camera_view(const CameraViewArguments& arguments) {
  json row = json::object();
  for (const auto& [field, answer] : arguments.answers) row[field] = answer;
  const json answers{{"rows", json::array({row})}, {"evidence", json::array()}};
  return write_paper("/v1/cameras/" + arguments.camera + "/papers",
                     json{{"form", arguments.form}, {"parts", {{arguments.part, answers}}}});
}

int take_down_camera(const std::string& camera, const std::filesystem::path& paper) {
  return write_paper("/v1/cameras/" + camera + "/papers", paper);
}

int show_camera_papers(const std::string& camera) {
  const auto papers = get("/v1/cameras/" + camera + "/papers");
  if (!papers) return say_failure(papers.error());
  std::cout << indented(papers->at("papers"));
  return 0;
}

int show_taking_down() {
  const auto found = get("/v1/estate/taking-down");
  if (!found) return say_failure(found.error());
  std::vector<std::vector<std::string>> rows{
      {"camera", "site", "deployment", "name", "stopped", "due", "urgency", "cameras", "lacks"}};
  for (const auto& one : found->at("standing")) {
    std::string lacks;
    for (const auto& lack : one.at("lacks")) {
      lacks += (lacks.empty() ? "" : ", ") + cell(lack, "part");
    }
    std::string cameras;
    for (const auto& camera : one.at("cameras")) {
      cameras += (cameras.empty() ? "" : ", ") + camera.get<std::string>();
    }
    rows.push_back({cell(one, "camera"), cell(one, "site"), cell(one, "deployment"),
                    cell(one, "name"), cell(one, "stopped"), cell(one, "due"), cell(one, "urgency"),
                    cameras, lacks});
  }
  print_table(rows);
  return 0;
}

namespace {

bool awaits_reassessment(const json& due) {
  return std::ranges::any_of(due.at("due"),
                             [](const json& one) { return one.at("awaits") == "reassessment"; });
}

}  // namespace

int show_due(bool as_json) {
  const auto due = get("/v1/estate/due");
  if (!due) return say_failure(due.error());
  if (as_json) {
    std::cout << indented(*due);
    return 0;
  }
  std::vector<std::vector<std::string>> rows{
      {"kind", "id", "awaits", "urgency", "due", "lapses", "told"}};
  for (const auto& one : due->at("due")) {
    std::string told;
    for (const auto& role : one.at("told")) {
      told += (told.empty() ? "" : ", ") + role.get<std::string>();
    }
    rows.push_back({cell(one, "kind"), cell(one, "id"), cell(one, "awaits"), cell(one, "urgency"),
                    cell(one, "due"), cell(one, "lapses"), told});
  }
  print_table(rows);
  if (awaits_reassessment(*due)) {
    std::cout << "reassessment: the justification lapsed, and a yearly review only sends the site "
                 "back, to be assessed and decided anew, or stops it\n";
  }
  const auto& counts = due->at("counts");
  std::cout << cell(counts, "lapsed") << " lapsed, " << cell(counts, "escalated") << " escalated, "
            << cell(counts, "overdue") << " overdue, " << cell(counts, "soon")
            << " due soon; you are told of " << cell(*due, "yours") << ".\n";
  return 0;
}

}  // namespace regmark::cli
