#include "estate/internal/advice.h"

#include "base/words.h"
#include "estate/in_force.h"
#include "estate/internal/papers_table.h"

namespace regmark::estate::internal {
namespace {

constexpr std::string_view do_not = "do_not";

// Where in the forms each says it, in short.
struct Adviser {
  const char* form;
  const char* part;
  const char* who;
};
constexpr Adviser advisers[] = {
    {"dpo_advice", "advice", "the data protection officer"},
    {"overt_lead_advice", "advice", "the senior person for overt surveillance"},
    {"strategic_assessment", "specialist_advice", "staff for serious and organised crime"},
    {"fit", "national_service", "the national service"},
};
// Those of the impact assessment (1.11).
constexpr std::span on_the_impact = std::span(advisers).first<2>();

// Two people advise on an impact assessment (5.3a, 5.4a), whatever roles they have had since. Told
// of the later advice: that is the one to be given anew.
Result<void> check_is_anothers(const assessment::Guidance& guidance,
                               std::span<const PaperRecord> papers, const PaperRecord& advice,
                               const PaperRecord& impact) {
  for (const auto& adviser : on_the_impact) {
    const auto* other = in_force(guidance, papers, adviser.form);
    if (!other || other->number < impact.number || other->number >= advice.number) continue;
    if (other->by != advice.by) continue;
    return fail(ErrorCode::conflict, advice.paper.form + " may not come from who gave " +
                                         other->paper.form + ": two people advise");
  }
  return {};
}

}  // namespace

std::string wants_notice(base::UtcDay due) {
  return "signs and public information, with proof, due on " + base::format_day(due);
}

std::vector<Error> lacks_to_extend(const assessment::Guidance& guidance,
                                   std::span<const PaperRecord> papers) {
  std::vector<Error> lacking;
  const auto note = [&](const Result<void>& result) {
    if (!result) lacking.push_back(result.error());
  };
  for (const auto needed : needed_to_extend) {
    const std::string id(needed);
    const auto* form = guidance.form(id);
    const auto* found = latest_paper(papers, id);
    note(form && found
             ? assessment::check_whole(*form, found->paper)
             : fail(ErrorCode::invalid_input, id + " is missing: nothing is extended without"));
  }
  for (const auto& adviser : on_the_impact) {
    note(check_advice(guidance, papers, adviser.form));
    const auto* advice = latest_paper(papers, adviser.form);
    if (advice && advises_against(advice->paper, adviser.part)) {
      note(fail(ErrorCode::conflict, std::string("it must not go on by the advice of ") +
                                         adviser.who +
                                         ": it ends, or what is to stay is proposed or taken to "
                                         "the full path, where the controller answers that"));
    }
  }
  return lacking;
}

std::vector<std::string> missing_to_extend(const assessment::Guidance& guidance,
                                           std::span<const PaperRecord> papers) {
  std::vector<std::string> missing;
  for (const auto& lack : lacks_to_extend(guidance, papers)) {
    missing.push_back("to be extended: " + lack.message);
  }
  return missing;
}

Result<void> check_may_extend(const assessment::Guidance& guidance,
                              std::span<const PaperRecord> papers) {
  const auto lacking = lacks_to_extend(guidance, papers);
  if (!lacking.empty()) return tl::unexpected<Error>(lacking.front());
  return {};
}

bool advises_against(const assessment::Paper& advice, const std::string& part) {
  return advice.answer(part, "verdict") == do_not;
}

Result<void> check_advice(const assessment::Guidance& guidance, std::span<const PaperRecord> papers,
                          std::string_view form) {
  const auto* advice = in_force(guidance, papers, form);
  const auto* impact = in_force(guidance, papers, "impact");
  if (!advice || !impact) return {};
  if (advice->number < impact->number) {
    return fail(ErrorCode::invalid_input,
                std::string(form) + " was given on an earlier impact assessment: ask again");
  }
  if (advice->by == impact->by) {
    return fail(ErrorCode::conflict,
                std::string(form) + " may not come from who wrote the impact assessment");
  }
  return check_is_anothers(guidance, papers, *advice, *impact);
}

std::string said_against(const assessment::Guidance& guidance,
                         std::span<const PaperRecord> papers) {
  std::vector<std::string> said;
  for (const auto& adviser : on_the_impact) {
    const auto* advice = in_force(guidance, papers, adviser.form);
    if (!advice || !advises_against(advice->paper, adviser.part)) continue;
    said.push_back(std::string(adviser.who) + " advised that it must not go ahead (" +
                   adviser.form + ", version " + std::to_string(advice->version) +
                   "): " + std::string(advice->paper.answer(adviser.part, "words")));
  }
  return base::joined(said, {}, "; ");
}

std::vector<Against> advice_against(const assessment::Guidance& guidance,
                                    std::span<const PaperRecord> papers) {
  std::vector<Against> found;
  for (const auto& adviser : advisers) {
    const auto* paper = in_force(guidance, papers, adviser.form);
    if (paper && advises_against(paper->paper, adviser.part)) found.push_back({adviser.who, paper});
  }
  return found;
}

std::vector<std::string> advised_against(const assessment::Guidance& guidance,
                                         std::span<const PaperRecord> papers) {
  std::vector<std::string> found;
  for (auto& one : advice_against(guidance, papers)) found.push_back(std::move(one.who));
  return found;
}

std::string named(const PaperRecord& paper) {
  return paper.paper.form + " (version " + std::to_string(paper.version) + ", of " +
         base::format_day(base::day_of(paper.at)) + ")";
}

}  // namespace regmark::estate::internal
