#include "assessment/check.h"

#include <algorithm>

#include "base/time.h"

namespace regmark::assessment {
namespace {

constexpr std::string_view blank = " \t\r\n";
constexpr std::size_t digits_max = 12;
constexpr std::size_t told_max = 5;  // lacks in one message

bool is_blank(std::string_view text) {
  return text.find_first_not_of(blank) == std::string_view::npos;
}

std::string_view said(const Row& row, const std::string& field) {
  const auto found = row.find(field);
  return found == row.end() ? std::string_view{} : std::string_view(found->second);
}

bool holds(const Condition& condition, const Row& row) {
  const auto value = said(row, condition.field);
  if (value.empty()) return false;  // nobody answered: the question itself is lacking
  return (value == condition.value) != condition.is_not;
}

// Of another part: in any of its rows.
bool holds(const Condition& condition, const Paper& paper) {
  const auto part = paper.parts.find(condition.part);
  return part != paper.parts.end() && std::ranges::any_of(part->second.rows, [&](const Row& row) {
           return holds(condition, row);
         });
}

class Checker {
 public:
  Checker(const Form& form, const Paper& paper) : form_(form), paper_(paper) {}

  std::vector<Lack> all() {
    if (paper_.form != form_.id) return {{"", "", "it is a paper of another form"}};
    for (const auto& part : form_.parts) check(part);
    check_claims();
    for (const auto& [id, answers] : paper_.parts) {
      if (!form_.part(id)) lack(id, "", "the form has no such part");
    }
    return std::move(lacks_);
  }

 private:
  void lack(const std::string& part, const std::string& field, std::string why) {
    lacks_.push_back({part, field, std::move(why)});
  }

  bool is_needed(const Part& part) const {
    return part.presence == Presence::needed ||
           std::ranges::any_of(part.needed_when, [&](const Condition& condition) {
             return holds(condition, paper_);
           });
  }

  void check(const Part& part) {
    const auto found = paper_.parts.find(part.id);
    if (found == paper_.parts.end()) {
      if (is_needed(part)) lack(part.id, "", "is missing: " + part.title);
      return;
    }
    const auto& answers = found->second;
    if (answers.rows.empty()) lack(part.id, "", "says nothing: " + part.title);
    if (answers.rows.size() > part.rows_max) lack(part.id, "", "has more rows than it may");
    for (const auto& row : answers.rows) check(part, row);
    check_evidence(part, answers);
  }

  void check(const Part& part, const Row& row) {
    for (const auto& field : part.fields) {
      const auto answer = said(row, field.id);
      if (!is_blank(answer)) {
        check_kind(part, field, answer);
      } else if (field.needed_when ? holds(*field.needed_when, row) : !field.optional) {
        lack(part.id, field.id, "is not answered: " + field.title);
      }
    }
    for (const auto& [id, answer] : row) {
      if (std::ranges::find(part.fields, id, &Field::id) == part.fields.end()) {
        lack(part.id, id, "the part has no such field");
      }
    }
  }

  void check_kind(const Part& part, const Field& field, std::string_view answer) {
    switch (field.kind) {
      case FieldKind::words:
        return;
      case FieldKind::choice:
        if (std::ranges::find(field.choices, answer) == field.choices.end()) {
          lack(part.id, field.id, "is none of the choices");
        }
        return;
      case FieldKind::number:
        if (answer.size() > digits_max ||
            answer.find_first_not_of("0123456789") != std::string_view::npos) {
          lack(part.id, field.id, "must be a whole number");
        }
        return;
      case FieldKind::day:
        if (!base::parse_day(answer)) lack(part.id, field.id, "must be a day: 2026-01-31");
        return;
    }
  }

  void check_evidence(const Part& part, const Answers& answers) {
    const auto is_known = [&](const Evidence& piece) {
      return std::ranges::find(part.evidence, piece.kind) != part.evidence.end();
    };
    const bool is_wanted =
        !part.evidence.empty() &&
        (!part.evidence_when || std::ranges::any_of(answers.rows, [&](const Row& row) {
          return holds(*part.evidence_when, row);
        }));
    if (is_wanted && !std::ranges::any_of(answers.evidence, is_known)) {
      std::string kinds;
      for (const auto& kind : part.evidence) kinds += (kinds.empty() ? "" : ", ") + kind;
      lack(part.id, "", "has no evidence; one of: " + kinds);
    }
    for (const auto& piece : answers.evidence) {
      if (!is_known(piece)) lack(part.id, "", "takes no evidence of this kind");
    }
  }

  void check_claims() {
    bool any = false;
    bool claimed = false;
    for (const auto& part : form_.parts) {
      if (part.presence != Presence::claimed) continue;
      any = true;
      claimed = claimed || paper_.parts.contains(part.id);
    }
    if (any && !claimed) lack("", "", "none of its categories is claimed");
  }

  const Form& form_;
  const Paper& paper_;
  std::vector<Lack> lacks_;
};

}  // namespace

std::vector<Lack> lacks(const Form& form, const Paper& paper) {
  return Checker(form, paper).all();
}

Result<void> check_whole(const Form& form, const Paper& paper) {
  const auto all = lacks(form, paper);
  if (all.empty()) return {};
  std::string message = form.id + " is not whole:";
  for (std::size_t i = 0; i < std::min(all.size(), told_max); ++i) {
    message += i == 0 ? " " : "; ";
    message += all[i].part + (all[i].field.empty() ? "" : "." + all[i].field) + " " + all[i].why;
  }
  if (all.size() > told_max) message += "; and " + std::to_string(all.size() - told_max) + " more";
  return fail(ErrorCode::invalid_input, std::move(message));
}

std::vector<std::string> columns_claimed(const Form& form, const Paper& assessment) {
  std::vector<std::string> columns;
  for (const auto& part : form.parts) {
    if (!assessment.parts.contains(part.id)) continue;
    columns.insert(columns.end(), part.columns.begin(), part.columns.end());
  }
  return columns;
}

}  // namespace regmark::assessment
