// What commands show of authorities: what an officer decides on, and what they decided.
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/answers.h"
#include "cli/authority_commands.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

constexpr std::size_t for_whom_shown_max = 24;  // bytes: a table has many columns

std::string act_of(const json& authority) {
  auto act = cell(authority, "act");
  for (const auto& [typed, name] : authority_acts()) {
    if (act == name) return typed;
  }
  return act;
}

std::string shortly(std::string text) {
  if (text.size() <= for_whom_shown_max) return text;
  auto end = for_whom_shown_max;
  const auto is_inside_letter = [&] { return (static_cast<unsigned char>(text[end]) >> 6U) == 2; };
  while (is_inside_letter()) --end;
  return text.substr(0, end) + "...";
}

// Of one by word of mouth: whether the officer said so.
std::string said_of_oral(const json& authority) {
  if (!authority.value("oral", false)) return "";
  if (!authority.at("confirmed_at").is_null()) return "confirmed";
  if (!authority.at("ended_at").is_null()) return "never confirmed";
  const auto by = cell(authority, "confirm_by");
  return authority.value("overdue", false) ? "NOT CONFIRMED, overdue since " + by
                                           : "NOT CONFIRMED, due " + by;
}

bool is_granted(const json& authority) {
  return !authority.at("granted").is_null();
}

// How far each reaches: as it was granted, which may be less than was asked; until then as asked.
json as_row(json one) {
  one["reach"] = one.at(is_granted(one) ? "granted" : "asked");
  one["narrowed"] = is_granted(one) && one.at("granted") != one.at("asked");
  one["to"] = act_of(one);
  one["asked_by"] = one.at("requester_name");
  one["for"] = shortly(cell(one, "purpose/for_whom"));
  one["by_word_of_mouth"] = said_of_oral(one);
  return one;
}

// Of so many as the office gives at once.
Result<json> authorities() {
  REGMARK_ASSIGN(const auto answer, get("/v1/authorities?count=1000"));
  return answer.value("authorities", json::array());
}

void print_scope(const json& scope) {
  const auto plate = cell(scope, "plate");
  print_fact("Plate", plate.empty() ? "everybody who passed" : plate);
  std::string cameras;
  for (const auto& camera : scope.at("cameras")) {
    cameras += (cameras.empty() ? "" : ", ") + camera.get<std::string>();
  }
  print_fact("Cameras", cameras.empty() ? "any" : cameras);
  if (!scope.at("area").is_null()) {
    print_fact("Place", "within " + cell(scope, "area/radius_m") + " m of " +
                            cell(scope, "area/latitude") + ", " + cell(scope, "area/longitude"));
  }
  print_fact("From", cell(scope, "from") + " until " + cell(scope, "until"));
  print_fact("Rows", "at most " + cell(scope, "rows"));
}

// Until the officer says so themselves, it is only said of them.
void print_decision(const json& one) {
  const auto oral = said_of_oral(one);
  const bool is_hearsay = !oral.empty() && oral != "confirmed";
  if (!oral.empty()) print_fact("By word of mouth", oral);
  auto officer = cell(one, "decided_by_name");
  if (const auto rank = cell(one, "decided_rank"); !rank.empty()) officer += ", " + rank;
  if (!officer.empty()) officer += ", " + cell(one, "decided_at");
  const auto* by = cell(one, "state") == "refused" ? "Refused by" : "Given by";
  print_fact(is_hearsay ? "Said to be given by" : by, officer);
  if (!is_hearsay) print_fact("The officer's words", cell(one, "decision"));
  print_fact("Good until", cell(one, "valid_until"));
  if (is_granted(one)) print_fact("Uses", cell(one, "uses") + " of " + cell(one, "uses_max"));
  print_fact("Ended", cell(one, "ended_at"));
  print_fact("Why ended", cell(one, "end_reason"));
}

void print_authority(const json& one) {
  std::cout << cell(one, "id") << " is " << cell(one, "state") << " (" << cell(one, "kind")
            << ")\n";
  print_fact("To", act_of(one));
  print_fact("Asked by", cell(one, "requester_name") + " (" + cell(one, "requester") + "), of " +
                             cell(one, "organisation") + ", " + cell(one, "asked_at"));
  print_fact("For whom", cell(one, "purpose/for_whom"));
  print_fact("Category", cell(one, "purpose/category"));
  print_fact("Reference", cell(one, "purpose/reference"));
  print_fact("Reason", cell(one, "purpose/reason"));
  std::cout << "What is asked:\n";
  print_scope(one.at("asked"));
  if (is_granted(one) && one.at("granted") != one.at("asked")) {
    std::cout << "What it covers, which is less:\n";
    print_scope(one.at("granted"));
  }
  if (cell(one, "state") == "asked") return;
  std::cout << "What was decided:\n";
  print_decision(one);
}

}  // namespace

const std::map<std::string, std::string>& authority_acts() {
  static const std::map<std::string, std::string> names{{"search", "search_sightings"},
                                                        {"convoy", "find_convoys"},
                                                        {"track", "track_plate"},
                                                        {"hold", "hold_sightings"},
                                                        {"export", "export_evidence"}};
  return names;
}

int list_authorities(bool as_json) {
  const auto all = authorities();
  if (!all) return say_failure(all.error());
  if (as_json) {
    std::cout << indented(*all);
    return 0;
  }
  json rows = json::array();
  for (const auto& one : *all) rows.push_back(as_row(one));
  print_objects(rows, {"id", "state", "by_word_of_mouth", "to", "asked_by", "purpose/reference",
                       "purpose/category", "for", "reach/plate", "reach/from", "reach/until",
                       "narrowed", "valid_until", "uses", "uses_max"});
  return 0;
}

int show_authority(const std::string& id, bool as_json) {
  const auto all = authorities();
  if (!all) return say_failure(all.error());
  return show_one(*all, id, as_json, print_authority, "there is no such authority for you");
}

}  // namespace regmark::cli
