#include "holds/holds.h"

#include <gtest/gtest.h>

#include "audit/audit_testing.h"
#include "base/time_testing.h"
#include "records/database_testing.h"

namespace regmark::holds {
namespace {

using access::Act;

class HoldsTest : public ::testing::Test {
 protected:
  HoldsTest() {
    EXPECT_TRUE(database_->migrate(Holds::migrations()));
    holds_.emplace(*database_, clock_);
  }

  audit::Receipt receipt(Act act, std::string_view subject = "case-7",
                         std::string_view person = "person-test") {
    return log_.receipt_for(act, {.rows_max = 10, .subject = std::string(subject)}, person);
  }
  // To hold what fits this plate, of the last hour.
  audit::Receipt to_hold(std::string_view plate, std::vector<base::CameraId> cameras = {}) {
    access::Scope scope{.plate = std::string(plate), .cameras = std::move(cameras)};
    scope.window = access::Window{clock_.now() - std::chrono::hours{1}, clock_.now()};
    scope.rows_max = 10;
    scope.subject = id_.text();
    return log_.receipt_for(Act::hold_sightings, scope);
  }
  base::UtcDay day(std::string_view text) const { return base::parse_day(text).value(); }
  Result<Record> make(std::string_view review = "2027-03-01") {
    return holds_->make(receipt(Act::hold_sightings), id_, day(review));
  }
  template <typename T>
  static std::string outcome(const Result<T>& result) {
    return result ? "ok" : std::string(regmark::name(result.error().code));
  }

  base::ManualClock clock_{"2026-11-22T10:00:00Z"};
  audit::TestLog log_{clock_};
  records::TestDatabase database_;
  std::optional<Holds> holds_;
  const base::HoldId id_ = base::HoldId::parse("case-7").value();
};

TEST_F(HoldsTest, SaysForWhichCaseAndByWhom) {
  ASSERT_TRUE(make());
  const auto found = holds_->find(id_).value();
  EXPECT_EQ(found.purpose.reference, access::test_purpose().reference);
  EXPECT_EQ(found.owner.text(), "person-test");
  EXPECT_EQ(found.review, day("2027-03-01"));
  EXPECT_EQ(found.held_for().organisation.text(), "test-force");
  EXPECT_EQ(outcome(make()), "ok");  // more for the same case
  const auto all = holds_->latest(receipt(Act::read_holds), 10).value();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all.front().id, id_);
}

TEST_F(HoldsTest, SaysWhatIsHeldAndOfEachPartOnce) {
  const auto camera = base::CameraId::parse("cam-1").value();
  const auto first = to_hold("AB12CDE");
  ASSERT_TRUE(holds_->make(first, id_, day("2027-03-01")));
  const auto known = [&] { return holds_->latest(receipt(Act::read_holds), 10).value().front(); };
  ASSERT_EQ(known().parts.size(), 1U);
  EXPECT_EQ(known().reads(), std::nullopt);  // nobody has counted yet
  ASSERT_TRUE(holds_->count(first, id_, 3));
  const auto second = to_hold("AB12*", {camera});
  for (int tries = 0; tries < 2; ++tries) {
    ASSERT_EQ(holds_->make(second, id_, day("2027-03-01")).value().parts.size(), 2U);
  }
  ASSERT_TRUE(holds_->count(second, id_, 5));
  const auto record = known();
  EXPECT_EQ(record.reads(), 5U);
  ASSERT_EQ(record.parts.size(), 2U);
  EXPECT_EQ(record.parts.front().plate, "AB12CDE");
  EXPECT_EQ(record.parts.front().reads, 3U);
  EXPECT_EQ(record.parts.front().by.text(), "person-test");
  EXPECT_EQ(record.parts.back().plate, "AB12*");
  EXPECT_EQ(record.parts.back().cameras, std::vector{camera});
  EXPECT_EQ(record.parts.back().window.until, clock_.now());
}

TEST_F(HoldsTest, IsOfSoManyPartsAtMost) {
  for (std::size_t part = 0; part < parts_max; ++part) {
    ASSERT_TRUE(holds_->make(to_hold("AB" + std::to_string(part)), id_, day("2027-03-01")));
  }
  EXPECT_EQ(outcome(holds_->make(to_hold("AB999"), id_, day("2027-03-01"))), "limit_exceeded");
  // What is a part already may be tried again.
  EXPECT_EQ(outcome(holds_->make(to_hold("AB7"), id_, day("2027-03-01"))), "ok");
}

TEST_F(HoldsTest, AnotherDayOfReviewIsNoQuietChange) {
  ASSERT_TRUE(make("2027-03-01"));
  const auto other = make("2027-02-01");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::conflict);
  EXPECT_NE(other.error().message.find("2027-03-01"), std::string::npos) << other.error().message;
  EXPECT_EQ(holds_->find(id_)->review, day("2027-03-01"));
  ASSERT_TRUE(holds_->keep_on(receipt(Act::review_hold), id_, day("2027-02-01"), "trial in May"));
  EXPECT_EQ(make("2027-02-01").value().review, day("2027-02-01"));
}

TEST_F(HoldsTest, IsReleasedByItsOwnerOrInTheirPlace) {
  ASSERT_TRUE(make());
  const auto colleagues = receipt(Act::review_hold, "case-7", "person-other");
  EXPECT_EQ(outcome(holds_->check_release(colleagues, id_, "not mine")), "conflict");
  EXPECT_EQ(outcome(holds_->release(colleagues, id_, "not mine")), "conflict");
  const auto seniors = receipt(Act::release_others_hold, "case-7", "person-other");
  EXPECT_EQ(outcome(holds_->release(seniors, id_, " ")), "invalid_input");
  EXPECT_EQ(outcome(holds_->check_release(seniors, id_, "the owner has left")), "ok");
  EXPECT_EQ(holds_->release(seniors, id_, "the owner has left").value().owner.text(),
            "person-test");
  const auto all = holds_->latest(receipt(Act::read_holds), 10).value();
  EXPECT_EQ(all.front().released_by->text(), "person-other");
}

TEST_F(HoldsTest, IsReviewedInTimeOrOverdue) {
  EXPECT_EQ(outcome(make("2026-11-21")), "invalid_input");
  EXPECT_EQ(outcome(make("2027-11-24")), "invalid_input");
  ASSERT_TRUE(make("2026-12-01"));
  clock_.set("2026-12-01T23:59:59Z");
  EXPECT_EQ(holds_->overdue().value(), 0U);
  clock_.set("2026-12-02T00:00:00Z");
  EXPECT_EQ(holds_->overdue().value(), 1U);
  EXPECT_TRUE(holds_->find(id_)->is_overdue(day("2026-12-02")));
  EXPECT_EQ(outcome(holds_->keep_on(receipt(Act::review_hold), id_, day("2027-01-01"), " ")),
            "invalid_input");
  ASSERT_TRUE(holds_->keep_on(receipt(Act::review_hold), id_, day("2027-01-01"), "trial in May"));
  EXPECT_EQ(holds_->overdue().value(), 0U);
}

TEST_F(HoldsTest, IsReleasedOnce) {
  ASSERT_TRUE(make());
  ASSERT_TRUE(holds_->release(receipt(Act::review_hold), id_, "acquitted"));
  EXPECT_EQ(outcome(holds_->find(id_)), "not_found");
  EXPECT_EQ(outcome(holds_->release(receipt(Act::review_hold), id_, "again")), "not_found");
  EXPECT_EQ(outcome(make()), "conflict");
  clock_.set("2028-01-01T00:00:00Z");
  EXPECT_EQ(holds_->overdue().value(), 0U);
}

TEST_F(HoldsTest, WantsAReceiptForThisOne) {
  const auto wrong = receipt(Act::hold_sightings, "case-8");
  EXPECT_EQ(outcome(holds_->make(wrong, id_, day("2027-03-01"))), "invalid_input");
  ASSERT_TRUE(make());
  EXPECT_EQ(outcome(holds_->release(receipt(Act::hold_sightings), id_, "no")), "invalid_input");
  EXPECT_EQ(outcome(holds_->latest(receipt(Act::read_lists), 10)), "invalid_input");
}

}  // namespace
}  // namespace regmark::holds
