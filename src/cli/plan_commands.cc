// `regmark estate plan`: it needs a file, and no office.
#include <fmt/format.h>

#include <iostream>

#include "base/files.h"
#include "cli/answers.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "planning/expat/osm.h"
#include "planning/json/inputs.h"
#include "planning/json/plan.h"
#include "planning/picture.h"
#include "planning/plan.h"
#include "planning/read_network.h"

namespace regmark::cli {
namespace {

namespace fs = std::filesystem;
using Table = std::vector<std::vector<std::string>>;

Result<std::string> text_of(const fs::path& file, std::size_t size_max) {
  auto bytes = base::read_file(file, size_max);
  if (!bytes) return fail(bytes.error().code, file.string() + ": " + bytes.error().message);
  return std::string(base::as_text(*bytes));
}

template <typename T>
Result<T> in_file(const fs::path& file, Result<T> read) {
  if (!read) return fail(read.error().code, file.string() + ": " + read.error().message);
  return read;
}

std::string names(const planning::Plan& plan, const std::vector<std::size_t>& demands) {
  std::string list;
  for (const auto demand : demands) {
    if (!list.empty()) list += ", ";
    list += plan.problem.demands[demand].id;
  }
  return list.empty() ? "-" : list;
}

std::string counted(std::size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string words(const planning::Totals& totals) {
  return fmt::format("{} cameras: {} new, {} shared, {} that stand; money {}, privacy {}",
                     totals.cameras, totals.new_cameras, totals.shared, totals.existing,
                     totals.money, totals.privacy);
}

std::string road_names(const planning::Network& network, const planning::Way& way) {
  std::string list;
  for (const auto arc : way) {
    if (!list.empty()) list += ", ";
    list += network.roads()[planning::road_of(arc)].id;
  }
  return list;
}

std::string draws(const planning::Plan& plan, const planning::Inputs& inputs, std::int64_t chosen) {
  if (inputs.stability.draws == 0) return "-";
  return plan.draws == 0 ? "not reached" : fmt::format("{}/{}", chosen, plan.draws);
}

void print_network(const planning::Network& network) {
  std::cout << network.junctions().size() << " junctions, " << network.roads().size() << " roads";
  const auto islands = network.island_sizes().size() - 1;
  if (!network.island_sizes().empty() && islands > 0) {
    const auto apart = network.junctions().size() - network.island_sizes()[0];
    std::cout << ". " << counted(islands, "island") << ": " << counted(apart, "junction")
              << " that no road joins to the rest";
  }
  std::cout << ".\n\n";
}

void print_demands(const planning::Plan& plan, const planning::Network& network) {
  Table table{{"corridor or area", "weight", "wanted", "now", "planned", ""}};
  for (std::size_t i = 0; i < plan.demands.size(); ++i) {
    const auto& demand = plan.problem.demands[i];
    const auto& stand = plan.demands[i];
    table.push_back({demand.id, std::to_string(demand.weight), std::to_string(demand.least),
                     std::to_string(stand.now), std::to_string(stand.planned),
                     stand.now < demand.least ? "gap" : ""});
  }
  print_table(table);
  for (std::size_t i = 0; i < plan.demands.size(); ++i) {
    const auto& stand = plan.demands[i];
    if (!stand.cannot) continue;
    std::cout << "Cannot be met: " << plan.problem.demands[i].id << " wants "
              << plan.problem.demands[i].least
              << " on every way; with every site open this one still passes " << stand.at_most
              << ": " << road_names(network, *stand.cannot) << "\n";
  }
}

void print_answer(const planning::Plan& plan, const planning::Inputs& inputs) {
  std::cout << "\nRecommended: " << words(plan.recommended.totals) << ".\n";
  const auto objectives = planning::objective_names(plan, inputs);
  for (std::size_t i = 0; i < objectives.size(); ++i) {
    const auto& stage = plan.recommended.stages[i];
    std::cout << "  " << objectives[i] << " " << stage.value << ", "
              << (stage.proved() ? "proved the best"
                                 : fmt::format("the best is no better than {}", stage.bound))
              << "\n";
  }
  if (plan.without_caps) {
    std::cout << "The limits do not let every demand be met. Without them: "
              << words(plan.without_caps->totals)
              << (plan.without_caps->proved() ? "" : " (not proved)") << ".\n";
  }
  Table table{{"site", "how", "money", "privacy", "residents", "vehicles", "needed for", "draws"}};
  for (std::size_t i = 0; i < plan.sites.size(); ++i) {
    const auto& site = plan.problem.sites[i];
    const auto& stand = plan.sites[i];
    if (!stand.planned || site.kind == planning::SiteKind::existing) continue;
    table.push_back({site.id, site.kind == planning::SiteKind::partner ? "share" : "build",
                     std::to_string(site.money), std::to_string(site.privacy),
                     plan.problem.population_known ? std::to_string(site.residents) : "?",
                     (site.vehicles_counted ? "" : "?") + std::to_string(site.vehicles),
                     names(plan, stand.loss.unmet), draws(plan, inputs, stand.draws)});
  }
  if (table.size() > 1) {
    std::cout << "\n";
    print_table(table);
  }
  if (plan.fewest) {
    std::cout << "\nFewest, as if none stood: " << words(plan.fewest->totals)
              << (plan.fewest->proved() ? "" : " (not proved)") << ".\n";
  }
  for (const auto& one : planning::reservations(plan, inputs)) std::cout << "\n" << one << "\n";
}

void print_existing(const planning::Plan& plan) {
  Table table{{"camera that stands", "lost without it", "backup lost", "spare"}};
  for (std::size_t i = 0; i < plan.sites.size(); ++i) {
    if (plan.problem.sites[i].kind != planning::SiteKind::existing) continue;
    const auto& stand = plan.sites[i];
    table.push_back({plan.problem.sites[i].id, names(plan, stand.loss.unmet),
                     names(plan, stand.loss.thinner), std::string(planning::reached(stand.spare))});
  }
  if (table.size() > 1) {
    std::cout << "\n";
    print_table(table);
  }
}

void print_privacy(const planning::Plan& plan) {
  for (std::size_t i = 0; i < plan.places.size(); ++i) {
    std::cout << "Trips in and out of " << plan.problem.places[i].id
              << " that cannot avoid a camera: "
              << fmt::format("{:.1f} % now, {:.1f} % as planned", 100 * plan.places[i].now.share(),
                             100 * plan.places[i].planned.share())
              << "\n";
  }
  if (plan.trade_off.size() < 2) return;
  Table table{{"money", "privacy", "new", "shared", "proved"}};
  for (const auto& point : plan.trade_off) {
    table.push_back({std::to_string(point.totals.money), std::to_string(point.totals.privacy),
                     std::to_string(point.totals.new_cameras), std::to_string(point.totals.shared),
                     point.proved ? "yes" : "no"});
  }
  std::cout << "\n";
  print_table(table);
  if (!plan.trade_off_complete) std::cout << "There are more between these.\n";
}

// The office makes it anew: what is kept is of its own live sites.
Result<void> keep_plan(const std::string& inputs, const std::string& network) {
  auto read = nlohmann::json::parse(inputs, nullptr, /*allow_exceptions=*/false);
  REGMARK_ASSIGN(
      const auto kept,
      post("/v1/plans", {{"inputs", std::move(read)}, {"network", network}, {"keep", true}}));
  std::cout << "Kept as plan " << cell(kept, "kept") << ", with the office's live sites.\n";
  return {};
}

// Byte for byte, so that the same digest comes of them.
Result<void> write_sources(const std::string& path, const fs::path& folder) {
  REGMARK_ASSIGN(const auto sources, get(path + "/sources"));
  std::error_code why;
  fs::create_directories(folder, why);
  if (why) return fail(ErrorCode::unavailable, folder.string() + ": " + why.message());
  const auto network = sources.at("network").get<std::string>();
  const auto begins = network.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const bool is_xml = begins != std::string::npos && network[begins] == '<';
  const auto inputs = sources.at("inputs").get<std::string>();
  REGMARK_TRY(base::write_file(folder / "plan.json", base::as_bytes(inputs)));
  return base::write_file(folder / (is_xml ? "network.osm" : "network.geojson"),
                          base::as_bytes(network));
}

}  // namespace

int plan_estate(const PlanArguments& arguments) {
  // Before the work is done: what is written goes by the ending, and nothing else is written.
  for (const auto& out : arguments.out) {
    if (out.extension() == ".html" || out.extension() == ".json") continue;
    return say_failure(out.string() + ": --out writes a page (*.html) or all of it (*.json)");
  }
  const auto inputs_text = text_of(arguments.file, planning::inputs_size_max);
  if (!inputs_text) return say_failure(inputs_text.error());
  const auto inputs = in_file(arguments.file, planning::read_inputs(*inputs_text));
  if (!inputs) return say_failure(inputs.error());
  if (arguments.network.empty() && inputs->network.empty()) {
    return say_failure("name the road network: \"network\" in the file, or --network");
  }
  // As written in the file: beside it.
  const auto roads = arguments.network.empty() ? arguments.file.parent_path() / inputs->network
                                               : arguments.network;
  const auto network_text = text_of(roads, planning::network_file_size_max);
  if (!network_text) return say_failure(network_text.error());
  const auto network = in_file(roads, planning::read_network(*network_text));
  if (!network) return say_failure(network.error());
  const auto plan = in_file(arguments.file, planning::make_plan(*network, *inputs));
  if (!plan) return say_failure(plan.error());
  const auto digest = planning::plan_digest(*inputs_text, *network_text);
  for (const auto& out : arguments.out) {
    const auto written =
        out.extension() == ".html"
            ? planning::plan_page(*plan, *network, *inputs, digest)
            : planning::plan_json(*plan, *network, *inputs, digest, planning::Map::left_out);
    if (const auto kept = base::write_file(out, base::as_bytes(written)); !kept) {
      return say_failure(kept.error());
    }
  }
  print_network(*network);
  print_demands(*plan, *network);
  print_answer(*plan, *inputs);
  print_existing(*plan);
  print_privacy(*plan);
  std::cout << "\nMade from " << digest << " by " << plan->solver << " in "
            << fmt::format("{:.1f} s", plan->seconds) << "\n";
  if (arguments.keep) {
    if (const auto kept = keep_plan(*inputs_text, *network_text); !kept) {
      return say_failure(kept.error());
    }
  }
  return plan->meets_cover() ? 0 : 3;
}

int list_plans() {
  return print_list("/v1/plans", "plans", {"number", "title", "at", "by", "digest"});
}

int give_plan(const KeptPlanArguments& arguments) {
  const auto path = "/v1/plans/" + std::to_string(arguments.number);
  const auto plan = get(path);
  if (!plan) return say_failure(plan.error());
  if (!arguments.sources.empty()) {
    if (const auto written = write_sources(path, arguments.sources); !written) {
      return say_failure(written.error());
    }
  }
  if (arguments.out.empty()) {
    std::cout << indented(*plan);
    return 0;
  }
  const auto written = base::write_file(arguments.out, base::as_bytes(indented(*plan)));
  return written ? 0 : say_failure(written.error());
}

}  // namespace regmark::cli
