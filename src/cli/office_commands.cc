// Commands about sites, cameras and lists: each is one call of the office's API.
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/files.h"
#include "cli/answers.h"
#include "cli/camera_key.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/print.h"

namespace regmark::cli {
using nlohmann::json;

namespace {

constexpr std::size_t csv_size_max = std::size_t{2} << 30U;

}  // namespace

int propose_site(const SiteArguments& arguments) {
  const json body = {
      {"id", arguments.id},
      {"name", arguments.name},
      {"position", {{"latitude", arguments.latitude}, {"longitude", arguments.longitude}}},
      {"grounds",
       {{"need", arguments.need}, {"category", arguments.category}, {"review", arguments.review}}},
      {"path", arguments.path}};
  const bool is_full = arguments.path == "full";
  const auto done = done_or_failed(
      post("/v1/sites", body),
      "Proposed " + arguments.id +
          (is_full ? ". What comes next: its papers are written (`estate form`, `estate paper`), "
                     "the DPO and the overt-surveillance lead advise, another manager finds it "
                     "assessed, the controller decides."
                   : ". Another manager must approve it."));
  return done == 0 && is_full ? say_what_is_missing(arguments.id) : done;
}

int extend_site(const SiteArguments& arguments) {
  const json grounds = {
      {"need", arguments.need}, {"category", arguments.category}, {"review", arguments.review}};
  return done_or_failed(post("/v1/sites/" + arguments.id + "/review", {{"grounds", grounds}}),
                        "Extended " + arguments.id + " until " + arguments.review + ".");
}

int approve_site(const std::string& id) {
  return done_or_failed(post("/v1/sites/" + id + "/approve", json::object()),
                        "Approved " + id + ".");
}

int stop_site(const std::string& id, const std::string& reason) {
  return done_or_failed(post("/v1/sites/" + id + "/stop", {{"reason", reason}}),
                        "Stopped " + id + ": its cameras' reads are refused from now on.");
}

int list_sites() {
  return print_list(
      "/v1/sites", "sites",
      {"id", "name", "state", "stage", "grounds/review", "lapses", "collects_now", "why_not"});
}

int add_camera(const CameraArguments& arguments) {
  json body = {{"id", arguments.id}, {"name", arguments.name}};
  if (!arguments.site.empty()) body["site"] = arguments.site;
  if (!arguments.deployment.empty()) body["deployment"] = arguments.deployment;
  if (!arguments.kind.empty()) body["kind"] = arguments.kind;
  if (!arguments.owner.empty()) body["owner"] = arguments.owner;
  if (!arguments.controller.empty()) body["controller"] = arguments.controller;
  const auto answer = post("/v1/cameras", body);
  if (!answer) return say_failure(answer.error());
  return keep_token(*answer, arguments.id, arguments.token_file);
}

int renew_camera_token(const std::string& id, const std::filesystem::path& token_file) {
  const auto answer = post("/v1/cameras/" + id + "/token", json::object());
  if (!answer) return say_failure(answer.error());
  return keep_new_token(*answer, token_file);
}

int stop_camera(const std::string& id, const std::string& reason) {
  return done_or_failed(post("/v1/cameras/" + id + "/stop", {{"reason", reason}}),
                        "Stopped " + id + ".");
}

int set_camera_key(const std::string& id, const std::filesystem::path& key_file) {
  const auto key = make_camera_key(key_file);
  if (!key) return say_failure(key.error());
  return done_or_failed(
      post("/v1/cameras/" + id + "/key", {{"public_key", base::to_hex(key->public_key)}}),
      "Registered. `regmark read --key-file " + key_file.string() + "` signs with it.");
}

int set_camera_certificate(const std::string& id, const std::string& fingerprint) {
  return done_or_failed(
      post("/v1/cameras/" + id + "/certificate", {{"fingerprint", plain_fingerprint(fingerprint)}}),
      "Registered. The office must ask cameras for certificates ([tls]).");
}

int list_cameras() {
  return print_list("/v1/cameras", "cameras",
                    {"id", "name", "site", "deployment", "state", "collects_now", "why_not"});
}

int list_drift() {
  return print_list("/v1/drift", "alarms", {"camera", "hour", "sign", "found", "least", "most"});
}

int list_accuracies() {
  return print_list("/v1/accuracy", "accuracies",
                    {"by", "what", "checked", "right", "share", "least", "most", "unreadable"});
}

int create_list(const ListArguments& arguments) {
  json body = {{"id", arguments.id},
               {"name", arguments.name},
               {"level", arguments.level},
               {"purpose", arguments.purpose},
               {"priority", arguments.priority},
               {"review", arguments.review},
               {"age_max_hours", arguments.age_max_hours},
               {"alert_window_seconds", arguments.alert_window_seconds},
               {"alerted", arguments.alerted}};
  if (arguments.near_least) body["near_least"] = *arguments.near_least;
  return done_or_failed(post("/v1/watchlists", body), "Created the list " + arguments.id + ".");
}

int import_list(const std::string& id, const std::filesystem::path& csv) {
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  const auto bytes = base::read_file(csv, csv_size_max);
  if (!bytes) return say_failure(bytes.error());
  const auto report = client->put("/v1/watchlists/" + id + "/entries", "text/csv",
                                  std::string(base::as_text(*bytes)));
  if (!report) return say_failure(report.error());
  std::cout << "Version " << cell(*report, "version") << ": " << cell(*report, "added")
            << " added, " << cell(*report, "changed") << " changed, " << cell(*report, "unchanged")
            << " unchanged, " << cell(*report, "withdrawn") << " withdrawn, "
            << cell(*report, "still_ended") << " still ended, " << cell(*report, "rejected_count")
            << " rejected.\n";
  for (const auto& row : report->value("rejected", json::array())) {
    std::cout << "  line " << cell(row, "line") << ": " << cell(row, "reason") << "\n";
  }
  return 0;
}

int show_lists() {
  return print_list("/v1/watchlists", "watchlists",
                    {"id", "name", "level", "priority", "version", "active", "muted", "why_muted"});
}

json question_of(const SearchArguments& arguments) {
  json question{{"purpose",
                 {{"category", arguments.category},
                  {"reason", arguments.reason},
                  {"reference", arguments.reference},
                  {"for_whom", arguments.for_whom}}},
                {"plate", arguments.plate},
                {"cameras", arguments.cameras}};
  if (!arguments.from.empty()) question["from"] = arguments.from;
  if (!arguments.until.empty()) question["until"] = arguments.until;
  if (!arguments.authority.empty()) question["authority"] = arguments.authority;
  return question;
}

int print_found(const Result<json>& answer) {
  if (!answer) return say_failure(answer.error());
  std::vector<std::vector<std::string>> rows{{"plate", "observed", "camera", "score", "id"}};
  for (const auto& read : answer->value("sightings", json::array())) {
    rows.push_back({cell(read, "plate"), cell(read, "observed"), cell(read, "camera"),
                    cell(read, "score"), cell(read, "id")});
  }
  print_table(rows);
  std::cout << rows.size() - 1 << " sightings; recorded as " << cell(*answer, "receipt")
            << " in the audit log.\n";
  if (!cell(*answer, "next").empty()) std::cout << "There are more: narrow the window.\n";
  return 0;
}

int search(const SearchArguments& arguments) {
  auto question = question_of(arguments);
  question["rows"] = arguments.rows;
  return print_found(post("/v1/searches", question));
}

}  // namespace regmark::cli
