// The force's assessment of itself against the twelve principles of the surveillance camera code,
// for the whole system (guidance 1.8): each is a version of its own, filed once.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "accountability/deed.h"
#include "accountability/effectiveness.h"
#include "assessment/guidance.h"
#include "assessment/paper.h"
#include "watchlist/list_counts.h"

namespace regmark::accountability {

struct SelfAssessment {
  std::uint64_t number = 0;  // from 1: the version
  Deed filed;
  std::string guidance{};  // the version of the guidance's data that it answers
  assessment::Paper paper;
};

// What happened is counted over so many days, up to the day of the assessment.
inline constexpr std::chrono::days assessed_period{365};

// What the office's records say, for whoever fills the form in. Nothing: it is not recorded here.
struct SystemFigures {
  base::UtcDay on;
  std::uint64_t sites = 0;  // live ones
  std::uint64_t sites_with_impact = 0;
  std::uint64_t sites_inherited = 0;  // without an assessment in these records
  std::uint64_t reviews_overdue = 0;
  std::uint64_t reviews_lapsed = 0;
  std::uint64_t public_versions = 0;  // live sites that have one checked
  bool has_matrix = false;
  std::uint64_t search_reviews_open = 0;
  std::uint64_t search_reviews_overdue = 0;
  std::uint64_t backup_places = 0;
  std::uint64_t backups_behind = 0;
  std::optional<base::UtcTime> last_backup{};
  std::uint64_t sightings_kept_days = 0;
  std::uint64_t cameras_drifting = 0;
  std::string policy{};             // the version in force
  std::uint64_t tests_overdue = 0;  // of cameras: of their clocks, and of how well they read
  // In assessed_period.
  std::map<Ending, std::uint64_t> alerts{};  // how they ended
  std::uint64_t reviews_held = 0;            // of live sites
  std::uint64_t reviews_aims_met = 0;        // which found that their aims were met
  watchlist::ListCounts lists{};
};

// The form begun: what is on record in the words of each principle that the records speak of. What
// is met, a person says: nothing is ticked.
assessment::Paper begun(const SystemFigures& figures);

// May be used from many threads at once. Keeps references to database and clock.
class SelfAssessments {
 public:
  SelfAssessments(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Files one; gives its number. Wants a receipt for decide_estate whose subject is
  // "self-assessment". Fails with
  //   invalid_input   the receipt is for something else; another form; it is not whole, such as a
  //                   principle that is not met and has no action
  Result<std::uint64_t> file(const audit::Receipt& receipt, const assessment::Guidance& guidance,
                             const assessment::Paper& paper);
  // All of them, the first first. Wants a receipt for read_estate.
  Result<std::vector<SelfAssessment>> all(const audit::Receipt& receipt) const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

inline constexpr std::string_view self_assessment_form = "self_assessment";

}  // namespace regmark::accountability
