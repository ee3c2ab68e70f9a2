#include "access/role.h"

#include <algorithm>
#include <utility>

#include "base/word_table.h"

namespace regmark::access {
namespace {

// Whoever can make people could make one to search with; whoever reads the record of what others
// did, or judges it, must not be among them. Nor is the data protection officer among those who
// determine what is done with the data (UK GDPR, Article 38(6)), nor whoever gives the other advice
// on an impact assessment (guidance 5.3a, 5.4a).
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
    {Role::dpo, Role::overt_lead},
    {Role::dpo, Role::anpr_manager},
    {Role::dpo, Role::controller},
};

constexpr base::Words<Act, std::size(all_acts)> act_words = {
    {{Act::watch_alerts, "watch_alerts"},
     {Act::confirm_alert, "confirm_alert"},
     {Act::reject_alert, "reject_alert"},
     {Act::assign_alert, "assign_alert"},
     {Act::act_on_alert, "act_on_alert"},
     {Act::record_outcome, "record_outcome"},
     {Act::search_sightings, "search_sightings"},
     {Act::find_convoys, "find_convoys"},
     {Act::track_plate, "track_plate"},
     {Act::hold_sightings, "hold_sightings"},
     {Act::read_held, "read_held"},
     {Act::export_held, "export_held"},
     {Act::review_hold, "review_hold"},
     {Act::release_others_hold, "release_others_hold"},
     {Act::read_holds, "read_holds"},
     {Act::ask_authority, "ask_authority"},
     {Act::decide_authority, "decide_authority"},
     {Act::read_authorities, "read_authorities"},
     {Act::read_reviews, "read_reviews"},
     {Act::review_searches, "review_searches"},
     {Act::read_signals, "read_signals"},
     {Act::change_household, "change_household"},
     {Act::change_cases, "change_cases"},
     {Act::answer_subject, "answer_subject"},
     {Act::export_evidence, "export_evidence"},
     {Act::check_reads, "check_reads"},
     {Act::read_days, "read_days"},
     {Act::back_up, "back_up"},
     {Act::read_backups, "read_backups"},
     {Act::read_lists, "read_lists"},
     {Act::change_lists, "change_lists"},
     {Act::withdraw_entry, "withdraw_entry"},
     {Act::read_estate, "read_estate"},
     {Act::change_estate, "change_estate"},
     {Act::approve_estate, "approve_estate"},
     {Act::advise_estate, "advise_estate"},
     {Act::decide_estate, "decide_estate"},
     {Act::review_estate, "review_estate"},
     {Act::change_matrix, "change_matrix"},
     {Act::read_register, "read_register"},
     {Act::read_covert, "read_covert"},
     {Act::change_covert, "change_covert"},
     {Act::read_people, "read_people"},
     {Act::change_people, "change_people"},
     {Act::read_audit, "read_audit"},
     {Act::read_policy, "read_policy"}}};

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
  for (const auto& [each, word] : act_words) {
    if (each == act) return word;
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
