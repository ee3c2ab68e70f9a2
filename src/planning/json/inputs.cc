#include "planning/json/inputs.h"

#include <algorithm>

#include "planning/json/member.h"

namespace regmark::planning {
namespace {

constexpr double area_radius_m_max = 400'000;
constexpr double slack_max = 2;
constexpr std::size_t path_size_max = 4'096;

std::string id_in(const Member& member) {
  return member.at("id").text(network_id_size_max);
}

std::string name_in(const Member& member) {
  return member.text("name", network_name_size_max, "");
}

std::optional<std::int64_t> cover_in(const Member& member) {
  if (!member.has("cover")) return std::nullopt;
  return member.at("cover").integer(1, cover_max);
}

base::Area area_in(const Member& member) {
  return {member.position(), member.at("radius_m").number(1, area_radius_m_max)};
}

SiteInput site_in(const Member& member, SiteKind kind) {
  member.check_members({"id", "name", "road", "latitude", "longitude", "facing", "money"});
  SiteInput site{.id = id_in(member), .name = name_in(member), .kind = kind};
  site.road = member.text("road", network_id_size_max, "");
  if (member.has("latitude") || member.has("longitude")) site.position = member.position();
  if (site.road.empty() && !site.position) member.wrong("a road or a position is wanted");
  const auto facing = member.text("facing", 16, "both");
  const auto all = {Facing::both, Facing::along, Facing::against};
  const auto* found = std::ranges::find_if(all, [&](Facing one) { return name(one) == facing; });
  if (found == all.end()) member.at("facing").wrong("both, along or against is wanted");
  site.facing = *found;
  site.money = member.integer("money", 0, money_max, 0);
  return site;
}

End end_in(const Member& member) {
  if (member.is_text()) return member.text(network_id_size_max);
  member.check_members({"latitude", "longitude"});
  return member.position();
}

CorridorInput corridor_in(const Member& member) {
  member.check_members(
      {"id", "name", "weight", "from", "to", "route", "both_ways", "cover", "slack"});
  CorridorInput corridor{.id = id_in(member), .name = name_in(member)};
  corridor.weight = member.integer("weight", 1, weight_max, 1);
  if (member.has("from")) corridor.from = end_in(member.at("from"));
  if (member.has("to")) corridor.to = end_in(member.at("to"));
  member.each("route", route_max, [&](const Member& junction) {
    corridor.route.push_back(junction.text(network_id_size_max));
  });
  const bool ends = corridor.from && corridor.to;
  if (corridor.route.empty() ? !ends : (corridor.from || corridor.to)) {
    member.wrong("\"from\" and \"to\", or \"route\", is wanted");
  }
  corridor.both_ways = member.flag("both_ways", true);
  corridor.cover = cover_in(member);
  if (member.has("slack")) corridor.slack = member.at("slack").number(0, slack_max);
  return corridor;
}

AreaInput watched_area_in(const Member& member) {
  member.check_members(
      {"id", "name", "weight", "latitude", "longitude", "radius_m", "margin_m", "cover"});
  return {.id = id_in(member),
          .name = name_in(member),
          .weight = member.integer("weight", 1, weight_max, 1),
          .area = area_in(member),
          .margin_m = member.number("margin_m", 0, area_radius_m_max, 0),
          .cover = cover_in(member)};
}

// [latitude, longitude, residents]
Cell cell_in(const Member& member) {
  if (!member.is_list() || member.size() != 3) {
    member.wrong("latitude, longitude and residents are wanted");
  }
  return {{member.at(std::size_t{0}).number(-90, 90), member.at(1).number(-180, 180)},
          member.at(2).integer(0, residents_max)};
}

DerivedCandidates derived_in(const Member& member) {
  member.check_members({"classes", "money"});
  DerivedCandidates derived;
  member.each("classes", std::size(all_road_classes), [&](const Member& one) {
    const auto known = road_class_of(one.text(32));
    if (!known) one.wrong("motorway, trunk, primary, secondary, tertiary or local is wanted");
    derived.classes.push_back(*known);
  });
  if (derived.classes.empty()) member.wrong("it needs classes of roads");
  derived.money = member.integer("money", 0, money_max, 0);
  return derived;
}

Objective objective_in(const Member& member, const std::string& word) {
  const auto known = objective_of(word);
  if (!known) member.wrong("new_cameras, cameras, money or privacy is wanted");
  return *known;
}

void read_objectives(const Member& file, Inputs& inputs) {
  if (file.has("objectives")) {
    inputs.objectives.clear();
    file.each("objectives", 4, [&](const Member& one) {
      inputs.objectives.push_back(objective_in(one, one.text(32)));
    });
    if (inputs.objectives.empty()) file.at("objectives").wrong("at least one is wanted");
  }
  if (!file.has("weights")) return;
  if (file.has("objectives")) file.wrong("\"objectives\" or \"weights\" is wanted, not both");
  const auto weights = file.at("weights");
  weights.check_members({"new_cameras", "cameras", "money", "privacy"});
  for (const auto objective :
       {Objective::new_cameras, Objective::cameras, Objective::money, Objective::privacy}) {
    const std::string word(name(objective));
    if (!weights.has(word.c_str())) continue;
    inputs.weights.push_back({objective, weights.at(word.c_str()).integer(1, weight_max)});
  }
  if (inputs.weights.empty()) weights.wrong("at least one is wanted");
}

void read_sites(const Member& file, Inputs& inputs) {
  const auto read = [&](const char* list, SiteKind kind) {
    file.each(list, sites_max,
              [&](const Member& one) { inputs.sites.push_back(site_in(one, kind)); });
  };
  read("existing", SiteKind::existing);
  read("partners", SiteKind::partner);
  read("candidates", SiteKind::candidate);
  if (file.has("derive")) inputs.derived = derived_in(file.at("derive"));
}

void read_demands(const Member& file, Inputs& inputs) {
  file.each("corridors", corridors_max,
            [&](const Member& one) { inputs.corridors.push_back(corridor_in(one)); });
  file.each("areas", areas_max,
            [&](const Member& one) { inputs.areas.push_back(watched_area_in(one)); });
  file.each("places", places_max, [&](const Member& one) {
    one.check_members({"id", "name", "latitude", "longitude", "radius_m"});
    inputs.places.push_back({id_in(one), name_in(one), area_in(one)});
  });
}

void read_figures(const Member& file, Inputs& inputs) {
  file.each("population", cells_max,
            [&](const Member& one) { inputs.population.push_back(cell_in(one)); });
  file.each("traffic", counts_max, [&](const Member& one) {
    one.check_members({"road", "vehicles_a_day"});
    inputs.traffic.push_back({one.at("road").text(network_id_size_max),
                              one.at("vehicles_a_day").integer(0, vehicles_max)});
  });
  if (file.has("privacy")) {
    const auto privacy = file.at("privacy");
    privacy.check_members({"near_m", "residents", "vehicles", "unavoidable"});
    const PrivacyWeights usual;
    constexpr double most = 1'000;
    inputs.privacy = {privacy.number("near_m", 1, 10'000, usual.near_m),
                      privacy.number("residents", 0, most, usual.residents),
                      privacy.number("vehicles", 0, most, usual.vehicles),
                      privacy.number("unavoidable", 0, most, usual.unavoidable)};
  }
  if (file.has("stability")) {
    const auto stability = file.at("stability");
    stability.check_members({"draws", "spread", "seed"});
    const Stability usual;
    inputs.stability = {stability.integer("draws", 0, draws_max, usual.draws),
                        stability.number("spread", 0, 0.9, usual.spread),
                        stability.integer("seed", 0, 1'000'000'000'000, usual.seed)};
  }
}

Inputs inputs_in(const Json& json) {
  const Member file(json, "");
  file.check_members({"format",
                      "title",
                      "network",
                      "cover",
                      "slack",
                      "keep_existing",
                      "objectives",
                      "weights",
                      "new_cameras_most",
                      "money_most",
                      "existing",
                      "partners",
                      "candidates",
                      "derive",
                      "corridors",
                      "areas",
                      "places",
                      "population",
                      "traffic",
                      "privacy",
                      "stability",
                      "trade_off_points",
                      "seconds"});
  file.at("format").integer(1, 1);
  Inputs inputs;
  inputs.title = file.text("title", network_name_size_max, "");
  inputs.network = file.text("network", path_size_max, "");
  inputs.cover = file.integer("cover", 1, cover_max, inputs.cover);
  inputs.slack = file.number("slack", 0, slack_max, inputs.slack);
  inputs.keep_existing = file.flag("keep_existing", inputs.keep_existing);
  read_objectives(file, inputs);
  if (file.has("new_cameras_most")) {
    inputs.new_cameras_most =
        file.at("new_cameras_most").integer(0, static_cast<std::int64_t>(sites_max));
  }
  if (file.has("money_most")) inputs.money_most = file.at("money_most").integer(0, money_max);
  read_sites(file, inputs);
  read_demands(file, inputs);
  read_figures(file, inputs);
  inputs.trade_off_points = file.integer("trade_off_points", 0, 100, inputs.trade_off_points);
  inputs.seconds = file.integer("seconds", 1, seconds_max, inputs.seconds);
  return inputs;
}

}  // namespace

Result<Inputs> read_inputs(std::string_view text) {
  if (text.size() > inputs_size_max) {
    return fail(ErrorCode::limit_exceeded, "a plan's inputs have at most 64 MiB");
  }
  return read_json(text, inputs_in);
}

}  // namespace regmark::planning
