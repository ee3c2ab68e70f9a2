// Requests and small policies for the tests of decide().
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "access/access_testing.h"
#include "access/decide.h"
#include "access/policy.h"
#include "base/time_testing.h"

namespace regmark::access {

// Half past midnight, of the night on which British clocks go forward.
inline const base::UtcTime now = base::parse_utc("2026-03-29T00:30:00Z").value();

// For a plate's beginning, from so long ago up to now.
inline Request search(std::chrono::days age, std::vector<Role> roles = {Role::investigator}) {
  return {.person = test_person("person-1", std::move(roles)),
          .act = Act::search_sightings,
          .purpose = test_purpose(),
          .scope = {.plate = "AB12*",
                    .window = Window{.from = now - age, .until = now},
                    .rows_max = 100},
          .now = now};
}

// "permitted", or the reasons one after another.
inline std::string outcome(const Decision& decision) {
  const auto* refusal = std::get_if<Refusal>(&decision);
  if (refusal == nullptr) return "permitted";
  std::string all;
  for (const auto& reason : refusal->reasons) all.append(all.empty() ? "" : "; ").append(reason);
  return all;
}

inline std::string outcome(const Request& request, const Policy& policy = Policy::built_in()) {
  return outcome(decide(policy, request));
}

inline bool permits(const Policy& policy, const Request& request) {
  return std::holds_alternative<Permit>(decide(policy, request));
}

// A small policy with these rules, for permits and forbids to be tried one by one.
inline Policy policy_of(std::string_view rules) {
  return Policy::parse(
             "format = 1\ntitle = \"t\"\ncategories = [\"serious\", \"major\"]\n"
             "ranks = [\"sergeant\", \"inspector\"]\ncourses = [\"search\"]\n"
             "[[authority]]\nid = \"senior_officer\"\nrank_least = \"inspector\"\n"
             "valid_hours_max = 48\nuses_max = 3\n"
             "[retention]\nsightings_days = 1\npictures_days = 1\n" +
             std::string(rules))
      .value();
}

inline constexpr std::string_view look = R"(
[[permit]]
id = "look"
roles = ["investigator"]
acts = ["search_sightings"]
purpose = "full"
age_days_max = 30
rows_max = 1000
cameras_max = 2
window_days_max = 7
valid_minutes = 5
)";

}  // namespace regmark::access
