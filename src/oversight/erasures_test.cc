#include "oversight/erasures.h"

#include <gtest/gtest.h>

#include "oversight/oversight_testing.h"
#include "plate/read_testing.h"

namespace regmark::oversight {
namespace {

using access::Act;

class EarlyErasures : public ::testing::Test {
 protected:
  audit::Receipt under(const SubjectRequestId& id) {
    return rooms_.log.receipt_for(Act::answer_subject, {.plate = "AB12CDE", .subject = id.text()},
                                  "dpo");
  }
  SubjectRequestId request(Wish wish = Wish::erasure) {
    const auto now = rooms_.clock.now();
    const auto id = SubjectRequestId::random();
    const NewSubjectRequest about{.wish = wish,
                                  .plate = "AB12CDE",
                                  .window = {now - std::chrono::days{30}, now},
                                  .asked_by = "The keeper, by letter",
                                  .received = base::day_of(now)};
    REGMARK_CHECK(rooms_.room->subjects.receive(under(id), id, about));
    return id;
  }
  static plate::ReadId read(std::string_view event) {
    return plate::ReadId::of(base::CameraId::parse("cam-1").value(), event);
  }
  Result<void> begin(const SubjectRequestId& id, const std::vector<plate::ReadId>& reads) {
    return rooms_.room->erasures.begin(under(id), id, reads);
  }

  TestOversight rooms_;
};

TEST_F(EarlyErasures, StayUntilTheyAreDoneAndLeaveCounts) {
  auto& erasures = rooms_.room->erasures;
  const auto id = request();
  ASSERT_TRUE(begin(id, {read("1"), read("2"), read("1")}));
  ASSERT_EQ(erasures.begun()->size(), 1U);
  EXPECT_EQ(erasures.begun()->front().reads.size(), 2U);
  EXPECT_FALSE(erasures.last_unforgotten().value());

  const auto drop = rooms_.log.machine_receipt(audit::MachineVerb::drop);
  const auto other = rooms_.log.machine_receipt(audit::MachineVerb::seal);
  EXPECT_EQ(outcome(erasures.end(other, id, {})), "invalid_input");
  ASSERT_TRUE(erasures.end(drop, id, {.reads = 1, .pictures = 2, .alerts = 1, .kept = 1}));
  EXPECT_TRUE(erasures.begun()->empty());
  ASSERT_TRUE(begin(id, {read("3")}));
  ASSERT_TRUE(erasures.end(drop, id, {.reads = 1}));
  const auto erased = rooms_.room->subjects.find(id)->erased;
  EXPECT_EQ(erased.reads, 2U);
  EXPECT_EQ(erased.pictures, 2U);
  EXPECT_EQ(erased.alerts, 1U);
  EXPECT_EQ(erased.kept, 1U);

  const auto at = rooms_.clock.now();
  EXPECT_EQ(erasures.last_unforgotten().value(), at);
  ASSERT_TRUE(erasures.forgotten(at - std::chrono::microseconds{1}));
  EXPECT_EQ(erasures.last_unforgotten().value(), at);
  ASSERT_TRUE(erasures.forgotten(at));
  EXPECT_FALSE(erasures.last_unforgotten().value());
}

TEST_F(EarlyErasures, BeginOnlyForWhoAskedForErasureAndIsNotAnsweredYet) {
  EXPECT_EQ(outcome(begin(request(), {})), "invalid_input");
  EXPECT_EQ(outcome(begin(SubjectRequestId::random(), {read("1")})), "not_found");
  EXPECT_EQ(outcome(begin(request(Wish::access), {read("1")})), "conflict");
  const auto id = request();
  EXPECT_EQ(outcome(rooms_.room->erasures.begin(under(request()), id, std::vector{read("1")})),
            "invalid_input");
  ASSERT_TRUE(rooms_.room->subjects.decide(
      under(id), id, {.state = SubjectState::refused, .words = "It is evidence."}));
  EXPECT_EQ(outcome(begin(id, {read("1")})), "conflict");
}

}  // namespace
}  // namespace regmark::oversight
