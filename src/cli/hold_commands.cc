// Commands about what is held for a case: each is one call of the office's API.
#include "cli/hold_commands.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/answers.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

int make_hold(const HoldArguments& arguments) {
  auto body = question_of(arguments.question);
  body["id"] = arguments.id;
  body["review"] = arguments.review;
  const auto answer = post("/v1/holds", body);
  if (!answer) return say_failure(answer.error());
  std::cout << arguments.id << " holds " << cell(*answer, "held") << " reads; somebody must look "
            << "again by " << cell(*answer, "review") << ".\n";
  return 0;
}

int search_hold(const HoldArguments& arguments) {
  auto body = question_of(arguments.question);
  body["rows"] = arguments.question.rows;
  return print_found(post("/v1/holds/" + arguments.id + "/searches", body));
}

int keep_hold_on(const HoldArguments& arguments) {
  const json body{{"purpose", question_of(arguments.question).at("purpose")},
                  {"review", arguments.review},
                  {"words", arguments.words}};
  return done_or_failed(post("/v1/holds/" + arguments.id + "/review", body),
                        arguments.id + " is held on, until " + arguments.review + ".");
}

int release_hold(const HoldArguments& arguments) {
  const json body{{"purpose", question_of(arguments.question).at("purpose")},
                  {"words", arguments.words}};
  const auto answer = post("/v1/holds/" + arguments.id + "/release", body);
  if (!answer) return say_failure(answer.error());
  std::cout << arguments.id << " is released: " << cell(*answer, "released")
            << " reads are held for it no longer, and its copies are erased.\n";
  return 0;
}

}  // namespace regmark::cli
