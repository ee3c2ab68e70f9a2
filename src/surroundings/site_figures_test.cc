// A town on one road, with a camera at each end: whoever leaves it is seen.
#include "surroundings/site_figures.h"

#include <gtest/gtest.h>

#include <map>

namespace regmark::surroundings {
namespace {

const base::UtcDay day = base::parse_day("2025-12-31").value();

std::optional<DataSets::Latest> source(DataKind kind, std::string text) {
  DataSet about{.number = 1,
                .kind = kind,
                .source = "Source of " + base::word(data_kind_words, kind),
                .day = day,
                .at = base::UtcTime{},
                .by = base::PersonId::parse("person").value()};
  return DataSets::Latest{std::move(about), std::move(text)};
}

// West end - a - b (the town) - c - east end, on one line of latitude; each road is about 2 km.
std::string roads(bool with_a_way_round = false) {
  const auto road = [](std::string id, std::string from, std::string to) {
    return R"({"type": "Feature", "properties": {"id": ")" + id + R"(", "name": "Road )" + id +
           R"("}, "geometry": {"type": "LineString", "coordinates": [)" + from + "," + to + "]}}";
  };
  auto text = R"({"type": "FeatureCollection", "features": [)" +
              road("west", "[-2.06, 54]", "[-2.03, 54]") + "," +
              road("in", "[-2.03, 54]", "[-2.0, 54]") + "," +
              road("out", "[-2.0, 54]", "[-1.97, 54]") + "," +
              road("east", "[-1.97, 54]", "[-1.94, 54]");
  if (with_a_way_round)
    text += "," + road("round", "[-2.0, 54]", "[-2.03, 54.05]") + "," +
            road("back", "[-2.03, 54.05]", "[-2.06, 54]");
  return text + "]}";
}

Sources all_sources(bool with_a_way_round = false) {
  return {.population = source(DataKind::population,
                               "latitude,longitude,residents\n54,-2.0,900\n54.001,-2.015,40\n"),
          .traffic = source(DataKind::traffic,
                            "latitude,longitude,vehicles_a_day\n54,-2.0151,8000\n54.2,-2,5\n"),
          .roads = source(DataKind::roads, roads(with_a_way_round)),
          .settlements = source(DataKind::settlements,
                                "name,latitude,longitude,radius_m\nTown,54,-2.0,500\n")};
}

constexpr base::Position west{54, -2.015}, east{54, -1.985};

std::map<std::string, double> figures(const base::Position& place,
                                      const std::vector<base::Position>& others,
                                      const Sources& sources) {
  std::map<std::string, double> by_kind;
  const auto all = figures_of(place, others, sources);
  EXPECT_TRUE(all) << all.error().message;
  if (!all) return by_kind;
  for (const auto& one : all->figures) {
    by_kind[base::word(figure_kind_words, one.kind)] = one.value;
    EXPECT_FALSE(one.rests_on.empty());
    EXPECT_LE(one.rests_on.size(), rests_on_max);
    for (const auto& [source, said_on] : one.rests_on) {
      EXPECT_EQ(said_on, day);
      EXPECT_TRUE(source.starts_with("Source of ")) << source;
    }
  }
  return by_kind;
}

TEST(SiteFigures, CountsPeopleAndVehiclesNear) {
  const auto found = figures(west, {}, all_sources());
  EXPECT_EQ(found.at("residents"), 40);
  EXPECT_EQ(found.at("vehicles_a_day"), 8'000);
  const auto far = figures({54.1, -2.2}, {}, all_sources());
  // Beyond the edge of what the source counted, or between the middles of its cells.
  EXPECT_FALSE(far.contains("residents"));
  EXPECT_FALSE(far.contains("vehicles_a_day"));
  auto nobody = all_sources();
  nobody.population->text = "latitude,longitude,residents\n54.001,-2.015,0\n";
  EXPECT_EQ(figures(west, {}, nobody).at("residents"), 0);  // known, and nobody
}

TEST(SiteFigures, NamesEverySourceThatAFigureRestsOn) {
  const auto sources_of = [](FigureKind kind, const Sources& sources) {
    std::string all;
    const auto found = figures_of(west, {{54, -2.01}}, sources).value();
    for (const auto& one : found.figures) {
      if (one.kind != kind) continue;
      for (const auto& [source, said_on] : one.rests_on) all += source.substr(10) + " ";
    }
    return all;
  };
  auto sources = all_sources();
  EXPECT_EQ(sources_of(FigureKind::residents, sources), "population ");
  EXPECT_EQ(sources_of(FigureKind::vehicles_a_day, sources), "traffic ");
  for (const auto kind : {FigureKind::unavoidable_now, FigureKind::unavoidable_with,
                          FigureKind::same_trip_fewest, FigureKind::same_trip_most}) {
    EXPECT_EQ(sources_of(kind, sources), "roads settlements population ");
  }
  sources.population.reset();
  EXPECT_EQ(sources_of(FigureKind::unavoidable_now, sources), "roads settlements ");
}

TEST(SiteFigures, TheRoystonTest) {
  // Half of the trips lead west; the other camera sees those that lead east.
  const auto alone = figures(west, {}, all_sources());
  EXPECT_NEAR(alone.at("unavoidable_now"), 0, 1e-9);
  EXPECT_NEAR(alone.at("unavoidable_with"), 50, 1e-9);
  const auto ring = figures(west, {east}, all_sources());
  EXPECT_NEAR(ring.at("unavoidable_now"), 50, 1e-9);
  EXPECT_NEAR(ring.at("unavoidable_with"), 100, 1e-9);
  // Who can drive round it can avoid it.
  const auto round = figures(west, {}, all_sources(true));
  EXPECT_LT(round.at("unavoidable_with"), 1);
}

TEST(SiteFigures, CountsOtherSitesThatWatchTheSameTrip) {
  // At the far end of the road out of the town, and in it.
  const auto one = figures(west, {{54, -2.01}, east}, all_sources());
  EXPECT_EQ(one.at("same_trip_fewest"), 1);
  EXPECT_EQ(one.at("same_trip_most"), 1);
  EXPECT_EQ(figures(west, {east}, all_sources()).at("same_trip_most"), 0);
}

TEST(SiteFigures, SaysNothingWhereNothingIsKnown) {
  EXPECT_TRUE(figures(west, {}, {}).empty());
  auto sources = all_sources();
  sources.roads.reset();
  EXPECT_FALSE(figures(west, {}, sources).contains("unavoidable_now"));
  // No road is next to it.
  EXPECT_FALSE(figures({54.04, -1.95}, {}, all_sources()).contains("unavoidable_now"));
}

TEST(SiteFigures, KnowsTheRoad) {
  EXPECT_EQ(figures_of(west, {}, all_sources())->road, "Road in");
  EXPECT_EQ(figures_of({55, -2}, {}, all_sources())->road, "");
  EXPECT_EQ(figures_of(west, {}, {})->road, "");
}

TEST(SiteFigures, SaysThatASourceIsDamaged) {
  auto sources = all_sources();
  sources.traffic = source(DataKind::traffic, "x");
  EXPECT_EQ(figures_of(west, {}, sources).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace regmark::surroundings
