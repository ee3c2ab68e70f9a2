#include "accountability/self_assessments.h"

#include <fmt/format.h>

#include "accountability/internal/plain.h"
#include "assessment/check.h"

namespace regmark::accountability {

using access::Act;
using assessment::Paper;
using audit::Receipt;
using internal::deed_at;
using internal::deed_of;
using internal::number_of;
using records::Transaction;

namespace {

std::string share(std::uint64_t some, std::uint64_t all) {
  if (all == 0) return "none of none";
  return fmt::format("{} of {} ({} %)", some, all, 100 * some / all);
}

class Begun {
 public:
  explicit Begun(base::UtcDay on) : on_(base::format_day(on)) {}
  void add(int principle, const std::string& words) {
    auto& rows = paper_.parts["principle_" + std::to_string(principle)].rows;
    if (rows.empty()) rows.push_back({{"words", "On record on " + on_ + ":"}});
    rows.front()["words"] += " " + words;
  }
  Paper take() { return std::move(paper_); }

 private:
  std::string on_;
  Paper paper_{std::string(self_assessment_form), {}};
};

std::uint64_t ended(const SystemFigures& figures, Ending ending) {
  const auto found = figures.alerts.find(ending);
  return found == figures.alerts.end() ? 0 : found->second;
}

// Whether the system does what it is for (principle 11): hits, and what came of them.
void add_outcomes(Begun& begun, const SystemFigures& figures) {
  std::uint64_t all = 0;
  std::string by_ending;
  for (const auto& [ending, word] : ending_words) {
    const auto count = ended(figures, ending);
    if (count == 0) continue;
    all += count;
    by_ending +=
        fmt::format("{}{} {}", by_ending.empty() ? "" : ", ", internal::plain(word), count);
  }
  const auto days = assessed_period.count();
  begun.add(11, all == 0 ? fmt::format("No alert was raised in the last {} days.", days)
                         : fmt::format("Alerts of the last {} days: {}; how they ended: {}.", days,
                                       all, by_ending));
  begun.add(11, fmt::format("Reviews of live sites held in that time that found their aims met: "
                            "{}.",
                            share(figures.reviews_aims_met, figures.reviews_held)));
}

// Whether what is compared against is accurate and kept up (principle 12).
void add_lists(Begun& begun, const SystemFigures& figures) {
  const auto& lists = figures.lists;
  if (lists.lists == 0) {
    begun.add(12, "There is no list of vehicles of interest.");
    return;
  }
  begun.add(12, fmt::format("Lists of vehicles of interest: {}, of them past their review: {}, "
                            "muted: {}. Entries that stand on them: {}.",
                            lists.lists, lists.past_review, lists.muted, lists.active));
  begun.add(12, fmt::format("Entries that ended in the last {} days: left out by a new version {}, "
                            "withdrawn by a person {}, resolved by a person {}, expired {}.",
                            assessed_period.count(), lists.left_out, lists.withdrawn,
                            lists.resolved, lists.expired));
  begun.add(12, fmt::format("Alerts of that time whose matter had been resolved already: {}; that "
                            "were on the wrong vehicle: {}.",
                            ended(figures, Ending::already_resolved),
                            ended(figures, Ending::wrong_vehicle)));
}

}  // namespace

Paper begun(const SystemFigures& figures) {
  Begun begun(figures.on);
  begun.add(1,
            fmt::format("Live sites with an impact assessment in these records: {}. Sites that "
                        "stood before the records began: {}.",
                        share(figures.sites_with_impact, figures.sites), figures.sites_inherited));
  begun.add(2, fmt::format("Yearly reviews overdue: {} of {} live sites; justifications that "
                           "lapsed: {}.",
                           figures.reviews_overdue, figures.sites, figures.reviews_lapsed));
  begun.add(
      3, fmt::format("Live sites of which a public version of the impact assessment was checked: "
                     "{}.",
                     share(figures.public_versions, figures.sites)));
  begun.add(4, figures.has_matrix ? "The controller has set a deployment assessment matrix."
                                  : "The controller has set no deployment assessment matrix.");
  begun.add(5, "The access policy in force is version " + figures.policy + ".");
  begun.add(6, fmt::format("Reads are kept for {} days and then erased by the program.",
                           figures.sightings_kept_days));
  begun.add(7, fmt::format("Every search states its purpose and is recorded; reviews of searches "
                           "that wait: {}, of them overdue: {}.",
                           figures.search_reviews_open, figures.search_reviews_overdue));
  begun.add(8,
            fmt::format("Cameras that read unlike their usual hours now: {}. Tests of clocks and "
                        "of accuracy that are overdue: {}.",
                        figures.cameras_drifting, figures.tests_overdue));
  if (figures.backup_places == 0) {
    begun.add(9, "No place for backups is set.");
  } else {
    begun.add(
        9, fmt::format("Places for backups: {}, of them behind: {}; the last backup: {}.",
                       figures.backup_places, figures.backups_behind,
                       figures.last_backup ? base::format_utc(*figures.last_backup) : "none yet"));
  }
  begun.add(10, fmt::format("Reviews of searches that are overdue: {}; reviews of sites that are "
                            "overdue: {}.",
                            figures.search_reviews_overdue, figures.reviews_overdue));
  add_outcomes(begun, figures);
  add_lists(begun, figures);
  return begun.take();
}

Result<std::uint64_t> SelfAssessments::file(const Receipt& receipt,
                                            const assessment::Guidance& guidance,
                                            const Paper& paper) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::decide_estate, "self-assessment", now));
  const auto* form = guidance.form(self_assessment_form);
  if (paper.form != self_assessment_form || !form) {
    return fail(ErrorCode::invalid_input, "this is no self-assessment");
  }
  REGMARK_TRY(assessment::check_whole(*form, paper));
  const auto deed = deed_of(receipt, now);
  return database_.write([&](Transaction& transaction) -> Result<std::uint64_t> {
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run("INSERT INTO accountability_self_assessments (at, by_person, receipt,"
                        " guidance, paper) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING number",
                        {records::value_of(deed.at), deed.by.text(), number_of(deed.receipt),
                         guidance.version(), assessment::format_paper(paper)}));
    return static_cast<std::uint64_t>(rows.front().integer(0));
  });
}

Result<std::vector<SelfAssessment>> SelfAssessments::all(const Receipt& receipt) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, clock_.now()));
  return database_.read([](Transaction& transaction) -> Result<std::vector<SelfAssessment>> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT number, at, by_person, receipt, guidance, paper"
                                   " FROM accountability_self_assessments ORDER BY number"));
    std::vector<SelfAssessment> all;
    for (const auto& row : rows) {
      REGMARK_ASSIGN(auto deed, deed_at(row, 1));
      auto paper = assessment::parse_paper(row.text(5));
      if (!paper) return fail(ErrorCode::corrupt, "the records hold a paper that is none");
      all.push_back({static_cast<std::uint64_t>(row.integer(0)), std::move(deed), row.text(4),
                     *std::move(paper)});
    }
    return all;
  });
}

}  // namespace regmark::accountability
