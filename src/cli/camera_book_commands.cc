// Commands about what the records hold of cameras: each is one call of the office's API.
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/answers.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

int show_review_evidence(const std::string& site) {
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  const auto found = client->get("/v1/sites/" + site + "/review-evidence");
  if (!found) return say_failure(found.error());
  const auto kept = cell(*found, "kept_from");
  std::cout << "From " << cell(*found, "from") << " until " << cell(*found, "until") << "; "
            << (kept.empty() ? "no reads or alerts are kept"
                             : "reads and alerts are kept from " + kept)
            << ".\n";
  std::vector<std::vector<std::string>> rows{{"of each camera"}};
  for (const auto& camera : found->at("cameras")) rows.front().push_back(cell(camera, "camera"));
  for (const auto& figure : found->at("figures")) {
    auto& row = rows.emplace_back(1, cell(figure, "title"));
    for (const auto& camera : found->at("cameras")) {
      row.push_back(cell(camera.at("counts"), cell(figure, "id")));
    }
  }
  auto& right = rows.emplace_back(1, "Right, of a thousand alerts that were looked at");
  for (const auto& camera : found->at("cameras"))
    right.push_back(cell(camera, "right_in_thousand"));
  auto& checked = rows.emplace_back(1, "Right, of a thousand reads that were checked (95 %)");
  for (const auto& camera : found->at("cameras")) {
    const auto& share = camera.at("checked_in_thousand");
    checked.push_back(share.is_null() ? ""
                                      : cell(share, "right") + " (" + cell(share, "low") + " to " +
                                            cell(share, "high") + ")");
  }
  print_table(rows);
  std::cout << "A review of today names this as " << cell(*found, "sha256") << ".\n";
  return 0;
}

int show_camera_books(const std::string& site) {
  const auto path = "/v1/sites/" + site + "/camera-books";
  const int listed = print_list(
      path, "entries",
      {"number", "camera", "kind", "day", "ended", "passed", "words", "by_name", "replaces"});
  if (listed != 0) return listed;
  return print_list(path, "tests", {"camera", "test", "last", "due", "is_overdue", "failed"});
}

int show_tests_overdue() {
  return print_list("/v1/estate/tests-overdue", "tests",
                    {"camera", "test", "last", "due", "failed"});
}

json book_entry(const BookArguments& arguments) {
  json body{{"kind", arguments.kind}, {"day", arguments.day}, {"words", arguments.words}};
  if (!arguments.ended.empty()) body["ended"] = arguments.ended;
  if (!arguments.passed.empty()) body["passed"] = arguments.passed == "yes";
  if (arguments.looked_at && arguments.right) {
    body["accuracy"] = {{"looked_at", *arguments.looked_at}, {"right", *arguments.right}};
  }
  if (arguments.clock_off_ms) body["clock_off_ms"] = *arguments.clock_off_ms;
  if (arguments.replaces) body["replaces"] = *arguments.replaces;
  if (!arguments.evidence.empty()) body["evidence"] = arguments.evidence;
  return body;
}

int write_camera_book(const BookArguments& arguments) {
  const auto written = post("/v1/cameras/" + arguments.camera + "/book", book_entry(arguments));
  if (!written) return say_failure(written.error());
  std::cout << "Written down as number " << cell(*written, "number") << ".\n";
  return 0;
}

}  // namespace regmark::cli
