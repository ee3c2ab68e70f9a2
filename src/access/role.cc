#include "access/role.h"

#include <algorithm>
#include <utility>

#include "base/word_table.h"

namespace regmark::access {
namespace {

// Whoever can make people could make one to search with; whoever reads the record of what others
// did, or judges it, must not be among them.
constexpr std::pair<Role, Role> apart[] = {
    {Role::administrator, Role::control_operator},
    {Role::administrator, Role::patrol},
    {Role::administrator, Role::investigator},
    {Role::administrator, Role::authoriser},
    {Role::administrator, Role::reviewer},
    {Role::administrator, Role::standards},
    {Role::administrator, Role::auditor},
    {Role::auditor, Role::control_operator},
    {Role::auditor, Role::patrol},
    {Role::auditor, Role::investigator},
    {Role::auditor, Role::authoriser},
    {Role::auditor, Role::list_owner},
    {Role::auditor, Role::anpr_manager},
    {Role::reviewer, Role::investigator},
    {Role::standards, Role::investigator},
};

bool holds(std::span<const Role> roles, Role role) {
  return std::ranges::find(roles, role) != roles.end();
}

}  // namespace

std::string_view name(Role role) {
  switch (role) {
    case Role::control_operator:
      return "operator";
    case Role::patrol:
      return "patrol";
    case Role::investigator:
      return "investigator";
    case Role::authoriser:
      return "authoriser";
    case Role::list_owner:
      return "list_owner";
    case Role::anpr_manager:
      return "anpr_manager";
    case Role::overt_lead:
      return "overt_lead";
    case Role::dpo:
      return "dpo";
    case Role::controller:
      return "controller";
    case Role::reviewer:
      return "reviewer";
    case Role::standards:
      return "standards";
    case Role::foi_officer:
      return "foi_officer";
    case Role::auditor:
      return "auditor";
    case Role::administrator:
      return "administrator";
  }
  return "unknown";
}

std::string_view name(Act act) {
  switch (act) {
    case Act::watch_alerts:
      return "watch_alerts";
    case Act::confirm_alert:
      return "confirm_alert";
    case Act::reject_alert:
      return "reject_alert";
    case Act::assign_alert:
      return "assign_alert";
    case Act::act_on_alert:
      return "act_on_alert";
    case Act::record_outcome:
      return "record_outcome";
    case Act::search_sightings:
      return "search_sightings";
    case Act::hold_sightings:
      return "hold_sightings";
    case Act::read_held:
      return "read_held";
    case Act::review_hold:
      return "review_hold";
    case Act::read_holds:
      return "read_holds";
    case Act::ask_authority:
      return "ask_authority";
    case Act::decide_authority:
      return "decide_authority";
    case Act::read_authorities:
      return "read_authorities";
    case Act::review_searches:
      return "review_searches";
    case Act::read_signals:
      return "read_signals";
    case Act::change_household:
      return "change_household";
    case Act::change_cases:
      return "change_cases";
    case Act::answer_subject:
      return "answer_subject";
    case Act::export_evidence:
      return "export_evidence";
    case Act::check_reads:
      return "check_reads";
    case Act::read_days:
      return "read_days";
    case Act::back_up:
      return "back_up";
    case Act::read_lists:
      return "read_lists";
    case Act::change_lists:
      return "change_lists";
    case Act::withdraw_entry:
      return "withdraw_entry";
    case Act::read_estate:
      return "read_estate";
    case Act::change_estate:
      return "change_estate";
    case Act::approve_estate:
      return "approve_estate";
    case Act::advise_estate:
      return "advise_estate";
    case Act::decide_estate:
      return "decide_estate";
    case Act::review_estate:
      return "review_estate";
    case Act::change_matrix:
      return "change_matrix";
    case Act::read_register:
      return "read_register";
    case Act::read_covert:
      return "read_covert";
    case Act::change_covert:
      return "change_covert";
    case Act::read_people:
      return "read_people";
    case Act::change_people:
      return "change_people";
    case Act::read_audit:
      return "read_audit";
    case Act::read_policy:
      return "read_policy";
  }
  return "unknown";
}

std::optional<Role> role_of(std::string_view name_of_role) {
  return base::named<Role>(all_roles, name_of_role);
}

std::optional<Act> act_of(std::string_view name_of_act) {
  return base::named<Act>(all_acts, name_of_act);
}

std::optional<std::pair<Role, Role>> held_together(std::span<const Role> roles) {
  for (const auto& pair : apart) {
    if (holds(roles, pair.first) && holds(roles, pair.second)) return pair;
  }
  return std::nullopt;
}

}  // namespace regmark::access
