// Figures for the impact of a site, and what was taken in about its surroundings.
#pragma once

#include "desk/desk.h"
#include "surroundings/site_figures.h"

namespace regmark::desk {

// Crime that a source counted, and who did.
struct CrimeFigures {
  surroundings::DataSet about;
  std::vector<surroundings::Crime> rows;  // of the site's own road first
};

struct PointsNear {
  surroundings::DataSet about;
  std::vector<surroundings::Point> points;  // within surroundings::points_near_m
};

struct SiteFigures {
  std::vector<surroundings::Figure> figures;
  std::string road{};  // next to the site; or empty
  std::optional<CrimeFigures> crime{};
  std::optional<PointsNear> points{};
};

inline constexpr std::size_t crime_rows_shown_max = 500;
inline constexpr std::chrono::days own_count_days{28};  // as weekdays and weekends come to fours

// The act is read_estate. Fails as estate::Estate and surroundings::figures_of() do, and with
//   unavailable   another plan or place is being worked out
Result<Answer<SiteFigures>> read_site_figures(const Desk& desk, const Asker& asker,
                                              const base::SiteId& site);

}  // namespace regmark::desk
