// Sites, deployments and cameras: which may collect, why, and until when.
//
// A site or deployment is proposed with grounds by one person, approved by another, and carries a
// review date: past it, its cameras' justification has lapsed. A fixed camera stands at a site; a
// mobile one belongs to a deployment (area and dates).
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/receipt.h"
#include "base/geography.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "estate/justification.h"
#include "records/database.h"

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
};

struct NewDeployment {
  base::DeploymentId id;
  std::string name;
  base::Area area;
  base::UtcTime from;
  base::UtcTime until;  // under twelve months after `from` (guidance 1.4)
  Grounds grounds;
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
  std::optional<base::PersonId> approver;
  std::optional<base::UtcTime> live_from;
  std::optional<base::UtcTime> stopped_at;
  std::string stop_reason;
};

struct DeploymentRecord {
  NewDeployment about;
  State state;
  base::PersonId author;
  std::optional<base::PersonId> approver;
  std::optional<base::UtcTime> live_from;
  std::optional<base::UtcTime> stopped_at;
  std::string stop_reason;
};

struct CameraRecord {
  NewCamera about;
  State state;  // stopped also when its site or deployment is
  std::optional<base::UtcTime> live_from;
  std::optional<base::UtcTime> stopped_at;
  bool collects_now = false;
  std::string why_not;  // when it does not
};

// May be used from many threads at once; standing() and camera_of() answer from memory.
class Estate {
 public:
  static std::span<const records::Migration> migrations();
  static Result<std::unique_ptr<Estate>> open(records::Database& database,
                                              const base::Clock& clock);
  virtual ~Estate() = default;

  // Each wants a receipt for change_estate (approve() and review() for approve_estate) whose
  // subject is the thing's id. Durable on return, and in force from then on. They fail with, in
  // this order:
  //   invalid_input   the receipt is for another act or thing, or has run out; a part is missing or
  //                   out of range
  //   not_found       no such site, deployment or camera
  //   conflict        the id is taken; the step does not follow the present one; the approver or
  //                   reviewer is the author
  //   limit_exceeded  more than cameras_max or places_max
  //   unavailable     the records are away: nothing changed
  virtual Result<void> propose(const audit::Receipt& receipt, const NewSite& site) = 0;
  virtual Result<void> propose(const audit::Receipt& receipt, const NewDeployment& deployment) = 0;
  virtual Result<void> approve(const audit::Receipt& receipt, const base::SiteId& site) = 0;
  virtual Result<void> approve(const audit::Receipt& receipt,
                               const base::DeploymentId& deployment) = 0;
  // A review that continues a live site until the next review date. One that comes late continues
  // it from now on: what was observed after the old date stays uncovered.
  virtual Result<void> review(const audit::Receipt& receipt, const base::SiteId& site,
                              const Grounds& grounds) = 0;
  virtual Result<void> stop(const audit::Receipt& receipt, const base::SiteId& site,
                            std::string_view reason) = 0;
  virtual Result<void> stop(const audit::Receipt& receipt, const base::DeploymentId& deployment,
                            std::string_view reason) = 0;
  // Installs a camera at a live site or deployment, none whose review is overdue, and gives its
  // bearer token, shown this once. A new token ends the old one.
  virtual Result<std::string> commission(const audit::Receipt& receipt,
                                         const NewCamera& camera) = 0;
  virtual Result<std::string> renew_token(const audit::Receipt& receipt,
                                          const base::CameraId& camera) = 0;
  virtual Result<void> stop(const audit::Receipt& receipt, const base::CameraId& camera,
                            std::string_view reason) = 0;

  // Want a receipt for read_estate, or for export_evidence: a court may ask why a camera stood.
  virtual Result<std::vector<SiteRecord>> sites(const audit::Receipt& receipt) const = 0;
  virtual Result<std::vector<DeploymentRecord>> deployments(
      const audit::Receipt& receipt) const = 0;
  virtual Result<std::vector<CameraRecord>> cameras(const audit::Receipt& receipt) const = 0;

  // Whose token this is. Fails with
  //   not_found   nobody's
  virtual Result<base::CameraId> camera_of(std::string_view token) const = 0;

  // Whether the camera may hand in reads now: live on arrival, or stopped no longer ago than
  // spool_grace (then it covers only what was observed before the stop).
  virtual Standing standing(const base::CameraId& camera) const = 0;

 protected:
  // For the one implementation, and for tests: nobody else may make a justification.
  static Justification make(base::CameraId camera, std::optional<base::Position> position,
                            std::optional<base::Area> area, std::vector<Period> periods) {
    return Justification(std::move(camera), position, area, std::move(periods));
  }
};

}  // namespace regmark::estate
