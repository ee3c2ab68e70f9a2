#include "surroundings/check_data.h"

#include <gtest/gtest.h>

#include "surroundings/surroundings_testing.h"

namespace regmark::surroundings {
namespace {

std::string mistakes_of(DataKind kind, std::string_view text) {
  std::string all;
  for (const auto& [line, what] : check_data(kind, text).mistakes) {
    all += std::to_string(line) + ": " + what + "\n";
  }
  return all;
}

TEST(CheckData, TellsEachMistakeWithItsLine) {
  EXPECT_EQ(mistakes_of(DataKind::points,
                        "name,kind,latitude,longitude\n"
                        "Quay,border,53.4,-2.2\n"
                        "School,school,53.4,-2.2\n"
                        "Arena,crowded_place,153.4,-2.2\n"
                        "Port,border\n"
                        "\"Mast\" x,border,53,-2\n"
                        "Dam,infrastructure,53.4,-2.2\n"),
            "3: there is no such kind: infrastructure, border or crowded_place\n"
            "4: the latitude is no number, or out of range\n"
            "5: it has other columns than the heading\n"
            "6: text behind a closing quote\n");
  EXPECT_EQ(mistakes_of(DataKind::crime, "area,road,kind,count\nN,,theft,1\nN,,theft,2\nN,,x,y\n"),
            "3: this kind stands there twice for the area and road\n"
            "4: the count is no number, or out of range\n");
  EXPECT_EQ(mistakes_of(DataKind::population, "a,b\n1,2\n"),
            "1: these columns are wanted: latitude, longitude, residents\n");
  EXPECT_EQ(mistakes_of(DataKind::traffic, ""), "0: it is empty\n");
  EXPECT_EQ(mistakes_of(DataKind::settlements, "name,latitude,longitude,radius_m\n"),
            "0: it has no rows\n");
}

TEST(CheckData, ShowsTheFirstRowsAsTheyStandThere) {
  std::string csv = "residents;latitude;longitude\n";
  for (int row = 1; row <= 9; ++row) csv += std::to_string(row) + ";53.4;-2.2\n";
  csv += "many;53.4;-2.2\n";
  const auto checked = check_data(DataKind::population, csv);
  EXPECT_EQ(checked.rows, 10U);
  EXPECT_EQ(checked.columns, (std::vector<std::string>{"latitude", "longitude", "residents"}));
  ASSERT_EQ(checked.first.size(), first_rows_max);
  EXPECT_EQ(checked.first[1], (std::vector<std::string>{"53.4", "-2.2", "2"}));
  EXPECT_EQ(checked.mistakes.size(), 1U);
}

TEST(CheckData, TellsSoManyMistakesAndCountsTheRest) {
  std::string csv = "latitude,longitude,vehicles_a_day\n";
  for (std::size_t row = 0; row < mistakes_max + 7; ++row) csv += "x,y,z\n";
  const auto checked = check_data(DataKind::traffic, csv);
  EXPECT_EQ(checked.mistakes.size(), mistakes_max);
  EXPECT_EQ(checked.mistakes_more, 7U);
}

TEST(CheckData, LooksAtRoads) {
  const auto checked =
      check_data(DataKind::roads,
                 R"({"type": "FeatureCollection", "features": [{"type": "Feature", "properties":
          {"id": "r-1", "name": "Mill Lane", "class": "primary", "speed_kmh": 48, "one_way": true},
          "geometry": {"type": "LineString", "coordinates": [[-2.51, 54.5], [-2.49, 54.5]]}}]})");
  EXPECT_TRUE(checked.mistakes.empty());
  ASSERT_EQ(checked.first.size(), 1U);
  EXPECT_EQ(checked.first[0],
            (std::vector<std::string>{"r-1", "Mill Lane", "primary", "48", "yes"}));
  EXPECT_EQ(check_data(DataKind::roads, "no map").mistakes.size(), 1U);
}

// What the check lets through is taken in, and what it does not is not.
TEST(CheckData, SaysWhatTakingInWouldSay) {
  struct Case {
    DataKind kind;
    std::string_view text;
  };
  constexpr Case cases[] = {
      {DataKind::population, "latitude,longitude,residents\n53.4,-2.2,7\n"},
      {DataKind::population, "latitude,longitude,residents\n53.4,-2.2,7\n53.4,-2.2\n"},
      {DataKind::traffic, "latitude,longitude,vehicles_a_day\n"},
      {DataKind::traffic, "latitude,longitude,vehicles_a_day\n53.4,-2.2,9000\n"},
      {DataKind::settlements, "name,latitude,longitude,radius_m\nT,53,-2,900\nT,53,-2,900\n"},
      {DataKind::crime, "area,road,kind,count\nN,,theft,1\n"},
      {DataKind::points, "name,kind,latitude,longitude\nX,school,53,-2\n"},
      {DataKind::roads, "<osm></osm>"},
  };
  TestSurroundings room;
  for (const auto& [kind, text] : cases) {
    SCOPED_TRACE(text);
    const auto taken = room.room.data_sets.take_in(
        room.receipt(access::Act::change_estate, "surroundings"),
        {kind, "A source", base::day_of(room.clock.now()), std::string(text)});
    EXPECT_EQ(taken.has_value(), check_data(kind, text).mistakes.empty());
  }
}

}  // namespace
}  // namespace regmark::surroundings
