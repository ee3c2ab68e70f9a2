#include "camera_register/camera_register.h"

#include <gtest/gtest.h>

#include <functional>

#include "audit/audit_testing.h"
#include "camera_register/camera_register_testing.h"
#include "records/database_testing.h"

namespace regmark::camera_register {
namespace {

using access::Act;

template <typename T>
std::string outcome(const Result<T>& result) {
  return result ? "done" : name(result.error().code);
}

class RegisterTest : public ::testing::Test {
 protected:
  RegisterTest() {
    EXPECT_TRUE(database_->migrate(CameraRegister::migrations()));
    register_.emplace(*database_, clock_);
  }
  Result<void> enter(const Entries& entries) {
    return register_->enter(log_.receipt_for(Act::change_estate, {.subject = "register"}), entries);
  }
  std::uint64_t standing(std::string_view day, std::optional<base::UtcTime> known = std::nullopt) {
    return register_
        ->answer(log_.receipt_for(Act::read_register, {.subject = "standing"}),
                 {Question::standing, test_day(day), test_day(day), known}, {})
        ->lines()
        .back()
        .figure.value;
  }

  base::ManualClock clock_{"2026-11-22T10:00:00Z"};
  audit::TestLog log_{clock_};
  records::TestDatabase database_;
  std::optional<CameraRegister> register_;
};

TEST_F(RegisterTest, AnswersFromWhatIsKnownNowOrWasKnownThen) {
  ASSERT_TRUE(enter({.cameras = {test_camera("a", "2020-01-01"), test_camera("b", "2021-01-01")}}));
  const auto then = clock_.now();
  clock_.advance(std::chrono::days{1});
  // Somebody found the papers: b was put up earlier, and a was taken down.
  auto gone = test_camera("a", "2020-01-01");
  gone.is_removed = true;
  gone.removed = {test_day("2020-06-01"), Certainty::exact};
  ASSERT_TRUE(enter({.cameras = {test_camera("b", "2019-01-01"), gone}}));
  EXPECT_EQ(standing("2020-03-01"), 2U);
  EXPECT_EQ(standing("2020-12-31"), 1U);
  EXPECT_EQ(standing("2020-03-01", then), 1U);
  EXPECT_EQ(standing("2020-12-31", then), 1U);
  EXPECT_EQ(standing("2021-12-31", then), 2U);
  EXPECT_EQ(standing("2020-03-01", then - std::chrono::seconds{1}), 0U);
}

TEST_F(RegisterTest, EntersAllOrNothing) {
  struct Case {
    std::string_view what;
    std::function<void(Particulars&)> change;
  };
  const Case cases[] = {
      {"put up tomorrow", [](auto& one) { one.installed.day = test_day("2026-11-23"); }},
      {"put up long ago",
       [](auto& one) { one.installed.day = test_day("1900-01-01") - std::chrono::days{1}; }},
      {"exactly never", [](auto& one) { one.installed.day.reset(); }},
      {"unrecorded on a day", [](auto& one) { one.installed.how = Certainty::not_recorded; }},
      {"taken down and standing",
       [](auto& one) {
         one.removed = {test_day("2022-01-01"), Certainty::exact};
       }},
      {"taken down before it was put up",
       [](auto& one) {
         one.is_removed = true;
         one.removed = {test_day("2019-01-01"), Certainty::exact};
       }},
      {"published tomorrow", [](auto& one) { one.impact_published = test_day("2026-11-23"); }},
      {"an owner that moves the cursor", [](auto& one) { one.owner = "\x1b[2J"; }},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    auto bad = test_camera("b", "2020-01-01");
    one.change(bad);
    const auto entered = enter({.cameras = {test_camera("a", "2020-01-01"), bad}});
    EXPECT_EQ(outcome(entered), "invalid_input");
    EXPECT_EQ(entered.error().message.substr(0, 9), "camera 2:");
    EXPECT_EQ(standing("2026-11-22"), 0U);
  }
  Entries many;
  many.costs.resize(entries_max + 1, Cost{2020});
  EXPECT_EQ(outcome(enter(many)), "limit_exceeded");
}

TEST_F(RegisterTest, WantsAReceiptForIt) {
  const auto wrong = log_.receipt_for(Act::read_estate, {.subject = "register"});
  EXPECT_EQ(outcome(register_->enter(wrong, {})), "invalid_input");
  const Asked asked{Question::standing, test_day("2020-01-01"), test_day("2020-01-01")};
  EXPECT_EQ(outcome(register_->answer(wrong, asked, {})), "invalid_input");
  const Asked backwards{Question::standing, test_day("2020-01-02"), test_day("2020-01-01")};
  EXPECT_EQ(outcome(register_->answer(log_.receipt_for(Act::read_register), backwards, {})),
            "invalid_input");
}

TEST_F(RegisterTest, NoEntryChangesOrGoes) {
  ASSERT_TRUE(enter(made_up_force(5, test_day("2026-11-22"), 1)));
  for (const auto* table : {"register_cameras", "register_counts", "register_costs"}) {
    for (const auto& statement :
         {"UPDATE " + std::string(table) + " SET at = 1", "DELETE FROM " + std::string(table)}) {
      SCOPED_TRACE(statement);
      EXPECT_EQ(outcome(database_->write(
                    [&](records::Transaction& transaction) { return transaction.run(statement); })),
                "conflict");
    }
  }
}

}  // namespace
}  // namespace regmark::camera_register
