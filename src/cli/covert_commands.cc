// Commands about what is kept apart: each is one call of the office's API, for a stated reason.
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "cli/answers.h"
#include "cli/camera_key.h"
#include "cli/commands.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

Result<json> ask(const CovertArguments& arguments, const std::string& path, json body) {
  body["purpose"] = {{"reason", arguments.why}};
  return post("/v1/covert" + path, body);
}

std::string path_of(const CovertArguments& arguments, const std::string& step) {
  return "/" + arguments.what + "/" + arguments.id + "/" + step;
}

void print_things(const json& found, const char* things, const std::vector<const char*>& fields) {
  std::vector<std::vector<std::string>> rows(1);
  for (const auto* field : fields) rows.front().emplace_back(field);
  for (const auto& thing : found.at(things)) {
    auto& row = rows.emplace_back();
    for (const auto* field : fields) row.push_back(cell(thing, field));
  }
  std::cout << things << "\n";
  print_table(rows);
}

}  // namespace

int show_covert(const CovertArguments& arguments) {
  const auto found = ask(arguments, "", json::object());
  if (!found) return say_failure(found.error());
  print_things(*found, "sites", {"id", "name", "state", "lapses", "collects_now", "why_not"});
  print_things(*found, "deployments", {"id", "name", "state", "until", "collects_now", "why_not"});
  print_things(*found, "cameras", {"id", "name", "site", "deployment", "collects_now", "why_not"});
  return 0;
}

int show_covert_file(const CovertArguments& arguments) {
  json body = json::object();
  if (!arguments.on.empty()) body["on"] = arguments.on;
  const auto file = ask(arguments, path_of(arguments, "file"), std::move(body));
  if (!file) return say_failure(file.error());
  std::cout << indented(*file);
  return 0;
}

int propose_covert(const CovertArguments& arguments) {
  json body{
      {"name", arguments.name},
      {"grounds",
       {{"need", arguments.need}, {"category", arguments.category}, {"review", arguments.review}}}};
  const json place{{"latitude", arguments.latitude}, {"longitude", arguments.longitude}};
  if (arguments.what == "sites") {
    body["position"] = place;
  } else {
    body["area"] = place;
    body["area"]["radius_m"] = arguments.radius_m;
    body["from"] = arguments.from;
    body["until"] = arguments.until;
  }
  const auto proposed = ask(arguments, "/" + arguments.what, std::move(body));
  if (!proposed) return say_failure(proposed.error());
  std::cout << "Proposed as " << cell(*proposed, "id") << ". Somebody else must approve it.\n";
  return 0;
}

int approve_covert(const CovertArguments& arguments) {
  return done_or_failed(ask(arguments, path_of(arguments, "approve"), json::object()), "Approved.");
}

int stop_covert(const CovertArguments& arguments) {
  return done_or_failed(ask(arguments, path_of(arguments, "stop"), {{"reason", arguments.reason}}),
                        "Stopped.");
}

int add_covert_camera(const CovertArguments& arguments) {
  const auto place = arguments.what == "sites" ? "site" : "deployment";
  const auto answer = ask(arguments, "/cameras", {{"name", arguments.name}, {place, arguments.id}});
  if (!answer) return say_failure(answer.error());
  return keep_token(*answer, cell(*answer, "id"), arguments.token_file);
}

int renew_covert_token(const CovertArguments& arguments) {
  const auto answer = ask(arguments, "/cameras/" + arguments.id + "/token", json::object());
  if (!answer) return say_failure(answer.error());
  return keep_new_token(*answer, arguments.token_file);
}

int write_covert_book(const CovertArguments& arguments) {
  const auto written =
      ask(arguments, "/cameras/" + arguments.entry.camera + "/book", book_entry(arguments.entry));
  if (!written) return say_failure(written.error());
  std::cout << "Written down as number " << cell(*written, "number") << ".\n";
  return 0;
}

int show_covert_book(const CovertArguments& arguments) {
  const auto book = ask(arguments, "/cameras/" + arguments.id + "/book/read", json::object());
  if (!book) return say_failure(book.error());
  print_things(*book, "entries",
               {"number", "kind", "day", "ended", "passed", "words", "by_name", "replaces"});
  print_things(*book, "tests", {"test", "last", "due", "is_overdue", "failed"});
  return 0;
}

int set_covert_key(const CovertArguments& arguments) {
  const auto key = make_camera_key(arguments.key_file);
  if (!key) return say_failure(key.error());
  return done_or_failed(ask(arguments, "/cameras/" + arguments.id + "/key",
                            {{"public_key", base::to_hex(key->public_key)}}),
                        "Registered.");
}

int set_covert_certificate(const CovertArguments& arguments) {
  return done_or_failed(ask(arguments, "/cameras/" + arguments.id + "/certificate",
                            {{"fingerprint", plain_fingerprint(arguments.fingerprint)}}),
                        "Registered. The office must ask cameras for certificates ([tls]).");
}

int remove_covert_credentials(const CovertArguments& arguments) {
  return done_or_failed(
      ask(arguments, "/cameras/" + arguments.id + "/credentials/remove", json::object()),
      "Key and certificate count no more; the token still does.");
}

}  // namespace regmark::cli
