#include "estate/internal/check_review.h"

#include <algorithm>

#include "base/words.h"
#include "estate/in_force.h"
#include "estate/internal/advice.h"
#include "estate/internal/papers_table.h"

namespace regmark::estate::internal {
namespace {

using assessment::Guidance;
using Papers = std::span<const PaperRecord>;

constexpr std::string_view advice_forms[] = {"dpo_advice", "overt_lead_advice"};

tl::unexpected<Error> invalid(std::string message) {
  return fail(ErrorCode::invalid_input, std::move(message));
}

Result<void> check_there(const Guidance& guidance, Papers papers, std::string_view id) {
  const auto* form = guidance.form(id);
  const auto* found = latest_paper(papers, id);
  if (!form || !found) return invalid(std::string(id) + " is missing: nothing continues without");
  return assessment::check_whole(*form, found->paper);
}

Result<void> check_advised(const Guidance& guidance, Papers papers, std::string_view id) {
  const auto* impact = in_force(guidance, papers, "impact");
  if (impact && !latest_paper(papers, id)) {
    return invalid(std::string(id) + " is missing: nobody decided on " + named(*impact) +
                   ", and nothing continues on it before both advised on it");
  }
  REGMARK_TRY(check_there(guidance, papers, id));
  return check_advice(guidance, papers, id);
}

Result<void> check_need_found(const Guidance& guidance, Papers papers) {
  const auto* need = in_force(guidance, papers, "pressing_need");
  if (!need || need->paper.answer("balance", "found") != "not_found") return {};
  return fail(ErrorCode::conflict,
              named(*need) +
                  " finds no pressing social need: answer that the need is gone (7.4), or let the "
                  "site be sent back and assessed anew (7.3, 7.7), or have a newer one find it");
}

// What nobody answered yet. A decision does, with its reason, and a review does not.
void note_against(const Guidance& guidance, Papers papers, std::uint64_t after,
                  std::vector<Error>& lacking) {
  for (const auto& one : advice_against(guidance, papers)) {
    if (one.paper->number <= after) continue;
    lacking.push_back(
        {ErrorCode::conflict,
         "it must not go on by the advice of " + one.who + " in " + named(*one.paper) +
             ", which no review answers: let the site be sent back, assessed anew and decided "
             "(7.3, 7.7), or stopped (7.4, 7.9), or have a newer paper advised on"});
  }
}

// Whoever wrote any version of what the review is the first to judge does not hold it; nor does
// whoever advised.
Result<void> check_did_not_write(Papers papers, std::uint64_t after,
                                 const base::PersonId& reviewer) {
  for (const auto& paper : papers) {
    if (paper.number <= after || paper.by != reviewer) continue;
    const auto& form = paper.paper.form;
    if (std::ranges::find(needed_to_continue, form) != std::end(needed_to_continue)) {
      return fail(ErrorCode::conflict, "whoever wrote its " + form + " may not judge it");
    }
    if (std::ranges::find(advice_forms, form) != std::end(advice_forms)) {
      return fail(ErrorCode::conflict, "whoever advised may not review");
    }
  }
  return {};
}

}  // namespace

std::uint64_t judged_until(const SiteRow& row) {
  std::uint64_t last = 0;
  for (const auto& step : row.steps) {
    if (step.step != Step::decide && step.step != Step::review) continue;
    last = std::max(last, step.paper.value_or(0));
  }
  return last;
}

Result<void> check_advised(const Guidance& guidance, Papers papers) {
  for (const auto id : advice_forms) REGMARK_TRY(check_advised(guidance, papers, id));
  return {};
}

std::vector<Error> lacks_to_continue(const Guidance& guidance, const SiteRow& row, Papers papers) {
  std::vector<Error> lacking;
  const auto note = [&](const Result<void>& result) {
    if (!result) lacking.push_back(result.error());
  };
  for (const auto id : needed_to_continue) note(check_there(guidance, papers, id));
  note(check_need_found(guidance, papers));
  const auto after = judged_until(row);
  const auto* impact = in_force(guidance, papers, "impact");
  const bool is_inherited = row.record.path == Path::inherited;
  if (impact ? impact->number > after : is_inherited) {
    for (const auto id : advice_forms) note(check_advised(guidance, papers, id));
  }
  note_against(guidance, papers, after, lacking);
  return lacking;
}

Result<void> check_may_continue(const Guidance& guidance, const SiteRow& row, Papers papers,
                                const base::PersonId& reviewer) {
  const auto lacking = lacks_to_continue(guidance, row, papers);
  if (!lacking.empty()) return tl::unexpected<Error>(lacking.front());
  return check_did_not_write(papers, judged_until(row), reviewer);
}

}  // namespace regmark::estate::internal
