#include "desk/sieve_of_estate.h"

#include "accountability/accountability.h"
#include "base/geography.h"
#include "desk/one_at_a_time.h"
#include "planning/read_network.h"
#include "surroundings/csv.h"
#include "surroundings/site_figures.h"
#include "surroundings/surroundings.h"

namespace regmark::desk {
namespace {

// Roads of which a text about a site would speak.
constexpr double roads_near_m = 3'000;

struct Names {
  std::vector<std::string> own, others, near;
  void add(bool is_own, const std::string& id, const std::string& name) {
    auto& names = is_own ? own : others;
    names.push_back(id);
    names.push_back(name);
  }
};

// A road near is one of which a text about the site would speak; where nothing is near, none is.
Result<void> add_roads(const Desk& desk, const audit::Receipt& receipt,
                       const std::optional<base::Position>& place, Names& names) {
  REGMARK_ASSIGN(const auto roads,
                 desk.surroundings.data_sets.latest(receipt, surroundings::DataKind::roads));
  if (!roads) return {};
  REGMARK_ASSIGN(const auto network, planning::read_network(roads->text));
  for (const auto& road : network.roads()) {
    if (road.name.empty()) continue;
    const bool near = place && base::distance_m(*place, road.middle()) <= roads_near_m;
    (near ? names.near : names.others).push_back(road.name);
  }
  return {};
}

// Figures of a place are told of these settlements, and so would a text be.
Result<void> add_settlements(const Desk& desk, const audit::Receipt& receipt,
                             const std::optional<base::Position>& place, Names& names) {
  REGMARK_ASSIGN(const auto latest,
                 desk.surroundings.data_sets.latest(receipt, surroundings::DataKind::settlements));
  if (!latest) return {};
  REGMARK_ASSIGN(const auto settlements, surroundings::read_settlements(latest->text));
  for (const auto& one : settlements) {
    const bool near = place && surroundings::is_near(*place, one.area);
    (near ? names.own : names.others).push_back(one.name);
  }
  return {};
}

Result<void> add_points(const Desk& desk, const audit::Receipt& receipt,
                        const std::optional<base::Position>& place, Names& names) {
  REGMARK_ASSIGN(const auto latest,
                 desk.surroundings.data_sets.latest(receipt, surroundings::DataKind::points));
  if (!latest) return {};
  REGMARK_ASSIGN(const auto points, surroundings::read_points(latest->text));
  for (const auto& one : points) {
    const bool near =
        place && base::distance_m(*place, one.position) <= surroundings::points_near_m;
    (near ? names.near : names.others).push_back(one.name);
  }
  return {};
}

Result<void> add_apart(const Desk& desk, Names& names) {
  REGMARK_ASSIGN(const auto receipt,
                 desk.log.record(audit::MachineVerb::verify, R"({"for":"public_text"})"));
  REGMARK_ASSIGN(const auto apart, desk.accountability.names_apart.all(receipt));
  names.others.insert(names.others.end(), apart.begin(), apart.end());
  return {};
}

}  // namespace

Result<accountability::Sieve> sieve_of_estate(const Desk& desk, const audit::Receipt& receipt,
                                              const std::optional<base::SiteId>& about) {
  REGMARK_ASSIGN(const auto turn, take_turn());
  Names names;
  std::optional<base::Position> place;
  REGMARK_ASSIGN(const auto sites, desk.estate.sites(receipt));
  for (const auto& site : sites) {
    const bool is_own = about == site.about.id;
    if (is_own) place = site.about.position;
    names.add(is_own, site.about.id.text(), site.about.name);
  }
  REGMARK_ASSIGN(const auto cameras, desk.estate.cameras(receipt));
  for (const auto& camera : cameras) {
    const bool is_own = about && camera.about.site == about;
    names.add(is_own, camera.about.id.text(), camera.about.name);
  }
  REGMARK_ASSIGN(const auto deployments, desk.estate.deployments(receipt));
  for (const auto& one : deployments) names.add(false, one.about.id.text(), one.about.name);
  REGMARK_TRY(add_roads(desk, receipt, place, names));
  REGMARK_TRY(add_settlements(desk, receipt, place, names));
  REGMARK_TRY(add_points(desk, receipt, place, names));
  REGMARK_TRY(add_apart(desk, names));
  return accountability::Sieve(names.own, names.others, names.near);
}

}  // namespace regmark::desk
