// Reads and checks a policy. What passes here can be evaluated for every request.
#include <algorithm>
#include <set>

#include "access/internal/rules.h"
#include "access/policy.h"
#include "access/toml/table.h"
#include "base/encoding.h"

namespace regmark::access {
namespace {

constexpr std::size_t rules_max = 1'000;
constexpr std::size_t persons_max = 10'000;
constexpr std::size_t words_max = 100;  // categories, ranks, courses
constexpr std::size_t kinds_max = 100;  // of authority
constexpr std::size_t references_max = 1'000;
constexpr std::uint64_t hours_max = 24 * 365;
constexpr std::size_t why_size_max = 256;
constexpr std::uint64_t days_max = 3'650;
// Where a policy does not say how long: ours, as the built-in policy explains.
constexpr std::uint64_t oversight_days = 730;
constexpr std::uint64_t entries_days = 90;
constexpr std::uint64_t rows_most = 1'000'000;
constexpr std::uint64_t minutes_a_day = 24 * 60;
// A slice goes up to a minute before it must, and reads come up to a minute late: in less than
// three minutes nobody could look at one.
constexpr std::uint64_t non_hits_minutes_min = 3;
// Each slice has keys and files of its own: these do not add up to more.
constexpr std::uint64_t slices_at_once_max = 48;
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
    REGMARK_TRY(file.check_keys({"format", "title", "categories", "ranks", "courses", "retention",
                                 "authority", "reference", "permit", "forbid"}));
    REGMARK_TRY(file.needed_number("format", 1, 1));
    REGMARK_ASSIGN(rules_.title, file.needed_text("title", why_size_max));
    REGMARK_TRY(read_words(file, "categories", rules_.categories));
    if (rules_.categories.empty()) return fail_at(file.where(), "'categories' is missing");
    REGMARK_TRY(read_words(file, "ranks", rules_.ranks));
    REGMARK_TRY(read_words(file, "courses", rules_.courses));
    REGMARK_TRY(read_retention(file));
    REGMARK_ASSIGN(const auto authorities, file.tables("authority", kinds_max));
    for (const auto& authority : authorities) REGMARK_TRY(read_authority(authority));
    REGMARK_ASSIGN(const auto references, file.tables("reference", references_max));
    for (const auto& reference : references) REGMARK_TRY(read_reference(reference));
    REGMARK_ASSIGN(const auto permits, file.tables("permit", rules_max));
    for (const auto& permit : permits) REGMARK_TRY(read_permit(permit));
    REGMARK_ASSIGN(const auto forbids, file.tables("forbid", rules_max));
    for (const auto& forbid : forbids) REGMARK_TRY(read_forbid(forbid));
    return {};
  }

 private:
  static Result<void> read_words(const Table& file, std::string_view key,
                                 std::vector<std::string>& words) {
    REGMARK_ASSIGN(auto there, file.texts(key, words_max));
    if (!there) return {};
    words = *std::move(there);
    for (const auto& word : words) {
      if (!base::is_id(word)) {
        return fail_at(file.where(key),
                       "each of '" + std::string(key) + "' is 1 to 64 letters, digits, . _ or -");
      }
    }
    return {};
  }

  Result<void> read_retention(const Table& file) {
    REGMARK_ASSIGN(const auto retention, file.table("retention"));
    if (!retention) return fail_at(file.where(), "[retention] is missing");
    REGMARK_TRY(
        retention->check_keys({"sightings_days", "pictures_days", "non_hits_minutes",
                               "non_hits_slice_minutes", "audit_details_days", "ended_entries_days",
                               "ended_authorities_days", "released_holds_days"}));
    REGMARK_TRY(read_non_hits(*retention));
    REGMARK_ASSIGN(const auto sightings, retention->needed_number("sightings_days", 1, days_max));
    // A picture without its sighting could not be found, so it may not stay longer.
    REGMARK_ASSIGN(const auto pictures, retention->needed_number("pictures_days", 1, sightings));
    rules_.sightings_kept = std::chrono::days(sightings);
    rules_.pictures_kept = std::chrono::days(pictures);
    return read_kept_for(*retention, sightings);
  }

  Result<void> read_non_hits(const Table& retention) {
    constexpr std::string_view slice_key = "non_hits_slice_minutes";
    REGMARK_ASSIGN(const auto most, retention.number("non_hits_minutes", 0, minutes_a_day));
    REGMARK_ASSIGN(const auto given, retention.number(slice_key, 1, minutes_a_day / 2));
    if (!most && !given) return {};
    if (given && most.value_or(0) == 0) {
      return fail_at(retention.where(slice_key),
                     "'non_hits_slice_minutes' is of reads that stay for minutes: "
                     "'non_hits_minutes' says for how many");
    }
    if (*most == 0) {
      rules_.non_hits = NonHitsKept{};
      return {};
    }
    if (*most < non_hits_minutes_min) {
      return fail_at(retention.where("non_hits_minutes"),
                     "'non_hits_minutes' is 0, which never writes them, or 3 to 1440");
    }
    const auto slice = given.value_or(usual_slice(*most));
    const bool fits =
        minutes_a_day % slice == 0 && 2 * slice <= *most && *most <= slice * slices_at_once_max;
    if (!fits) {
      return fail_at(retention.where(slice_key),
                     "'non_hits_slice_minutes' divides a day (1440), and is at most half and at "
                     "least a 48th of 'non_hits_minutes'");
    }
    rules_.non_hits = NonHitsKept{std::chrono::minutes(*most), std::chrono::minutes(slice)};
    return {};
  }

  // A read stays for three quarters of its time at least, for all that it goes with its slice.
  static std::uint64_t usual_slice(std::uint64_t most) {
    auto slice = std::max<std::uint64_t>(most / 4, 1);
    while (minutes_a_day % slice != 0) --slice;
    return slice;
  }

  Result<void> read_kept_for(const Table& retention, std::uint64_t sightings) {
    // Who looked at a sighting must be known for as long as the sighting itself.
    REGMARK_ASSIGN(const auto details, retention.number("audit_details_days", sightings, days_max));
    REGMARK_ASSIGN(const auto entries, retention.number("ended_entries_days", 1, days_max));
    REGMARK_ASSIGN(const auto authorities, retention.number("ended_authorities_days", 1, days_max));
    REGMARK_ASSIGN(const auto holds, retention.number("released_holds_days", 1, days_max));
    const auto oversight = std::max<std::uint64_t>(oversight_days, sightings);
    rules_.kept_for = {.audit_details = std::chrono::days(details.value_or(oversight)),
                       .ended_entries = std::chrono::days(entries.value_or(entries_days)),
                       .ended_authorities = std::chrono::days(authorities.value_or(oversight)),
                       .released_holds = std::chrono::days(holds.value_or(oversight))};
    return {};
  }

  // A word of a rule that must be among those the policy has named.
  static Result<std::optional<std::string>> among(const Table& at, std::string_view key,
                                                  const std::vector<std::string>& words) {
    REGMARK_ASSIGN(auto word, at.text(key, base::id_length_max));
    if (word && std::ranges::find(words, *word) == words.end()) {
      return fail_at(at.where(key), "unknown in '" + std::string(key) + "': '" + *word + "'");
    }
    return word;
  }

  Result<void> read_authority(const Table& at) {
    REGMARK_TRY(at.check_keys(
        {"id", "rank_least", "valid_hours_max", "uses_max", "oral_confirmed_hours", "given_by"}));
    AuthorityRule rule;
    REGMARK_ASSIGN(rule.kind, read_id(at));
    REGMARK_ASSIGN(const auto rank, among(at, "rank_least", rules_.ranks));
    if (!rank) return fail_at(at.where(), "'rank_least' is missing");
    rule.rank_least = *rank;
    REGMARK_ASSIGN(const auto hours, at.needed_number("valid_hours_max", 1, hours_max));
    rule.valid_max = std::chrono::hours(hours);
    REGMARK_ASSIGN(rule.uses_max, at.needed_number("uses_max", 1, rows_most));
    REGMARK_ASSIGN(const auto oral, at.number("oral_confirmed_hours", 1, hours_max));
    rule.oral_confirmed_within = std::chrono::hours(oral.value_or(0));
    REGMARK_ASSIGN(const auto given_by, at.text("given_by", base::id_length_max));
    if (given_by && *given_by != "own_organisation" && *given_by != "own_or_above") {
      return fail_at(at.where("given_by"), "given_by is own_organisation or own_or_above");
    }
    rule.from_above = given_by == "own_or_above";
    rules_.authorities.push_back(std::move(rule));
    return {};
  }

  Result<void> read_reference(const Table& at) {
    REGMARK_TRY(at.check_keys({"organisation", "patterns"}));
    REGMARK_ASSIGN(const auto text, at.needed_text("organisation", base::id_length_max));
    auto organisation = base::OrganisationId::parse(text);
    if (!organisation) return fail_at(at.where("organisation"), organisation.error().message);
    REGMARK_ASSIGN(auto patterns, at.needed_texts("patterns", words_max));
    for (const auto& pattern : patterns) {
      const bool fits = !pattern.empty() && pattern.size() <= reference_size_max &&
                        std::ranges::count(pattern, '*') <= 1;
      if (!fits) {
        return fail_at(at.where("patterns"), "a pattern has 1 to 64 characters and one * at most");
      }
    }
    rules_.references.push_back({*std::move(organisation), std::move(patterns)});
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
    REGMARK_ASSIGN(subject.categories, known<std::string>(rule, "categories", words_max, category));
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
    if (ending == "max") {
      REGMARK_ASSIGN(bounds.plate_characters, rule.number("plate_characters_min", 1, 16));
    } else {
      REGMARK_ASSIGN(bounds.plate_characters, rule.number("plate_characters_under", 1, 16));
    }
    bounds.age = days(age);
    bounds.window = days(window);
    const bool bounded = age || window || bounds.rows || bounds.cameras || bounds.plate_characters;
    const auto looks = [](Act act) { return looks_back(act) || looks_ahead(act); };
    if (bounded && !std::ranges::all_of(subject.acts, looks)) {
      return fail_at(rule.where(), "bounds are for acts that look at reads only");
    }
    return bounds;
  }

  static Result<std::optional<Fields>> read_fields(const Table& rule, const Subject& subject) {
    REGMARK_ASSIGN(const auto words, rule.texts("fields", words_max));
    if (!words) return std::nullopt;
    const auto looks = [](Act act) { return looks_back(act) || looks_ahead(act); };
    if (!std::ranges::all_of(subject.acts, looks)) {
      return fail_at(rule.where("fields"), "fields are for acts that look at reads only");
    }
    auto fields = no_fields;
    for (const auto& word : *words) {
      if (word == "place")
        fields.place = true;
      else if (word == "vehicle")
        fields.vehicle = true;
      else if (word == "pictures")
        fields.pictures = true;
      else
        return fail_at(rule.where("fields"), "fields are place, vehicle and pictures");
    }
    return fields;
  }

  static Result<PurposeNeeded> read_purpose(const Table& rule) {
    REGMARK_ASSIGN(const auto purpose, rule.needed_text("purpose", why_size_max));
    if (purpose == "none") return PurposeNeeded::none;
    if (purpose == "reason") return PurposeNeeded::reason;
    if (purpose == "full") return PurposeNeeded::full;
    return fail_at(rule.where("purpose"), "purpose is none, reason or full");
  }

  // decide() refuses it in any case: better said to who writes it.
  static Result<void> check_no_administrator(const Table& at, const PermitRule& rule) {
    const auto& roles = rule.subject.roles;
    if (!roles || std::ranges::find(*roles, Role::administrator) == roles->end()) return {};
    const auto act = std::ranges::find_if(rule.subject.acts, shows_reads);
    if (act == rule.subject.acts.end()) return {};
    return fail_at(at.where("acts"), "an administrator may look at no reads: " +
                                         std::string(name(*act)) + " is not for that role");
  }

  // What no policy may leave open, whoever writes it.
  static Result<void> check_permit(const Table& at, const PermitRule& rule) {
    const auto does = [&](Act act) {
      return std::ranges::find(rule.subject.acts, act) != rule.subject.acts.end();
    };
    const auto does_only = [&](Act act) {
      return std::ranges::all_of(rule.subject.acts, [&](Act done) { return done == act; });
    };
    if (!rule.subject.roles && !rule.subject.persons) {
      return fail_at(at.where(), "a permit names roles or persons");
    }
    REGMARK_TRY(check_no_administrator(at, rule));
    if (std::ranges::any_of(rule.subject.acts, looks_back)) {
      // A keeper who asks what is held about a vehicle is no crime with a number.
      if (rule.purpose != PurposeNeeded::full && !does_only(Act::answer_subject)) {
        return fail_at(at.where(), "looking back needs purpose = \"full\"");
      }
      if (!rule.most.age) return fail_at(at.where(), "looking back needs age_days_max");
    }
    if (does(Act::track_plate) && rule.purpose != PurposeNeeded::full) {
      return fail_at(at.where(), "tracking needs purpose = \"full\"");
    }
    for (const auto act : {Act::search_sightings, Act::find_convoys, Act::track_plate,
                           Act::export_evidence, Act::answer_subject}) {
      if (!does(act) || rule.most.rows) continue;
      return fail_at(at.where(), std::string(name(act)) + " needs rows_max");
    }
    if (rule.subject.categories && rule.purpose != PurposeNeeded::full) {
      return fail_at(at.where(), "categories need purpose = \"full\"");
    }
    return {};
  }

  // What the person must be or have, beside a role.
  Result<void> read_standing(const Table& at, PermitRule& rule) {
    std::vector<std::string> kinds;
    for (const auto& authority : rules_.authorities) kinds.push_back(authority.kind);
    REGMARK_ASSIGN(rule.authority, among(at, "authority", kinds));
    REGMARK_ASSIGN(rule.training, among(at, "training", rules_.courses));
    REGMARK_ASSIGN(const auto rank, among(at, "rank_least", rules_.ranks));
    if (rank) {
      rule.rank_least =
          static_cast<std::size_t>(std::ranges::find(rules_.ranks, *rank) - rules_.ranks.begin());
    }
    return {};
  }

  Result<void> read_permit(const Table& at) {
    REGMARK_TRY(
        at.check_keys({"id", "roles", "persons", "acts", "categories", "purpose", "age_days_max",
                       "window_days_max", "rows_max", "cameras_max", "plate_characters_min",
                       "valid_minutes", "authority", "training", "rank_least", "why", "fields"}));
    PermitRule rule;
    REGMARK_ASSIGN(rule.id, read_id(at));
    REGMARK_ASSIGN(rule.subject, read_subject(at));
    REGMARK_ASSIGN(rule.purpose, read_purpose(at));
    REGMARK_ASSIGN(rule.most, read_bounds(at, rule.subject, "max"));
    REGMARK_ASSIGN(rule.fields, read_fields(at, rule.subject));
    REGMARK_ASSIGN(const auto valid, at.needed_number("valid_minutes", 1, valid_minutes_max));
    rule.valid = std::chrono::minutes(valid);
    REGMARK_TRY(read_standing(at, rule));
    REGMARK_ASSIGN(const auto why, at.text("why", why_size_max));
    if (why.has_value() != rule.authority.has_value()) {
      return fail_at(at.where(), "'why' goes with 'authority': it is told to who lacks it");
    }
    rule.why = why.value_or("");
    REGMARK_TRY(check_permit(at, rule));
    rules_.permits.push_back(std::move(rule));
    return {};
  }

  Result<void> read_forbid(const Table& at) {
    REGMARK_TRY(at.check_keys({"id", "roles", "persons", "acts", "categories", "age_days_over",
                               "window_days_over", "rows_over", "cameras_over",
                               "plate_characters_under", "why"}));
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

}  // namespace regmark::access
