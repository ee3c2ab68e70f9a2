#include "accountability/public_impact.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "accountability/internal/plain.h"
#include "base/words.h"
#include "camera_register/draft.h"

namespace regmark::accountability {
namespace {

using assessment::Field;
using assessment::FieldKind;
using assessment::Form;
using assessment::Guidance;
using assessment::Paper;
using assessment::Part;
using camera_register::not_for_release;
using documents::Document;
using documents::Heading;
using documents::Paragraph;
using documents::Table;

// What stands where a passage stood.
constexpr std::string_view struck_mark = "[withheld]";

// Nothing: it is no number.
std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// With all but its first digit rounded away: 1,234 is 1,000.
About about(std::uint64_t number) {
  if (number < about_least) return {};
  std::uint64_t unit = 1;
  while (number / unit >= 10) unit *= 10;
  return {(number + unit / 2) / unit * unit};
}

// A number that the public is told about only, and where it was written.
struct Exact {
  std::string form, part;
  std::string digits;
};

// Of what is not told exactly by being rounded.
std::vector<Exact> exact_numbers(const Redaction& rules, const Form& form, const Paper& paper) {
  std::vector<Exact> numbers;
  for (const auto& part : form.parts) {
    const auto answers = paper.parts.find(part.id);
    if (answers == paper.parts.end()) continue;
    for (const auto& row : answers->second.rows) {
      for (const auto& [field, said] : row) {
        if (rules.rule(form.id, part.id, field).show != Show::about) continue;
        const auto number = number_in(said);
        if (!number || about(*number).number == *number) continue;
        numbers.push_back({form.id, part.id, std::to_string(*number)});
      }
    }
  }
  return numbers;
}

Result<void> check_strike(const Strike& strike, const Sieve& sieve) {
  REGMARK_TRY(base::check_printable("a passage", strike.passage, strike_size_max));
  REGMARK_TRY(base::check_words("a reason", strike.reason, strike_size_max));
  // The reasons are shown too.
  if (!sieve.pass(strike.reason)) {
    return fail(ErrorCode::invalid_input, "the reason of a strike tells a place itself");
  }
  return {};
}

bool is_of(const Strike& strike, const Answer& answer) {
  return strike.form == answer.form && strike.part == answer.part && strike.field == answer.field &&
         strike.row == answer.row;
}

std::string joined(const std::string& reasons, const std::string& reason) {
  if (reasons.empty() || reasons == reason) return reason;
  return reasons + " " + reason;
}

Result<void> strike_out(const Strike& strike, Answer& answer) {
  const bool holds = answer.text.find(strike.passage) != std::string::npos;
  if (strike.passage.empty() || (holds && answer.show == Show::about)) {
    answer.show = Show::withheld;
    answer.text.clear();
    answer.reason = strike.reason;
    return {};
  }
  auto at = answer.text.find(strike.passage);
  if (at == std::string::npos) {
    return fail(ErrorCode::invalid_input,
                answer.part + ", " + answer.field + ": it does not hold that passage");
  }
  for (; at != std::string::npos; at = answer.text.find(strike.passage, at + struck_mark.size())) {
    answer.text.replace(at, strike.passage.size(), struck_mark);
  }
  answer.reason = joined(answer.reason, strike.reason);
  return {};
}

class Checker {
 public:
  Checker(const Redaction& rules, const std::vector<Strike>& strikes, const Sieve& sieve)
      : rules_(rules), strikes_(strikes), sieve_(sieve), used_(strikes.size(), false) {}

  void note(const Form& form, const Paper& paper) {
    auto numbers = exact_numbers(rules_, form, paper);
    exact_.insert(exact_.end(), numbers.begin(), numbers.end());
  }

  // After all are noted: an advice may repeat what the assessment says.
  Result<void> add(const Form& form, const Paper& paper) {
    for (const auto& part : form.parts) {
      const auto answers = paper.parts.find(part.id);
      if (answers == paper.parts.end()) continue;
      for (std::size_t row = 0; row < answers->second.rows.size(); ++row) {
        for (const auto& field : part.fields) {
          REGMARK_TRY(add(form, part, field, row, answers->second.rows[row]));
        }
      }
    }
    return {};
  }

  Result<Checked> take() && {
    if (std::ranges::find(used_, false) != used_.end()) {
      return fail(ErrorCode::invalid_input, "a strike is of an answer that is not there");
    }
    return std::move(checked_);
  }

 private:
  Result<void> add(const Form& form, const Part& part, const Field& field, std::size_t row,
                   const assessment::Row& said) {
    const auto found = said.find(field.id);
    if (found == said.end() || found->second.empty()) return {};
    const auto& rule = rules_.rule(form.id, part.id, field.id);
    const auto question = field.id == "words" && part.fields.size() == 1 ? part.title : field.title;
    Answer answer{form.id, part.id, field.id, row, question, rule.show, {}, rule.reason, {}, {}};
    if (rule.show == Show::words) {
      answer.text =
          field.kind == FieldKind::choice ? internal::plain(found->second) : found->second;
    } else if (rule.show == Show::about) {
      const auto number = number_in(found->second);
      answer.show = number ? Show::about : Show::withheld;
      if (number) answer.about = about(*number);
      if (number) answer.text = answer.about.text();
    }
    for (std::size_t i = 0; i < strikes_.size(); ++i) {
      if (!is_of(strikes_[i], answer)) continue;
      REGMARK_TRY(strike_out(strikes_[i], answer));
      used_[i] = true;
    }
    if (answer.show == Show::words) {
      answer.findings = sieve_.findings(answer.text, told_about(form, part));
    }
    checked_.answers.push_back(std::move(answer));
    return {};
  }

  // The numbers that an answer of this part does not repeat.
  std::vector<std::string> told_about(const Form& form, const Part& part) const {
    std::vector<std::string> digits;
    for (const auto& one : exact_) {
      const bool here = one.form == form.id && one.part == part.id;
      if (here || one.digits.size() >= exact_elsewhere_min) digits.push_back(one.digits);
    }
    return digits;
  }

  const Redaction& rules_;
  const std::vector<Strike>& strikes_;
  const Sieve& sieve_;
  std::vector<bool> used_;
  std::vector<Exact> exact_;
  Checked checked_;
};

// The question as the guidance has it: `Answer` only repeats it.
std::string_view question_of(const Part& part, std::string_view field_id) {
  if (part.fields.size() == 1 && field_id == "words") return part.title;
  const auto found = std::ranges::find(part.fields, field_id, &Field::id);
  return found == part.fields.end() ? std::string_view(part.title) : found->title;
}

}  // namespace

std::string About::text() const {
  return number == 0 ? "fewer than " + std::to_string(about_least)
                     : "about " + std::to_string(number);
}

bool Checked::passes() const {
  return std::ranges::all_of(answers, [](const Answer& one) { return one.findings.empty(); });
}

Result<Checked> check(const Redaction& rules, const Guidance& guidance,
                      const std::vector<Paper>& papers, const std::vector<Strike>& strikes,
                      const Sieve& sieve) {
  if (strikes.size() > strikes_max) return fail(ErrorCode::limit_exceeded, "too many strikes");
  for (const auto& strike : strikes) REGMARK_TRY(check_strike(strike, sieve));
  std::vector<std::pair<const Form*, const Paper*>> shown;
  for (const auto& form_id : rules.forms()) {
    const auto* form = guidance.form(form_id);
    const auto paper = std::ranges::find(papers, form_id, &Paper::form);
    if (form && paper != papers.end()) shown.emplace_back(form, &*paper);
  }
  Checker checker(rules, strikes, sieve);
  for (const auto& [form, paper] : shown) checker.note(*form, *paper);
  for (const auto& [form, paper] : shown) REGMARK_TRY(checker.add(*form, *paper));
  return std::move(checker).take();
}

Result<PublicImpact> PublicImpact::of(const Redaction& rules, const Guidance& guidance,
                                      const Checked& checked, const Sieve& sieve) {
  PublicImpact made;
  made.title_ = rules.title();
  made.evidence_reason_ = rules.evidence_reason();
  for (const auto& answer : checked.answers) {
    const auto* form = guidance.form(answer.form);
    const auto* part = form ? form->part(answer.part) : nullptr;
    if (!part) return fail(ErrorCode::invalid_input, "the guidance has no such part");
    if (made.sections_.empty() || made.sections_.back().title != part->title) {
      made.sections_.push_back({part->title, {}});
    }
    Shown shown{question_of(*part, answer.field), Withheld{}, {}};
    if (answer.show == Show::words) {
      const auto where = answer.part + ", " + answer.field + ": ";
      // Numbers are known to whoever checked, and to no sieve.
      if (!answer.findings.empty()) {
        return fail(ErrorCode::invalid_input, where + "it holds " + answer.findings.front().what);
      }
      auto text = sieve.pass(answer.text);
      if (!text) return fail(ErrorCode::invalid_input, where + text.error().message);
      shown.text = *std::move(text);
    } else if (answer.show == Show::about) {
      shown.text = answer.about;
    }
    if (!answer.reason.empty()) {
      REGMARK_ASSIGN(auto reason, sieve.pass(answer.reason));
      shown.reasons.push_back(std::move(reason));
    }
    made.sections_.back().answers.push_back(std::move(shown));
  }
  return made;
}

Document PublicImpact::document(std::uint64_t version, base::UtcDay checked_on) const {
  const auto mark = Paragraph{std::string(not_for_release)};
  Document document{title_, {mark}};
  document.blocks.emplace_back(Paragraph{
      "Of version " + std::to_string(version) + ", checked on " + base::format_day(checked_on) +
      ". What is withheld is said, with the reason. " + evidence_reason_});
  for (const auto& section : sections_) {
    document.blocks.emplace_back(Heading{2, std::string(section.title)});
    Table table{"", {"Asked", "Answered", "Withheld, and why"}, {}};
    for (const auto& answer : section.answers) {
      std::string text(struck_mark);
      if (const auto* words = std::get_if<PublicText>(&answer.text)) text = words->text();
      if (const auto* about = std::get_if<About>(&answer.text)) text = about->text();
      std::string reasons;
      for (const auto& reason : answer.reasons) reasons = joined(reasons, reason.text());
      table.rows.push_back({std::string(answer.question), std::move(text), std::move(reasons)});
    }
    document.blocks.emplace_back(std::move(table));
  }
  document.blocks.emplace_back(mark);
  return document;
}

}  // namespace regmark::accountability
