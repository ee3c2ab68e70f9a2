#include "surroundings/csv.h"

#include <gtest/gtest.h>

namespace regmark::surroundings {
namespace {

template <typename T>
std::string outcome(const Result<std::vector<T>>& read) {
  return read ? std::to_string(read->size()) + " rows" : read.error().message;
}

TEST(SurroundingsCsv, ReadsEachKind) {
  const auto cells = read_population("residents,latitude,longitude\n120,53.4,-2.2\n0,53.5,-2.1\n");
  ASSERT_TRUE(cells);
  EXPECT_EQ(cells->front().residents, 120);
  EXPECT_EQ(cells->front().position.latitude, 53.4);
  EXPECT_EQ(outcome(read_traffic("latitude,longitude,vehicles_a_day\n53.4,-2.2,9000\n")), "1 rows");
  EXPECT_EQ(outcome(read_settlements("name,latitude,longitude,radius_m\nTown,53.4,-2.2,900\n")),
            "1 rows");
  const auto crimes = read_crime("area,road,kind,count\nNorth,,burglary,12\nNorth,Mill,theft,3\n");
  ASSERT_TRUE(crimes);
  EXPECT_EQ(crimes->at(1).road, "Mill");
  EXPECT_EQ(crimes->at(0).count, 12U);
  EXPECT_EQ(outcome(read_points("name;kind;latitude;longitude\nQuay;border;53.4;-2.2\n")),
            "1 rows");
}

TEST(SurroundingsCsv, SaysWhatIsWrongAndWhere) {
  struct Case {
    std::string_view csv, want;
  };
  constexpr Case cases[] = {
      {"", "it is empty"},
      {"latitude,longitude\n", "line 1: these columns are wanted: latitude, longitude, residents"},
      {"latitude,longitude,people\n1,2,3\n", "line 1: the column residents is missing"},
      {"latitude,latitude,residents\n1,2,3\n", "line 1: the column longitude is missing"},
      {"latitude,longitude,residents\n", "it has no rows"},
      {"latitude,longitude,residents\n53,-2\n", "line 2: it has other columns than the heading"},
      {"latitude,longitude,residents\n53,-2,3\n91,-2,3\n",
       "line 3: the latitude is no number, or out of range"},
      {"latitude,longitude,residents\nnan,-2,3\n",
       "line 2: the latitude is no number, or out of range"},
      {"latitude,longitude,residents\n53,-2,-1\n",
       "line 2: the number of residents is no number, or out of range"},
      {"latitude,longitude,residents\n53,-2,3.5\n",
       "line 2: the number of residents is no number, or out of range"},
      {"latitude,longitude,residents\n53,-2,9999999999\n",
       "line 2: the number of residents is no number, or out of range"},
  };
  for (const auto& [csv, want] : cases) {
    SCOPED_TRACE(csv);
    EXPECT_EQ(outcome(read_population(csv)), want);
  }
  EXPECT_EQ(outcome(read_crime("area,road,kind,count\nN,,theft,1\nN,,theft,2\n")),
            "line 3: this kind stands there twice for the area and road");
  EXPECT_EQ(outcome(read_points("name,kind,latitude,longitude\nX,school,53,-2\n")),
            "line 2: there is no such kind: infrastructure, border or crowded_place");
  EXPECT_EQ(outcome(read_settlements("name,latitude,longitude,radius_m\nT,53,-2,0\n")),
            "line 2: the radius is no number, or out of range");
}

}  // namespace
}  // namespace regmark::surroundings
