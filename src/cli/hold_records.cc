// What commands show of holds: what is held, for which case, by whom, and until when.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/answers.h"
#include "cli/client.h"
#include "cli/hold_commands.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

std::string plate_of(const json& part) {
  if (part.at("plate").is_null()) return "(for its case)";
  const auto plate = cell(part, "plate");
  return plate.empty() ? "everybody who passed" : plate;
}

std::string cameras_of(const json& part) {
  std::string cameras;
  for (const auto& camera : part.at("cameras")) {
    cameras += (cameras.empty() ? "" : ", ") + camera.get<std::string>();
  }
  return cameras.empty() ? "any" : cameras;
}

// What one column says of all parts, each value once.
template <typename Text>
std::string of_all(const json& parts, const Text& text) {
  std::set<std::string> each;
  for (const auto& part : parts) each.insert(text(part));
  std::string all;
  for (const auto& one : each) all += (all.empty() ? "" : "; ") + one;
  return all;
}

json as_row(json hold) {
  const auto& parts = hold.at("parts");
  std::string from;
  std::string until;
  for (const auto& part : parts) {
    if (from.empty() || cell(part, "from") < from) from = cell(part, "from");
    until = std::max(until, cell(part, "until"));
  }
  json held{{"plates", of_all(parts, plate_of)},
            {"cameras", of_all(parts, cameras_of)},
            {"from", from},
            {"until", until}};
  hold["what"] = std::move(held);
  return hold;
}

Result<json> known_holds(const KnownHoldsArguments& arguments) {
  REGMARK_ASSIGN(const auto client, load_session());
  REGMARK_ASSIGN(const auto answer,
                 client.get_for("/v1/holds?count=1000", question_of(arguments.why).at("purpose")));
  return answer.value("holds", json::array());
}

void print_part(const json& part) {
  std::cout << "Held since " << cell(part, "at") << ", by " << cell(part, "by_name") << ":\n";
  print_fact("Plate", plate_of(part));
  print_fact("Cameras", cameras_of(part));
  if (!part.at("area").is_null()) {
    print_fact("Place", "within " + cell(part, "area/radius_m") + " m of " +
                            cell(part, "area/latitude") + ", " + cell(part, "area/longitude"));
  }
  print_fact("From", cell(part, "from") + " until " + cell(part, "until"));
  const auto reads = cell(part, "reads");
  print_fact("Reads then", reads.empty() ? "not counted: it failed, or was cut short" : reads);
}

void print_hold(const json& hold) {
  const auto released = cell(hold, "released_at");
  std::cout << cell(hold, "id") << " is "
            << (released.empty() ? "to be reviewed by " + cell(hold, "review")
                                 : "released since " + released)
            << (hold.value("overdue", false) ? " (OVERDUE)" : "") << "\n";
  print_fact("Owner", cell(hold, "owner_name") + " (" + cell(hold, "owner") + "), of " +
                          cell(hold, "organisation") + ", since " + cell(hold, "made_at"));
  print_fact("Category", cell(hold, "purpose/category"));
  print_fact("Reference", cell(hold, "purpose/reference"));
  print_fact("Reason", cell(hold, "purpose/reason"));
  print_fact("For whom", cell(hold, "purpose/for_whom"));
  print_fact("Reads", cell(hold, "reads"));
  print_fact("Released by", cell(hold, "released_by_name"));
  print_fact(released.empty() ? "Said at its last review" : "Why released", cell(hold, "words"));
  for (const auto& part : hold.at("parts")) print_part(part);
  if (hold.at("parts").empty()) {
    std::cout << "It was made before it was kept what is asked to be held.\n";
  }
}

}  // namespace

int list_holds(const KnownHoldsArguments& arguments) {
  const auto all = known_holds(arguments);
  if (!all) return say_failure(all.error());
  if (arguments.json) {
    std::cout << indented(*all);
    return 0;
  }
  json rows = json::array();
  for (const auto& hold : *all) rows.push_back(as_row(hold));
  print_objects(rows, {"id", "purpose/reference", "owner_name", "review", "overdue", "reads",
                       "what/plates", "what/from", "what/until", "what/cameras", "made_at",
                       "released_at", "purpose/reason"});
  return 0;
}

int show_hold(const KnownHoldsArguments& arguments) {
  const auto all = known_holds(arguments);
  if (!all) return say_failure(all.error());
  return show_one(*all, arguments.id, arguments.json, print_hold,
                  "your organisation has no such hold");
}

}  // namespace regmark::cli
