#include "desk/plan_estate.h"

#include <algorithm>
#include <set>

#include "desk/ask.h"
#include "desk/one_at_a_time.h"
#include "surroundings/surroundings.h"

namespace regmark::desk {
namespace {

using surroundings::DataKind;

void add_live_sites(const std::vector<estate::SiteRecord>& sites, const planning::Network& network,
                    PlannedEstate& planned) {
  std::set<std::string> known;
  for (const auto& site : planned.inputs.sites) known.insert(site.id);
  for (const auto& site : sites) {
    const auto& about = site.about;
    if (site.state != estate::State::live || known.contains(about.id.text())) continue;
    if (!network.nearest_road(about.position, planning::snap_m)) {
      planned.off_network.push_back(about.id.text());
      continue;
    }
    planned.inputs.sites.push_back({.id = about.id.text(),
                                    .name = about.name,
                                    .kind = planning::SiteKind::existing,
                                    .position = about.position});
  }
}

Result<void> add_points(const Desk& desk, const audit::Receipt& receipt,
                        const planning::Network& network, const surroundings::PointWeights& weights,
                        PlannedEstate& planned) {
  REGMARK_ASSIGN(auto latest, desk.surroundings.data_sets.latest(receipt, DataKind::points));
  if (!latest) return {};
  REGMARK_ASSIGN(const auto points, surroundings::read_points(latest->text));
  REGMARK_ASSIGN(auto on_map, surroundings::points_on_map(network, points, weights));
  auto& areas = planned.inputs.areas;
  if (areas.size() + on_map.areas.size() > planning::areas_max) {
    return fail(ErrorCode::limit_exceeded, "with the points there are more than 200 areas");
  }
  areas.insert(areas.end(), on_map.areas.begin(), on_map.areas.end());
  planned.points = PlanPoints{std::move(latest->about), std::move(on_map)};
  return {};
}

}  // namespace

Result<Answer<PlannedEstate>> plan_estate(const Desk& desk, const Asker& asker,
                                          const planning::Network& network,
                                          const planning::Inputs& inputs,
                                          const surroundings::PointWeights& weights) {
  return ask(desk, asker, access::Act::read_estate, about("plan"),
             [&](const audit::Receipt& receipt) -> Result<PlannedEstate> {
               // A plan takes a core for half a minute.
               REGMARK_ASSIGN(const auto turn, take_turn());
               PlannedEstate planned{inputs, {}, {}, {}};
               planned.inputs.seconds = std::min(inputs.seconds, plan_seconds_max);
               REGMARK_ASSIGN(const auto sites, desk.estate.sites(receipt));
               add_live_sites(sites, network, planned);
               REGMARK_TRY(add_points(desk, receipt, network, weights, planned));
               REGMARK_ASSIGN(planned.plan, planning::make_plan(network, planned.inputs));
               return planned;
             });
}

Result<Answer<std::uint64_t>> keep_plan(const Desk& desk, const Asker& asker,
                                        const surroundings::NewPlan& plan) {
  return ask(
      desk, asker, access::Act::change_estate, about("plan"),
      [&](const audit::Receipt& receipt) { return desk.surroundings.plans.keep(receipt, plan); });
}

Result<Answer<std::vector<surroundings::KeptPlan>>> read_plans(const Desk& desk,
                                                               const Asker& asker) {
  return ask(desk, asker, access::Act::read_estate, about("plan"),
             [&](const audit::Receipt& receipt) { return desk.surroundings.plans.all(receipt); });
}

Result<Answer<surroundings::NewPlan>> read_plan(const Desk& desk, const Asker& asker,
                                                std::uint64_t number) {
  return ask(
      desk, asker, access::Act::read_estate, about("plan"),
      [&](const audit::Receipt& receipt) { return desk.surroundings.plans.plan(receipt, number); });
}

}  // namespace regmark::desk
