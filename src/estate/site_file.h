// What the estate keeps: a site, a deployment, a camera; and a site's file, which is every step
// that was taken and every paper that was written, as it stood on any day.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assessment/check.h"
#include "assessment/paper.h"
#include "assessment/review_course.h"
#include "base/geography.h"
#include "base/ids.h"
#include "base/time.h"
#include "estate/life.h"

namespace regmark::estate {

// Where a site or deployment is in its life. Nothing skips a step.
enum class State : std::uint8_t { proposed, live, stopped };

// The strategic categories of the guidance (2.1.1): national security and counter terrorism;
// serious, organised and major crime; local crime; community confidence and reassurance, crime
// prevention and reduction.
inline constexpr std::string_view categories[] = {
    "national_security", "serious_organised_major_crime", "local_crime", "community_confidence"};

inline constexpr std::size_t need_size_max = 4'000;
inline constexpr std::size_t name_size_max = 200;
inline constexpr std::size_t reason_size_max = 1'000;
inline constexpr std::chrono::days review_after_max{366};  // guidance section 7: yearly
inline constexpr double radius_max_m = 400'000;            // larger than any police area
// Two and a half times the cameras of all forces together (18,000 in 2022), several kinds of place
// included: the whole estate is held in memory.
inline constexpr std::size_t cameras_max = 50'000;
inline constexpr std::size_t places_max = 50'000;  // sites, and as many deployments

// Why a camera should stand: the written ground of a justification.
struct Grounds {
  std::string need;      // in words, 1 to need_size_max bytes
  std::string category;  // one of `categories`
  // The last day on which it holds without a review, at most review_after_max away.
  base::UtcDay review;
};

struct NewSite {
  base::SiteId id;
  std::string name;
  base::Position position;
  Grounds grounds;
  Path path = Path::under_twelve_months;
};

struct NewDeployment {
  base::DeploymentId id;
  std::string name;
  base::Area area;
  base::UtcTime from;
  base::UtcTime until;  // under twelve months after `from` (guidance 1.4)
  Grounds grounds;
  bool is_apart = false;  // covert: for those alone who may see what is kept apart
};

struct NewCamera {
  base::CameraId id;
  std::string name;
  // Exactly one of the two.
  std::optional<base::SiteId> site;
  std::optional<base::DeploymentId> deployment;
};

struct SiteRecord {
  NewSite about;
  State state;
  base::PersonId author;
  std::optional<base::PersonId> approver;  // or the controller who decided
  std::optional<base::UtcTime> live_from;
  std::optional<base::UtcTime> stopped_at;
  std::string stop_reason;
  Path path = Path::under_twelve_months;
  Stage stage = Stage::proposed;
  std::optional<base::UtcDay> lapses{};  // the last day on which it may collect
  // Of a short site whose impact assessment was not written yet: when it is due.
  std::optional<base::UtcDay> impact_due{};
  bool collects_now = false;  // it may, whether or not a camera stands there
  std::string why_not{};      // when it may not
};

struct DeploymentRecord {
  NewDeployment about;
  State state;
  base::PersonId author;
  std::optional<base::PersonId> approver;
  std::optional<base::UtcTime> live_from;
  std::optional<base::UtcTime> stopped_at;
  std::string stop_reason;
  // While its impact assessment was not written: when it is due.
  std::optional<base::UtcDay> impact_due{};
  bool collects_now = false;
  std::string why_not{};  // when it does not
};

// What stands under an authority by statute is kept apart, and what was proposed as covert.
inline bool is_apart(const SiteRecord& site) {
  return site.about.path == Path::statutory;
}
inline bool is_apart(const DeploymentRecord& deployment) {
  return deployment.about.is_apart;
}

struct CameraRecord {
  NewCamera about;
  State state;  // stopped also when its site or deployment is
  std::optional<base::UtcTime> live_from;
  std::optional<base::UtcTime> stopped_at;
  bool collects_now = false;
  std::string why_not;  // when it does not
};

// One step of a site's life. Nothing here ever changes.
struct StepRecord {
  Step step;
  base::UtcTime at;
  base::PersonId by;
  std::uint64_t receipt = 0;
  std::string words{};                   // why, where a reason was asked for
  std::optional<std::uint64_t> paper{};  // the number of the paper that the step is
  std::optional<base::UtcDay> review{};  // when the next review is due
  std::optional<base::UtcDay> lapses{};  // the last day on which it may collect
  std::optional<base::UtcTime> until{};  // of a deployment that was extended: when it ends
};

// One version of a paper, as it was written.
struct PaperRecord {
  std::uint64_t number = 0;
  std::uint64_t version = 0;  // of its form at this site, deployment or camera, from 1
  base::UtcTime at;
  base::PersonId by;
  std::uint64_t receipt = 0;
  assessment::Paper paper;
};

// A camera that was put up at a site, as its file shows it.
struct CameraView {
  base::CameraId camera;
  std::string name;
  std::optional<base::UtcTime> installed{};  // nothing: it was inherited, and stood before
  std::optional<base::UtcTime> stopped{};
  // From the latest commissioning that names it; empty: none does.
  std::string lens{};
  std::string direction{};
  std::string attested_by{};
  std::optional<base::UtcDay> attested_on{};
};

struct SiteFile {
  SiteRecord site;
  std::vector<StepRecord> steps;    // in the order in which they were taken
  std::vector<PaperRecord> papers;  // in the order in which they were written
  std::vector<base::CameraId> cameras;
  std::vector<base::CameraId> near;  // cameras of other sites within near_m
  std::vector<CameraView> views{};   // of every camera that was put up there until then
  // What its next step wants and does not find, in words; of the past there is nothing to do.
  std::vector<std::string> missing{};
  bool awaits_assessing_anew = false;  // it was assessed, and something was written since
};

inline constexpr double near_m = 2'000;  // the next junctions of a main road
inline constexpr std::size_t evidence_size_max = std::size_t{8} << 20U;

// Neither: the one in force now.
struct WhichMatrix {
  std::optional<base::UtcTime> as_of{};    // the one in force then
  std::optional<std::uint64_t> version{};  // from 1
};

struct MatrixRecord {
  std::uint64_t version = 0;
  base::UtcTime at;
  base::PersonId by;
  std::string toml;
  std::string reasons;
};

enum class Urgency : std::uint8_t { lapsed, escalated, overdue, soon, later };
std::string_view name(Urgency urgency);

// What a live site waits for: its review; of a short one the impact assessment that it lacks, and
// that signs and public information tell of it; its end, where it ends by itself and nobody may
// review it.
enum class Awaits : std::uint8_t { review, impact, notice, end };
std::string_view name(Awaits awaits);

struct ReviewDue {
  base::SiteId site;
  std::string site_name;
  Urgency urgency;
  base::UtcDay review;  // due on this day
  base::UtcDay lapses;  // the last day on which its cameras collect if nothing is done
  std::vector<base::CameraId> cameras;
  Awaits awaits = Awaits::review;
};

struct ReviewCount {
  std::uint64_t done = 0;
  std::uint64_t overdue = 0;
};

struct WouldStop {
  base::CameraId camera;
  std::string why;
};

// A camera, and the site it stands at, of a register that was kept elsewhere.
struct InheritedSite {
  NewSite site;  // its grounds' review is the first review; its need may be "not recorded"
  std::vector<NewCamera> cameras;
  std::size_t line = 0;  // of the file that it stands in, for people; 0: in none
};

}  // namespace regmark::estate
