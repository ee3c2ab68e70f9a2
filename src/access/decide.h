// May this person do this, for this purpose, now? A pure function from policy and request to a
// permit or a refusal with reasons.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "access/role.h"
#include "base/geography.h"
#include "base/ids.h"
#include "base/time.h"

namespace regmark::access {

class Policy;

// A course that somebody passed, and until when it counts.
struct Training {
  std::string course{};  // a word of the policy's
  base::UtcTime until;
};

// The person as `people` knows them at this moment.
struct Person {
  base::PersonId id;
  base::OrganisationId organisation;
  std::vector<Role> roles{};
  std::string rank{};  // a word of the policy's; empty or unknown: below every rank
  std::vector<Training> training{};
  // How their organisation stands to others: those that it is part of, and those that are part of
  // it, at any depth. See access/organisations.h.
  std::vector<base::OrganisationId> part_of{};
  std::vector<base::OrganisationId> parts{};
};

// Why somebody asks. Categories are the policy's own words, such as "serious".
struct Purpose {
  std::string category{};
  std::string reason{};     // in words, at most 1,000 bytes
  std::string reference{};  // crime, incident or operation number, at most 64 bytes
  std::string for_whom{};   // the person the search is made for, at most 128 bytes
};

// How much of a request is read at all. Past these it is refused as malformed.
inline constexpr std::size_t reason_size_max = 1'000;
inline constexpr std::size_t reference_size_max = 64;
inline constexpr std::size_t for_whom_size_max = 128;
inline constexpr std::size_t cameras_max = 1'000;
inline constexpr std::size_t lists_max = 1'000;
inline constexpr std::size_t pattern_size_max = 64;
inline constexpr std::size_t subject_size_max = 128;
// Shorter, and a reason says nothing.
inline constexpr std::size_t reason_length_min = 10;
// A window may end this far in the future: the asker's clock and ours are never quite the same.
inline constexpr std::chrono::minutes clock_tolerance{1};

// From the first instant up to, and without, the last.
struct Window {
  base::UtcTime from;
  base::UtcTime until;
  friend bool operator==(const Window&, const Window&) = default;
};

// What of a read is shown beside its plate, its time and the name of its camera.
struct Fields {
  bool place = true;    // where exactly: position, heading, direction, lane
  bool vehicle = true;  // class, make, colour
  bool pictures = true;
  friend bool operator==(const Fields&, const Fields&) = default;
};
inline constexpr Fields no_fields{.place = false, .vehicle = false, .pictures = false};

// What is asked for, and then what a permit covers. Empty lists mean "any".
struct Scope {
  std::string plate{};                    // a plate or a pattern with * and ?; empty: any
  std::vector<base::CameraId> cameras{};  // at most 1,000
  std::optional<base::Area> area{};
  std::optional<Window> window{};  // of the time observed
  std::vector<base::ListId> lists{};
  std::size_t rows_max = 0;
  std::size_t rows_given = 0;  // of them, by earlier pages of the same question
  Fields fields{};             // a permit may cover fewer than were asked for
  std::string subject{};       // the one thing an act is about: an alert, a list, ...
};

// Leave for one matter that a senior officer gives somebody else. Kept by `authority`, which says
// here only what has been granted and is neither used up, run out nor withdrawn; what it covers is
// checked by decide(), request by request.
struct Authority {
  base::AuthorityId id;
  std::string kind;  // a word of the policy's, such as "senior_officer"
  base::PersonId requester;
  base::OrganisationId organisation;  // of the requester
  std::optional<base::PersonId> granted_by{};
  Act act{};  // search_sightings or hold_sightings
  std::string category{};
  std::string reference{};
  Scope scope{};
  base::UtcTime valid_until{};
};

// The case that something is held for: nobody sees it for another.
struct HeldFor {
  std::string reference{};
  base::OrganisationId organisation;
};

struct Request {
  Person person;
  Act act;
  Purpose purpose;
  Scope scope;
  base::UtcTime now;
  // A permit never outlives the session it was asked in.
  std::optional<base::UtcTime> session_until{};
  // The one it stands on; for decide_authority the one that is asked for.
  std::optional<Authority> authority{};
  // Of the hold that is seen, exported, reviewed or released.
  std::optional<HeldFor> held_for{};
  // What is done exactly, by the API's name for it: one act may be more than one thing. It is put
  // on record; nothing is decided by it.
  std::string operation{};
  // Whose roles, rank, training, line or organisation change_people is about; none: nobody's.
  std::optional<base::PersonId> whom{};
};

// Leave to do one thing. Only decide() makes one, so holding it is the proof.
class Permit {
 public:
  const Person& person() const { return person_; }
  Act act() const { return act_; }
  const Purpose& purpose() const { return purpose_; }
  const std::string& operation() const { return operation_; }
  // Never covers more than was asked for.
  const Scope& scope() const { return scope_; }
  base::UtcTime valid_from() const { return valid_from_; }
  base::UtcTime valid_until() const { return valid_until_; }
  // The role of the person for which the policy gave it; the first, when there are several.
  Role role() const { return role_; }
  const std::string& policy_version() const { return policy_version_; }
  const std::vector<std::string>& rules() const { return rules_; }
  // The authority without which it would not have been given.
  const std::optional<base::AuthorityId>& authority() const { return authority_; }
  // The one that the request named and that reaches it, also where it would have been given
  // without.
  const std::optional<base::AuthorityId>& authority_named() const { return authority_named_; }

 private:
  friend class Decider;
  Permit(Request request, Role role, base::UtcTime valid_until, std::string policy_version,
         std::vector<std::string> rules, std::optional<base::AuthorityId> authority,
         std::optional<base::AuthorityId> authority_named)
      : person_(std::move(request.person)),
        act_(request.act),
        role_(role),
        purpose_(std::move(request.purpose)),
        operation_(std::move(request.operation)),
        scope_(std::move(request.scope)),
        valid_from_(request.now),
        valid_until_(valid_until),
        policy_version_(std::move(policy_version)),
        rules_(std::move(rules)),
        authority_(std::move(authority)),
        authority_named_(std::move(authority_named)) {}

  Person person_;
  Act act_;
  Role role_;
  Purpose purpose_;
  std::string operation_;
  Scope scope_;
  base::UtcTime valid_from_;
  base::UtcTime valid_until_;
  std::string policy_version_;
  std::vector<std::string> rules_;
  std::optional<base::AuthorityId> authority_;
  std::optional<base::AuthorityId> authority_named_;
};

// No, and why. A refusal is an answer, not a failure; it is recorded like a permit.
struct Refusal {
  std::vector<std::string> reasons{};  // for the person who asked
  std::vector<std::string> rules{};    // of the policy, that said no; empty: no rule said yes
  std::string authority{};             // the kind that would turn it into a yes; empty: none would
};

using Decision = std::variant<Permit, Refusal>;

// Default deny; a forbid rule wins over any permit rule; a rule that cannot be evaluated refuses,
// whatever it says. Widening a request (an earlier or longer window, more cameras, more rows, a
// looser pattern) never turns a refusal into a permit, whatever the policy.
Decision decide(const Policy& policy, const Request& request);

// What one rule says of a request.
enum class Said : std::uint8_t {
  not_concerned,  // about other acts, people or categories
  yes,            // a permit, inside all of its bounds
  lacks,          // a permit that the request does not fulfil: its reasons say what
  within,         // a forbid, not past all of its bounds
  no,             // a forbid, past them
  cannot_tell,    // the request lacks what the rule compares, so the answer is no
};

struct RuleAnswer {
  std::string rule;
  Said said;
  std::vector<std::string> reasons{};
};

struct Explanation {
  Decision decision;
  std::vector<RuleAnswer> rules;  // none when the request was no request at all
};

// decide(), and what every rule said: forbids first, in the order of the policy.
Explanation explain(const Policy& policy, const Request& request);

}  // namespace regmark::access
