// Commands about a senior officer's authority: each is one call of the office's API.
#include "cli/authority_commands.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/answers.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

int ask_authority(const AuthorityArguments& arguments) {
  auto body = question_of(arguments.question);
  body["kind"] = arguments.kind;
  body["act"] = authority_acts().at(arguments.act);
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
    if (!arguments.from.empty()) body["from"] = arguments.from;
    if (!arguments.until.empty()) body["until"] = arguments.until;
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

}  // namespace regmark::cli
