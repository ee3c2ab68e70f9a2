// Commands about a senior officer's authority: each is one call of the office's API.
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/answers.h"
#include "cli/commands.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

int ask_authority(const AuthorityArguments& arguments) {
  json body{{"purpose",
             {{"category", arguments.category},
              {"reason", arguments.reason},
              {"reference", arguments.reference},
              {"for_whom", arguments.for_whom}}},
            {"kind", arguments.kind},
            {"act", arguments.hold ? "hold_sightings" : "search_sightings"},
            {"plate", arguments.plate},
            {"cameras", arguments.cameras},
            {"from", arguments.from},
            {"until", arguments.until}};
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

int list_authorities() {
  return print_list("/v1/authorities", "authorities",
                    {"id", "state", "requester", "purpose/reference", "asked/plate", "asked/from",
                     "asked/until", "valid_until", "uses", "uses_max", "overdue"});
}

}  // namespace regmark::cli
