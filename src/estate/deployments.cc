// A deployment of mobile cameras: what is written for it, how it is extended, and its file.
#include <algorithm>

#include "estate/internal/advice.h"
#include "estate/internal/as_it_stood.h"
#include "estate/internal/check.h"
#include "estate/internal/check_commissioning.h"
#include "estate/internal/papers_table.h"
#include "estate/internal/recorded_estate.h"
#include "estate/internal/same_place.h"

namespace regmark::estate::internal {
namespace {

using access::Act;
using assessment::NeededFor;
using records::Transaction;

constexpr std::string_view of_fixed_places = "fit";

bool is_of_deployments(const assessment::Form& form) {
  return form.needed_for == NeededFor::short_stay ||
         (form.needed_for == NeededFor::assess && form.id != of_fixed_places);
}

Result<void> may_be_extended(const DeploymentRow& row, const base::PersonId& by,
                             const Extension& extension, base::UtcTime now) {
  const auto& record = row.record;
  if (record.state == State::proposed) return conflict("it was not approved yet");
  if (record.state == State::stopped) return conflict("it was stopped");
  if (record.about.until <= now) return conflict("it came to its end: propose another");
  if (record.author == by) return conflict("its author may not review it: somebody else must");
  if (extension.until >= twelve_months_after(record.about.from)) {
    return conflict("it would last for twelve months: propose a site");
  }
  return {};
}

std::vector<std::string> missing_of(const assessment::Guidance& guidance, const DeploymentRow& row,
                                    std::span<const PaperRecord> papers, base::UtcTime now) {
  const auto& deployment = row.record;
  if (deployment.state == State::proposed) return {"the approval of another manager"};
  if (deployment.state == State::stopped || deployment.about.until <= now) return {};
  std::vector<std::string> missing;
  if (is_apart(deployment)) return missing;
  if (deployment.impact_due) {
    missing.push_back("the impact assessment, due on " + base::format_day(*deployment.impact_due));
  }
  if (const auto due = notice_due(row, guidance.life())) missing.push_back(wants_notice(*due));
  const auto more = missing_to_extend(guidance, papers);
  missing.insert(missing.end(), more.begin(), more.end());
  return missing;
}

}  // namespace

Result<std::vector<assessment::Lack>> RecordedEstate::file(const Receipt& receipt,
                                                           const base::DeploymentId& deployment,
                                                           const assessment::Paper& paper) {
  const auto now = clock_.now();
  REGMARK_ASSIGN(const auto* form, form_to_fill(receipt, deployment.text(), paper, now));
  if (!is_of_deployments(*form)) {
    return fail(ErrorCode::invalid_input, "this form is not one of a deployment");
  }
  if (form->needed_for == NeededFor::short_stay) {
    REGMARK_TRY(assessment::check_whole(*form, paper));
  }
  REGMARK_TRY(check_days(*form, paper, base::day_of(now)));
  auto lacks = assessment::lacks(*form, paper);
  REGMARK_TRY(change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime) -> Result<void> {
        const auto* row = seen(receipt, snapshot.deployment_row(deployment));
        if (!row) return not_found("deployment");
        if (row->record.state == State::stopped) return conflict("it was stopped");
        return {};
      },
      [&](Transaction& transaction, const Deed& deed) -> Result<void> {
        REGMARK_ASSIGN(const auto number, add_paper(transaction, deed, Kind::deployment,
                                                    deployment.text(), paper, guidance_.version()));
        if (form->id != "impact" || !lacks.empty()) return {};
        return note_impact(transaction, deed, deployment, number);
      }));
  return lacks;
}

Result<void> RecordedEstate::review(const Receipt& receipt, const base::DeploymentId& deployment,
                                    const Extension& extension) {
  const auto asked = clock_.now();
  REGMARK_TRY(check_may(receipt, Act::approve_estate, deployment.text(), asked));
  REGMARK_TRY(check_grounds(extension.grounds, asked));
  if (extension.until <= asked) {
    return fail(ErrorCode::invalid_input, "it is to end after today; to end it now, stop it");
  }
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime now) -> Result<void> {
        const auto* row = seen(receipt, snapshot.deployment_row(deployment));
        if (!row) return not_found("deployment");
        REGMARK_TRY(may_be_extended(*row, receipt.permit().person().id, extension, now));
        const auto until = std::min(extension.until, overdue_from(extension.grounds.review));
        return check_same_place(snapshot, *row, now, until, guidance_.life());
      },
      [&](Transaction& transaction, const Deed& deed) -> Result<void> {
        if (opened_by(receipt) != Kept::apart) {
          REGMARK_ASSIGN(const auto papers,
                         papers_of(transaction, Kind::deployment, deployment.text()));
          REGMARK_TRY(check_may_extend(guidance_, papers));
        }
        return extend_deployment(transaction, deed, deployment, extension);
      });
}

Result<DeploymentFile> RecordedEstate::deployment_file(const Receipt& receipt,
                                                       const base::DeploymentId& deployment,
                                                       std::optional<base::UtcTime> as_of) const {
  const auto now = clock_.now();
  REGMARK_TRY(check_may_read_file(receipt, now));
  const auto snapshot = current();
  const auto* row = seen(receipt, snapshot->deployment_row(deployment));
  const auto then = as_of.value_or(now);
  if (!row) return not_found("deployment");
  if (const auto proposed = row->steps.front().record.at; proposed > then) {
    return fail(ErrorCode::not_found, "the deployment was not yet proposed then: it was on " +
                                          base::format_day(base::day_of(proposed)));
  }
  REGMARK_ASSIGN(auto papers, database_.read([&](Transaction& transaction) {
    return papers_of(transaction, Kind::deployment, deployment.text());
  }));
  std::erase_if(papers, [&](const PaperRecord& paper) { return paper.at > then; });
  const auto stood = as_it_stood(*row, then);
  DeploymentFile file{stood.record, {}, std::move(papers), snapshot->cameras_of(deployment, as_of)};
  file.deployment.impact_due = impact_due(stood, guidance_.life());
  if (!as_of) file.missing = missing_of(guidance_, *row, file.papers, now);
  note_whether_it_collects(file.deployment, lifetime_of(stood, guidance_.life()), then);
  for (const auto& step : stood.steps) file.steps.push_back(step.record);
  return file;
}

}  // namespace regmark::estate::internal
