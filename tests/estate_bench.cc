// What the register must answer, and what the console's pages about the estate ask, over HTTP from
// a whole office: a made-up force of 600 cameras with ten years of history and reviews, and the
// people, roads, traffic and crime of a county around it.
//
// Budget: 100 ms a question, 99 of 100: a person waits, and asks the next one. A page may ask
// several; its time is the sum of them, asked one after another, as if the browser did nothing at
// once. Each question writes two durable records of itself.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>
#include <sstream>

#include "base/check.h"
#include "base/files.h"
#include "bench_times.h"
#include "cli/demo/demo_estate.h"
#include "office_process.h"
#include "office_testing.h"

namespace regmark::testing {
namespace {

constexpr std::size_t cameras = 600;

std::size_t asks() {
  const char* text = std::getenv("REGMARK_BENCH_ASKS");  // NOLINT(concurrency-mt-unsafe)
  return text == nullptr ? 300 : static_cast<std::size_t>(std::atoi(text));
}

// Around the place where the first site stands.
class Surroundings {
 public:
  Surroundings(double latitude, double longitude) : south_(latitude), west_(longitude) {}

  std::string population() const {
    std::string csv = "latitude,longitude,residents\n";
    for (int row = -70; row < 70; ++row) {
      for (int column = -70; column < 70; ++column) {
        csv +=
            at(row, column) + "," + std::to_string((row * row + 7 * column * column) % 300) + "\n";
      }
    }
    return csv;
  }
  std::string traffic() const {
    std::string csv = "latitude,longitude,vehicles_a_day\n";
    for (int row = -16; row < 16; ++row) {
      for (int column = -16; column < 16; ++column) {
        csv += at(row, column) + "," + std::to_string(4'000 + 100 * std::abs(row + column)) + "\n";
      }
    }
    return csv;
  }
  // A grid of streets, 200 m apart.
  std::string roads() const {
    Json features = Json::array();
    constexpr int reach = 20;
    for (int line = -reach; line <= reach; ++line) {
      for (const bool across : {true, false}) {
        Json way = Json::array();
        for (int step = -reach; step <= reach; ++step) {
          way.push_back(across ? Json{longitude(step), latitude(line)}
                               : Json{longitude(line), latitude(step)});
        }
        features.push_back(
            {{"type", "Feature"},
             {"properties",
              {{"id", (across ? "a" : "d") + std::to_string(line + reach)},
               {"name", "Street " + std::to_string(line)},
               {"class", line % 5 == 0 ? "primary" : "local"}}},
             {"geometry", {{"type", "LineString"}, {"coordinates", std::move(way)}}}});
      }
    }
    return Json{{"type", "FeatureCollection"}, {"features", std::move(features)}}.dump();
  }
  std::string settlements() const {
    std::string csv = "name,latitude,longitude,radius_m\n";
    for (int number = 0; number < 5; ++number) {
      csv +=
          "Town " + std::to_string(number) + "," + at(5 * number - 10, 3 * number - 6) + ",900\n";
    }
    return csv;
  }
  static std::string crime() {
    std::string csv = "area,road,kind,count\n";
    for (int number = 0; number < 4'000; ++number) {
      csv += "North,Street " + std::to_string(number % 1'000) + ",kind " +
             std::to_string(number / 1'000) + "," + std::to_string(number % 37) + "\n";
    }
    return csv;
  }
  std::string points() const {
    std::string csv = "name,kind,latitude,longitude\n";
    for (int number = 0; number < 400; ++number) {
      csv += "Place " + std::to_string(number) + ",crowded_place," +
             at(number % 40 - 20, number / 10 - 20) + "\n";
    }
    return csv;
  }

 private:
  static constexpr double step_ = 0.0018;  // degrees of latitude in 200 m
  double latitude(int row) const { return south_ + step_ * row; }
  double longitude(int column) const { return west_ + 1.7 * step_ * column; }
  std::string at(int row, int column) const {
    return std::to_string(latitude(row)) + "," + std::to_string(longitude(column));
  }
  double south_, west_;
};

struct Force {
  Force() {
    std::ostringstream csv;
    cli::write_made_up_register(csv, cameras, /*seed=*/1, base::day_of(office.clock().now()));
    send("/v1/register", csv.str());
    const auto sites = manager.get("/v1/sites").json().at("sites");
    REGMARK_CHECK(sites.size() > 100);
    const auto& position = sites.at(0).at("position");
    site = sites.at(0).at("id");
    const Surroundings around(position.at("latitude"), position.at("longitude"));
    take_in("population", around.population());
    take_in("traffic", around.traffic());
    take_in("roads", around.roads());
    take_in("settlements", around.settlements());
    take_in("crime", around.crime());
    take_in("points", around.points());
    keep_plan();
  }

  void send(const std::string& path, const std::string& body) const {
    const auto reply =
        ask(office.port(), "POST", path, body, manager.with_token({{"Content-Type", "text/csv"}}));
    if (reply.status != 201) std::fprintf(stderr, "%s: %s\n", path.c_str(), reply.body.c_str());
    REGMARK_CHECK(reply.status == 201);
  }
  void take_in(const std::string& kind, const std::string& text) const {
    send("/v1/surroundings/" + kind + "?source=Made%20up&day=2025-12-31", text);
  }
  void keep_plan() const {
    const std::filesystem::path folder = REGMARK_SOURCE_DIR "/testdata/town";
    const auto text = [&](const char* name) {
      return std::string(base::as_text(base::read_file(folder / name, 1U << 20U).value()));
    };
    const auto kept = manager.post("/v1/plans", {{"inputs", Json::parse(text("plan.json"))},
                                                 {"network", text("town.geojson")},
                                                 {"keep", true}});
    REGMARK_CHECK(kept.status == 200);
  }

  TestOffice office;
  Client manager = office.role("anpr_manager");
  std::string site;
};

struct Page {
  const char* name;
  std::vector<std::string> asks;  // {site}: of one site
};

std::vector<Page> pages() {
  std::vector<Page> all;
  const std::string days = "?from=2016-03-28&until=2026-03-28";
  for (const auto* question :
       {"standing", "installed", "removed", "costs", "grounds", "reviews", "impact_published"}) {
    all.push_back({question, {"/v1/register/" + std::string(question) + days}});
  }
  all.push_back({"standing_years_ago", {"/v1/register/standing?from=2020-01-01&until=2020-01-01"}});
  all.push_back({"as_it_was_known", {"/v1/register/standing" + days + "&known=2026-03-28"}});
  const std::string site = "/v1/sites/{site}";
  const auto guidance = "/v1/estate/guidance";
  all.push_back({"estate_page", {"/v1/sites", "/v1/estate/reviews", guidance}});
  all.push_back({"would_stop", {"/v1/estate/would-stop?on=2027-03-01"}});
  all.push_back({"tests_overdue", {"/v1/estate/tests-overdue"}});
  all.push_back({"due", {"/v1/estate/due"}});
  all.push_back({"effectiveness", {"/v1/effectiveness?from=2025-01-01&until=2025-12-31"}});
  all.push_back({"site_figures", {site + "/figures"}});
  all.push_back(
      {"site_page",
       {site + "/file", site + "/camera-books", site + "/figures", site + "/public-impact"}});
  all.push_back({"site_as_it_stood", {site + "/file?on=2026-03-28"}});
  all.push_back({"review_page", {guidance, site + "/file", site + "/review-evidence"}});
  all.push_back({"map", {"/v1/plans/1"}});
  return all;
}

void ask_page(benchmark::State& state, const Page& page) {
  static const Force force;
  std::vector<double> milliseconds;
  std::size_t bytes = 0;
  const auto before = own_processor_seconds();
  for (auto _ : state) {
    const auto begun = std::chrono::steady_clock::now();
    bytes = 0;
    for (auto path : page.asks) {
      if (const auto at = path.find("{site}"); at != std::string::npos) {
        path.replace(at, std::string_view("{site}").size(), force.site);
      }
      const auto reply = force.manager.get(path);
      REGMARK_CHECK(reply.status == 200);
      bytes += reply.body.size();
    }
    milliseconds.push_back(milliseconds_since(begun));
  }
  const auto cpu = own_processor_seconds() - before;
  state.counters["cpu_ms"] = 1'000 * cpu / static_cast<double>(milliseconds.size());
  state.counters["p50_ms"] = milliseconds_at(milliseconds, 0.5);
  state.counters["p99_ms"] = milliseconds_at(milliseconds, 0.99);
  state.counters["bytes"] = static_cast<double>(bytes);
}

const bool registered = [] {
  for (const auto& page : pages()) {
    benchmark::RegisterBenchmark((std::string("estate/") + page.name).c_str(), ask_page, page)
        ->Iterations(static_cast<benchmark::IterationCount>(asks()))
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  }
  return true;
}();

}  // namespace
}  // namespace regmark::testing
