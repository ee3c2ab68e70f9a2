// What a policy says once it is read: the form that decide() walks.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/decide.h"
#include "access/policy.h"
#include "access/role.h"
#include "base/ids.h"

namespace regmark::access {

// The parts of a Purpose that a rule wants filled in.
enum class PurposeNeeded : std::uint8_t { none, reason, full };

// The only conditions there are. A wider window, an older one, more rows or more cameras can only
// go past a bound, never back under it: that is why widening a request never helps it.
struct Bounds {
  std::optional<std::chrono::days> age;     // from the window's beginning to now
  std::optional<std::chrono::days> window;  // the window's length
  std::optional<std::uint64_t> rows;
  std::optional<std::uint64_t> cameras;  // "any camera" is past every bound
  // Letters and digits that a plate or pattern says at least; a looser one says fewer.
  std::optional<std::uint64_t> plate_characters;
};

// Whom and what a rule is about. What is not given means "any".
struct Subject {
  std::vector<Act> acts;  // never empty
  std::optional<std::vector<Role>> roles;
  std::optional<std::vector<base::PersonId>> persons;
  std::optional<std::vector<std::string>> categories;
};

// Says yes to a request inside all of its bounds.
struct PermitRule {
  std::string id;
  Subject subject;
  Bounds most;
  std::optional<Fields> fields;  // what of a read it opens; not said: all
  PurposeNeeded purpose = PurposeNeeded::none;
  std::optional<std::string> authority;   // the kind it needs
  std::optional<std::string> training;    // the course
  std::optional<std::size_t> rank_least;  // place in Rules::ranks
  std::chrono::minutes valid{0};
  std::string why;  // told to a person who lacks the authority
};

// Says no to a request past all of its bounds; to every one when there are none.
struct ForbidRule {
  std::string id;
  Subject subject;
  Bounds over;
  std::string why;
};

// What references of an organisation's cases look like.
struct ReferenceRule {
  base::OrganisationId organisation;
  std::vector<std::string> patterns;  // # a digit, @ a letter, * anything; the rest itself
};

struct Policy::Rules {
  std::string text;
  std::string version;
  std::string title;
  std::vector<std::string> categories;
  std::vector<std::string> ranks;    // lowest first
  std::vector<std::string> courses;  // that a rule may ask for
  std::vector<AuthorityRule> authorities;
  std::vector<ReferenceRule> references;
  std::chrono::days sightings_kept{0};
  std::chrono::days pictures_kept{0};
  KeptFor kept_for;
  std::optional<NonHitsKept> non_hits;
  std::vector<PermitRule> permits;
  std::vector<ForbidRule> forbids;
};

}  // namespace regmark::access
