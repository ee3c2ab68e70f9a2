#include "accountability/examples.h"

#include <gtest/gtest.h>

#include "accountability/accountability_testing.h"

namespace regmark::accountability {
namespace {

using access::Act;

class ExamplesTest : public ::testing::Test {
 protected:
  Result<std::uint64_t> write(std::string_view words = "A stolen car was found within the hour.",
                              std::string_view subject = "example") {
    REGMARK_ASSIGN(const auto passed, Sieve({"Mill Lane"}, {}).pass(words));
    return room_.room.examples.write(room_.receipt(Act::change_estate, subject, "writer"), passed);
  }
  Result<void> approve(std::uint64_t number, std::string_view person = "second") {
    return room_.room.examples.approve(room_.receipt(Act::approve_estate, "example", person),
                                       number);
  }
  std::vector<Example> all(int days = 0) {
    return room_.room.examples
        .all(room_.receipt(Act::read_register),
             base::day_of(room_.clock.now()) + std::chrono::days{days})
        .value();
  }
  TestAccountability room_;
};

TEST_F(ExamplesTest, OneWritesAndAnotherApproves) {
  const auto number = write();
  ASSERT_TRUE(number);
  EXPECT_FALSE(all().front().approved);
  EXPECT_EQ(approve(*number, "writer").error().code, ErrorCode::conflict);
  ASSERT_TRUE(approve(*number));
  const auto one = all().front();
  ASSERT_TRUE(one.approved);
  EXPECT_EQ(one.approved->by.text(), "second");
  EXPECT_EQ(one.written.by.text(), "writer");
  EXPECT_EQ(approve(*number, "third").error().code, ErrorCode::conflict);
  EXPECT_EQ(approve(99).error().code, ErrorCode::not_found);
}

TEST_F(ExamplesTest, ARecordThatApprovesItselfIsRefusedByTheTableToo) {
  ASSERT_TRUE(write());
  EXPECT_FALSE(
      room_.database.lets("INSERT INTO accountability_approvals VALUES (1, 0, 'writer', 1)"));
}

TEST_F(ExamplesTest, NamesNoPlace) {
  EXPECT_EQ(write("Seen at Mill Lane.").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(write(std::string(example_size_max + 1, 'x')).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(write("").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(write("A car.", "something").error().code, ErrorCode::invalid_input);
  EXPECT_TRUE(all().empty());
}

TEST_F(ExamplesTest, ShowsWhatStoodOnADay) {
  ASSERT_TRUE(write());
  EXPECT_TRUE(all(-1).empty());
  EXPECT_EQ(all().size(), 1U);
}

TEST_F(ExamplesTest, ChangesAndLosesNothing) {
  ASSERT_TRUE(approve(write().value()));
  for (const auto* sql :
       {"UPDATE accountability_examples SET words = 'x'", "DELETE FROM accountability_examples",
        "UPDATE accountability_approvals SET by_person = 'x'",
        "DELETE FROM accountability_approvals"}) {
    EXPECT_FALSE(room_.database.lets(sql)) << sql;
  }
}

}  // namespace
}  // namespace regmark::accountability
