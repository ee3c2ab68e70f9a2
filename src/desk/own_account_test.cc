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

}  // namespace
}  // namespace regmark::desk
