// Commands about a senior officer's authority: each is one call of the office's API.
#include "cli/authority_commands.h"

#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/answers.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

const std::map<std::string, std::string> act_names{{"search", "search_sightings"},
                                                   {"convoy", "find_convoys"},
                                                   {"track", "track_plate"},
                                                   {"hold", "hold_sightings"},
                                                   {"export", "export_evidence"}};

}  // namespace

int ask_authority(const AuthorityArguments& arguments) {
  auto body = question_of(arguments.question);
  body["kind"] = arguments.kind;
  body["act"] = act_names.at(arguments.act);
  if (!arguments.given_orally_by.empty()) body["given_orally_by"] = arguments.given_orally_by;
  const auto answer = post("/v1/authorities", body);
  if (!answer) return say_failure(answer.error());
  std::cout << cell(*answer, "id") << " is " << cell(*answer, "state") << ".\n";
  if (const auto until = cell(*answer, "confirm_by"); !until.empty()) {
    std::cout << "The officer must confirm it in writing before " << until << ".\n";
  }
  return 0;
}

int decide_authority(const DecisionArguments& arguments, bool grants) {
  json body{{"reason", arguments.reason}};
  if (grants) {
    body["hours"] = arguments.hours;
    body["uses"] = arguments.uses;
    if (!arguments.plate.empty()) body["plate"] = arguments.plate;
    if (!arguments.cameras.empty()) body["cameras"] = arguments.cameras;
  }
  const auto answer = post("/v1/authorities/" + arguments.id + "/" + arguments.word, body);
  if (!answer) return say_failure(answer.error());
  std::cout << arguments.id << " is " << cell(*answer, "state") << ".\n";
  return 0;
}

int give_up_authority(const GiveUpArguments& arguments) {
  const json body{{"purpose", question_of(arguments.question).at("purpose")},
                  {"why", arguments.why}};
  return done_or_failed(post("/v1/authorities/" + arguments.id + "/give-up", body),
                        arguments.id + " is given up: nobody searches under it any more.");
}

// How far each reaches: as it was granted, which may be less than was asked; until then as asked.
int list_authorities() {
  auto answer = get("/v1/authorities");
  if (!answer) return say_failure(answer.error());
  auto all = answer->value("authorities", json::array());
  for (auto& one : all) {
    one["reach"] = one.at(one.at("granted").is_null() ? "asked" : "granted");
    one["narrowed"] = !one.at("granted").is_null() && one.at("granted") != one.at("asked");
  }
  print_objects(all, {"id", "state", "requester", "purpose/reference", "reach/plate", "reach/from",
                      "reach/until", "narrowed", "valid_until", "uses", "uses_max", "overdue"});
  return 0;
}

}  // namespace regmark::cli
