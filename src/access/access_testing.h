// What tests of rooms above need to ask for permits. Never included by a program.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "access/decide.h"
#include "access/policy.h"
#include "base/check.h"

namespace regmark::access {

// Lets everybody look back ten years, so that a test of a store need not care for age.
inline const Policy& wide_policy() {
  static const Policy policy = Policy::parse(R"toml(
format = 1
title = "For tests of what lies behind a permit"
categories = ["serious"]
ranks = ["inspector"]
[retention]
sightings_days = 365
pictures_days = 90
[[authority]]
id = "senior_officer"
rank_least = "inspector"
valid_hours_max = 48
uses_max = 3
oral_confirmed_hours = 24
[[permit]]
id = "look-back"
roles = ["investigator"]
acts = [
  "search_sightings", "find_convoys", "hold_sightings", "export_evidence", "answer_subject",
]
purpose = "full"
age_days_max = 3_650
rows_max = 1_000_000
valid_minutes = 10
[[permit]]
id = "look-ahead"
roles = ["investigator"]
acts = ["track_plate"]
purpose = "full"
rows_max = 1_000_000
valid_minutes = 720
[[permit]]
id = "watch"
roles = ["operator"]
acts = ["watch_alerts"]
purpose = "none"
valid_minutes = 480
[[permit]]
id = "everything-else"
roles = ["investigator"]
acts = [
  "confirm_alert", "reject_alert", "assign_alert", "act_on_alert", "record_outcome", "read_lists",
  "change_lists", "withdraw_entry", "read_estate", "change_estate", "approve_estate",
  "read_people", "change_people", "read_audit", "read_policy", "ask_authority",
  "decide_authority", "read_authorities", "read_held", "export_held", "review_hold",
  "release_others_hold", "read_holds",
  "read_reviews", "review_searches", "read_signals", "change_household", "change_cases", "read_days", "back_up", "read_backups",
  "advise_estate", "decide_estate", "review_estate", "change_matrix", "read_register",
  "read_covert", "change_covert", "check_reads",
]
purpose = "none"
valid_minutes = 10
)toml")
                                   .value();
  return policy;
}

inline Purpose test_purpose() {
  return {.category = "serious",
          .reason = "a vehicle seen near a robbery",
          .reference = "CR/26/000123",
          .for_whom = "DC 4711"};
}

inline Person test_person(std::string_view id, std::vector<Role> roles) {
  return {.id = base::PersonId::parse(id).value(),
          .organisation = base::OrganisationId::parse("test-force").value(),
          .roles = std::move(roles)};
}

// What somebody else asked for, for permits to decide about it.
inline Authority test_authority(std::string_view id) {
  return {.id = base::AuthorityId::parse(id).value(),
          .kind = "senior_officer",
          .requester = base::PersonId::parse("person-asker").value(),
          .organisation = base::OrganisationId::parse("test-force").value()};
}

// The permit, or a stop of the test that says why there is none.
inline Permit permit_or_stop(const Decision& decision) {
  if (const auto* refusal = std::get_if<Refusal>(&decision)) {
    for (const auto& reason : refusal->reasons) {
      std::fprintf(stderr, "refused: %s\n", reason.c_str());
    }
    REGMARK_CHECK(refusal == nullptr);
  }
  return std::get<Permit>(decision);
}

}  // namespace regmark::access
