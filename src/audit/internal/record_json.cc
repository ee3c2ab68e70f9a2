#include "audit/internal/record_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/time.h"

namespace regmark::audit {
namespace {

using Json = nlohmann::ordered_json;
using access::Act;

// A refused request may hold anything: bytes that are no UTF-8 become U+FFFD.
std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string clipped(const std::string& text, std::size_t size_max) {
  return text.size() <= size_max ? text : text.substr(0, size_max) + "…";
}

// The first of them: a refusal may have as many reasons as the policy has rules.
Json first_of(const std::vector<std::string>& texts) {
  constexpr std::size_t texts_max = 100;
  Json first = Json::array();
  for (const auto& text : std::span(texts).first(std::min(texts.size(), texts_max))) {
    first.push_back(text);
  }
  return first;
}

template <typename Id>
Json ids(const std::vector<Id>& all, std::size_t count_max) {
  Json names = Json::array();
  for (const auto& id : std::span(all).first(std::min(all.size(), count_max))) {
    names.push_back(id.text());
  }
  return names;
}

Json json_of(const access::Person& person) {
  Json roles = Json::array();
  for (const auto role : person.roles) roles.push_back(access::name(role));
  Json json{
      {"id", person.id.text()}, {"organisation", person.organisation.text()}, {"roles", roles}};
  if (!person.rank.empty()) json["rank"] = person.rank;
  // Why somebody from above was let is read from here.
  constexpr std::size_t ways_up = 3;
  if (!person.part_of.empty()) json["part_of"] = ids(person.part_of, ways_up);
  return json;
}

Json json_of(const access::Purpose& purpose) {
  Json json = Json::object();
  const auto add = [&json](const char* key, const std::string& text, std::size_t size_max) {
    if (!text.empty()) json[key] = clipped(text, size_max);
  };
  add("category", purpose.category, access::reference_size_max);
  add("reason", purpose.reason, access::reason_size_max);
  add("reference", purpose.reference, access::reference_size_max);
  add("for_whom", purpose.for_whom, access::for_whom_size_max);
  return json;
}

Json words_of(const access::Fields& fields) {
  Json words = Json::array();
  if (fields.place) words.push_back("place");
  if (fields.vehicle) words.push_back("vehicle");
  if (fields.pictures) words.push_back("pictures");
  return words;
}

Json json_of(const access::Scope& scope) {
  Json json = Json::object();
  if (!scope.plate.empty()) json["plate"] = clipped(scope.plate, access::pattern_size_max);
  if (!scope.cameras.empty()) json["cameras"] = ids(scope.cameras, access::cameras_max);
  if (scope.cameras.size() > access::cameras_max) {
    json["cameras_left_out"] = scope.cameras.size() - access::cameras_max;
  }
  if (scope.area) {
    json["area"] = {{"latitude", scope.area->centre.latitude},
                    {"longitude", scope.area->centre.longitude},
                    {"radius_m", scope.area->radius_m}};
  }
  if (scope.window) {
    json["from"] = base::format_utc(scope.window->from);
    json["until"] = base::format_utc(scope.window->until);
  }
  if (!scope.lists.empty()) json["lists"] = ids(scope.lists, access::lists_max);
  if (scope.lists.size() > access::lists_max) {
    json["lists_left_out"] = scope.lists.size() - access::lists_max;
  }
  if (scope.rows_max != 0) json["rows_max"] = scope.rows_max;
  if (scope.fields != access::Fields{}) json["fields"] = words_of(scope.fields);
  if (!scope.subject.empty()) json["subject"] = clipped(scope.subject, access::subject_size_max);
  return json;
}

}  // namespace

std::string details_of(const access::Permit& permit) {
  Json json{
      {"person", json_of(permit.person())}, {"purpose", json_of(permit.purpose())},
      {"scope", json_of(permit.scope())},   {"valid_until", base::format_utc(permit.valid_until())},
      {"policy", permit.policy_version()},  {"rules", first_of(permit.rules())}};
  if (permit.authority()) json["authority"] = permit.authority()->text();
  if (!permit.operation().empty()) json["operation"] = permit.operation();
  return text_of(json);
}

std::string details_of(const access::Request& request, const access::Refusal& refusal) {
  Json json{{"person", json_of(request.person)},
            {"purpose", json_of(request.purpose)},
            {"scope", json_of(request.scope)},
            {"reasons", first_of(refusal.reasons)},
            {"rules", first_of(refusal.rules)}};
  if (!request.operation.empty()) json["operation"] = request.operation;
  return text_of(json);
}

std::string details_of(const Receipt& receipt, const Outcome& outcome) {
  constexpr std::size_t value_size_max = 1'000;
  Json json{{"receipt", receipt.number()}, {"rows", outcome.rows}};
  if (!outcome.told.empty()) {
    auto& told = json["told"];
    for (const auto& [name, value] : outcome.told) told[name] = clipped(value, value_size_max);
  }
  if (outcome.scope) json["scope"] = json_of(*outcome.scope);
  return text_of(json);
}

Operation operation_of(Act act) {
  switch (act) {
    case Act::watch_alerts:
    case Act::search_sightings:
    case Act::track_plate:
    case Act::read_lists:
    case Act::read_estate:
    case Act::read_people:
    case Act::read_audit:
    case Act::read_policy:
    case Act::read_authorities:
    case Act::read_held:
    case Act::read_holds:
    case Act::read_reviews:
    case Act::read_signals:
    case Act::check_reads:
    case Act::read_days:
    case Act::read_backups:
    case Act::read_register:
    case Act::read_covert:
      return Operation::consultation;
    // Reads of many cameras are put together to find who was seen with whom.
    case Act::find_convoys:
      return Operation::combination;
    case Act::ask_authority:
    case Act::decide_authority:
      return Operation::authority;
    case Act::answer_subject:
    case Act::export_evidence:
    case Act::export_held:
    case Act::back_up:
      return Operation::disclosure;
    case Act::hold_sightings:
    case Act::review_hold:
    case Act::release_others_hold:
      return Operation::hold;
    case Act::confirm_alert:
    case Act::reject_alert:
    case Act::assign_alert:
    case Act::act_on_alert:
    case Act::record_outcome:
    case Act::change_lists:
    case Act::withdraw_entry:
    case Act::change_estate:
    case Act::approve_estate:
    case Act::review_searches:
    case Act::change_household:
    case Act::change_cases:
    case Act::advise_estate:
    case Act::decide_estate:
    case Act::review_estate:
    case Act::change_matrix:
    case Act::change_covert:
    case Act::change_people:
      return Operation::alteration;
  }
  return Operation::alteration;
}

}  // namespace regmark::audit
