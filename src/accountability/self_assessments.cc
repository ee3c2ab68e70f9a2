#include "accountability/self_assessments.h"

#include <fmt/format.h>

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
  begun.add(8, fmt::format("Cameras that read unlike their usual hours now: {}.",
                           figures.cameras_drifting));
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
