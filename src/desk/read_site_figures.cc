#include "desk/read_site_figures.h"

#include <algorithm>
#include <span>

#include "desk/ask.h"
#include "desk/one_at_a_time.h"
#include "surroundings/surroundings.h"

namespace regmark::desk {
namespace {

using audit::Receipt;
using surroundings::DataKind;
using surroundings::FigureKind;

constexpr double hours_a_day = 24;

// What stands at other sites and may collect, or could tomorrow.
Result<std::vector<base::Position>> live_elsewhere(const Desk& desk, const Receipt& receipt,
                                                   const base::SiteId& site) {
  REGMARK_ASSIGN(const auto sites, desk.estate.sites(receipt));
  std::vector<base::Position> others;
  for (const auto& one : sites) {
    if (one.state == estate::State::live && one.about.id != site) {
      others.push_back(one.about.position);
    }
  }
  return others;
}

// Reads a day of the site's own cameras: the mean hour of each, times 24. One whose hours nobody
// counted says nothing, and one with few says as much as one with many.
Result<void> add_own_reads(const Desk& desk, const Receipt& receipt, const estate::SiteFile& file,
                           std::vector<surroundings::Figure>& figures) {
  const auto today = base::day_of(desk.clock.now());
  double a_day = 0;
  bool is_known = false;
  for (const auto& camera : file.cameras) {
    REGMARK_ASSIGN(const auto counted,
                   desk.drift.counted(receipt, std::span(&camera, 1), today - own_count_days));
    if (counted.hours == 0) continue;
    a_day += hours_a_day * static_cast<double>(counted.reads) / static_cast<double>(counted.hours);
    is_known = true;
  }
  if (!is_known) return {};
  figures.push_back({FigureKind::reads_a_day,
                     "",
                     a_day,
                     {{"this office's own counts, up to the last four weeks", today}}});
  return {};
}

Result<std::optional<CrimeFigures>> crime_of(const Desk& desk, const Receipt& receipt,
                                             const std::string& road) {
  REGMARK_ASSIGN(const auto latest, desk.surroundings.data_sets.latest(receipt, DataKind::crime));
  if (!latest) return std::optional<CrimeFigures>{};
  REGMARK_ASSIGN(auto rows, surroundings::read_crime(latest->text));
  std::stable_partition(rows.begin(), rows.end(), [&](const surroundings::Crime& one) {
    return !road.empty() && one.road == road;
  });
  if (rows.size() > crime_rows_shown_max) {
    rows.erase(rows.begin() + crime_rows_shown_max, rows.end());
  }
  return std::optional(CrimeFigures{latest->about, std::move(rows)});
}

Result<std::optional<PointsNear>> points_of(const Desk& desk, const Receipt& receipt,
                                            const base::Position& place) {
  REGMARK_ASSIGN(const auto latest, desk.surroundings.data_sets.latest(receipt, DataKind::points));
  if (!latest) return std::optional<PointsNear>{};
  REGMARK_ASSIGN(auto points, surroundings::read_points(latest->text));
  std::erase_if(points, [&](const surroundings::Point& point) {
    return base::distance_m(place, point.position) > surroundings::points_near_m;
  });
  return std::optional(PointsNear{latest->about, std::move(points)});
}

}  // namespace

Result<Answer<SiteFigures>> read_site_figures(const Desk& desk, const Asker& asker,
                                              const base::SiteId& site) {
  return ask(desk, asker, access::Act::read_estate, about(site.text()),
             [&](const Receipt& receipt) -> Result<SiteFigures> {
               REGMARK_ASSIGN(const auto file, desk.estate.site_file(receipt, site, std::nullopt));
               REGMARK_ASSIGN(const auto turn, take_turn());
               REGMARK_ASSIGN(const auto others, live_elsewhere(desk, receipt, site));
               const auto& sets = desk.surroundings.data_sets;
               surroundings::Sources sources;
               REGMARK_ASSIGN(sources.population, sets.latest(receipt, DataKind::population));
               REGMARK_ASSIGN(sources.traffic, sets.latest(receipt, DataKind::traffic));
               REGMARK_ASSIGN(sources.roads, sets.latest(receipt, DataKind::roads));
               REGMARK_ASSIGN(sources.settlements, sets.latest(receipt, DataKind::settlements));
               const auto& place = file.site.about.position;
               REGMARK_ASSIGN(auto figures, surroundings::figures_of(place, others, sources));
               SiteFigures found{std::move(figures.figures), std::move(figures.road)};
               REGMARK_TRY(add_own_reads(desk, receipt, file, found.figures));
               REGMARK_ASSIGN(found.crime, crime_of(desk, receipt, found.road));
               REGMARK_ASSIGN(found.points, points_of(desk, receipt, place));
               return found;
             });
}

}  // namespace regmark::desk
