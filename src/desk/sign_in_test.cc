#include "desk/sign_in.h"

#include <gtest/gtest.h>

#include "desk/desk_testing.h"

namespace regmark::desk {
namespace {

constexpr std::string_view password = "correct horse battery";

class SignIn : public ::testing::Test {
 protected:
  SignIn() {
    auto code = rooms_.people->make_first_administrator();
    REGMARK_CHECK(code && code->has_value());
    REGMARK_CHECK(choose_password(*rooms_.desk, "administrator", code->value_or(""), password));
  }
  // Asking is on record too: ask once for each.
  audit::Entry last() { return rooms_.records().at(rooms_.log.log().size() - 2); }

  TestDesk rooms_;
};

TEST_F(SignIn, IsOnRecordWithThePersonAndTheSession) {
  const auto signed_in = sign_in(*rooms_.desk, {"administrator", password});
  ASSERT_TRUE(signed_in);
  const auto entry = last();
  EXPECT_EQ(entry.shown.act, "sign_in");
  EXPECT_EQ(entry.shown.outcome, "done");
  EXPECT_EQ(entry.shown.role, "administrator");
  EXPECT_NE(entry.details.find(signed_in->session.person.id.text()), std::string::npos);
  EXPECT_NE(entry.details.find(signed_in->session.id.text()), std::string::npos);
  EXPECT_EQ(entry.details.find(signed_in->token), std::string::npos);

  ASSERT_TRUE(sign_out(*rooms_.desk, signed_in->session, signed_in->token));
  EXPECT_EQ(last().shown.act, "sign_out");
  EXPECT_FALSE(rooms_.people->session(signed_in->token));
}

TEST_F(SignIn, AFailureNamesTheAccountThatWasTried) {
  EXPECT_EQ(sign_in(*rooms_.desk, {"administrator", "wrong password"}).error().code,
            ErrorCode::not_found);
  const auto entry = last();
  EXPECT_EQ(entry.shown.outcome, "failed");
  EXPECT_EQ(entry.shown.role, "nobody");
  const auto people = rooms_.people->list().value();
  EXPECT_NE(entry.details.find(people.at(0).id.text()), std::string::npos) << entry.details;
}

TEST_F(SignIn, LooksAtNobodyElseToSayWhoWasTried) {
  const auto self = rooms_.people->person_named("administrator").value().value();
  ASSERT_TRUE(rooms_.people->add({.sign_in_name = "other",
                                  .display_name = "Somebody else",
                                  .organisation = base::OrganisationId::parse("office").value(),
                                  .roles = {access::Role::auditor}}));
  // A row that cannot be read is that person's trouble alone.
  ASSERT_TRUE(rooms_.database->write([](records::Transaction& transaction) {
    return transaction.run("UPDATE person_roles SET role = 'none such' WHERE role = 'auditor'");
  }));
  const auto signed_in = sign_in(*rooms_.desk, {"administrator", password});
  ASSERT_TRUE(signed_in);
  EXPECT_FALSE(sign_in(*rooms_.desk, {"administrator", "wrong password"}));
  EXPECT_NE(last().details.find(self.text()), std::string::npos) << last().details;
  EXPECT_TRUE(begin_second_factor(*rooms_.desk, signed_in->session, {password, {}, {}}));
}

TEST_F(SignIn, ANameThatNobodyHasIsNotKept) {
  EXPECT_FALSE(sign_in(*rooms_.desk, {"hunter2-my-password", "x"}));
  const auto entry = last();
  EXPECT_EQ(entry.shown.outcome, "failed");
  EXPECT_EQ(entry.details.find("hunter2"), std::string::npos);
}

TEST_F(SignIn, ALockedAccountIsARefusal) {
  for (int i = 0; i < people::failures_max; ++i) {
    EXPECT_FALSE(sign_in(*rooms_.desk, {"administrator", "wrong password"}));
  }
  EXPECT_EQ(sign_in(*rooms_.desk, {"administrator", password}).error().code,
            ErrorCode::limit_exceeded);
  EXPECT_EQ(last().shown.outcome, "refused");
}

TEST_F(SignIn, NobodyIsSignedInWithoutARecord) {
  rooms_.failing_log.fill_up_after(0);
  const auto signed_in = sign_in(*rooms_.desk, {"administrator", password});
  ASSERT_FALSE(signed_in);
  EXPECT_EQ(signed_in.error().code, ErrorCode::unavailable);
}

TEST_F(SignIn, ChoosingAPasswordIsOnRecordToo) {
  const auto first = last();  // looking is on record as well: look once
  EXPECT_EQ(first.shown.act, "choose_password");
  EXPECT_EQ(first.shown.outcome, "done");
  EXPECT_FALSE(choose_password(*rooms_.desk, "administrator", "wrong-code", password));
  EXPECT_EQ(last().shown.outcome, "failed");
}

TEST_F(SignIn, ASecondFactorIsOnRecordWithoutItsCodes) {
  const auto signed_in = sign_in(*rooms_.desk, {"administrator", password}).value();
  const auto begun = begin_second_factor(*rooms_.desk, signed_in.session, {password, {}, {}});
  ASSERT_TRUE(begun) << begun.error().message;
  auto entry = last();
  EXPECT_EQ(entry.shown.act, "begin_second_factor");
  EXPECT_EQ(entry.details.find(begun->secret), std::string::npos);
  EXPECT_FALSE(begin_second_factor(*rooms_.desk, signed_in.session, {"wrong password", {}, {}}));
  EXPECT_EQ(last().shown.outcome, "failed");
  EXPECT_FALSE(confirm_second_factor(*rooms_.desk, signed_in.session, signed_in.token, "no code"));
  entry = last();
  EXPECT_EQ(entry.shown.act, "confirm_second_factor");
  EXPECT_EQ(entry.shown.outcome, "failed");
}

}  // namespace
}  // namespace regmark::desk
