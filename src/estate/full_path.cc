// Assessed, decided, commissioned, begun: what each step needs, and who may not take it.
#include <algorithm>
#include <charconv>

#include "base/words.h"
#include "estate/in_force.h"
#include "estate/internal/advice.h"
#include "estate/internal/check.h"
#include "estate/internal/check_commissioning.h"
#include "estate/internal/check_review.h"
#include "estate/internal/papers_table.h"
#include "estate/internal/recorded_estate.h"

namespace regmark::estate::internal {
namespace {

using access::Act;
using assessment::Guidance;
using assessment::NeededFor;
using assessment::Paper;
using records::Transaction;

// Where the matter at hand began: when the site was last proposed, sent back or taken to the full
// path.
base::UtcTime matter_began(const SiteRow& row) {
  auto began = row.steps.front().at;
  for (const auto& step : row.steps) {
    if (step.step == Step::reassess || step.step == Step::take_full_path) began = step.at;
  }
  return began;
}

tl::unexpected<Error> invalid(std::string message) {
  return fail(ErrorCode::invalid_input, std::move(message));
}

// Whether the matter at hand is that the impact changed and nothing else (7.7): then what it was
// found to be for stands, and the impact and the advice on it are written anew.
bool is_for_impact_alone(const SiteRow& row, std::span<const PaperRecord> papers) {
  // By number, from 1. As optionals they make GCC 12 warn for nothing.
  std::uint64_t sent_back_by = 0;
  std::uint64_t review = 0;
  for (const auto& step : row.steps) {
    if (step.step == Step::review) review = step.paper.value_or(0);
    if (step.step == Step::reassess) sent_back_by = sent_back_lapsed(step) ? 0 : review;
    if (step.step == Step::take_full_path) sent_back_by = 0;
  }
  const auto paper = std::ranges::find(papers, sent_back_by, &PaperRecord::number);
  return paper != papers.end() && assessment::answers_in(paper->paper).aims_met == true;
}

bool is_about_impact(std::string_view form) {
  return form == "impact" || form == "dpo_advice" || form == "overt_lead_advice";
}

// Everything that an assessment lacks, in the order of the forms.
std::vector<Error> lacks_to_assess(const Guidance& guidance, const SiteRow& row,
                                   std::span<const PaperRecord> papers) {
  std::vector<Error> lacking;
  const auto note = [&](const Result<void>& result) {
    if (!result) lacking.push_back(result.error());
  };
  const auto began = matter_began(row);
  const bool impact_alone = is_for_impact_alone(row, papers);
  for (const auto& form : guidance.forms()) {
    if (form.needed_for != NeededFor::assess) continue;
    const auto* found = latest_paper(papers, form.id);
    const bool is_new =
        found && (found->at >= began || (impact_alone && !is_about_impact(form.id)));
    note(is_new ? assessment::check_whole(form, found->paper)
                : Result<void>(invalid(form.id + " is missing: " + form.title)));
  }
  const auto* need = in_force(guidance, papers, "pressing_need");
  if (need && need->paper.answer("balance", "found") == "not_found") {
    note(invalid("no pressing social need was found: it cannot go on"));
  }
  note(check_advice(guidance, papers, "dpo_advice"));
  note(check_advice(guidance, papers, "overt_lead_advice"));
  return lacking;
}

Result<void> check_assessed(const Guidance& guidance, const SiteRow& row,
                            std::span<const PaperRecord> papers) {
  const auto lacking = lacks_to_assess(guidance, row, papers);
  if (!lacking.empty()) return tl::unexpected<Error>(lacking.front());
  return {};
}

// What an assessment rests on and came in force after it: nobody assessed that. By either measure:
// a clock may be set back.
std::vector<std::string> written_since_assessed(const Guidance& guidance, const SiteRow& row,
                                                std::span<const PaperRecord> papers) {
  const StepRecord* assessed = nullptr;
  for (const auto& step : row.steps) {
    if (step.step == Step::assess) assessed = &step;
  }
  std::vector<std::string> found;
  if (!assessed) return found;
  for (const auto& form : guidance.forms()) {
    if (form.needed_for != NeededFor::assess) continue;
    const auto* paper = in_force(guidance, papers, form.id);
    if (paper && (paper->at > assessed->at || paper->receipt > assessed->receipt)) {
      found.push_back(form.id);
    }
  }
  return found;
}

// Whoever advised does not decide.
Result<void> check_did_not_advise(const Guidance& guidance, std::span<const PaperRecord> papers,
                                  const base::PersonId& person) {
  for (const auto* form : {"dpo_advice", "overt_lead_advice"}) {
    const auto* advice = in_force(guidance, papers, form);
    if (advice && advice->by == person) return conflict("whoever advised may not decide");
  }
  return {};
}

// Whoever wrote what is judged does not judge it.
Result<void> check_did_not_write(const Guidance& guidance, const SiteRow& row,
                                 std::span<const PaperRecord> papers,
                                 const base::PersonId& person) {
  const auto began = matter_began(row);
  for (const auto& form : guidance.forms()) {
    if (form.needed_for != NeededFor::assess || form.act != Act::change_estate) continue;
    const auto* judged = in_force(guidance, papers, form.id);
    const bool wrote = std::ranges::any_of(papers, [&](const PaperRecord& paper) {
      return paper.paper.form == form.id && paper.by == person &&
             (paper.at >= began || &paper == judged);
    });
    if (wrote) return conflict("whoever wrote its " + form.id + " may not judge it");
  }
  return {};
}

std::uint64_t cameras_decided(const Paper& decision) {
  const auto decided = decision.answer("decision", "cameras");
  std::uint64_t count = 0;
  std::from_chars(decided.data(), decided.data() + decided.size(), count);
  return count;
}

// A decision is final: it must say one thing.
Result<void> check_says_one_thing(const Paper& decision, bool goes_ahead) {
  const auto count = cameras_decided(decision);
  if (goes_ahead && count == 0) {
    return invalid(
        "the decision contradicts itself: it goes ahead, for 0 cameras; say how many may stand "
        "there, or that it does not go ahead");
  }
  if (!goes_ahead && count > 0) {
    return invalid("the decision contradicts itself: it does not go ahead, and lets " +
                   std::to_string(count) + " stand; say 0 cameras, or that it goes ahead");
  }
  return {};
}

// However its author called it.
Result<void> check_not_too_many(const Guidance& guidance, const Paper& decision,
                                std::span<const PaperRecord> papers) {
  const auto count = cameras_decided(decision);
  const auto* impact = in_force(guidance, papers, "impact");
  if (count < guidance.life().many_cameras || !impact) return {};
  if (impact->paper.parts.contains("regulator")) return {};
  return invalid(std::to_string(count) +
                 " new cameras are many: the regulator must be consulted first (impact.regulator)");
}

// The decision's answer, or what it has of one, is blank.
bool says_nothing(const Paper& decision, const std::string& field) {
  constexpr std::string_view blank = " \t\r\n";
  return decision.answer("decision", field).find_first_not_of(blank) == std::string_view::npos;
}

// The matrix in force, of a place: how easily its strongest purpose is justified, and which that
// is.
struct Justified {
  std::uint64_t matrix = 0;  // its version
  std::string code;
  std::string purpose;  // empty: nothing was claimed
};

// Of several that are as strong, the one that it was proposed for.
Result<Justified> by_matrix(Transaction& transaction, const Guidance& guidance,
                            const SiteRecord& site, std::span<const PaperRecord> papers) {
  REGMARK_ASSIGN(const auto record, matrix_at(transaction));
  if (!record) return conflict("the controller has set no deployment assessment matrix yet");
  REGMARK_ASSIGN(const auto matrix, assessment::Matrix::parse(record->toml, guidance));
  const auto* form = guidance.form("strategic_assessment");
  const auto* claims = in_force(guidance, papers, "strategic_assessment");
  const auto* fit = in_force(guidance, papers, "fit");
  if (!form || !claims || !fit) return conflict("it was assessed by another guidance");
  const auto place = fit->paper.answer("location_type", "type");
  const auto columns = assessment::columns_claimed(*form, claims->paper);
  const auto strongest = matrix.strongest(place, columns);
  Justified justified{record->version, guidance.codes().at(strongest).id, {}};
  for (const auto& column : columns) {
    if (matrix.code(place, column) != strongest) continue;
    if (justified.purpose.empty() || column == site.about.grounds.category) {
      justified.purpose = column;
    }
  }
  return justified;
}

Result<void> check_all_assessed(const Guidance& guidance, const SiteRow& row,
                                std::span<const PaperRecord> papers) {
  const auto since = base::joined(written_since_assessed(guidance, row, papers));
  if (since.empty()) return {};
  const auto* first = row.record.stage == Stage::assessed ? "it must be assessed anew first"
                                                          : "it must be assessed and decided anew";
  return conflict(std::string(first) + ": since it was assessed was written " + since);
}

bool is_assessed(Stage stage) {
  return stage == Stage::assessed || stage == Stage::decided || stage == Stage::commissioned;
}

// Nothing, while what was assessed is all that there is.
void note_written_since(const Guidance& guidance, const SiteRow& row,
                        std::span<const PaperRecord> papers, std::vector<std::string>& missing) {
  const auto since = base::joined(written_since_assessed(guidance, row, papers));
  if (since.empty()) return;
  const auto* and_then =
      row.record.stage == Stage::assessed ? "" : ", and the controller decides anew";
  missing.push_back(std::string("another manager finds it assessed anew") + and_then +
                    ": since then was written " + since);
}

Result<void> check_step_paper(const Guidance& guidance, NeededFor needed, const Paper& paper,
                              base::UtcTime now,
                              const std::optional<NotBefore>& first = std::nullopt) {
  const auto* form = guidance.form(paper.form);
  if (!form || form->needed_for != needed) return invalid("that is not the form of this step");
  REGMARK_TRY(assessment::check_whole(*form, paper));
  return check_days(*form, paper, base::day_of(now), first);
}

// Nothing is commissioned before somebody proposed it; what was inherited stood before.
std::optional<NotBefore> was_proposed(const SiteRow& row) {
  const auto& first = row.steps.front();
  if (first.step == Step::inherit) return std::nullopt;
  return NotBefore{base::day_of(first.at), "the site was proposed"};
}

std::vector<std::string> missing_for_review(const Guidance& guidance, const SiteRow& row,
                                            std::span<const PaperRecord> papers,
                                            base::UtcTime now) {
  std::vector<std::string> missing;
  if (const auto& last = row.record.lapses; is_past(last, now)) {
    missing.push_back("its justification lapsed after " + base::format_day(*last) +
                      ": a review can only send it back, to be assessed and decided anew, or "
                      "stop it");
    return missing;
  }
  for (const auto& lack : lacks_to_continue(guidance, row, papers)) {
    missing.push_back("for its review to let it continue: " + lack.message);
  }
  return missing;
}

std::vector<std::string> missing_while_live(const Guidance& guidance, const SiteRow& row,
                                            std::span<const PaperRecord> papers,
                                            base::UtcTime now) {
  const auto& record = row.record;
  if (!is_short(record.path)) return missing_for_review(guidance, row, papers, now);
  std::vector<std::string> missing;
  if (record.impact_due) {
    missing.push_back("the impact assessment, due on " + base::format_day(*record.impact_due));
  }
  if (const auto due = notice_due(row, guidance.life())) missing.push_back(wants_notice(*due));
  if (record.path == Path::under_twelve_months) {
    const auto more = missing_to_extend(guidance, papers);
    missing.insert(missing.end(), more.begin(), more.end());
  }
  return missing;
}

}  // namespace

std::vector<std::string> missing_of(const Guidance& guidance, const SiteRow& row,
                                    std::span<const PaperRecord> papers, bool has_matrix,
                                    base::UtcTime now) {
  const auto& record = row.record;
  std::vector<std::string> missing;
  switch (record.stage) {
    case Stage::proposed:
      if (is_short(record.path)) {
        missing.emplace_back("the approval of another manager");
        return missing;
      }
      [[fallthrough]];
    case Stage::reassessing:
      for (const auto& lack : lacks_to_assess(guidance, row, papers)) {
        missing.push_back(lack.message);
      }
      if (missing.empty()) missing.emplace_back("another manager finds it assessed");
      break;
    case Stage::assessed:
      note_written_since(guidance, row, papers, missing);
      missing.emplace_back("the controller's decision");
      if (const auto against = base::joined(advised_against(guidance, papers)); !against.empty()) {
        missing.push_back("if it goes ahead, why it does against the advice of " + against);
      }
      break;
    case Stage::decided:
      note_written_since(guidance, row, papers, missing);
      missing.emplace_back("its commissioning: tested, signed and made public");
      return missing;
    case Stage::commissioned:
      note_written_since(guidance, row, papers, missing);
      missing.emplace_back("that somebody lets its cameras collect");
      return missing;
    case Stage::stopped:
      missing.emplace_back("its decommissioning");
      return missing;
    case Stage::live:
      return missing_while_live(guidance, row, papers, now);
    default:
      return missing;
  }
  if (!has_matrix) {
    missing.emplace_back("the controller has set no deployment assessment matrix yet");
  }
  return missing;
}

bool awaits_assessing_anew(const Guidance& guidance, const SiteRow& row,
                           std::span<const PaperRecord> papers) {
  return is_assessed(row.record.stage) && !written_since_assessed(guidance, row, papers).empty();
}

Result<void> check_follows(const SiteRow& row, Step step) {
  const auto& record = row.record;
  if (after({record.path, record.stage, !row.decisions.empty()}, step)) return {};
  return conflict("it cannot be " + std::string(name(step)) + ": its path is " +
                  std::string(name(record.path)) + ", and it is " +
                  std::string(name(record.stage)));
}

Result<void> check_other_person(const SiteRow& row, const base::PersonId& person,
                                std::span<const Step> not_of) {
  if (row.record.author == person) {
    const bool was_inherited = row.steps.front().step == Step::inherit;
    return conflict(was_inherited ? "whoever took it in from a register may not judge it"
                                  : "whoever proposed it may not judge it");
  }
  const auto began = matter_began(row);
  for (const auto& step : row.steps) {
    if (step.by == person && step.at >= began &&
        std::ranges::find(not_of, step.step) != not_of.end()) {
      return conflict("somebody else must: it was " + std::string(name(step.step)) +
                      " by the same person");
    }
  }
  return {};
}

Result<void> RecordedEstate::assess(const Receipt& receipt, const base::SiteId& site) {
  return take(
      receipt, Act::approve_estate, site, Step::assess,
      [&](Transaction& transaction, const Deed& deed, const SiteRow& row) -> Result<NewStep> {
        REGMARK_TRY(check_other_person(row, deed.by, {}));
        REGMARK_ASSIGN(const auto papers, papers_of(transaction, site));
        REGMARK_TRY(check_did_not_write(guidance_, row, papers, deed.by));
        if (is_assessed(row.record.stage) &&
            written_since_assessed(guidance_, row, papers).empty()) {
          return conflict("it was assessed, and nothing was written since");
        }
        REGMARK_TRY(check_assessed(guidance_, row, papers));
        return NewStep{};
      });
}

Result<std::string> RecordedEstate::decide(const Receipt& receipt, const base::SiteId& site,
                                           const Paper& decision) {
  const bool goes_ahead = decision.answer("decision", "outcome") == "goes_ahead";
  std::string code;
  REGMARK_TRY(
      take(receipt, Act::decide_estate, site, goes_ahead ? Step::decide : Step::refuse,
           [&](Transaction& transaction, const Deed& deed, const SiteRow& row) -> Result<NewStep> {
             REGMARK_TRY(check_step_paper(guidance_, NeededFor::decide, decision, deed.at));
             REGMARK_TRY(check_says_one_thing(decision, goes_ahead));
             constexpr Step earlier[] = {Step::assess};
             REGMARK_TRY(check_other_person(row, deed.by, earlier));
             REGMARK_ASSIGN(const auto papers, papers_of(transaction, site));
             REGMARK_TRY(check_did_not_write(guidance_, row, papers, deed.by));
             REGMARK_TRY(check_did_not_advise(guidance_, papers, deed.by));
             REGMARK_TRY(check_all_assessed(guidance_, row, papers));
             REGMARK_ASSIGN(auto found, by_matrix(transaction, guidance_, row.record, papers));
             code = found.code;
             const bool is_exceptional = code == guidance_.codes().back().id;
             if (goes_ahead && is_exceptional && says_nothing(decision, "against_matrix")) {
               return invalid("the matrix says in exceptional cases only: say why this is one");
             }
             if (goes_ahead) REGMARK_TRY(check_not_too_many(guidance_, decision, papers));
             auto words = "the matrix (version " + std::to_string(found.matrix) + ") says: " + code;
             if (const auto against = base::joined(advised_against(guidance_, papers));
                 !against.empty()) {
               words += "; advised against by " + against;
               if (goes_ahead && says_nothing(decision, "against_advice")) {
                 return invalid("it must not go ahead by the advice of " + against +
                                ": say why it does all the same (decision.against_advice)");
               }
             }
             REGMARK_ASSIGN(const auto number,
                            add_paper(transaction, deed, site, decision, guidance_.version()));
             NewStep taken{.words = std::move(words), .paper = number};
             if (goes_ahead) taken.purpose = std::move(found.purpose);
             return taken;
           }));
  return code;
}

Result<void> RecordedEstate::commission(const Receipt& receipt, const base::SiteId& site,
                                        const Paper& commissioning) {
  return take(
      receipt, Act::change_estate, site, Step::commission,
      [&](Transaction& transaction, const Deed& deed, const SiteRow& row) -> Result<NewStep> {
        REGMARK_TRY(check_step_paper(guidance_, NeededFor::commission, commissioning, deed.at,
                                     was_proposed(row)));
        REGMARK_ASSIGN(const auto papers, papers_of(transaction, site));
        REGMARK_TRY(check_all_assessed(guidance_, row, papers));
        const auto standing = current()->cameras_at(site);
        REGMARK_TRY(check_no_more_than_decided(papers, standing.size()));
        REGMARK_TRY(check_views(commissioning, standing));
        REGMARK_ASSIGN(const auto number,
                       add_paper(transaction, deed, site, commissioning, guidance_.version()));
        return NewStep{.paper = number};
      });
}

Result<void> RecordedEstate::begin(const Receipt& receipt, const base::SiteId& site,
                                   base::UtcDay review) {
  REGMARK_TRY(check_review_day(review, guidance_.life(), clock_.now()));
  return take(receipt, Act::change_estate, site, Step::begin,
              [&](Transaction& transaction, const Deed&, const SiteRow& row) -> Result<NewStep> {
                REGMARK_ASSIGN(const auto papers, papers_of(transaction, site));
                REGMARK_TRY(check_all_assessed(guidance_, row, papers));
                NewStep taken{.review = review, .lapses = lapses(review)};
                for (const auto& step : row.steps) {
                  if (step.step == Step::decide) taken.decider = step.by;
                }
                return taken;
              });
}

Result<void> RecordedEstate::take_full_path(const Receipt& receipt, const base::SiteId& site,
                                            std::string_view reason) {
  REGMARK_TRY(check_reason(reason));
  return take(receipt, Act::change_estate, site, Step::take_full_path,
              [&](Transaction&, const Deed&, const SiteRow&) -> Result<NewStep> {
                return NewStep{.words = std::string(reason)};
              });
}

Result<void> RecordedEstate::withdraw(const Receipt& receipt, const base::SiteId& site,
                                      std::string_view reason) {
  REGMARK_TRY(check_reason(reason));
  return take(receipt, Act::change_estate, site, Step::withdraw,
              [&](Transaction&, const Deed&, const SiteRow&) -> Result<NewStep> {
                return NewStep{.words = std::string(reason)};
              });
}

Result<void> RecordedEstate::decommission(const Receipt& receipt, const base::SiteId& site,
                                          const Paper& decommissioning) {
  return take(
      receipt, Act::change_estate, site, Step::decommission,
      [&](Transaction& transaction, const Deed& deed, const SiteRow& row) -> Result<NewStep> {
        const NotBefore stopped{base::day_of(*row.record.stopped_at), "it was stopped"};
        REGMARK_TRY(check_step_paper(guidance_, NeededFor::decommission, decommissioning, deed.at,
                                     stopped));
        REGMARK_ASSIGN(const auto number,
                       add_paper(transaction, deed, site, decommissioning, guidance_.version()));
        return NewStep{.paper = number};
      });
}

}  // namespace regmark::estate::internal
