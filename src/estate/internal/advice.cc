#include "estate/internal/advice.h"

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

}  // namespace

bool advises_against(const assessment::Paper& advice, const std::string& part) {
  return advice.answer(part, "verdict") == do_not;
}

Result<void> check_advice(std::span<const PaperRecord> papers, std::string_view form) {
  const auto* advice = latest_paper(papers, form);
  const auto* impact = latest_paper(papers, "impact");
  if (!advice || !impact) return {};
  if (advice->number < impact->number) {
    return fail(ErrorCode::invalid_input,
                std::string(form) + " was given on an earlier impact assessment: ask again");
  }
  if (advice->by == impact->by) {
    return fail(ErrorCode::conflict,
                std::string(form) + " may not come from who wrote the impact assessment");
  }
  return {};
}

std::vector<std::string> advised_against(std::span<const PaperRecord> papers) {
  std::vector<std::string> found;
  for (const auto& adviser : advisers) {
    const auto* paper = latest_paper(papers, adviser.form);
    if (paper && advises_against(paper->paper, adviser.part)) {
      found.emplace_back(adviser.who);
    }
  }
  return found;
}

}  // namespace regmark::estate::internal
