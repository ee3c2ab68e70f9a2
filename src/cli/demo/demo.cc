// The story of the demo: a camera is justified, a list is loaded, pictures go in, an alert comes
// out, and everything that was done can be checked.
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/demo/console.h"
#include "cli/demo/data_folder.h"
#include "cli/demo/listener.h"
#include "cli/demo/office.h"
#include "cli/demo/stage.h"
#include "cli/demo/vehicles.h"
#include "cli/print.h"

namespace regmark::cli {
namespace {

using nlohmann::json;
using std::filesystem::path;

constexpr std::chrono::seconds alert_time_max{20};

struct Scene {
  path program, data;
  std::vector<std::string> sources;
  std::string camera = "demo-camera";
  path token_file() const { return data / "demo" / "camera.token"; }
};

// Runs `regmark read` and gives the plates it read, one for each JSON line.
Result<std::vector<std::string>> run_read(const Scene& scene, std::vector<std::string> more,
                                          Stage* stage) {
  std::vector<std::string> command{scene.program.string(), "read", "--json", "--time", "now"};
  command.insert(command.end(), more.begin(), more.end());
  command.insert(command.end(), scene.sources.begin(), scene.sources.end());
  std::vector<std::string> plates;
  REGMARK_ASSIGN(
      const auto reader, Child::start(command, [&](const std::string& line) {
        const auto read = json::parse(line, nullptr, /*allow_exceptions=*/false);
        if (!read.is_object() || !read.contains("plate")) {
          if (stage != nullptr) stage->line(line);
          return;
        }
        if (read.value("phase", std::string("final")) != "final") return;
        plates.push_back(read["plate"].get<std::string>());
        if (stage == nullptr) return;
        const auto source = path(read.value("source", std::string())).filename().string();
        char text[128];
        std::snprintf(text, sizeof text, "read   %-10s %3.0f %%  %s", plates.back().c_str(),
                      100 * read.value("score", 0.0), source.c_str());
        stage->line(text);
      }));
  const int status = reader->wait();
  // One file that is no picture makes status 1; what was read still counts.
  if (status > 1) {
    return fail(ErrorCode::unavailable, "the reader ended with status " + std::to_string(status));
  }
  return plates;
}

Result<void> load_list(const Staff& staff, const Wanted& wanted, Stage& stage) {
  const auto review = base::day_of(base::SystemClock().now()) + std::chrono::days{28};
  REGMARK_TRY(staff.list_owner.post("/v1/watchlists", {{"id", "demo-list"},
                                                       {"name", "Demo vehicles of interest"},
                                                       {"level", "force"},
                                                       {"purpose", "To show a match"},
                                                       {"priority", "high"},
                                                       {"review", base::format_day(review)},
                                                       {"age_max_hours", 24},
                                                       {"alert_window_seconds", 300},
                                                       // On so few entries nothing is near by
                                                       // chance: every misread is worth a look.
                                                       {"near_least", 0}}));
  REGMARK_ASSIGN(const auto report,
                 staff.list_owner.put("/v1/watchlists/demo-list/entries", "text/csv", wanted.csv));
  stage.check(
      report.value("added", 0U) == wanted.plates.size() && report.value("rejected_count", 1U) == 0,
      std::to_string(wanted.plates.size()) + " vehicles of interest are on the list");
  return {};
}

// Confirm on the picture, assign, act, say what came of it.
void work_an_alert(const Staff& staff, const json& alert, Stage& stage) {
  const std::string base = "/v1/alerts/" + alert.value("id", std::string()) + "/";
  const auto picture = staff.control_operator.get_text(
      "/v1/sightings/" + alert["read"].value("id", std::string()) +
      "/pictures/overview?alert=" + alert.value("id", std::string()));
  stage.check(picture && picture->starts_with("\xFF\xD8"), "the operator sees its picture");
  const auto too_early = staff.control_operator.post(base + "act", json::object());
  stage.check(!too_early && too_early.error().code == ErrorCode::conflict,
              "nobody may act before it is confirmed on the picture");
  const auto confirmed =
      staff.control_operator.post(base + "confirm", {{"note", "plate is clear"}});
  stage.check(confirmed && confirmed->value("state", std::string()) == "confirmed", "confirmed");
  const auto me = staff.control_operator.get("/v1/session");
  const auto assigned = staff.control_operator.post(
      base + "assign", {{"to", me ? (*me)["person"].value("id", std::string()) : std::string()}});
  stage.check(assigned && assigned->value("state", std::string()) == "assigned", "assigned");
  const auto acted = staff.control_operator.post(base + "act", json::object());
  stage.check(acted && acted->value("state", std::string()) == "acted",
              "acted on, after the entry was read again");
  const auto closed = staff.control_operator.post(
      base + "outcome", {{"code", "stopped"}, {"note", "vehicle stopped safely"}});
  stage.check(closed && closed->value("state", std::string()) == "closed", "outcome recorded");
}

json search_for(const std::string& plate, std::chrono::days back) {
  const auto now = base::SystemClock().now();
  return {{"purpose",
           {{"category", "serious"},
            {"reason", "Demo: where was the vehicle of the alert seen?"},
            {"reference", "DEMO/1/26"},
            {"for_whom", "Demo investigation team"}}},
          {"plate", plate},
          {"from", base::format_utc(now - back)},
          {"until", base::format_utc(now)},
          {"rows", 10}};
}

void search_lawfully_and_not(const Staff& staff, const std::string& plate, Stage& stage) {
  stage.heading("A lawful search, and two that are refused");
  const auto found =
      staff.investigator.post("/v1/searches", search_for(plate, std::chrono::days{1}));
  if (stage.check(found && found->value("rows", 0) > 0, "a search with a purpose finds it")) {
    stage.line("recorded as " + (*found)["receipt"].dump() + " in the audit log");
  }
  const auto old =
      staff.investigator.post("/v1/searches", search_for(plate, std::chrono::days{200}));
  if (stage.check(!old && old.error().code == ErrorCode::conflict,
                  "the same search over 200 days is refused")) {
    stage.line("\"" + old.error().message + "\"");
  }
  const auto not_theirs =
      staff.administrator.post("/v1/searches", search_for(plate, std::chrono::days{1}));
  if (stage.check(!not_theirs && not_theirs.error().code == ErrorCode::conflict,
                  "an administrator may not search at all")) {
    stage.line("\"" + not_theirs.error().message + "\"");
  }
}

Result<void> play(const Scene& scene, const Staff& staff, Stage& stage) {
  stage.heading("A site is proposed, approved by somebody else, and gets a camera");
  REGMARK_TRY(commission(staff, scene.camera, scene.token_file()));
  stage.check(true, scene.camera + " may collect: its site has a live justification");

  stage.heading("A list of vehicles of interest is loaded");
  REGMARK_ASSIGN(const auto expected, run_read(scene, {}, nullptr));
  if (expected.empty()) return fail(ErrorCode::not_found, "no plate was read on these pictures");
  const auto wanted = wanted_among(expected);
  REGMARK_TRY(load_list(staff, wanted, stage));

  stage.heading("The camera's pictures go through the reader to the office");
  AlertListener listener(staff.control_operator, stage);
  if (!stage.check(listener.wait_until_open(std::chrono::seconds{10}),
                   "the operator is watching")) {
    return {};
  }
  const auto demo = scene.data / "demo";
  REGMARK_ASSIGN(const auto plates,
                 run_read(scene,
                          {"--office", staff.administrator.office(), "--camera", scene.camera,
                           "--token-file", scene.token_file().string(), "--spool",
                           (demo / "spool").string(), "--spool-key", (demo / "spool.key").string()},
                          &stage));
  stage.check(!plates.empty(), std::to_string(plates.size()) + " plates were read and handed in");
  const auto alert = listener.wait_for(wanted.plates.front(), alert_time_max);
  if (!stage.check(!alert.is_null(), "the vehicle of interest is on the operator's screen"))
    return {};

  stage.heading("The operator confirms on the picture, and only then acts");
  work_an_alert(staff, alert, stage);
  search_lawfully_and_not(staff, alert["read"].value("plate", std::string()), stage);
  return {};
}

void verify_log(const Scene& scene, Stage& stage) {
  stage.heading("Anybody can check the audit log, with nothing but the public key");
  stage.check(audit_verify({.folder = scene.data / "audit", .key = scene.data / "audit.pub"}) == 0,
              "every record, refusals too, is in the tree that was signed");
}

// Those whose console it shows.
std::vector<Member> shown(const Staff& staff) {
  auto members = staff.members;
  std::erase_if(members, [](const Member& member) {
    return member.role != "operator" && member.role != "investigator";
  });
  return members;
}

Result<bool> perform(const DemoArguments& arguments, const Scene& scene, Stage& stage) {
  stage.heading("The office starts on loopback, in a new folder");
  REGMARK_TRY(base::make_private_folder(scene.data / "demo"));
  REGMARK_ASSIGN(const auto office, DemoOffice::start(scene.program, scene.data));
  REGMARK_ASSIGN(const auto staff, hire(*office));
  stage.check(true, office->address() + ", with " + std::to_string(staff.members.size()) +
                        " people who signed in");
  if (!arguments.pictures.empty()) stage.line("pictures: " + arguments.pictures.string());
  REGMARK_TRY(play(scene, staff, stage));
  verify_log(scene, stage);
  show_console(*office, shown(staff), stage);
  stage.check(office->stop() == 0, "the office closed in good order");
  return stage.all_came_true();
}

}  // namespace

int demo(const DemoArguments& arguments, const path& program) {
  Scene scene{.program = program, .data = {}, .sources = {}};
  if (!arguments.pictures.empty()) {
    scene.sources.push_back(arguments.pictures.string());
  } else {
    const auto sources = demo_sources(program);
    if (!sources) return say_failure(sources.error());
    for (const auto& source : *sources) scene.sources.push_back(source.string());
  }
  if (!arguments.data.empty() && has_office(arguments.data)) {
    return say_failure("the demo needs a new folder; " + arguments.data.string() +
                       " has an office");
  }
  const DataFolder folder(arguments.data);
  if (folder.where().empty()) return say_failure("no folder can be made for the demo");
  scene.data = folder.where();
  Stage stage;
  const auto came_true = perform(arguments, scene, stage);
  if (!came_true) return say_failure(came_true.error());
  std::cout << (*came_true ? "\nEvery step did what it says.\n"
                           : "\nThe demo FAILED: see the steps marked ✗.\n");
  return *came_true ? 0 : 1;
}

}  // namespace regmark::cli
