// Who a person is to the system, and what kinds of act there are.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace regmark::access {

// See the table "Roles" of the design. Text forms: "operator", "investigator", ...
enum class Role : std::uint8_t {
  control_operator,  // "operator", which C++ keeps for itself
  patrol,
  investigator,
  authoriser,
  list_owner,
  anpr_manager,
  overt_lead,
  dpo,
  controller,
  reviewer,
  standards,
  foi_officer,
  auditor,
  administrator,
};

// What somebody may ask to do. Each is one file in desk/. Text forms are the names below.
enum class Act : std::uint8_t {
  watch_alerts,   // subscribe to live alerts, list them, see their pictures
  confirm_alert,  // on the picture
  reject_alert,
  assign_alert,
  act_on_alert,
  record_outcome,
  search_sightings,  // and see the pictures of what was found
  find_convoys,      // vehicles seen with a given one, again and again
  track_plate,       // be told of each passing of one vehicle, from now on
  hold_sightings,
  read_held,            // what is held, for its own case
  export_held,          // for a court, likewise
  review_hold,          // keep on, or release one's own
  release_others_hold,  // in its owner's place
  read_holds,           // which there are, and why
  ask_authority,        // and see what became of it
  decide_authority,     // grant, refuse, confirm, withdraw, for somebody else
  read_authorities,
  read_reviews,      // of what others searched, and how many there were
  review_searches,   // take one, and say what one found
  read_signals,      // signs of misuse, and what they rest on
  change_household,  // the plates of colleagues and their households
  change_cases,      // the case register that references are checked against
  answer_subject,    // what is held about a plate, for its keeper; and its erasure
  export_evidence,   // for a court
  check_reads,       // say what some pictures show, drawn by chance
  read_days,         // what is kept, until when
  back_up,           // and restore
  read_backups,      // when the last was made
  read_lists,
  change_lists,    // create, import
  withdraw_entry,  // withdraw or resolve
  read_estate,
  change_estate,   // propose, justify, commission, stop; camera tokens
  approve_estate,  // by a different person than the author
  advise_estate,   // on an impact assessment, on overt surveillance
  decide_estate,   // for the controller
  review_estate,   // each year, each site
  change_matrix,   // of places and purposes, for the controller
  read_register,   // how many cameras, where not, since when, why
  read_covert,     // what is kept apart
  change_covert,
  read_people,
  change_people,
  read_audit,
  read_policy,
};

inline constexpr Role all_roles[] = {Role::control_operator, Role::patrol,       Role::investigator,
                                     Role::authoriser,       Role::list_owner,   Role::anpr_manager,
                                     Role::overt_lead,       Role::dpo,          Role::controller,
                                     Role::reviewer,         Role::standards,    Role::foi_officer,
                                     Role::auditor,          Role::administrator};
inline constexpr Act all_acts[] = {
    Act::watch_alerts,     Act::confirm_alert,       Act::reject_alert,     Act::assign_alert,
    Act::act_on_alert,     Act::record_outcome,      Act::search_sightings, Act::find_convoys,
    Act::track_plate,      Act::hold_sightings,      Act::read_held,        Act::export_held,
    Act::review_hold,      Act::release_others_hold, Act::read_holds,       Act::ask_authority,
    Act::decide_authority, Act::read_authorities,    Act::read_reviews,     Act::review_searches,
    Act::read_signals,     Act::change_household,    Act::change_cases,     Act::answer_subject,
    Act::export_evidence,  Act::check_reads,         Act::read_days,        Act::back_up,
    Act::read_backups,     Act::read_lists,          Act::change_lists,     Act::withdraw_entry,
    Act::read_estate,      Act::change_estate,       Act::approve_estate,   Act::advise_estate,
    Act::decide_estate,    Act::review_estate,       Act::change_matrix,    Act::read_register,
    Act::read_covert,      Act::change_covert,       Act::read_people,      Act::change_people,
    Act::read_audit,       Act::read_policy};

// Acts that look into the past: they have a window, and the age of what they see counts.
constexpr bool looks_back(Act act) {
  return act == Act::search_sightings || act == Act::find_convoys || act == Act::hold_sightings ||
         act == Act::export_evidence || act == Act::answer_subject;
}

// Acts that look at what is still to come: they have a window too, which begins now.
constexpr bool looks_ahead(Act act) {
  return act == Act::track_plate;
}

// Acts that show somebody reads or their pictures, those that an alert or a hold has among them.
// An administrator is permitted none of them, whatever a policy says.
constexpr bool shows_reads(Act act) {
  return looks_back(act) || looks_ahead(act) || act == Act::read_held || act == Act::export_held ||
         act == Act::watch_alerts || act == Act::confirm_alert || act == Act::reject_alert ||
         act == Act::assign_alert || act == Act::act_on_alert || act == Act::record_outcome ||
         act == Act::check_reads;
}
// Of what is held for a case: for nobody of another.
constexpr bool is_of_hold(Act act) {
  return act == Act::read_held || act == Act::export_held || act == Act::review_hold ||
         act == Act::release_others_hold;
}

std::string_view name(Role role);
std::string_view name(Act act);
std::optional<Role> role_of(std::string_view name);
std::optional<Act> act_of(std::string_view name);

// Two of these roles that must check each other, and so may not be one person's; nothing when
// they may stand together.
std::optional<std::pair<Role, Role>> held_together(std::span<const Role> roles);

}  // namespace regmark::access
