#include "estate/internal/advice.h"

#include "estate/internal/papers_table.h"

namespace regmark::estate::internal {

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

}  // namespace regmark::estate::internal
