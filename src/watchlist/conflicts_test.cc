#include "watchlist/conflicts.h"

#include <gtest/gtest.h>

#include "plate/read_testing.h"

namespace regmark::watchlist {
namespace {

std::string told(std::string_view listed_make, std::string_view seen_make,
                 std::string_view listed_colour = "", std::string_view seen_colour = "") {
  ExchangeRow row;
  row.make = listed_make;
  row.colour = listed_colour;
  auto read = plate::a_read("camera-1", "AB12CDE");
  read.make.text = seen_make;
  read.colour.text = seen_colour;
  std::string all;
  for (const auto& each : conflicts(row, read.plate, read)) all += (all.empty() ? "" : "; ") + each;
  return all;
}

TEST(Conflicts, NameWhatDisagrees) {
  EXPECT_EQ(told("FORD", "BMW"), "make: listed FORD, seen BMW");
  EXPECT_EQ(told("FORD", "BMW", "Red", "BLUE"),
            "make: listed FORD, seen BMW; colour: listed Red, seen BLUE");
  EXPECT_EQ(told("MAZDA", "MERCEDES-BENZ"), "make: listed MAZDA, seen MERCEDES-BENZ");
  EXPECT_EQ(told("", "", "SILVER", "GREY"), "colour: listed SILVER, seen GREY");
  EXPECT_EQ(told("M", "MAZDA"), "make: listed M, seen MAZDA");  // too short to begin anything
}

TEST(Conflicts, KnowOneThingByManyNames) {
  struct Case {
    std::string_view listed, seen;
  };
  constexpr Case cases[] = {
      {"FORD", "ford"},     {"FORD", ""},         {"", "FORD"},       {"MERCEDES", "Mercedes-Benz"},
      {"VW", "VOLKSWAGEN"}, {"VOLKSWAGEN", "VW"}, {"SKODA", "Škoda"}, {"CITROËN", "CITROEN"},
      {"---", "FORD"},
  };
  for (const auto& [listed, seen] : cases) {
    SCOPED_TRACE(listed);
    EXPECT_EQ(told(listed, seen), "");
  }
}

TEST(Conflicts, CompareCountries) {
  struct Case {
    std::string_view plate, country, want;
  };
  constexpr Case cases[] = {
      {"AB12CDE", "GB", ""},
      {"AB12CDE", "", ""},
      {"AB12CDE", "JE", ""},
      {"AB12CDE", "DE", "country: listed a UK mark, seen DE"},
      {"Q123ABC", "FR", "country: listed a UK mark, seen FR"},
      {"AB123CD", "FR", ""},
      {"AB123CD", "GB", "country: listed no UK mark, seen GB"},
      {"12AB34", "NL", ""},  // fits a British layout and a Dutch one
      {"12AB34", "GB", ""},
  };
  for (const auto& [plate, country, want] : cases) {
    SCOPED_TRACE(plate);
    auto read = plate::a_read("camera-1", plate);
    read.country = country;
    const auto found = conflicts({}, read.plate, read);
    EXPECT_EQ(found.empty() ? "" : found.front(), want);
  }
}

TEST(Conflicts, CutLongWordsBetweenCharacters) {
  std::string long_name;
  for (int at = 0; at < 40; ++at) long_name += "Ж";
  const auto text = told("FORD", long_name + "A");
  EXPECT_EQ(text, "make: listed FORD, seen " + long_name.substr(0, 32));
  EXPECT_EQ(told("x" + std::string("Ж") + long_name + "A", "FORD").size(),
            std::string("make: listed , seen FORD").size() + 31);
}

}  // namespace
}  // namespace regmark::watchlist
