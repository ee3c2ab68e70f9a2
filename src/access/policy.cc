#include "access/policy.h"

#include <algorithm>

#include "access/internal/default_policy.h"
#include "access/internal/rules.h"
#include "base/check.h"

namespace regmark::access {

const Policy& Policy::built_in() {
  static const Policy policy = [] {
    auto parsed = parse(default_policy_text());
    REGMARK_CHECK(parsed.has_value());
    return *std::move(parsed);
  }();
  return policy;
}

const std::string& Policy::version() const {
  return rules_->version;
}

const std::string& Policy::text() const {
  return rules_->text;
}

const std::string& Policy::title() const {
  return rules_->title;
}

const std::vector<std::string>& Policy::categories() const {
  return rules_->categories;
}

const std::vector<std::string>& Policy::ranks() const {
  return rules_->ranks;
}

const std::vector<std::string>& Policy::courses() const {
  return rules_->courses;
}

std::vector<std::string> Policy::authority_kinds() const {
  std::vector<std::string> kinds;
  for (const auto& rule : rules_->authorities) kinds.push_back(rule.kind);
  return kinds;
}

std::vector<std::string> Policy::kinds_from_above() const {
  std::vector<std::string> kinds;
  for (const auto& rule : rules_->authorities) {
    if (rule.from_above) kinds.push_back(rule.kind);
  }
  return kinds;
}

const AuthorityRule* Policy::authority(std::string_view kind) const {
  const auto found = std::ranges::find(rules_->authorities, kind, &AuthorityRule::kind);
  return found == rules_->authorities.end() ? nullptr : &*found;
}

std::chrono::days Policy::sightings_kept() const {
  return rules_->sightings_kept;
}

const std::optional<NonHitsKept>& Policy::non_hits() const {
  return rules_->non_hits;
}

std::chrono::days Policy::pictures_kept() const {
  return rules_->pictures_kept;
}

const KeptFor& Policy::kept_for() const {
  return rules_->kept_for;
}

}  // namespace regmark::access
