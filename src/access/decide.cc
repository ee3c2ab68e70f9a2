#include "access/decide.h"

#include <algorithm>
#include <string_view>

#include "access/internal/rules.h"
#include "access/policy.h"

namespace regmark::access {
namespace {

using Reasons = std::vector<std::string>;

// Three answers, because a question that cannot be answered must not pass for a no.
enum class Verdict { yes, no, unevaluable };

std::string days_text(std::chrono::microseconds length) {
  const auto days = std::chrono::ceil<std::chrono::days>(length).count();
  return std::to_string(days) + (days == 1 ? " day" : " days");
}

// The number of characters between the first and the last that is no blank, or nothing when the
// text is no UTF-8 or carries control characters.
std::optional<std::size_t> length_of(std::string_view text) {
  std::size_t length = 0;
  std::size_t length_without_end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x20 || lead == 0x7f) return std::nullopt;
    const std::size_t size = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
    if (size == 0 || at + size > text.size()) return std::nullopt;
    for (std::size_t i = 1; i < size; ++i) {
      if ((static_cast<unsigned char>(text[at + i]) & 0xc0U) != 0x80) return std::nullopt;
    }
    at += size;
    if (lead == ' ' && length == 0) continue;
    ++length;
    if (lead != ' ') length_without_end = length;
  }
  return length_without_end;
}

void check_text(std::string_view text, std::size_t size_max, std::string_view what,
                Reasons& reasons) {
  if (text.size() > size_max) {
    reasons.push_back(std::string(what) + " may have at most " + std::to_string(size_max) +
                      " bytes");
  } else if (!length_of(text)) {
    reasons.push_back(std::string(what) + " holds characters that cannot be recorded");
  }
}

void check_window(const Request& request, Reasons& reasons) {
  const auto& window = request.scope.window;
  if (!window) {
    if (looks_back(request.act)) reasons.emplace_back("say from when until when");
    return;
  }
  if (window->from >= window->until) reasons.emplace_back("the window must end after it begins");
  // Of the end, not of the beginning: or widening the window would turn this no into a yes.
  if (window->until > request.now + clock_tolerance) {
    reasons.emplace_back("the window must not end in the future");
  }
}

// Whether this is a request at all, before any rule is asked.
Reasons malformed(const Request& request) {
  Reasons reasons;
  if (const auto pair = held_together(request.person.roles)) {
    reasons.push_back("one person may not be both " + std::string(name(pair->first)) + " and " +
                      std::string(name(pair->second)));
  }
  const auto& purpose = request.purpose;
  check_text(purpose.category, reference_size_max, "the category", reasons);
  check_text(purpose.reason, reason_size_max, "the reason", reasons);
  check_text(purpose.reference, reference_size_max, "the reference", reasons);
  check_text(purpose.for_whom, for_whom_size_max, "for whom", reasons);
  const auto& scope = request.scope;
  check_text(scope.plate, pattern_size_max, "the plate", reasons);
  check_text(scope.subject, subject_size_max, "the subject", reasons);
  if (scope.cameras.size() > cameras_max) reasons.emplace_back("at most 1,000 cameras");
  if (scope.lists.size() > lists_max) reasons.emplace_back("at most 1,000 lists");
  check_window(request, reasons);
  return reasons;
}

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

// Everything about a rule's subject but the category, which a person can change by asking again.
bool concerns(const Subject& subject, const Request& request) {
  return std::ranges::find(subject.acts, request.act) != subject.acts.end() &&
         role_for(subject, request.person) && among(subject.persons, request.person.id);
}

struct Measure {
  Verdict within;
  std::string why;  // not within
};

// One bound against one figure of the request. A figure that is not there cannot be compared.
template <typename Bound, typename Figure, typename Words>
void measure(const std::optional<Bound>& bound, const std::optional<Figure>& figure,
             const Words& words, std::vector<Measure>& measures) {
  if (!bound) return;
  if (!figure) {
    measures.push_back({Verdict::unevaluable, words()});
  } else if (*figure <= *bound) {
    measures.push_back({Verdict::yes, {}});
  } else {
    measures.push_back({Verdict::no, words()});
  }
}

std::vector<Measure> measure(const Bounds& bounds, const Request& request) {
  using std::chrono::microseconds;
  const auto& scope = request.scope;
  std::optional<microseconds> age;
  std::optional<microseconds> length;
  if (scope.window) {
    age = request.now - scope.window->from;
    length = scope.window->until - scope.window->from;
  }
  std::optional<std::size_t> rows;
  if (scope.rows_max != 0) rows = scope.rows_max;
  // No camera named is every camera.
  const auto cameras = scope.cameras.empty() ? std::optional<std::size_t>(SIZE_MAX)
                                             : std::optional(scope.cameras.size());
  std::vector<Measure> measures;
  measure(
      bounds.age, age, [&] { return "it reaches back " + days_text(*bounds.age) + " at most"; },
      measures);
  measure(
      bounds.window, length,
      [&] { return "the window may be " + days_text(*bounds.window) + " long at most"; }, measures);
  measure(
      bounds.rows, rows,
      [&] { return "say how many rows at most, up to " + std::to_string(*bounds.rows); }, measures);
  measure(
      bounds.cameras, cameras,
      [&] { return "name the cameras, " + std::to_string(*bounds.cameras) + " at most"; },
      measures);
  return measures;
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

}  // namespace

// Walks the rules once for one request.
class Decider {
 public:
  Decider(const Policy::Rules& rules, const Request& request) : rules_(rules), request_(request) {}

  Decision decide() {
    if (auto reasons = malformed(request_); !reasons.empty()) return Refusal{reasons, {}};
    const auto& category = request_.purpose.category;
    if (!category.empty() && !among(std::optional(rules_.categories), category)) {
      return Refusal{{"the policy knows no such category of investigation"}, {}};
    }
    for (const auto& rule : rules_.forbids) ask(rule);
    for (const auto& rule : rules_.permits) ask(rule);
    if (!no_.rules.empty()) return no_;
    if (given_by_.empty()) return not_permitted();
    auto until = request_.now + valid_;
    if (request_.session_until) until = std::min(until, *request_.session_until);
    if (until <= request_.now) return Refusal{{"the session is over"}, {}};
    return Permit(request_, *role_, until, rules_.version, given_by_);
  }

 private:
  void ask(const ForbidRule& rule) {
    if (!concerns(rule.subject, request_)) return;
    const auto& category = request_.purpose.category;
    if (rule.subject.categories && category.empty()) {
      return say_no(rule.id, "a category of investigation is needed");
    }
    if (!among(rule.subject.categories, category)) return;
    const auto measures = measure(rule.over, request_);
    if (cannot_tell(rule.id, measures)) return;
    const auto past = [](const Measure& one) { return one.within == Verdict::no; };
    if (std::ranges::all_of(measures, past)) say_no(rule.id, rule.why);
  }

  void ask(const PermitRule& rule) {
    if (!concerns(rule.subject, request_)) return;
    const auto measures = measure(rule.most, request_);
    if (cannot_tell(rule.id, measures)) return;
    Reasons lacks;
    check_purpose(rule.purpose, request_.purpose, lacks);
    const auto& category = request_.purpose.category;
    if (!category.empty() && !among(rule.subject.categories, category)) {
      lacks.emplace_back("this category of investigation does not reach that far");
    }
    for (const auto& one : measures) {
      if (one.within == Verdict::no) lacks.push_back(one.why);
    }
    if (lacks.empty() && rule.needs_authority) {
      // No request can carry an authority yet, so this rule never says yes.
      authority_.reasons.push_back(rule.why);
      authority_.rules.push_back(rule.id);
      return;
    }
    if (!lacks.empty()) {
      for (auto& one : lacks) add(lacks_, std::move(one));
      return;
    }
    if (!role_) role_ = role_for(rule.subject, request_.person);
    valid_ = std::max(valid_, rule.valid);
    given_by_.push_back(rule.id);
  }

  bool cannot_tell(const std::string& rule, const std::vector<Measure>& measures) {
    const auto open = std::ranges::find(measures, Verdict::unevaluable, &Measure::within);
    if (open == measures.end()) return false;
    say_no(rule, open->why);
    return true;
  }

  void say_no(const std::string& rule, const std::string& why) {
    no_.rules.push_back(rule);
    add(no_.reasons, why);
  }

  static void add(Reasons& reasons, std::string reason) {
    if (std::ranges::find(reasons, reason) == reasons.end()) reasons.push_back(std::move(reason));
  }

  Refusal not_permitted() {
    if (!authority_.rules.empty()) return authority_;
    if (!lacks_.empty()) return Refusal{lacks_, {}};
    return Refusal{{"none of your roles may do this"}, {}};
  }

  const Policy::Rules& rules_;
  const Request& request_;
  Refusal no_;
  Refusal authority_;
  Reasons lacks_;
  std::optional<Role> role_;
  std::chrono::minutes valid_{0};
  std::vector<std::string> given_by_;
};

Decision decide(const Policy& policy, const Request& request) {
  return Decider(policy.rules(), request).decide();
}

}  // namespace regmark::access
