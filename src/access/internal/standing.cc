#include "access/internal/standing.h"

#include <algorithm>
#include <string_view>

#include "access/cover.h"

namespace regmark::access {
namespace {

// 0: below every rank.
std::size_t place_of(const std::vector<std::string>& ranks, const std::string& rank) {
  const auto found = std::ranges::find(ranks, rank);
  return found == ranks.end() ? 0 : static_cast<std::size_t>(found - ranks.begin()) + 1;
}

bool fits_reference(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*') {
    return fits_reference(pattern.substr(1), text) ||
           (!text.empty() && fits_reference(pattern, text.substr(1)));
  }
  if (text.empty()) return false;
  const auto c = static_cast<unsigned char>(text.front());
  const bool fits = pattern.front() == '#'   ? c >= '0' && c <= '9'
                    : pattern.front() == '@' ? (c | 0x20U) >= 'a' && (c | 0x20U) <= 'z'
                                             : pattern.front() == text.front();
  return fits && fits_reference(pattern.substr(1), text.substr(1));
}

bool is_reference_of(const Policy::Rules& rules, const Request& request) {
  const auto rule = std::ranges::find(rules.references, request.person.organisation,
                                      &ReferenceRule::organisation);
  return rule == rules.references.end() ||
         std::ranges::any_of(rule->patterns, [&](const std::string& pattern) {
           return fits_reference(pattern, request.purpose.reference);
         });
}

void check_purpose(PurposeNeeded needed, const Purpose& purpose, Reasons& reasons) {
  const auto length = [](const std::string& text) { return length_of(text).value_or(0); };
  if (needed == PurposeNeeded::none) return;
  if (length(purpose.reason) < reason_length_min) {
    reasons.emplace_back("a reason in words is needed, of at least 10 characters");
  }
  if (needed == PurposeNeeded::reason) return;
  if (purpose.category.empty()) reasons.emplace_back("a category of investigation is needed");
  if (length(purpose.reference) == 0) reasons.emplace_back("a reference is needed");
  if (length(purpose.for_whom) == 0) reasons.emplace_back("say for whom it is");
}

void check_person(const Policy::Rules& rules, const PermitRule& rule, const Request& request,
                  Reasons& lacks) {
  const auto& person = request.person;
  if (rule.rank_least && place_of(rules.ranks, person.rank) <= *rule.rank_least) {
    lacks.push_back("this is for " + rules.ranks[*rule.rank_least] + " or above");
  }
  const auto counts = [&](const Training& training) {
    return training.course == *rule.training && request.now < training.until;
  };
  if (rule.training && std::ranges::none_of(person.training, counts)) {
    lacks.push_back("your training for this is missing or has run out: " + *rule.training);
  }
}

}  // namespace

Reasons lacks_in(const Policy::Rules& rules, const PermitRule& rule, const Request& request) {
  Reasons lacks;
  check_purpose(rule.purpose, request.purpose, lacks);
  if (rule.purpose == PurposeNeeded::full && !is_reference_of(rules, request)) {
    lacks.emplace_back("the reference is not written as your organisation writes them");
  }
  check_person(rules, rule, request, lacks);
  return lacks;
}

Reasons not_theirs_to_give(const Policy::Rules& rules, const Request& request) {
  if (request.act != Act::decide_authority) return {};
  const auto rule =
      std::ranges::find(rules.authorities, request.authority->kind, &AuthorityRule::kind);
  if (rule == rules.authorities.end()) return {"the policy knows no such authority"};
  if (request.authority->organisation != request.person.organisation && !rule->from_above) {
    return {"it is for the requester's own organisation to decide"};
  }
  if (place_of(rules.ranks, request.person.rank) < place_of(rules.ranks, rule->rank_least)) {
    return {"only " + rule->rank_least + " or above may give this authority"};
  }
  return {};
}

Reasons not_for_administrators(const Request& request) {
  const auto& roles = request.person.roles;
  if (!shows_reads(request.act)) return {};
  if (std::ranges::find(roles, Role::administrator) == roles.end()) return {};
  return {"an administrator may look at no reads, whatever the policy says"};
}

Reasons beyond_authority(const std::string& kind, const Request& request) {
  const auto& given = request.authority;
  if (!given || given->kind != kind) return {};
  Reasons reasons;
  const auto need = [&](bool holds, const char* why) {
    if (!holds) reasons.emplace_back(why);
  };
  need(given->granted_by.has_value(),
       "the authority does not stand: not granted, used up, withdrawn or run out");
  need(given->granted_by != request.person.id && given->requester == request.person.id &&
           given->organisation == request.person.organisation,
       "the authority was given to somebody else");
  need(request.now < given->valid_until, "the authority has run out");
  need(given->act == request.act && given->category == request.purpose.category &&
           given->reference == request.purpose.reference,
       "the authority is for another matter");
  const auto rows_given = request.scope.rows_given;
  need(scope_covers(given->scope, request.scope),
       rows_given > 0 && rows_given >= given->scope.rows_max
           ? "all rows that the authority allows were given"
           : "the authority does not reach that far");
  return reasons;
}

}  // namespace regmark::access
