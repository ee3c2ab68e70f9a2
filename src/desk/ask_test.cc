#include "desk/ask.h"

#include <gtest/gtest.h>

#include "desk/desk_testing.h"

namespace regmark::desk {
namespace {

using access::Act;
using access::Role;

std::vector<std::string> outcomes(TestDesk& rooms) {
  std::vector<std::string> outcomes;
  for (const auto& entry : rooms.records()) outcomes.push_back(entry.shown.outcome);
  return outcomes;
}

TEST(Ask, RecordsThePermitThenActsThenRecordsHowItEnded) {
  TestDesk rooms;
  std::uint64_t size_when_acting = 0;
  const auto answer = ask(*rooms.desk, rooms.asker({Role::anpr_manager}), Act::read_estate, {},
                          [&](const audit::Receipt& receipt) -> Result<std::vector<int>> {
                            size_when_acting = rooms.log.log().size();
                            EXPECT_EQ(receipt.number(), size_when_acting - 1);
                            return std::vector{1, 2, 3};
                          });
  ASSERT_TRUE(answer);
  const auto& done = std::get<Done<std::vector<int>>>(*answer);
  EXPECT_EQ(done.value.size(), 3U);
  EXPECT_EQ(done.receipt, 0U);
  EXPECT_EQ(size_when_acting, 1U);
  EXPECT_EQ(outcomes(rooms), (std::vector<std::string>{"permitted", "done"}));
  EXPECT_NE(rooms.records()[1].details.find('3'), std::string::npos);  // rows
}

TEST(Ask, RecordsARefusalAndDoesNotAct) {
  TestDesk rooms;
  const auto answer = ask(*rooms.desk, rooms.asker({Role::control_operator}), Act::read_estate, {},
                          [&](const audit::Receipt&) -> Result<Nothing> {
                            ADD_FAILURE() << "acted without leave";
                            return Nothing{};
                          });
  ASSERT_TRUE(answer);
  const auto& refused = std::get<Refused>(*answer);
  EXPECT_EQ(refused.receipt, 0U);
  EXPECT_FALSE(refused.refusal.reasons.empty());
  EXPECT_EQ(outcomes(rooms), (std::vector<std::string>{"refused"}));
}

TEST(Ask, RecordsAFailureByItsName) {
  TestDesk rooms;
  const auto answer = ask(*rooms.desk, rooms.asker({Role::anpr_manager}), Act::change_estate,
                          about("site-1"), [&](const audit::Receipt&) -> Result<Nothing> {
                            return fail(ErrorCode::conflict, "somebody was faster");
                          });
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::conflict);
  EXPECT_EQ(outcomes(rooms), (std::vector<std::string>{"permitted", "conflict"}));
}

TEST(Ask, DoesNothingThatCannotBeRecorded) {
  for (const auto role : {Role::anpr_manager, Role::control_operator}) {
    TestDesk rooms;
    rooms.failing_log.fill_up_after(0);
    const auto answer = ask(*rooms.desk, rooms.asker({role}), Act::read_estate, {},
                            [&](const audit::Receipt&) -> Result<Nothing> {
                              ADD_FAILURE() << "acted without a record";
                              return Nothing{};
                            });
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
  }
}

TEST(Ask, GivesNothingWhoseEndCannotBeRecorded) {
  TestDesk rooms;
  rooms.failing_log.fill_up_after(1);
  const auto answer =
      ask(*rooms.desk, rooms.asker({Role::anpr_manager}), Act::read_estate, {},
          [&](const audit::Receipt&) -> Result<std::vector<int>> { return std::vector{1}; });
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace regmark::desk
