// The rules of access as data: one TOML file, checked whole when it is loaded.
// Its words are described in docs/formats/policy.md.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/decide.h"
#include "base/result.h"

namespace regmark::access {

// Who may give an authority of a kind, and how far it may reach.
struct AuthorityRule {
  std::string kind;
  std::string rank_least;  // of who gives it
  std::chrono::hours valid_max{0};
  std::uint64_t uses_max = 0;
  // An urgent one that was given by word of mouth is confirmed in writing within this time, or
  // flagged. Zero: none may be given so.
  std::chrono::hours oral_confirmed_within{0};
  // Also somebody of an organisation that the requester's is part of may give it.
  bool from_above = false;
};

// How long personal data beside the sightings is kept once it has served. What each of them counts
// is kept for good.
struct KeptFor {
  std::chrono::days audit_details{0};      // from the day they were recorded
  std::chrono::days ended_entries{0};      // of lists, from their end
  std::chrono::days ended_authorities{0};  // from their end
  std::chrono::days released_holds{0};     // from their release
};

// How long reads that hit no list stay, where they do not stay as long as the others.
struct NonHitsKept {
  std::chrono::minutes most{0};   // from when one was observed until it is gone; 0: never written
  std::chrono::minutes slice{0};  // they go together by slices of so long; divides a day
};

// Immutable; safe to share among threads.
class Policy {
 public:
  // Fails with
  //   invalid_input    not TOML, an unknown key, role, act or category, a missing part (line named)
  //   limit_exceeded   more than policy_size_max bytes
  static Result<Policy> parse(std::string_view toml);
  // The policy that the program carries: to 90 days for those whose role needs it, to a year for
  // named roles (source: force page, seeds/002).
  static const Policy& built_in();

  // SHA-256 of the text, in hexadecimal: what the log says was in force.
  const std::string& version() const;
  const std::string& text() const;
  // How long sightings and pictures are kept before their slice is dropped.
  std::chrono::days sightings_kept() const;
  std::chrono::days pictures_kept() const;
  const KeptFor& kept_for() const;
  // Nothing: reads that hit no list are kept as the others are.
  const std::optional<NonHitsKept>& non_hits() const;
  const std::string& title() const;
  const std::vector<std::string>& categories() const;
  const std::vector<std::string>& ranks() const;  // lowest first
  const std::vector<std::string>& courses() const;
  // Nothing: the policy knows no such kind.
  const AuthorityRule* authority(std::string_view kind) const;
  std::vector<std::string> authority_kinds() const;
  // The kinds that may be given from above.
  std::vector<std::string> kinds_from_above() const;

  struct Rules;  // internal
  const Rules& rules() const { return *rules_; }

 private:
  explicit Policy(std::shared_ptr<const Rules> rules) : rules_(std::move(rules)) {}
  std::shared_ptr<const Rules> rules_;
};

inline constexpr std::size_t policy_size_max = 1U << 20U;

}  // namespace regmark::access
