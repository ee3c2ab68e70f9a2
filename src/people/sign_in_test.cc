// Who has to wait after failures, and who has not.
#include <gtest/gtest.h>

#include "people/internal/throttle.h"
#include "people/people_testing.h"

namespace regmark::people {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class Waiting : public ::testing::Test {
 protected:
  std::string attempt(std::string_view name, std::string_view password, std::string_view source) {
    return outcome(people_->sign_in({name, password, {}, source}));
  }
  // As many failures as are let through; time passes where they must wait.
  void fail_often(int times, const std::string& name, const std::string& source) {
    for (int i = 0; i < times;) {
      if (attempt(name, "wrong password", source) == "not_found") {
        ++i;
      } else {
        people_.clock.advance(minutes(1));
      }
    }
  }

  TestPeople people_;
};

TEST(WaitAfter, GrowsToAQuarterOfAnHour) {
  const std::pair<std::int64_t, int> cases[] = {{0, 0}, {4, 0}, {5, 1},  {6, 2},
                                                {7, 4}, {8, 8}, {9, 15}, {1'000, 15}};
  for (const auto& [failures, want] : cases) {
    EXPECT_EQ(wait_after(failures, 5), minutes(want)) << failures;
  }
}

TEST_F(Waiting, GrowsWithEachFailure) {
  people_.ready("anna");
  for (int i = 0; i < failures_max - 1; ++i) {
    EXPECT_EQ(attempt("anna", "wrong password", "here"), "not_found");
  }
  EXPECT_EQ(attempt("anna", test_password, "here"), "ok");  // the fifth try; forgets the four
  for (int i = 0; i < failures_max; ++i) {
    EXPECT_EQ(attempt("anna", "wrong password", "here"), "not_found");
  }
  for (const int wait : {1, 2, 4, 8, 15, 15}) {
    SCOPED_TRACE(wait);
    EXPECT_EQ(attempt("anna", test_password, "here"), "limit_exceeded");
    people_.clock.advance(minutes(wait) - seconds(1));
    // Trying meanwhile makes it no longer.
    EXPECT_EQ(attempt("anna", "wrong password", "here"), "limit_exceeded");
    people_.clock.advance(seconds(1));
    EXPECT_EQ(attempt("anna", "wrong password", "here"), "not_found");
  }
  people_.clock.advance(minutes(15));
  EXPECT_EQ(attempt("anna", test_password, "here"), "ok");
}

TEST_F(Waiting, IsNobodysWhoSitsWhereTheyAlwaysDo) {
  people_.ready("anna");
  EXPECT_EQ(attempt("anna", test_password, "control room"), "ok");
  for (int at = 0; at < 21; ++at) fail_often(1, "anna", "bad " + std::to_string(at));
  // Whoever comes from nowhere has to wait, anna in her chair does not.
  EXPECT_EQ(attempt("anna", test_password, "somewhere new"), "limit_exceeded");
  EXPECT_EQ(attempt("anna", test_password, "control room"), "ok");
  // Nor when somebody in the same room guesses at many names.
  for (int at = 0; at < 51; ++at) fail_often(1, "name " + std::to_string(at), "control room");
  EXPECT_EQ(attempt("another", "wrong password", "control room"), "limit_exceeded");
  EXPECT_EQ(attempt("anna", test_password, "control room"), "ok");
}

TEST_F(Waiting, IsForAPlaceThatBringsCodesWhichTheProviderRefuses) {
  people_.ready("anna");
  const auto bring = [&](std::string_view source) {
    return outcome(people_->count_return(source));
  };
  // What was taken is none, however often.
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(bring("control room"), "ok");
    ASSERT_TRUE(people_->take_return_back("control room"));
  }
  for (int i = 0; i < 20; ++i) EXPECT_EQ(bring("here"), "ok");
  EXPECT_EQ(bring("here"), "limit_exceeded");
  EXPECT_EQ(bring("control room"), "ok");
  EXPECT_EQ(attempt("anna", test_password, "here"), "ok");  // passwords are another door
  people_.clock.advance(minutes(1));
  EXPECT_EQ(bring("here"), "ok");
  EXPECT_EQ(bring("here"), "limit_exceeded");
}

TEST_F(Waiting, IsTheSameForANameThatNobodyHas) {
  people_.ready("anna");
  // Every answer to the same tries, with everything that an outsider may do in between.
  const auto story = [&](const std::string& name) {
    std::string all;
    const auto note = [&](const std::string& source) {
      const auto answer = people_->sign_in({name, "wrong password", {}, source});
      all += std::string(regmark::name(answer.error().code)) + " " + answer.error().message + "\n";
    };
    for (int i = 0; i < 8; ++i) note("here");
    for (int i = 0; i < 18; ++i) note("from " + std::to_string(i));
    people_.clock.advance(minutes(3));
    note("here");
    all += outcome(people_->choose_password(name, "no-code", test_password, "here")) + "\n";
    people_.clock.advance(minutes(61));
    note("here");
    return all;
  };
  const auto known = story("anna");
  EXPECT_EQ(known, story("nobody"));
  EXPECT_NE(known.find("limit_exceeded"), std::string::npos);
}

TEST_F(Waiting, KeepsNoNameInTheClear) {
  // Some people type their password into the wrong box.
  EXPECT_EQ(attempt("hunter2-my-password", "x", "here"), "not_found");
  const auto digest = base::sha256(base::as_bytes("hunter2-my-password"));
  const auto rows = people_.database->read([](records::Transaction& transaction) {
    return transaction.run("SELECT what FROM sign_in_tries");
  });
  ASSERT_EQ(rows->size(), 3U);
  for (const auto& row : *rows) EXPECT_NE(row.bytes(0), base::Bytes(digest.begin(), digest.end()));
}

}  // namespace
}  // namespace regmark::people
