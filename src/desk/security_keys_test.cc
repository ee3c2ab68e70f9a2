#include "desk/security_keys.h"

#include <gtest/gtest.h>

#include "desk/change_people.h"
#include "desk/desk_testing.h"
#include "people/security_keys_testing.h"

namespace regmark::desk {
namespace {

constexpr std::string_view password = "correct horse battery";

class KeysOnRecord : public ::testing::Test {
 protected:
  KeysOnRecord() {
    rooms_.people.emplace(
        *rooms_.database, rooms_.clock,
        people::SignInRules{.key = base::Key{9}, .security_keys = people::test_key_rules()});
    const auto code = rooms_.people->make_first_administrator();
    REGMARK_CHECK(choose_password(*rooms_.desk, "administrator", code.value().value(), password));
    signed_in_ = sign_in(*rooms_.desk, {"administrator", password}).value();
  }
  // Asking is on record too: ask once for each.
  audit::Entry last() { return rooms_.records().at(rooms_.log.log().size() - 2); }
  const people::Session& session() const { return signed_in_->session; }
  people::AddedKey add() {
    const auto begun = begin_security_key(*rooms_.desk, session(), {password, {}, {}}).value();
    return add_security_key(*rooms_.desk, session(), signed_in_->token,
                            key_.made(begun.challenge.challenge))
        .value();
  }
  people::KeyAnswer answer() {
    return key_.answer(challenge(*rooms_.desk, session()).value().value().challenge);
  }

  TestDesk rooms_;
  people::TestKey key_;
  std::optional<people::NewSession> signed_in_;
};

TEST_F(KeysOnRecord, FromTheirFirstDayToTheirLast) {
  EXPECT_FALSE(begin_security_key(*rooms_.desk, session(), {"wrong password", {}, {}}));
  auto entry = last();
  EXPECT_EQ(entry.shown.act, "begin_security_key");
  EXPECT_EQ(entry.shown.outcome, "failed");
  EXPECT_FALSE(add_security_key(*rooms_.desk, session(), signed_in_->token, key_.made("no")));
  entry = last();
  EXPECT_EQ(entry.shown.act, "add_security_key");
  EXPECT_EQ(entry.shown.outcome, "failed");
  const auto added = add();
  entry = last();
  EXPECT_EQ(entry.shown.act, "add_security_key");
  EXPECT_EQ(entry.shown.outcome, "done");
  EXPECT_NE(entry.details.find(added.id.text()), std::string::npos) << entry.details;
  EXPECT_NE(entry.details.find(session().person.id.text()), std::string::npos);
  // What it is called is its owner's own affair.
  EXPECT_EQ(entry.details.find("Blue"), std::string::npos);

  const auto shown = answer();
  ASSERT_TRUE(remove_security_key(*rooms_.desk, session(), {password, {}, {}, &shown}, added.id));
  entry = last();
  EXPECT_EQ(entry.shown.act, "remove_security_key");
  EXPECT_NE(entry.details.find(added.id.text()), std::string::npos);
}

TEST_F(KeysOnRecord, ARefusedAnswerIsThereWithWhy) {
  add();
  auto wrong = answer();
  wrong.signature.back() ^= 1U;
  EXPECT_FALSE(sign_in(*rooms_.desk, {"administrator", password, {}, {}, &wrong}));
  auto entry = last();
  EXPECT_EQ(entry.shown.outcome, "failed");
  EXPECT_NE(entry.details.find("signature is not this key"), std::string::npos) << entry.details;
  const auto first = answer();
  ASSERT_TRUE(sign_in(*rooms_.desk, {"administrator", password, {}, {}, &first}));
  key_.counts = false;
  const auto copied = answer();
  EXPECT_FALSE(sign_in(*rooms_.desk, {"administrator", password, {}, {}, &copied}));
  EXPECT_NE(last().details.find("may be a copy"), std::string::npos);
}

TEST_F(KeysOnRecord, AnAdministratorTakesOneUnderAPermit) {
  const auto added = add();
  const auto asker = rooms_.asker({access::Role::administrator});
  const auto taken = take_security_key(*rooms_.desk, asker, session().person.id, added.id).value();
  ASSERT_TRUE(std::holds_alternative<Done<Nothing>>(taken));
  const auto records = rooms_.records();
  const auto receipt = std::get<Done<Nothing>>(taken).receipt;
  EXPECT_NE(records.at(receipt).details.find(added.id.text()), std::string::npos);
  EXPECT_FALSE(rooms_.people->session(signed_in_->token));
  const auto refused = take_security_key(*rooms_.desk, rooms_.asker({access::Role::auditor}),
                                         session().person.id, added.id)
                           .value();
  EXPECT_TRUE(std::holds_alternative<Refused>(refused));
}

}  // namespace
}  // namespace regmark::desk
