// Plans where cameras should stand, from what somebody sends and the sites that there are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/desk.h"
#include "planning/inputs.h"
#include "planning/network.h"
#include "planning/plan.h"
#include "surroundings/data_sets.h"
#include "surroundings/kept_plans.h"
#include "surroundings/threat_areas.h"

namespace regmark::desk {

// Whoever waits at a screen waits no longer than this.
inline constexpr std::int64_t plan_seconds_max = 30;

// Infrastructure, borders and crowded places that were taken in, and who said so.
struct PlanPoints {
  surroundings::DataSet about;
  surroundings::PointsOnMap on_map;
};

struct PlannedEstate {
  planning::Inputs inputs;  // with the estate's sites, and points as threat areas
  planning::Plan plan;
  std::vector<std::string> off_network;  // live sites that no road of the network lies near
  std::optional<PlanPoints> points{};    // nothing: none were taken in
};

// The act is read_estate: nothing is changed, and nothing kept but the record that it was asked.
// Every live site of the estate is a camera that stands, unless the inputs say something of its id.
// Points of the kinds that have a weight become areas beside those of the inputs. Fails as
// planning::make_plan(), surroundings::points_on_map() and estate::Estate do, and with
//   unavailable   another plan or place is being worked out
Result<Answer<PlannedEstate>> plan_estate(const Desk& desk, const Asker& asker,
                                          const planning::Network& network,
                                          const planning::Inputs& inputs,
                                          const surroundings::PointWeights& weights = {});

// Keeps what came out as a record, with what went in; gives its number. The act is change_estate.
// Fails as surroundings::KeptPlans does.
Result<Answer<std::uint64_t>> keep_plan(const Desk& desk, const Asker& asker,
                                        const surroundings::NewPlan& plan);
// The act is read_estate.
Result<Answer<std::vector<surroundings::KeptPlan>>> read_plans(const Desk& desk,
                                                               const Asker& asker);
Result<Answer<surroundings::NewPlan>> read_plan(const Desk& desk, const Asker& asker,
                                                std::uint64_t number);

}  // namespace regmark::desk
