#include "access/gaps.h"

#include <algorithm>

#include "access/internal/rules.h"

namespace regmark::access {
namespace {

struct Needs {
  Act given;
  Act needed;
  const char* otherwise;
};

constexpr Needs all_needs[] = {
    {Act::search_sightings, Act::review_searches, "nobody reviews what is searched"},
    {Act::search_sightings, Act::read_signals, "nobody sees signs of misuse"},
    {Act::search_sightings, Act::answer_subject, "nobody answers the people whom it is about"},
    {Act::hold_sightings, Act::read_held, "nobody may see what is held"},
    {Act::hold_sightings, Act::review_hold, "nobody may review or release what is held"},
    {Act::hold_sightings, Act::release_others_hold, "nobody releases what its owner does not"},
    {Act::hold_sightings, Act::read_holds, "nobody knows what is held"},
    {Act::ask_authority, Act::decide_authority, "nobody decides what authority is asked for"},
    {Act::watch_alerts, Act::confirm_alert, "nobody confirms an alert on its picture"},
    {Act::change_estate, Act::approve_estate, "nobody approves where cameras stand"},
    {Act::change_estate, Act::review_estate, "nobody reviews why cameras stand"},
    {Act::change_estate, Act::decide_estate, "nobody decides for the controller"},
    {Act::change_people, Act::read_audit, "nobody reads the record"},
    {Act::change_people, Act::back_up, "nobody backs the office up"},
    // Policies of before these two were acts of their own.
    {Act::review_searches, Act::read_reviews, "nobody sees what there is to review"},
    {Act::back_up, Act::read_backups, "nobody sees whether a backup was made"},
};

// By name, and nobody is named.
bool is_for_nobody(const Subject& subject) {
  return subject.persons && subject.persons->empty();
}

bool gives(const Policy::Rules& rules, Act act) {
  return std::ranges::any_of(rules.permits, [&](const PermitRule& rule) {
    return !is_for_nobody(rule.subject) &&
           std::ranges::find(rule.subject.acts, act) != rule.subject.acts.end();
  });
}

}  // namespace

std::vector<std::string> gaps(const Policy& policy) {
  std::vector<std::string> all;
  for (const auto& [given, needed, otherwise] : all_needs) {
    if (!gives(policy.rules(), given) || gives(policy.rules(), needed)) continue;
    all.push_back(std::string(otherwise) + ": no rule permits " + std::string(name(needed)));
  }
  return all;
}

std::vector<std::string> remarks(const Policy& policy) {
  const auto& rules = policy.rules();
  const bool wants_references = std::ranges::any_of(
      rules.permits, [](const PermitRule& rule) { return rule.purpose == PurposeNeeded::full; });
  if (!wants_references || !rules.references.empty()) return {};
  return {
      "any text counts as a reference, unless a case register is connected: there is no "
      "[[reference]] that says how they are written"};
}

}  // namespace regmark::access
