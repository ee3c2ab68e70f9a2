// Reads the rules of redaction.
#include <algorithm>

#include "access/toml/table.h"
#include "accountability/internal/built_in.h"
#include "accountability/redaction.h"
#include "base/check.h"
#include "base/crypto.h"
#include "base/encoding.h"

namespace regmark::accountability {
namespace {

using access::fail_at;
using access::Table;
using assessment::FieldKind;
using assessment::Guidance;

constexpr std::size_t words_size_max = 1'000;
constexpr std::size_t rules_max = 500;
constexpr std::size_t fields_max = 50;

std::optional<Show> show_of(std::string_view word) {
  if (word == "words") return Show::words;
  if (word == "about") return Show::about;
  if (word == "withheld") return Show::withheld;
  return std::nullopt;
}

// The rule and the fields it is for.
struct Read {
  std::string form, part;
  std::vector<std::string> fields;
  Rule rule;
};

Result<Read> read_rule(const Table& table, const Guidance& guidance) {
  REGMARK_TRY(table.check_keys({"form", "part", "fields", "show", "reason"}));
  Read read;
  REGMARK_ASSIGN(read.form, table.needed_text("form", words_size_max));
  REGMARK_ASSIGN(read.part, table.needed_text("part", words_size_max));
  REGMARK_ASSIGN(read.fields, table.needed_texts("fields", fields_max));
  REGMARK_ASSIGN(const auto word, table.needed_text("show", words_size_max));
  REGMARK_ASSIGN(const auto reason, table.text("reason", words_size_max));
  const auto show = show_of(word);
  if (!show) return fail_at(table.where("show"), "it is shown as words, about or withheld");
  read.rule = {*show, reason.value_or("")};
  if (*show != Show::words && read.rule.reason.empty()) {
    return fail_at(table.where(), "what is not shown has a reason");
  }
  const auto* form = guidance.form(read.form);
  const auto* part = form ? form->part(read.part) : nullptr;
  if (!part) return fail_at(table.where("part"), "the guidance has no such part");
  for (const auto& id : read.fields) {
    const auto field = std::ranges::find(part->fields, id, &assessment::Field::id);
    if (field == part->fields.end()) {
      return fail_at(table.where("fields"), "the guidance has no such field");
    }
    if (*show == Show::about && field->kind != FieldKind::number) {
      return fail_at(table.where("show"), "only a number is shown as about");
    }
  }
  return read;
}

}  // namespace

Result<Redaction> Redaction::parse(std::string_view toml, const Guidance& guidance) {
  if (toml.size() > redaction_size_max) {
    return fail(ErrorCode::limit_exceeded, "the rules are longer than 64 KiB");
  }
  REGMARK_ASSIGN(const auto file, access::read_toml(toml));
  const Table whole(file);
  REGMARK_TRY(whole.check_keys({"format", "title", "evidence_reason", "unnamed_reason", "rule"}));
  REGMARK_TRY(whole.needed_number("format", 1, 1));
  Redaction made;
  made.version_ = base::to_hex(base::sha256(base::as_bytes(toml)));
  REGMARK_ASSIGN(made.title_, whole.needed_text("title", words_size_max));
  REGMARK_ASSIGN(made.evidence_reason_, whole.needed_text("evidence_reason", words_size_max));
  REGMARK_ASSIGN(made.unnamed_.reason, whole.needed_text("unnamed_reason", words_size_max));
  REGMARK_ASSIGN(const auto tables, whole.tables("rule", rules_max));
  for (const auto& table : tables) {
    REGMARK_ASSIGN(const auto read, read_rule(table, guidance));
    for (const auto& field : read.fields) {
      if (!made.rules_.emplace(Key{read.form, read.part, field}, read.rule).second) {
        return fail_at(table.where("fields"), "there are two rules for one field");
      }
    }
  }
  for (const auto& form : guidance.forms()) {
    const auto has_rule = std::ranges::any_of(
        made.rules_, [&](const auto& one) { return std::get<0>(one.first) == form.id; });
    if (has_rule) made.forms_.push_back(form.id);
  }
  return made;
}

const Redaction& Redaction::built_in() {
  static const Redaction rules = [] {
    auto parsed = parse(redaction_text(), Guidance::built_in());
    REGMARK_CHECK(parsed.has_value());
    return *std::move(parsed);
  }();
  return rules;
}

const Rule& Redaction::rule(std::string_view form, std::string_view part,
                            std::string_view field) const {
  const auto found = rules_.find(Key{std::string(form), std::string(part), std::string(field)});
  return found == rules_.end() ? unnamed_ : found->second;
}

}  // namespace regmark::accountability
