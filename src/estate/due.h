// What is due in the estate, how urgent it is, and who is told.
//
// The steps are the guidance's ([life]): told before it is due, overdue, escalated to the
// controller, and after the grace lapsed: the cameras collect no more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/role.h"
#include "assessment/check.h"
#include "assessment/guidance.h"
#include "base/ids.h"
#include "base/time.h"
#include "estate/site_file.h"

namespace regmark::estate {

// Of what is due on that day. Without a day on which it lapses it never does.
Urgency urgency_of(base::UtcDay due, std::optional<base::UtcDay> lapses,
                   const assessment::LifeRules& rules, base::UtcDay today);

// Who hears of it: whoever keeps the estate once it is due soon, and the controller as well once it
// was overdue for so long that it is escalated. Later ones nobody needs to hear of.
std::vector<access::Role> told(Urgency urgency);

// A live deployment that waits for its review, for its impact assessment, or for signs and public
// information.
struct DeploymentDue {
  base::DeploymentId deployment;
  std::string name;
  Urgency urgency;
  base::UtcDay due;
  base::UtcDay lapses;  // the last day on which its cameras collect
  Awaits awaits = Awaits::review;
};

// What was stopped, or ended or lapsed by itself, and was not taken down to the end: a camera, or a
// site with those of its cameras that were not.
struct ToTakeDown {
  std::optional<base::CameraId> camera;  // none: the whole site
  // Of which the camera is, or which it is.
  std::optional<base::SiteId> site;
  std::optional<base::DeploymentId> deployment;
  std::string name;
  base::UtcDay stopped;  // or ended, or lapsed
  base::UtcDay due;
  Urgency urgency;
  std::vector<base::CameraId> cameras;  // that are to be taken down with it
  // What was not done, or has no proof. Of what lapsed, "stop" comes first: nobody stopped it.
  std::vector<assessment::Lack> lacks;
};

// How many sites and deployments wait for a review, an impact assessment, signs and public
// information, or their end. None is counted that is kept apart.
struct DueCounts {
  std::uint64_t soon = 0;
  std::uint64_t overdue = 0;
  std::uint64_t escalated = 0;
  std::uint64_t lapsed = 0;
};

}  // namespace regmark::estate
