// Reads and checks a policy. What passes here can be evaluated for every request.
#include <algorithm>
#include <set>

#include "access/internal/default_policy.h"
#include "access/internal/rules.h"
#include "access/policy.h"
#include "access/toml/table.h"
#include "base/check.h"
#include "base/encoding.h"

namespace regmark::access {
namespace {

constexpr std::size_t rules_max = 1'000;
constexpr std::size_t persons_max = 10'000;
constexpr std::size_t categories_max = 100;
constexpr std::size_t why_size_max = 256;
constexpr std::uint64_t days_max = 3'650;
constexpr std::uint64_t rows_most = 1'000'000;
// The longest shift: a permit that outlives it is a key left in a door.
constexpr std::uint64_t valid_minutes_max = 12 * 60;

using Days = std::optional<std::chrono::days>;

Days days(const std::optional<std::uint64_t>& count) {
  if (!count) return std::nullopt;
  return std::chrono::days(*count);
}

// Reads every text of a list with `read` (text -> optional), or says which is unknown.
template <typename Value, typename Read>
Result<std::optional<std::vector<Value>>> known(const Table& table, std::string_view key,
                                                std::size_t count_max, const Read& read) {
  REGMARK_ASSIGN(const auto texts, table.texts(key, count_max));
  if (!texts) return std::nullopt;
  std::vector<Value> values;
  for (const auto& text : *texts) {
    auto value = read(text);
    if (!value) {
      return fail_at(table.where(key), "unknown in '" + std::string(key) + "': '" +
                                           text.substr(0, base::id_length_max) + "'");
    }
    values.push_back(*std::move(value));
  }
  return values;
}

class Reader {
 public:
  explicit Reader(Policy::Rules& rules) : rules_(rules) {}

  Result<void> read(const Table& file) {
    REGMARK_TRY(file.only({"format", "title", "categories", "retention", "permit", "forbid"}));
    REGMARK_TRY(file.needed_number("format", 1, 1));
    REGMARK_ASSIGN(rules_.title, file.needed_text("title", why_size_max));
    REGMARK_TRY(read_categories(file));
    REGMARK_TRY(read_retention(file));
    REGMARK_ASSIGN(const auto permits, file.tables("permit", rules_max));
    for (const auto& permit : permits) REGMARK_TRY(read_permit(permit));
    REGMARK_ASSIGN(const auto forbids, file.tables("forbid", rules_max));
    for (const auto& forbid : forbids) REGMARK_TRY(read_forbid(forbid));
    return {};
  }

 private:
  Result<void> read_categories(const Table& file) {
    REGMARK_ASSIGN(rules_.categories, file.needed_texts("categories", categories_max));
    for (const auto& category : rules_.categories) {
      if (!base::is_id(category)) {
        return fail_at(file.where("categories"), "a category is 1 to 64 letters, digits, . _ or -");
      }
    }
    return {};
  }

  Result<void> read_retention(const Table& file) {
    REGMARK_ASSIGN(const auto retention, file.table("retention"));
    if (!retention) return fail_at(file.where(), "[retention] is missing");
    REGMARK_TRY(retention->only({"sightings_days", "pictures_days"}));
    REGMARK_ASSIGN(const auto sightings, retention->needed_number("sightings_days", 1, days_max));
    // A picture without its sighting could not be found, so it may not stay longer.
    REGMARK_ASSIGN(const auto pictures, retention->needed_number("pictures_days", 1, sightings));
    rules_.sightings_kept = std::chrono::days(sightings);
    rules_.pictures_kept = std::chrono::days(pictures);
    return {};
  }

  Result<std::string> read_id(const Table& rule) {
    REGMARK_ASSIGN(auto id, rule.needed_text("id", base::id_length_max));
    if (!base::is_id(id)) {
      return fail_at(rule.where("id"), "an id is 1 to 64 letters, digits, . _ or -");
    }
    if (!ids_.insert(id).second) return fail_at(rule.where("id"), "another rule has this id");
    return id;
  }

  Result<Subject> read_subject(const Table& rule) {
    Subject subject;
    REGMARK_ASSIGN(auto acts, known<Act>(rule, "acts", std::size(all_acts), act_of));
    if (!acts || acts->empty()) return fail_at(rule.where("acts"), "name at least one act");
    subject.acts = *std::move(acts);
    REGMARK_ASSIGN(subject.roles, known<Role>(rule, "roles", std::size(all_roles), role_of));
    REGMARK_ASSIGN(subject.persons, known<base::PersonId>(rule, "persons", persons_max, person));
    const auto category = [this](const std::string& text) -> std::optional<std::string> {
      const auto found = std::ranges::find(rules_.categories, text);
      return found == rules_.categories.end() ? std::nullopt : std::optional(*found);
    };
    REGMARK_ASSIGN(subject.categories,
                   known<std::string>(rule, "categories", categories_max, category));
    if ((subject.roles && subject.roles->empty()) ||
        (subject.categories && subject.categories->empty())) {
      return fail_at(rule.where(), "an empty list of roles or categories applies to nothing");
    }
    return subject;
  }

  static std::optional<base::PersonId> person(const std::string& text) {
    auto id = base::PersonId::parse(text);
    return id ? std::optional(*std::move(id)) : std::nullopt;
  }

  static Result<Bounds> read_bounds(const Table& rule, const Subject& subject,
                                    std::string_view ending) {
    const auto key = [ending](std::string_view what) {
      return std::string(what) + "_" + std::string(ending);
    };
    Bounds bounds;
    REGMARK_ASSIGN(const auto age, rule.number(key("age_days"), 0, days_max));
    REGMARK_ASSIGN(const auto window, rule.number(key("window_days"), 1, days_max));
    REGMARK_ASSIGN(bounds.rows, rule.number(key("rows"), 1, rows_most));
    REGMARK_ASSIGN(bounds.cameras, rule.number(key("cameras"), 1, cameras_max));
    bounds.age = days(age);
    bounds.window = days(window);
    const bool bounded = age || window || bounds.rows || bounds.cameras;
    if (bounded && !std::ranges::all_of(subject.acts, looks_back)) {
      return fail_at(rule.where(), "bounds are for search_sightings and hold_sightings only");
    }
    return bounds;
  }

  static Result<PurposeNeeded> read_purpose(const Table& rule) {
    REGMARK_ASSIGN(const auto purpose, rule.needed_text("purpose", why_size_max));
    if (purpose == "none") return PurposeNeeded::none;
    if (purpose == "reason") return PurposeNeeded::reason;
    if (purpose == "full") return PurposeNeeded::full;
    return fail_at(rule.where("purpose"), "purpose is none, reason or full");
  }

  // What no policy may leave open, whoever writes it.
  static Result<void> check_permit(const Table& at, const PermitRule& rule) {
    const auto does = [&](Act act) {
      return std::ranges::find(rule.subject.acts, act) != rule.subject.acts.end();
    };
    if (!rule.subject.roles && !rule.subject.persons) {
      return fail_at(at.where(), "a permit names roles or persons");
    }
    if (std::ranges::any_of(rule.subject.acts, looks_back)) {
      if (rule.purpose != PurposeNeeded::full) {
        return fail_at(at.where(), "looking back needs purpose = \"full\"");
      }
      if (!rule.most.age) return fail_at(at.where(), "looking back needs age_days_max");
    }
    if (does(Act::search_sightings) && !rule.most.rows) {
      return fail_at(at.where(), "search_sightings needs rows_max");
    }
    if (rule.subject.categories && rule.purpose != PurposeNeeded::full) {
      return fail_at(at.where(), "categories need purpose = \"full\"");
    }
    return {};
  }

  Result<void> read_permit(const Table& at) {
    REGMARK_TRY(at.only({"id", "roles", "persons", "acts", "categories", "purpose", "age_days_max",
                         "window_days_max", "rows_max", "cameras_max", "valid_minutes", "authority",
                         "why"}));
    PermitRule rule;
    REGMARK_ASSIGN(rule.id, read_id(at));
    REGMARK_ASSIGN(rule.subject, read_subject(at));
    REGMARK_ASSIGN(rule.purpose, read_purpose(at));
    REGMARK_ASSIGN(rule.most, read_bounds(at, rule.subject, "max"));
    REGMARK_ASSIGN(const auto valid, at.needed_number("valid_minutes", 1, valid_minutes_max));
    rule.valid = std::chrono::minutes(valid);
    REGMARK_ASSIGN(const auto authority, at.text("authority", why_size_max));
    if (authority && *authority != "senior_officer") {
      return fail_at(at.where("authority"), "authority is senior_officer");
    }
    rule.needs_authority = authority.has_value();
    REGMARK_ASSIGN(const auto why, at.text("why", why_size_max));
    if (why.has_value() != rule.needs_authority) {
      return fail_at(at.where(), "'why' goes with 'authority': it is told to who lacks it");
    }
    rule.why = why.value_or("");
    REGMARK_TRY(check_permit(at, rule));
    rules_.permits.push_back(std::move(rule));
    return {};
  }

  Result<void> read_forbid(const Table& at) {
    REGMARK_TRY(at.only({"id", "roles", "persons", "acts", "categories", "age_days_over",
                         "window_days_over", "rows_over", "cameras_over", "why"}));
    ForbidRule rule;
    REGMARK_ASSIGN(rule.id, read_id(at));
    REGMARK_ASSIGN(rule.subject, read_subject(at));
    REGMARK_ASSIGN(rule.over, read_bounds(at, rule.subject, "over"));
    REGMARK_ASSIGN(rule.why, at.needed_text("why", why_size_max));
    rules_.forbids.push_back(std::move(rule));
    return {};
  }

  Policy::Rules& rules_;
  std::set<std::string> ids_;
};

}  // namespace

Result<Policy> Policy::parse(std::string_view text) {
  if (text.size() > policy_size_max) {
    return fail(ErrorCode::limit_exceeded, "a policy may have at most 1 MiB");
  }
  REGMARK_ASSIGN(const auto file, read_toml(text));
  auto rules = std::make_shared<Rules>();
  rules->text = text;
  rules->version = base::to_hex(base::sha256(base::as_bytes(text)));
  REGMARK_TRY(Reader(*rules).read(Table(file)));
  return Policy(std::move(rules));
}

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

std::chrono::days Policy::sightings_kept() const {
  return rules_->sightings_kept;
}

std::chrono::days Policy::pictures_kept() const {
  return rules_->pictures_kept;
}

}  // namespace regmark::access
