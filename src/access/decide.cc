#include "access/decide.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include "access/internal/malformed.h"
#include "access/internal/measures.h"
#include "access/internal/rules.h"
#include "access/internal/standing.h"
#include "access/policy.h"

namespace regmark::access {
namespace {

template <typename Value, typename Asked>
bool among(const std::optional<std::vector<Value>>& named, const Asked& asked) {
  return !named || std::ranges::find(*named, asked) != named->end();
}

std::optional<Role> role_for(const Subject& subject, const Person& person) {
  for (const auto role : person.roles) {
    if (among(subject.roles, role)) return role;
  }
  return std::nullopt;
}

Fields both(const Fields& a, const Fields& b) {
  return {.place = a.place && b.place,
          .vehicle = a.vehicle && b.vehicle,
          .pictures = a.pictures && b.pictures};
}

Fields either(const Fields& a, const Fields& b) {
  return {.place = a.place || b.place,
          .vehicle = a.vehicle || b.vehicle,
          .pictures = a.pictures || b.pictures};
}

// Everything about a rule's subject but the category, which a person can change by asking again.
bool concerns(const Subject& subject, const Request& request) {
  return std::ranges::find(subject.acts, request.act) != subject.acts.end() &&
         role_for(subject, request.person) && among(subject.persons, request.person.id);
}

}  // namespace

// Walks the rules once for one request.
class Decider {
 public:
  // What each rule said goes to `said`, where somebody wants it.
  Decider(const Policy::Rules& rules, const Request& request, std::vector<RuleAnswer>* said)
      : rules_(rules), request_(request), said_(said) {}

  Decision decide() {
    if (auto reasons = malformed(request_); !reasons.empty()) return Refusal{reasons, {}};
    const auto& category = request_.purpose.category;
    if (!category.empty() && !among(std::optional(rules_.categories), category)) {
      return Refusal{{"the policy knows no such category of investigation"}, {}};
    }
    if (auto reasons = not_theirs_to_give(rules_, request_); !reasons.empty()) {
      return Refusal{reasons, {}};
    }
    for (const auto& rule : rules_.forbids) ask(rule);
    for (const auto& rule : rules_.permits) ask(rule);
    if (!no_.rules.empty()) return no_;
    if (auto reasons = not_for_administrators(request_); !reasons.empty()) {
      return Refusal{reasons, {}};
    }
    if (given_by_.empty()) return not_permitted();
    auto until = request_.now + valid_;
    if (by_authority()) until = std::min(until, request_.authority->valid_until);
    if (request_.session_until) until = std::min(until, *request_.session_until);
    if (until <= request_.now) return Refusal{{"the session is over"}, {}};
    auto permitted = request_;
    permitted.scope.fields = both(permitted.scope.fields, fields_);
    return Permit(std::move(permitted), *role_, until, rules_.version, given_by_, by_authority(),
                  authority_that_reaches());
  }

 private:
  void ask(const ForbidRule& rule) {
    if (!concerns(rule.subject, request_)) return say(rule.id, Said::not_concerned);
    const auto& category = request_.purpose.category;
    if (rule.subject.categories && category.empty()) {
      return say_no(rule.id, "a category of investigation is needed");
    }
    if (!among(rule.subject.categories, category)) return say(rule.id, Said::not_concerned);
    const auto measures = measure(rule.over, request_);
    if (cannot_tell(rule.id, measures)) return;
    const auto past = [](const Measure& one) { return one.within == Verdict::no; };
    if (!std::ranges::all_of(measures, past)) return say(rule.id, Said::within);
    say_no(rule.id, rule.why);
  }

  void ask(const PermitRule& rule) {
    if (!concerns(rule.subject, request_)) return say(rule.id, Said::not_concerned);
    const auto measures = measure(rule.most, request_);
    if (cannot_tell(rule.id, measures)) return;
    auto lacks = lacks_in(rules_, rule, request_);
    const auto& category = request_.purpose.category;
    if (!category.empty() && !among(rule.subject.categories, category)) {
      lacks.emplace_back("this category of investigation does not reach that far");
    }
    for (const auto& one : measures) {
      if (one.within == Verdict::no) lacks.push_back(one.why);
    }
    if (!lacks.empty()) {
      note_lacks(lacks);
      return say(rule.id, Said::lacks, lacks);
    }
    if (rule.authority && !stands_on_authority(rule)) return;
    if (!role_) role_ = role_for(rule.subject, request_.person);
    valid_ = std::max(valid_, rule.valid);
    fields_ = either(fields_, rule.fields.value_or(Fields{}));
    given_by_.push_back(rule.id);
    without_authority_ = without_authority_ || !rule.authority;
    say(rule.id, Said::yes);
  }

  void say(const std::string& rule, Said what, Reasons reasons = {}) {
    if (said_ != nullptr) said_->push_back({rule, what, std::move(reasons)});
  }

  // A refusal names what the nearest rules want: those that lack the fewest things. What others
  // want of quite another request would only mislead.
  void note_lacks(const Reasons& lacks) {
    if (lacks.size() > lacks_fewest_) return;
    if (lacks.size() < lacks_fewest_) lacks_.clear();
    lacks_fewest_ = lacks.size();
    for (const auto& one : lacks) add(lacks_, one);
  }

  bool stands_on_authority(const PermitRule& rule) {
    const auto& given = request_.authority;
    const bool is_of_kind = given && given->kind == *rule.authority;
    const auto beyond = beyond_authority(*rule.authority, request_);
    if (is_of_kind && beyond.empty()) return true;
    Reasons reasons{rule.why};
    for (const auto& why : beyond) add(reasons, why);
    // Of several, the first that is for such an authority as was shown, or the first of all.
    const bool is_nearer = is_of_kind && authority_.authority != *rule.authority;
    if (authority_.rules.empty() || is_nearer) {
      authority_ = {.reasons = reasons, .rules = {rule.id}, .authority = *rule.authority};
    }
    say(rule.id, Said::lacks, std::move(reasons));
    return false;
  }

  // Only when no other rule would have said yes: a use is counted against it.
  std::optional<base::AuthorityId> by_authority() const {
    if (without_authority_ || !request_.authority || request_.act == Act::decide_authority) {
      return std::nullopt;
    }
    return request_.authority->id;
  }

  // Another's, or one for another matter, is as if nobody had named it.
  std::optional<base::AuthorityId> authority_that_reaches() const {
    const auto& given = request_.authority;
    if (!given || request_.act == Act::decide_authority) return std::nullopt;
    if (!beyond_authority(given->kind, request_).empty()) return std::nullopt;
    return given->id;
  }

  bool cannot_tell(const std::string& rule, const std::vector<Measure>& measures) {
    const auto open = std::ranges::find(measures, Verdict::unevaluable, &Measure::within);
    if (open == measures.end()) return false;
    say_no(rule, open->why, Said::cannot_tell);
    return true;
  }

  void say_no(const std::string& rule, const std::string& why, Said what = Said::no) {
    say(rule, what, {why});
    no_.rules.push_back(rule);
    add(no_.reasons, why);
  }

  static void add(Reasons& reasons, std::string reason) {
    if (std::ranges::find(reasons, reason) == reasons.end()) reasons.push_back(std::move(reason));
  }

  Refusal not_permitted() {
    if (!authority_.rules.empty()) return authority_;
    if (!lacks_.empty()) return Refusal{lacks_, {}};
    if (request_.act == Act::release_others_hold) {
      return Refusal{{"somebody else holds it, and none of your roles may release it"}, {}};
    }
    return Refusal{{"none of your roles may do this"}, {}};
  }

  const Policy::Rules& rules_;
  const Request& request_;
  std::vector<RuleAnswer>* said_;
  Refusal no_;
  Refusal authority_;
  Reasons lacks_;
  std::size_t lacks_fewest_ = std::numeric_limits<std::size_t>::max();
  std::optional<Role> role_;
  std::chrono::minutes valid_{0};
  std::vector<std::string> given_by_;
  Fields fields_ = no_fields;
  bool without_authority_ = false;
};

Decision decide(const Policy& policy, const Request& request) {
  return Decider(policy.rules(), request, nullptr).decide();
}

Explanation explain(const Policy& policy, const Request& request) {
  std::vector<RuleAnswer> said;
  auto decision = Decider(policy.rules(), request, &said).decide();
  return {std::move(decision), std::move(said)};
}

}  // namespace regmark::access
