#include "cli/subject_commands.h"

#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/files.h"
#include "cli/answers.h"
#include "cli/commands.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

std::string path_of(const SubjectArguments& arguments, const char* step) {
  return "/v1/subject-requests/" + arguments.id + step;
}

json with_purpose(const SubjectArguments& arguments) {
  return {{"purpose", {{"reason", arguments.reason}}}};
}

void print_request(const json& request) {
  std::cout << cell(request, "id") << " (" << cell(request, "wish") << ") is "
            << cell(request, "state") << ", due " << cell(request, "due")
            << (request.value("overdue", false) ? " (overdue)" : "") << "\n";
}

// "2026-03-01T00:00:00Z/2026-03-02T00:00:00Z/crime/a live case/entries/told"
Result<json> part_of(const std::string& typed) {
  std::vector<std::string> fields;
  std::istringstream in(typed);
  for (std::string field; std::getline(in, field, '/');) fields.push_back(field);
  constexpr std::size_t needed = 4;
  if (fields.size() < needed) {
    return fail(ErrorCode::invalid_input,
                "--keep-back is FROM/UNTIL/GROUND/REASON, then which parts, then \"told\"");
  }
  json part{
      {"from", fields[0]}, {"until", fields[1]}, {"exemption", fields[2]}, {"reason", fields[3]}};
  for (std::size_t at = needed; at < fields.size(); ++at) {
    if (fields[at] == "told") {
      part["is_told"] = true;
    } else {
      part["parts"].push_back(fields[at]);
    }
  }
  return part;
}

bool is_nothing(const json& held) {
  return held.at("sightings").empty() && held.at("held").empty() && held.at("alerts").empty() &&
         held.at("entries").empty();
}

bool erased_nothing(const json& request) {
  return request.at("erased").at("reads") == 0;
}

}  // namespace

int receive_subject_request(const SubjectArguments& arguments) {
  auto body = with_purpose(arguments);
  body.update({{"wish", arguments.wish},
               {"plate", arguments.plate},
               {"from", arguments.from},
               {"until", arguments.until},
               {"asked_by", arguments.asked_by},
               {"received", arguments.received}});
  const auto answer = post("/v1/subject-requests", body);
  if (!answer) return say_failure(answer.error());
  print_request(*answer);
  return 0;
}

int see_subject_request(const SubjectArguments& arguments) {
  const auto answer = post(path_of(arguments, "/see"), with_purpose(arguments));
  if (!answer) return say_failure(answer.error());
  print_request(answer->at("request"));
  for (const auto& read : answer->at("sightings")) {
    std::cout << "  sighting " << cell(read, "id") << "  " << cell(read, "observed") << "  "
              << cell(read, "plate") << "  " << cell(read, "camera") << "\n";
  }
  for (const auto& read : answer->at("held")) {
    std::cout << "  held for a case " << cell(read, "id") << "  " << cell(read, "observed") << "  "
              << cell(read, "plate") << "  " << cell(read, "camera") << "\n";
  }
  for (const auto& alert : answer->at("alerts")) {
    std::cout << "  alert " << cell(alert, "id") << "  " << cell(alert, "state") << "  "
              << cell(alert, "outcome") << "\n";
  }
  for (const auto& entry : answer->at("entries")) {
    std::cout << "  entry " << cell(entry, "entry/id") << "  " << cell(entry, "entry/state")
              << "  on " << cell(entry, "list_name") << "\n";
  }
  if (!answer->value("is_all", true)) std::cout << "  and more than one answer can give\n";
  if (!answer->at("kept_from").is_null()) {
    std::cout << "  What was observed before " << cell(*answer, "kept_from")
              << " is past its time: of that, only what a case holds is there.\n";
  }
  if (is_nothing(*answer)) {
    std::cout << "  Nothing is held about this vehicle in this time: no sighting, no alert, no "
                 "entry of a list.\n";
  }
  return 0;
}

int extend_subject_request(const SubjectArguments& arguments) {
  auto body = with_purpose(arguments);
  body["words"] = arguments.words;
  const auto answer = post(path_of(arguments, "/extend"), body);
  if (!answer) return say_failure(answer.error());
  print_request(*answer);
  return 0;
}

int erase_for_subject(const SubjectArguments& arguments) {
  auto body = with_purpose(arguments);
  body["sightings"] = arguments.sightings;
  const auto answer = post(path_of(arguments, "/erase"), body);
  if (!answer) return say_failure(answer.error());
  if (erased_nothing(answer->at("request"))) {
    std::cout << "Nothing has been erased for " << arguments.id << ".\n";
  } else {
    std::cout << "For " << arguments.id << ", " << cell(*answer, "request/erased/reads")
              << " sightings are erased so far, with " << cell(*answer, "request/erased/pictures")
              << " pictures and " << cell(*answer, "request/erased/alerts") << " alerts.\n";
  }
  for (const auto& one : answer->at("kept")) {
    const bool is_held = cell(one, "why") == "held";
    std::cout << "  " << cell(one, "sighting")
              << " stands: " << (is_held ? "it is held for a case" : "an alert on it is not over")
              << "\n";
  }
  return 0;
}

int decide_subject_request(const SubjectArguments& arguments) {
  auto body = with_purpose(arguments);
  body.update({{"decision", arguments.decision},
               {"words", arguments.words},
               {"gives", arguments.gives},
               {"unsaid", arguments.unsaid},
               {"held_back", json::array()}});
  for (const auto& typed : arguments.kept_back) {
    const auto part = part_of(typed);
    if (!part) return say_failure(part.error());
    body["held_back"].push_back(*part);
  }
  const auto answer = post(path_of(arguments, "/decide"), body);
  if (!answer) return say_failure(answer.error());
  const auto text = cell(*answer, "answer/text");
  const auto& request = answer->at("request");
  if (cell(request, "wish") == "erasure" && cell(request, "state") == "answered" &&
      erased_nothing(request)) {
    std::cerr << "Note: nothing was erased for this request, and the answer says so. If nothing "
                 "was held (subjects see), let your words say that.\n";
  }
  if (arguments.out.empty()) {
    std::cout << text;
    return 0;
  }
  const auto written = base::write_file(arguments.out, base::as_bytes(text));
  return written ? 0 : say_failure(written.error());
}

}  // namespace regmark::cli
