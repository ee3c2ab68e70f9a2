#include "planning/json/plan.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/crypto.h"
#include "base/encoding.h"

namespace regmark::planning {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double value, double steps) {
  return std::round(value * steps) / steps;
}

// Nothing is what the time did not reach.
Json or_null(std::optional<bool> answer) {
  return answer ? Json(*answer) : Json(nullptr);
}

class Writer {
 public:
  Writer(const Plan& plan, const Network& network, const Inputs& inputs)
      : plan_(plan), network_(network), inputs_(inputs) {}

  Json network() const;
  Json cannot_be_met() const;
  Json gaps() const;
  Json demands() const;
  Json answer(const Answer& answer, const std::vector<std::string>& objectives) const;
  Json recommended() const;
  Json fewest() const;
  Json without_spare() const;
  Json sites() const;
  Json places() const;
  Json trade_off() const;
  Json map() const;

 private:
  Json way(const Way& way) const;
  Json position(const base::Position& position) const {
    return {{"latitude", rounded(position.latitude, 1e6)},
            {"longitude", rounded(position.longitude, 1e6)}};
  }
  Json ids(const std::vector<std::size_t>& demands) const {
    Json list = Json::array();
    for (const auto demand : demands) list.push_back(plan_.problem.demands[demand].id);
    return list;
  }
  static Json totals(const Totals& totals) {
    return {{"cameras", totals.cameras}, {"new_cameras", totals.new_cameras},
            {"shared", totals.shared},   {"existing", totals.existing},
            {"money", totals.money},     {"privacy", totals.privacy}};
  }
  const Plan& plan_;
  const Network& network_;
  const Inputs& inputs_;
};

Json Writer::network() const {
  Json islands = Json::array();
  for (const auto size : network_.island_sizes()) islands.push_back(size);
  return {{"junctions", network_.junctions().size()},
          {"roads", network_.roads().size()},
          {"islands", islands}};
}

Json Writer::way(const Way& way) const {
  Json roads = Json::array();
  double length_m = 0;
  double seconds = 0;
  std::size_t places = 0;
  std::vector<bool> on_way(2 * network_.roads().size(), false);
  for (const Arc arc : way) {
    const auto& road = network_.roads()[road_of(arc)];
    roads.push_back(road.id);
    length_m += road.length_m;
    seconds += road.seconds();
    on_way[arc] = true;
  }
  for (const auto& site : plan_.problem.sites) {
    for (const Arc arc : seen_by(network_, site)) places += on_way[arc] ? 1 : 0;
  }
  return {{"roads", roads},
          {"length_m", std::llround(length_m)},
          {"seconds", std::llround(seconds)},
          {"sites_on_it", places}};
}

Json Writer::cannot_be_met() const {
  Json list = Json::array();
  for (std::size_t i = 0; i < plan_.demands.size(); ++i) {
    const auto& stand = plan_.demands[i];
    if (!stand.cannot) continue;
    const auto& demand = plan_.problem.demands[i];
    const auto unwatched = way(*stand.cannot);
    list.push_back(
        {{"id", demand.id},
         {"wanted", demand.least},
         {"at_most", stand.at_most},
         {"why", "with every site open, this way still passes only " +
                     std::to_string(stand.at_most) + " of " + std::to_string(demand.least)},
         {"way", unwatched}});
  }
  return list;
}

Json Writer::gaps() const {
  Json list = Json::array();
  for (std::size_t i = 0; i < plan_.demands.size(); ++i) {
    const auto& stand = plan_.demands[i];
    if (!stand.gap) continue;
    const auto& demand = plan_.problem.demands[i];
    list.push_back({{"id", demand.id},
                    {"name", demand.name},
                    {"weight", demand.weight},
                    {"wanted", demand.least},
                    {"now", stand.now},
                    {"way", way(*stand.gap)}});
  }
  return list;
}

Json Writer::demands() const {
  Json list = Json::array();
  for (std::size_t i = 0; i < plan_.demands.size(); ++i) {
    const auto& stand = plan_.demands[i];
    const auto& demand = plan_.problem.demands[i];
    list.push_back({{"id", demand.id},
                    {"name", demand.name},
                    {"kind", name(demand.kind)},
                    {"weight", demand.weight},
                    {"wanted", demand.least},
                    {"planned_for", plan_.least[i]},
                    {"now", stand.now},
                    {"planned", stand.planned},
                    {"at_most", stand.at_most},
                    {"on_fastest_now", stand.on_fastest_now}});
  }
  return list;
}

Json Writer::answer(const Answer& answer, const std::vector<std::string>& objectives) const {
  Json stages = Json::array();
  for (std::size_t i = 0; i < answer.stages.size(); ++i) {
    const auto& stage = answer.stages[i];
    stages.push_back({{"objective", objectives[i]},
                      {"value", stage.value},
                      {"bound", stage.bound},
                      {"proved", stage.proved()}});
  }
  Json sites = Json::array();
  for (std::size_t i = 0; i < answer.open.size(); ++i) {
    if (answer.open[i]) sites.push_back(plan_.problem.sites[i].id);
  }
  return {{"totals", totals(answer.totals)},
          {"proved", answer.proved()},
          {"objectives", stages},
          {"sites", sites}};
}

Json Writer::recommended() const {
  return answer(plan_.recommended, objective_names(plan_, inputs_));
}

Json Writer::fewest() const {
  if (!plan_.fewest) return nullptr;
  return answer(*plan_.fewest, fewest_names());
}

Json Writer::without_spare() const {
  if (!plan_.without_spare) return nullptr;
  return answer(*plan_.without_spare, without_spare_names());
}

Json Writer::sites() const {
  Json list = Json::array();
  for (std::size_t i = 0; i < plan_.sites.size(); ++i) {
    const auto& site = plan_.problem.sites[i];
    const auto& stand = plan_.sites[i];
    Json made{{"id", site.id},
              {"name", site.name},
              {"kind", name(site.kind)},
              {"road", network_.roads()[site.road].id},
              {"facing", name(site.facing)},
              {"position", position(site.position)},
              {"money", site.money},
              {"residents_near", nullptr},
              {"vehicles_a_day", site.vehicles},
              {"vehicles_counted", site.vehicles_counted},
              {"unavoidable", rounded(site.unavoidable, 10)},
              {"privacy", site.privacy},
              {"planned", stand.planned},
              {"in_fewest", or_null(stand.in_fewest)},
              {"spare", or_null(stand.spare)},
              {"needed_for", ids(stand.loss.unmet)},
              {"weight_lost_without", stand.loss.weight},
              {"backup_for", ids(stand.loss.thinner)},
              {"on_fastest_way_of", ids(stand.serves)},
              {"draws", nullptr}};
    if (plan_.draws > 0) made["draws"] = stand.draws;
    if (plan_.problem.population_known) made["residents_near"] = site.residents;
    list.push_back(std::move(made));
  }
  return list;
}

Json Writer::places() const {
  Json list = Json::array();
  const auto share = [](const Unavoidable& trips) {
    return Json{{"share", rounded(trips.share(), 1e6)}, {"trips", trips.trips}};
  };
  for (std::size_t i = 0; i < plan_.places.size(); ++i) {
    const auto& place = plan_.problem.places[i];
    list.push_back({{"id", place.id},
                    {"name", place.name},
                    {"residents", place.residents},
                    {"ways_in_and_out", place.gateways.size()},
                    {"unavoidable_now", share(plan_.places[i].now)},
                    {"unavoidable_planned", share(plan_.places[i].planned)}});
  }
  return list;
}

Json Writer::trade_off() const {
  Json points = Json::array();
  for (const auto& point : plan_.trade_off) {
    auto one = totals(point.totals);
    one["proved"] = point.proved;
    points.push_back(std::move(one));
  }
  return {{"complete", plan_.trade_off_complete},
          {"wanted", inputs_.trade_off_points},
          {"points", points}};
}

Json Writer::map() const {
  Json roads = Json::array();
  for (const auto& road : network_.roads()) {
    Json shape = Json::array();
    for (const auto& point : road.shape) {
      shape.push_back({rounded(point.latitude, 1e6), rounded(point.longitude, 1e6)});
    }
    roads.push_back(
        {{"id", road.id}, {"name", road.name}, {"class", name(road.road_class)}, {"shape", shape}});
  }
  return {{"roads", roads}};
}

}  // namespace

std::string plan_json(const Plan& plan, const Network& network, const Inputs& inputs,
                      const std::string& digest, Map map) {
  const Writer writer(plan, network, inputs);
  Json json{{"format", 1},
            {"title", inputs.title},
            {"made_from", digest},
            {"solver", plan.solver},
            {"seconds", rounded(plan.seconds, 1'000)},
            {"ways_looked_at", plan.rows},
            {"network", writer.network()},
            {"meets_cover", plan.meets_cover()},
            {"cannot_be_met", writer.cannot_be_met()},
            {"gaps", writer.gaps()},
            {"recommended", writer.recommended()},
            {"without_caps", nullptr},
            {"without_spare", writer.without_spare()},
            {"fewest", writer.fewest()},
            {"demands", writer.demands()},
            {"sites", writer.sites()},
            {"places", writer.places()},
            {"trade_off", writer.trade_off()},
            {"reservations", reservations(plan, inputs)},
            {"stability",
             {{"draws", plan.draws},
              {"wanted", inputs.stability.draws},
              {"proved", plan.draws_proved},
              {"spread", inputs.stability.spread},
              {"seed", inputs.stability.seed}}}};
  if (plan.without_caps) {
    json["without_caps"] = writer.answer(*plan.without_caps, objective_names(inputs));
  }
  if (map == Map::drawn) json["map"] = writer.map();
  return json.dump(2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

std::string plan_digest(std::string_view inputs, std::string_view network) {
  const auto of_inputs = base::sha256(base::as_bytes(inputs));
  const auto of_network = base::sha256(base::as_bytes(network));
  return base::to_hex(base::sha256({of_inputs, of_network}));
}

}  // namespace regmark::planning
