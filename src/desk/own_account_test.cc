#include "desk/own_account.h"

#include <gtest/gtest.h>

#include "desk/desk_testing.h"
#include "people/people_testing.h"

namespace regmark::desk {
namespace {

constexpr std::string_view new_password = "velvet anchor mosaic";

class OwnAccount : public ::testing::Test {
 protected:
  OwnAccount() {
    auto code = rooms_.people->make_first_administrator().value().value();
    REGMARK_CHECK(choose_password(*rooms_.desk, "administrator", code, people::test_password));
    opened_ = sign_in(*rooms_.desk, {"administrator", people::test_password}).value();
  }
  // Asking is on record too: ask once for each.
  audit::Entry last() { return rooms_.records().at(rooms_.log.log().size() - 2); }
  Result<void> change(std::string_view password) {
    return change_password(*rooms_.desk, opened_->session, opened_->token, {password, {}, {}},
                           new_password);
  }

  TestDesk rooms_;
  std::optional<people::NewSession> opened_;
};

TEST_F(OwnAccount, AChangedPasswordIsOnRecordWithoutIt) {
  ASSERT_TRUE(change(people::test_password));
  const auto entry = last();
  EXPECT_EQ(entry.shown.act, "change_password");
  EXPECT_EQ(entry.shown.outcome, "done");
  EXPECT_EQ(entry.shown.role, "administrator");
  EXPECT_NE(entry.details.find(opened_->session.person.id.text()), std::string::npos);
  EXPECT_NE(entry.details.find(opened_->session.id.text()), std::string::npos);
  EXPECT_EQ(entry.details.find(new_password), std::string::npos);
  EXPECT_EQ(entry.details.find(opened_->token), std::string::npos);
}

TEST_F(OwnAccount, AGuessAtThePasswordIsOnRecord) {
  EXPECT_FALSE(change("wrong password"));
  const auto entry = last();
  EXPECT_EQ(entry.shown.act, "change_password");
  EXPECT_EQ(entry.shown.outcome, "failed");
  EXPECT_EQ(entry.details.find("wrong password"), std::string::npos);
}

TEST_F(OwnAccount, EachSessionThatEndsIsOnRecord) {
  const auto& here = opened_->session;
  const auto there = sign_in(*rooms_.desk, {"administrator", people::test_password}).value();
  EXPECT_EQ(sessions(*rooms_.desk, here)->size(), 2U);
  ASSERT_TRUE(end_session(*rooms_.desk, here, there.session.id));
  auto entry = last();
  EXPECT_EQ(entry.shown.act, "end_session");
  EXPECT_EQ(entry.shown.outcome, "done");
  EXPECT_NE(entry.details.find(R"("session":")" + here.id.text()), std::string::npos);
  EXPECT_NE(entry.details.find(R"("ended":")" + there.session.id.text()), std::string::npos);
  EXPECT_FALSE(end_session(*rooms_.desk, here, there.session.id));
  EXPECT_EQ(last().shown.outcome, "failed");

  const auto second = sign_in(*rooms_.desk, {"administrator", people::test_password}).value();
  const auto third = sign_in(*rooms_.desk, {"administrator", people::test_password}).value();
  ASSERT_TRUE(end_other_sessions(*rooms_.desk, here));
  const auto records = rooms_.records();
  std::string ended;
  for (const auto& each : records) {
    if (each.shown.act == "end_session") ended += each.details;
  }
  for (const auto& each : {second, third}) {
    EXPECT_NE(ended.find(R"("ended":")" + each.session.id.text()), std::string::npos);
  }
  EXPECT_TRUE(rooms_.people->session(opened_->token));
  EXPECT_EQ(sessions(*rooms_.desk, here)->size(), 1U);
}

}  // namespace
}  // namespace regmark::desk
