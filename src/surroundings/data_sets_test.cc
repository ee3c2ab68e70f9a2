#include "surroundings/data_sets.h"

#include <gtest/gtest.h>

#include "surroundings/surroundings_testing.h"

namespace regmark::surroundings {
namespace {

using access::Act;

class DataSetsTest : public ::testing::Test {
 protected:
  Result<DataSet> take_in(std::string text, std::string source = "The census, 2021",
                          std::string_view subject = "surroundings", int days_ahead = 0) {
    return room_.room.data_sets.take_in(
        room_.receipt(Act::change_estate, subject),
        {DataKind::population, std::move(source),
         base::day_of(room_.clock.now()) + std::chrono::days{days_ahead}, std::move(text)});
  }
  std::vector<DataSet> all() {
    return room_.room.data_sets.all(room_.receipt(Act::read_estate)).value();
  }

  TestSurroundings room_;
};

constexpr std::string_view good = "latitude,longitude,residents\n53.4,-2.2,120\n";

TEST_F(DataSetsTest, KeepsEachVersionWithItsSource) {
  ASSERT_TRUE(take_in(std::string(good)));
  const auto later = take_in(std::string(good) + "53.5,-2.1,7\n", "The census, revised");
  ASSERT_TRUE(later);
  EXPECT_EQ(all().size(), 2U);
  const auto latest =
      room_.room.data_sets.latest(room_.receipt(Act::read_estate), DataKind::population).value();
  ASSERT_TRUE(latest);
  EXPECT_EQ(latest->about.number, later->number);
  EXPECT_EQ(latest->about.source, "The census, revised");
  EXPECT_EQ(latest->about.rows, 2U);
  EXPECT_EQ(latest->text, std::string(good) + "53.5,-2.1,7\n");
  EXPECT_FALSE(
      room_.room.data_sets.latest(room_.receipt(Act::read_estate), DataKind::crime).value());
}

TEST_F(DataSetsTest, TakesInWholeOrNotAtAll) {
  struct Case {
    std::string text, source, subject;
    int days_ahead;
  };
  const Case cases[] = {{std::string(good), "Census", "something else", 0},
                        {std::string(good), "", "surroundings", 0},
                        {std::string(good), "Census", "surroundings", 1},
                        {std::string(good) + "x,y,z\n", "Census", "surroundings", 0}};
  for (const auto& [text, source, subject, days_ahead] : cases) {
    const auto taken = take_in(text, source, subject, days_ahead);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::invalid_input);
  }
  EXPECT_EQ(take_in(std::string(data_size_max + 1, 'x')).error().code, ErrorCode::limit_exceeded);
  EXPECT_TRUE(all().empty());
}

TEST_F(DataSetsTest, ChangesAndLosesNothing) {
  ASSERT_TRUE(take_in(std::string(good)));
  EXPECT_FALSE(room_.database.lets("UPDATE surroundings_data SET source = 'x'"));
  EXPECT_FALSE(room_.database.lets("DELETE FROM surroundings_data"));
  EXPECT_EQ(all().size(), 1U);
}

}  // namespace
}  // namespace regmark::surroundings
