// Reads and checks a guidance. What passes here can be held against every paper.
#include <algorithm>
#include <array>
#include <set>

#include "access/toml/table.h"
#include "assessment/guidance.h"
#include "assessment/internal/built_in.h"
#include "assessment/internal/content.h"
#include "base/check.h"
#include "base/crypto.h"
#include "base/encoding.h"

namespace regmark::assessment {
namespace {

using access::fail_at;
using access::Table;

constexpr std::size_t forms_max = 50;
constexpr std::size_t parts_max = 50;
constexpr std::size_t fields_max = 20;
constexpr std::size_t words_max = 30;  // of one kind
constexpr std::size_t rows_most = 500;
constexpr std::size_t word_size_max = 64;
constexpr std::size_t title_size_max = 256;
constexpr std::uint64_t days_max = 3'650;
constexpr std::uint64_t many_max = 50'000;
constexpr std::uint64_t metres_max = 10'000;  // further apart nothing is one place

template <typename Enum, std::size_t size>
using Names = std::array<std::pair<std::string_view, Enum>, size>;

constexpr Names<FieldKind, 4> field_kinds{{{"words", FieldKind::words},
                                           {"choice", FieldKind::choice},
                                           {"number", FieldKind::number},
                                           {"day", FieldKind::day}}};
constexpr Names<Presence, 3> presences{{{"needed", Presence::needed},
                                        {"optional", Presence::optional},
                                        {"claimed", Presence::claimed}}};
constexpr Names<NeededFor, 8> steps{{{"nothing", NeededFor::nothing},
                                     {"assess", NeededFor::assess},
                                     {"decide", NeededFor::decide},
                                     {"commission", NeededFor::commission},
                                     {"review", NeededFor::review},
                                     {"decommission", NeededFor::decommission},
                                     {"short", NeededFor::short_stay},
                                     {"camera", NeededFor::camera}}};

// The value of a key that is one of these names; without the key, the first.
template <typename Enum, std::size_t size>
Result<Enum> one_of(const Table& table, std::string_view key, const Names<Enum, size>& names) {
  REGMARK_ASSIGN(const auto text, table.text(key, word_size_max));
  if (!text) return names.front().second;
  const auto found =
      std::ranges::find(names, std::string_view(*text), &std::pair<std::string_view, Enum>::first);
  if (found == names.end()) {
    return fail_at(table.where(key), "unknown in '" + std::string(key) + "'");
  }
  return found->second;
}

// "limited=yes", "met!=yes", "risks.left=high".
Result<Condition> condition_of(const Table& table, std::string_view key, std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
    return fail_at(table.where(key), "a condition is field=value or part.field=value");
  }
  Condition condition;
  condition.value = text.substr(equals + 1);
  auto name = text.substr(0, equals);
  if (name.ends_with('!')) {
    condition.is_not = true;
    name.remove_suffix(1);
  }
  if (const auto dot = name.find('.'); dot != std::string_view::npos) {
    condition.part = name.substr(0, dot);
    name.remove_prefix(dot + 1);
  }
  condition.field = name;
  return condition;
}

Result<Field> field_of(const Table& table) {
  REGMARK_TRY(table.check_keys({"id", "title", "kind", "choices", "presence", "needed_when"}));
  Field field;
  REGMARK_ASSIGN(field.id, table.needed_text("id", word_size_max));
  REGMARK_ASSIGN(field.title, table.needed_text("title", title_size_max));
  REGMARK_ASSIGN(field.kind, one_of(table, "kind", field_kinds));
  REGMARK_ASSIGN(auto choices, table.texts("choices", words_max));
  if ((field.kind == FieldKind::choice) != choices.has_value()) {
    return fail_at(table.where("choices"), "a choice has choices, and nothing else has");
  }
  if (choices) field.choices = *std::move(choices);
  REGMARK_ASSIGN(const auto presence, one_of(table, "presence", presences));
  if (presence == Presence::claimed) {
    return fail_at(table.where("presence"), "a field is needed or optional");
  }
  field.optional = presence == Presence::optional;
  REGMARK_ASSIGN(const auto when, table.text("needed_when", title_size_max));
  if (when) {
    REGMARK_ASSIGN(field.needed_when, condition_of(table, "needed_when", *when));
  }
  return field;
}

// No id twice among things of one kind.
template <typename Thing>
Result<void> check_ids(const Table& table, const std::vector<Thing>& things) {
  std::set<std::string> ids;
  for (const auto& thing : things) {
    if (!ids.insert(thing.id).second) return fail_at(table.where(), "an id stands there twice");
  }
  return {};
}

class Reader {
 public:
  explicit Reader(Guidance::Content& content) : content_(content) {}

  Result<void> read(const Table& file) {
    REGMARK_TRY(
        file.check_keys({"format", "title", "life", "column", "location_type", "code", "form"}));
    REGMARK_TRY(file.needed_number("format", 1, 1));
    REGMARK_ASSIGN(content_.title, file.needed_text("title", title_size_max));
    REGMARK_TRY(read_life(file));
    REGMARK_ASSIGN(content_.columns, words(file, "column"));
    REGMARK_ASSIGN(content_.location_types, words(file, "location_type"));
    REGMARK_ASSIGN(content_.codes, words(file, "code"));
    REGMARK_ASSIGN(const auto forms, file.tables("form", forms_max));
    for (const auto& form : forms) REGMARK_TRY(read_form(form));
    return check_ids(file, content_.forms);
  }

 private:
  Result<void> read_life(const Table& file) {
    REGMARK_ASSIGN(const auto table, file.table("life"));
    if (!table) return fail_at(file.where(), "'life' is missing");
    const std::pair<std::string_view, std::chrono::days LifeRules::*> times[] = {
        {"review_days_max", &LifeRules::review_max},
        {"warn_days", &LifeRules::warn},
        {"escalate_days", &LifeRules::escalate},
        {"grace_days", &LifeRules::grace},
        {"reassess_days", &LifeRules::reassess},
        {"emergency_days_max", &LifeRules::emergency_max},
        {"emergency_again_days", &LifeRules::emergency_again},
        {"statutory_days_max", &LifeRules::statutory_max},
        {"short_impact_days", &LifeRules::short_impact},
        {"taking_down_days", &LifeRules::taking_down},
        {"clock_test_days", &LifeRules::clock_test},
        {"accuracy_test_days", &LifeRules::accuracy_test}};
    REGMARK_TRY(table->check_keys({"review_days_max", "warn_days", "escalate_days", "grace_days",
                                   "reassess_days", "emergency_days_max", "emergency_again_days",
                                   "statutory_days_max", "short_impact_days", "taking_down_days",
                                   "clock_test_days", "accuracy_test_days", "many_cameras",
                                   "same_place_m"}));
    REGMARK_ASSIGN(content_.life.many_cameras, table->needed_number("many_cameras", 1, many_max));
    for (const auto& [key, member] : times) {
      REGMARK_ASSIGN(const auto count, table->needed_number(key, 0, days_max));
      content_.life.*member = std::chrono::days(count);
    }
    REGMARK_ASSIGN(const auto metres, table->needed_number("same_place_m", 0, metres_max));
    content_.life.same_place_m = static_cast<double>(metres);
    return {};
  }

  static Result<std::vector<Word>> words(const Table& file, std::string_view key) {
    REGMARK_ASSIGN(const auto tables, file.tables(key, words_max));
    std::vector<Word> all;
    for (const auto& table : tables) {
      REGMARK_TRY(table.check_keys({"id", "title"}));
      Word word;
      REGMARK_ASSIGN(word.id, table.needed_text("id", word_size_max));
      REGMARK_ASSIGN(word.title, table.needed_text("title", title_size_max));
      all.push_back(std::move(word));
    }
    if (all.empty()) return fail_at(file.where(), "'" + std::string(key) + "' is missing");
    REGMARK_TRY(check_ids(file, all));
    return all;
  }

  Result<void> read_form(const Table& table) {
    REGMARK_TRY(
        table.check_keys({"id", "title", "paragraph", "act", "role", "needed_for", "part"}));
    Form form{};
    REGMARK_ASSIGN(form.id, table.needed_text("id", word_size_max));
    REGMARK_ASSIGN(form.title, table.needed_text("title", title_size_max));
    REGMARK_ASSIGN(form.paragraph, table.needed_text("paragraph", word_size_max));
    REGMARK_ASSIGN(const auto act, table.needed_text("act", word_size_max));
    const auto known = access::act_of(act);
    if (!known) return fail_at(table.where("act"), "there is no such act");
    form.act = *known;
    REGMARK_ASSIGN(const auto role, table.text("role", word_size_max));
    if (role) {
      form.role = access::role_of(*role);
      if (!form.role) return fail_at(table.where("role"), "there is no such role");
    }
    REGMARK_ASSIGN(form.needed_for, one_of(table, "needed_for", steps));
    REGMARK_ASSIGN(const auto parts, table.tables("part", parts_max));
    for (const auto& part : parts) {
      REGMARK_ASSIGN(auto read, part_of(part));
      form.parts.push_back(std::move(read));
    }
    if (form.parts.empty()) return fail_at(table.where(), "a form has parts");
    REGMARK_TRY(check_ids(table, form.parts));
    REGMARK_TRY(check_conditions(table, form));
    content_.forms.push_back(std::move(form));
    return {};
  }

  Result<Part> part_of(const Table& table) const {
    REGMARK_TRY(table.check_keys({"id", "title", "paragraph", "ask", "presence", "rows_max",
                                  "evidence", "evidence_when", "columns", "needed_when", "field"}));
    Part part;
    REGMARK_ASSIGN(part.id, table.needed_text("id", word_size_max));
    REGMARK_ASSIGN(part.title, table.needed_text("title", title_size_max));
    REGMARK_ASSIGN(part.paragraph, table.needed_text("paragraph", word_size_max));
    REGMARK_ASSIGN(auto ask, table.text("ask", title_size_max));
    part.ask = std::move(ask).value_or("");
    REGMARK_ASSIGN(part.presence, one_of(table, "presence", presences));
    REGMARK_ASSIGN(const auto rows, table.number("rows_max", 1, rows_most));
    part.rows_max = rows.value_or(1);
    REGMARK_ASSIGN(auto evidence, table.texts("evidence", words_max));
    if (evidence) part.evidence = *std::move(evidence);
    REGMARK_ASSIGN(const auto evidence_when, table.text("evidence_when", title_size_max));
    if (evidence_when) {
      REGMARK_ASSIGN(part.evidence_when, condition_of(table, "evidence_when", *evidence_when));
    }
    REGMARK_TRY(read_columns(table, part));
    REGMARK_ASSIGN(const auto conditions, table.texts("needed_when", words_max));
    for (const auto& text : conditions.value_or(std::vector<std::string>{})) {
      REGMARK_ASSIGN(auto condition, condition_of(table, "needed_when", text));
      part.needed_when.push_back(std::move(condition));
    }
    REGMARK_ASSIGN(const auto fields, table.tables("field", fields_max));
    for (const auto& field : fields) {
      REGMARK_ASSIGN(auto read, field_of(field));
      part.fields.push_back(std::move(read));
    }
    if (part.fields.empty()) part.fields.push_back({.id = "words", .title = "In words"});
    REGMARK_TRY(check_ids(table, part.fields));
    return part;
  }

  Result<void> read_columns(const Table& table, Part& part) const {
    REGMARK_ASSIGN(auto columns, table.texts("columns", words_max));
    if (!columns) return {};
    for (const auto& column : *columns) {
      if (std::ranges::find(content_.columns, column, &Word::id) == content_.columns.end()) {
        return fail_at(table.where("columns"), "the matrix has no such column");
      }
    }
    part.columns = *std::move(columns);
    return {};
  }

  // Each condition is about a choice that is there, and a value that it can have.
  static Result<void> check_condition(const Table& table, const Form& form, const Part& own,
                                      const Condition& condition) {
    const auto* part = condition.part.empty() ? &own : form.part(condition.part);
    if (part) {
      const auto field = std::ranges::find(part->fields, condition.field, &Field::id);
      if (field != part->fields.end() &&
          std::ranges::find(field->choices, condition.value) != field->choices.end()) {
        return {};
      }
    }
    return fail_at(table.where(), "a condition of '" + own.id + "' is about no choice there is");
  }

  static Result<void> check_conditions(const Table& table, const Form& form) {
    for (const auto& part : form.parts) {
      for (const auto& condition : part.needed_when) {
        REGMARK_TRY(check_condition(table, form, part, condition));
      }
      if (part.evidence_when) {
        REGMARK_TRY(check_condition(table, form, part, *part.evidence_when));
      }
      for (const auto& field : part.fields) {
        if (field.needed_when) {
          REGMARK_TRY(check_condition(table, form, part, *field.needed_when));
        }
      }
    }
    return {};
  }

  Guidance::Content& content_;
};

}  // namespace

const Part* Form::part(std::string_view part_id) const {
  const auto found = std::ranges::find(parts, part_id, &Part::id);
  return found == parts.end() ? nullptr : &*found;
}

Result<Guidance> Guidance::parse(std::string_view toml) {
  if (toml.size() > guidance_size_max) {
    return fail(ErrorCode::limit_exceeded, "the guidance is longer than 1 MiB");
  }
  REGMARK_ASSIGN(const auto file, access::read_toml(toml));
  auto content = std::make_shared<Content>();
  content->version = base::to_hex(base::sha256(base::as_bytes(toml)));
  REGMARK_TRY(Reader(*content).read(Table(file)));
  return Guidance(std::move(content));
}

const Guidance& Guidance::built_in() {
  static const Guidance guidance = [] {
    auto parsed = parse(guidance_text());
    REGMARK_CHECK(parsed.has_value());
    return *std::move(parsed);
  }();
  return guidance;
}

const std::string& Guidance::version() const {
  return content_->version;
}
const std::string& Guidance::title() const {
  return content_->title;
}
const LifeRules& Guidance::life() const {
  return content_->life;
}
const std::vector<Form>& Guidance::forms() const {
  return content_->forms;
}
const Form* Guidance::form(std::string_view id) const {
  const auto found = std::ranges::find(content_->forms, id, &Form::id);
  return found == content_->forms.end() ? nullptr : &*found;
}
const std::vector<Word>& Guidance::columns() const {
  return content_->columns;
}
const std::vector<Word>& Guidance::location_types() const {
  return content_->location_types;
}
const std::vector<Word>& Guidance::codes() const {
  return content_->codes;
}

}  // namespace regmark::assessment
