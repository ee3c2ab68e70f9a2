#include "desk/assess_self.h"

#include <algorithm>
#include <set>
#include <span>

#include "accountability/accountability.h"
#include "desk/ask.h"
#include "estate/in_force.h"

namespace regmark::desk {
namespace {

using access::Act;
using accountability::SystemFigures;
using audit::Receipt;

void count_reviews(std::span<const estate::PaperRecord> papers, base::UtcTime from,
                   SystemFigures& figures) {
  for (const auto& paper : papers) {
    if (paper.paper.form != "review" || paper.at < from) continue;
    ++figures.reviews_held;
    figures.reviews_aims_met += assessment::answers_in(paper.paper).aims_met == true ? 1U : 0U;
  }
}

Result<void> add_sites(const Desk& desk, const Receipt& receipt, SystemFigures& figures) {
  REGMARK_ASSIGN(const auto sites, desk.estate.sites(receipt));
  REGMARK_ASSIGN(const auto published, desk.accountability.public_versions.sites(receipt));
  for (const auto& site : sites) {
    REGMARK_ASSIGN(const auto file, desk.estate.site_file(receipt, site.about.id, std::nullopt));
    // Also of those that a review has ended.
    count_reviews(file.papers, base::UtcTime{figures.on - accountability::assessed_period},
                  figures);
    if (site.state != estate::State::live) continue;
    ++figures.sites;
    const bool is_published = std::ranges::find(published, site.about.id) != published.end();
    figures.public_versions += is_published ? 1U : 0U;
    figures.sites_inherited += site.path == estate::Path::inherited ? 1U : 0U;
    const auto& guidance = assessment::Guidance::built_in();
    figures.sites_with_impact += estate::in_force(guidance, file.papers, "impact") ? 1U : 0U;
  }
  REGMARK_ASSIGN(const auto due, desk.estate.reviews_due(receipt));
  // A site lapses once, by its review or by the impact assessment that a short one lacks. What came
  // to its end as it was to did not lapse.
  std::set<base::SiteId> lapsed;
  for (const auto& one : due) {
    using estate::Urgency;
    const bool overdue = one.urgency == Urgency::overdue || one.urgency == Urgency::escalated;
    const bool has_lapsed = one.urgency == Urgency::lapsed;
    if (has_lapsed && one.awaits != estate::Awaits::end) lapsed.insert(one.site);
    const bool is_review = one.awaits == estate::Awaits::review;
    figures.reviews_overdue += is_review && (has_lapsed || overdue) ? 1U : 0U;
  }
  figures.reviews_lapsed = lapsed.size();
  const auto matrix = desk.estate.matrix(receipt);
  if (!matrix && matrix.error().code != ErrorCode::not_found) {
    return tl::unexpected<Error>(matrix.error());
  }
  figures.has_matrix = matrix.has_value();
  return {};
}

Result<void> add_backups(const Desk& desk, SystemFigures& figures) {
  REGMARK_ASSIGN(const auto states, desk.backups.states());
  figures.backup_places = states.size();
  for (const auto& state : states) {
    const bool behind = state.ring_is_behind || state.backup_is_behind || !state.made_at;
    figures.backups_behind += behind ? 1U : 0U;
    if (state.made_at) {
      figures.last_backup = std::max(figures.last_backup.value_or(*state.made_at), *state.made_at);
    }
  }
  return {};
}

// Hits and what came of them, and the lists that they were found by.
Result<void> add_lists(const Desk& desk, const Receipt& receipt, SystemFigures& figures) {
  const auto from = figures.on - accountability::assessed_period;
  REGMARK_ASSIGN(const auto tallies, desk.alerts.tally(receipt, from, figures.on));
  for (const auto& one : tallies) {
    REGMARK_ASSIGN(const auto ending, accountability::ending_of(one.outcome));
    figures.alerts[ending] += one.alerts;
  }
  REGMARK_ASSIGN(figures.lists, desk.lists.counts(receipt, from));
  return {};
}

Result<void> add_tests(const Desk& desk, const Receipt& receipt, SystemFigures& figures) {
  REGMARK_ASSIGN(const auto cameras, desk.estate.cameras(receipt));
  std::vector<base::CameraId> ids;
  for (const auto& camera : cameras) ids.push_back(camera.about.id);
  REGMARK_ASSIGN(const auto book, desk.camera_book.entries(receipt, ids));
  const auto due =
      estate::tests_due(cameras, book, assessment::Guidance::built_in().life(), figures.on);
  figures.tests_overdue = static_cast<std::uint64_t>(
      std::ranges::count_if(due, [](const auto& one) { return one.is_overdue; }));
  return {};
}

}  // namespace

Result<Answer<assessment::Paper>> begin_self_assessment(const Desk& desk, const Asker& asker) {
  return ask(desk, asker, Act::read_estate, about("self-assessment"),
             [&](const Receipt& receipt) -> Result<assessment::Paper> {
               SystemFigures figures{.on = base::day_of(desk.clock.now())};
               REGMARK_TRY(add_sites(desk, receipt, figures));
               REGMARK_TRY(add_backups(desk, figures));
               REGMARK_TRY(add_lists(desk, receipt, figures));
               REGMARK_TRY(add_tests(desk, receipt, figures));
               REGMARK_ASSIGN(figures.search_reviews_open, desk.oversight.reviews.open());
               REGMARK_ASSIGN(figures.search_reviews_overdue, desk.oversight.reviews.overdue());
               REGMARK_ASSIGN(figures.cameras_drifting, desk.drift.cameras_alarmed());
               figures.sightings_kept_days =
                   static_cast<std::uint64_t>(desk.policy.sightings_kept().count());
               figures.policy = desk.policy.version();
               return accountability::begun(figures);
             });
}

Result<Answer<std::uint64_t>> file_self_assessment(const Desk& desk, const Asker& asker,
                                                   const assessment::Paper& paper) {
  return ask(desk, asker, Act::decide_estate, about("self-assessment"),
             [&](const Receipt& receipt) -> Result<std::uint64_t> {
               REGMARK_TRY(desk.estate.check_handed_in(receipt, paper));
               return desk.accountability.self_assessments.file(
                   receipt, assessment::Guidance::built_in(), paper);
             });
}

Result<Answer<std::vector<accountability::SelfAssessment>>> read_self_assessments(
    const Desk& desk, const Asker& asker) {
  return ask(desk, asker, Act::read_estate, about("self-assessment"), [&](const Receipt& receipt) {
    return desk.accountability.self_assessments.all(receipt);
  });
}

}  // namespace regmark::desk
