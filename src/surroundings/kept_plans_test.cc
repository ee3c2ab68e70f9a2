#include "surroundings/kept_plans.h"

#include <gtest/gtest.h>

#include "surroundings/surroundings_testing.h"

namespace regmark::surroundings {
namespace {

using access::Act;

class KeptPlansTest : public ::testing::Test {
 protected:
  Result<std::uint64_t> keep(const NewPlan& plan, std::string_view subject = "plan") {
    return room_.room.plans.keep(room_.receipt(Act::change_estate, subject), plan);
  }
  const NewPlan plan_{"Two bridges", "abc", "{}", "roads", R"({"recommended": {}})"};
  TestSurroundings room_;
};

TEST_F(KeptPlansTest, KeepsWhatWentInAndWhatCameOut) {
  ASSERT_EQ(keep(plan_).value(), 1U);
  const auto kept = room_.room.plans.plan(room_.receipt(Act::read_estate), 1).value();
  EXPECT_EQ(kept.inputs, plan_.inputs);
  EXPECT_EQ(kept.network, plan_.network);
  EXPECT_EQ(kept.plan, plan_.plan);
  const auto all = room_.room.plans.all(room_.receipt(Act::read_estate)).value();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].title, "Two bridges");
  EXPECT_EQ(all[0].digest, "abc");
  EXPECT_EQ(all[0].by.text(), "person-test");
}

TEST_F(KeptPlansTest, SaysWhatItDoesNotKeep) {
  EXPECT_EQ(keep(plan_, "something").error().code, ErrorCode::invalid_input);
  auto large = plan_;
  large.network = std::string(plan_size_max, 'x');
  EXPECT_EQ(keep(large).error().code, ErrorCode::limit_exceeded);
  auto long_titled = plan_;
  long_titled.title = std::string(plan_title_size_max + 1, 'x');
  EXPECT_EQ(keep(long_titled).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(room_.room.plans.plan(room_.receipt(Act::read_estate), 1).error().code,
            ErrorCode::not_found);
}

TEST_F(KeptPlansTest, ChangesAndLosesNothing) {
  ASSERT_TRUE(keep(plan_));
  EXPECT_FALSE(room_.database.lets("UPDATE surroundings_plans SET title = 'x'"));
  EXPECT_FALSE(room_.database.lets("DELETE FROM surroundings_plans"));
}

}  // namespace
}  // namespace regmark::surroundings
