#include "people/security_keys.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/encoding.h"
#include "people/people_testing.h"
#include "people/security_keys_testing.h"

namespace regmark::people {
namespace {

using access::Role;

class SecurityKeys : public ::testing::Test {
 protected:
  SecurityKeys()
      : people_({.key = base::Key{9}, .second_factor = {}, .security_keys = test_key_rules()}),
        anna_(people_.ready("anna")) {}

  std::string token() { return people_->sign_in({"anna", test_password}).value().token; }
  // Makes a key known with a password alone.
  AddedKey add(TestKey& key, std::string_view name = "Blue key") {
    const auto session = token();
    return people_->add_security_key(session, key.made(begin(), name)).value();
  }
  std::string begin() {
    return people_->begin_security_key({"anna", test_password}).value().challenge.challenge;
  }
  std::string challenge() { return people_->challenge("anna").value().value().challenge; }
  Result<NewSession> sign_in_with(const KeyAnswer& answer) {
    return people_->sign_in({"anna", test_password, {}, {}, &answer});
  }
  // Why the answer is refused, in one sign-in.
  std::string refusal(const KeyAnswer& answer) {
    const auto tried = sign_in_with(answer);
    if (tried) return "";
    EXPECT_EQ(tried.error().code, ErrorCode::conflict);
    return tried.error().message;
  }

  TestPeople people_;
  base::PersonId anna_;
  TestKey key_;
};

TEST_F(SecurityKeys, OpenTheDoorAfterThePassword) {
  EXPECT_FALSE(people_->challenge("anna")->has_value());
  const auto added = add(key_);
  EXPECT_EQ(added.recovery_codes.size(), 10U);
  EXPECT_EQ(outcome(people_->sign_in({"anna", test_password})), "conflict");
  const auto asked = people_->challenge("anna").value().value();
  ASSERT_EQ(asked.credentials.size(), 1U);
  EXPECT_EQ(asked.credentials[0], key_.credential);
  const auto answer = key_.answer(asked.challenge);
  // With a wrong password nothing is said of the key, and nothing is used up.
  EXPECT_EQ(outcome(people_->sign_in({"anna", "wrong password", {}, {}, &answer})), "not_found");
  EXPECT_EQ(outcome(sign_in_with(answer)), "ok");
  EXPECT_TRUE(people_->list()->front().has_second_factor);
  const auto known = people_->security_keys(anna_).value();
  ASSERT_EQ(known.size(), 1U);
  EXPECT_EQ(known[0].name, "Blue key");
  EXPECT_EQ(known[0].used_at, people_.clock.now());
  // On paper for the day it is lost; a code of an app there never was is none.
  EXPECT_EQ(outcome(people_->sign_in({"anna", test_password, "123456"})), "conflict");
  EXPECT_EQ(outcome(people_->sign_in({"anna", test_password, added.recovery_codes[0]})), "ok");
  EXPECT_EQ(outcome(people_->sign_in({"anna", test_password, added.recovery_codes[0]})),
            "conflict");
}

TEST_F(SecurityKeys, AnswerEachQuestionOnceAndInTime) {
  add(key_);
  const auto first = challenge();
  const auto answer = key_.answer(first);
  EXPECT_EQ(outcome(sign_in_with(answer)), "ok");
  EXPECT_NE(refusal(answer).find("was used"), std::string::npos);
  EXPECT_NE(refusal(key_.answer(first)).find("was used"), std::string::npos);
  EXPECT_NE(refusal(key_.answer("not a question of ours")).find("was used"), std::string::npos);

  const auto late = challenge();
  people_.clock.advance(challenge_time);
  EXPECT_NE(refusal(key_.answer(late)).find("was used"), std::string::npos);
  const auto in_time = challenge();
  people_.clock.advance(challenge_time - std::chrono::seconds{1});
  EXPECT_EQ(outcome(sign_in_with(key_.answer(in_time))), "ok");

  // A refused answer uses up the question as well.
  const auto spoilt = challenge();
  auto wrong = key_.answer(spoilt);
  wrong.signature.back() ^= 1U;
  EXPECT_NE(refusal(wrong).find("not this key's"), std::string::npos);
  EXPECT_NE(refusal(key_.answer(spoilt)).find("was used"), std::string::npos);
  // One for making a key known is none for signing in.
  const auto session = sign_in_with(key_.answer(challenge())).value();
  const auto shown = key_.answer(challenge());
  const auto other =
      people_->begin_security_key({"anna", test_password, {}, {}, &shown}).value().challenge;
  EXPECT_NE(refusal(key_.answer(other.challenge)).find("was used"), std::string::npos);
}

TEST_F(SecurityKeys, AnswerHoweverManyQuestionsOthersAsk) {
  add(key_);
  const auto hers = challenge();
  // Whoever knows the password and no more.
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(outcome(people_->sign_in({"anna", test_password})), "conflict");
    challenge();
  }
  EXPECT_EQ(outcome(sign_in_with(key_.answer(hers))), "ok");
}

TEST_F(SecurityKeys, LeaveNothingForWhoOnlyAsked) {
  add(key_);
  people_.clock.advance(challenge_time);
  ASSERT_TRUE(people_->erase_over());
  const auto kept = [&] {
    return people_.database
        ->read([](records::Transaction& transaction) {
          return transaction.run("SELECT 1 FROM key_challenges_used");
        })
        ->size();
  };
  challenge();
  EXPECT_EQ(kept(), 0U);
  EXPECT_EQ(outcome(sign_in_with(key_.answer(challenge()))), "ok");
  EXPECT_EQ(kept(), 1U);
  people_.clock.advance(challenge_time - std::chrono::seconds{1});
  ASSERT_TRUE(people_->erase_over());
  EXPECT_EQ(kept(), 1U);
  people_.clock.advance(std::chrono::seconds{1});
  ASSERT_TRUE(people_->erase_over());
  EXPECT_EQ(kept(), 0U);
}

TEST_F(SecurityKeys, AnswerNoQuestionThatWasWrittenAnew) {
  add(key_);
  const auto refused = [&](const std::function<void(base::Bytes&)>& change) {
    auto bytes = base::from_base64_url(challenge()).value();
    change(bytes);
    const auto why = refusal(key_.answer(base::to_base64_url(bytes)));
    people_.clock.advance(wait_max);
    return why.find("was used") != std::string::npos;
  };
  // A bit of what is random, of the time, of the mark; one byte less, one more.
  for (const std::size_t at : {0U, 33U, 39U, 40U, 71U}) {
    EXPECT_TRUE(refused([&](base::Bytes& bytes) { bytes.at(at) ^= 1U; })) << at;
  }
  EXPECT_TRUE(refused([](base::Bytes& bytes) { bytes.pop_back(); }));
  EXPECT_TRUE(refused([](base::Bytes& bytes) { bytes.push_back(0); }));
  // One that was asked before an administrator ended all of theirs.
  const auto before = challenge();
  people_.clock.advance(std::chrono::seconds{1});
  ASSERT_TRUE(people_->remove_second_factor(anna_));
  add(key_);
  EXPECT_NE(refusal(key_.answer(before)).find("was used"), std::string::npos);
  EXPECT_EQ(outcome(sign_in_with(key_.answer(challenge()))), "ok");
}

TEST_F(SecurityKeys, OfSomebodyElseAreRefused) {
  add(key_);
  people_.ready("bob");
  TestKey bobs;
  const auto session = people_->sign_in({"bob", test_password}).value().token;
  const auto begun = people_->begin_security_key({"bob", test_password}).value();
  ASSERT_TRUE(people_->add_security_key(session, bobs.made(begun.challenge.challenge)));
  EXPECT_NE(refusal(bobs.answer(challenge())).find("not one of theirs"), std::string::npos);
  // His question, her key.
  const auto his = people_->challenge("bob").value().value().challenge;
  EXPECT_NE(refusal(key_.answer(his)).find("was used"), std::string::npos);
  // And her key cannot become his.
  const auto shown = bobs.answer(people_->challenge("bob").value().value().challenge);
  const auto again = people_->begin_security_key({"bob", test_password, {}, {}, &shown}).value();
  EXPECT_EQ(outcome(people_->add_security_key(session, key_.made(again.challenge.challenge))),
            "conflict");
}

TEST_F(SecurityKeys, ThatDoNotCountOnMayBeCopies) {
  add(key_);
  EXPECT_EQ(outcome(sign_in_with(key_.answer(challenge()))), "ok");
  const auto seen = key_.counter;
  key_.counts = false;
  for (const auto stale : {seen, seen - 1, 0U}) {
    key_.counter = stale;
    EXPECT_NE(refusal(key_.answer(challenge())).find("may be a copy"), std::string::npos) << stale;
  }
  key_.counter = seen + 1;
  EXPECT_EQ(outcome(sign_in_with(key_.answer(challenge()))), "ok");
  // One that never counts says 0 for ever.
  TestKey other;
  other.counts = false;
  other.counter = 0;
  key_.counts = true;
  const auto shown = key_.answer(challenge());
  const auto begun = people_->begin_security_key({"anna", test_password, {}, {}, &shown}).value();
  const auto session = sign_in_with(key_.answer(challenge())).value().token;
  ASSERT_TRUE(people_->add_security_key(session, other.made(begun.challenge.challenge)));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(outcome(sign_in_with(other.answer(challenge()))), "ok");
}

TEST_F(SecurityKeys, AreMadeKnownOnlyAsAsked) {
  const auto session = token();
  const auto try_with = [&](const NewKeyAnswer& answer) {
    return outcome(people_->add_security_key(session, answer));
  };
  const auto once = begin();
  EXPECT_EQ(try_with(key_.made(once, "")), "invalid_input");
  EXPECT_EQ(try_with(key_.made(once, std::string(65, 'x'))), "invalid_input");
  EXPECT_EQ(try_with(key_.made(once, "a\x1b[2J")), "invalid_input");
  EXPECT_EQ(outcome(people_->add_security_key("no session", key_.made(once))), "not_found");
  EXPECT_EQ(try_with(key_.made("another question")), "not_found");
  TestKey elsewhere;
  elsewhere.origin = "https://evil.example";
  EXPECT_EQ(try_with(elsewhere.made(once)), "invalid_input");
  EXPECT_EQ(try_with(key_.made(once)), "ok");
  EXPECT_EQ(try_with(key_.made(once)), "not_found");  // used up
  EXPECT_EQ(outcome(people_->begin_security_key({"anna", test_password})), "conflict");
  EXPECT_EQ(outcome(people_->begin_security_key({"anna", "wrong password"})), "not_found");
}

TEST_F(SecurityKeys, EndSessionsThatWereOpenedWithLess) {
  const auto mine = token();
  const auto other = token();
  ASSERT_TRUE(people_->add_security_key(mine, key_.made(begin())));
  EXPECT_EQ(outcome(people_->session(mine)), "ok");
  EXPECT_EQ(outcome(people_->session(other)), "not_found");
}

TEST_F(SecurityKeys, AreSeveralButNotManyAndRemovedByTheirOwner) {
  std::vector<TestKey> keys(security_keys_max + 1);
  auto first = add(keys[0], "Key 0");
  for (std::size_t at = 1; at <= security_keys_max; ++at) {
    const auto session = sign_in_with(keys[0].answer(challenge())).value().token;
    const auto shown = keys[0].answer(challenge());
    const auto begun = people_->begin_security_key({"anna", test_password, {}, {}, &shown}).value();
    EXPECT_EQ(begun.challenge.credentials.size(), at);
    const auto added = people_->add_security_key(session, keys[at].made(begun.challenge.challenge));
    EXPECT_EQ(outcome(added), at < security_keys_max ? "ok" : "limit_exceeded");
    EXPECT_TRUE(!added || added->recovery_codes.empty());
  }
  const auto known = people_->security_keys(anna_).value();
  ASSERT_EQ(known.size(), security_keys_max);

  const auto remove = [&](const KeyAnswer* shown, const SecurityKeyId& id) {
    return outcome(people_->remove_security_key({"anna", test_password, {}, {}, shown}, id));
  };
  EXPECT_EQ(remove(nullptr, first.id), "conflict");
  auto shown = keys[1].answer(challenge());
  EXPECT_EQ(remove(&shown, SecurityKeyId::random()), "invalid_input");
  EXPECT_EQ(remove(&shown, first.id), "conflict");  // it was shown
  shown = keys[1].answer(challenge());
  EXPECT_EQ(remove(&shown, first.id), "ok");
  EXPECT_NE(refusal(keys[0].answer(challenge())).find("not one of theirs"), std::string::npos);
  EXPECT_EQ(outcome(people_->sign_in({"anna", test_password, first.recovery_codes[1]})), "ok");
}

TEST_F(SecurityKeys, TheLastOneTakesTheCodesWithIt) {
  const auto added = add(key_);
  const auto shown = key_.answer(challenge());
  ASSERT_TRUE(people_->remove_security_key({"anna", test_password, {}, {}, &shown}, added.id));
  EXPECT_EQ(outcome(people_->sign_in({"anna", test_password})), "ok");
  TestKey next;
  const auto codes = add(next).recovery_codes;
  EXPECT_EQ(outcome(people_->sign_in({"anna", test_password, added.recovery_codes[0]})),
            "conflict");
  EXPECT_EQ(outcome(people_->sign_in({"anna", test_password, codes[0]})), "ok");
}

TEST_F(SecurityKeys, AreTakenByAnAdministrator) {
  const auto added = add(key_);
  const auto session = sign_in_with(key_.answer(challenge())).value().token;
  EXPECT_EQ(outcome(people_->take_security_key(anna_, SecurityKeyId::random())), "not_found");
  EXPECT_EQ(outcome(people_->take_security_key(base::PersonId::random(), added.id)), "not_found");
  EXPECT_EQ(outcome(people_->session(session)), "ok");
  ASSERT_TRUE(people_->take_security_key(anna_, added.id));
  EXPECT_EQ(outcome(people_->session(session)), "not_found");
  EXPECT_EQ(outcome(people_->sign_in({"anna", test_password})), "ok");

  add(key_);
  ASSERT_TRUE(people_->remove_second_factor(anna_));
  EXPECT_TRUE(people_->security_keys(anna_)->empty());
  EXPECT_EQ(outcome(people_->sign_in({"anna", test_password})), "ok");
}

TEST_F(SecurityKeys, StandBesideAnApp) {
  add(key_);
  const auto session = sign_in_with(key_.answer(challenge())).value().token;
  const auto shown = key_.answer(challenge());
  const auto app =
      people_->begin_second_factor({"anna", test_password, {}, {}, &shown}).value().secret;
  const auto codes =
      people_->confirm_second_factor(session, code_shown(app, people_.clock.now())).value();
  EXPECT_EQ(people_->security_keys(anna_)->size(), 1U);
  people_.clock.advance(totp_step_time);
  EXPECT_EQ(
      outcome(people_->sign_in({"anna", test_password, code_shown(app, people_.clock.now())})),
      "ok");
  EXPECT_EQ(outcome(sign_in_with(key_.answer(challenge()))), "ok");
  // A key that goes leaves the app and its codes.
  const auto id = people_->security_keys(anna_)->front().id;
  ASSERT_TRUE(people_->take_security_key(anna_, id));
  EXPECT_EQ(outcome(people_->sign_in({"anna", test_password})), "conflict");
  EXPECT_EQ(outcome(people_->sign_in({"anna", test_password, codes[0]})), "ok");
}

TEST_F(SecurityKeys, GuessesAtOneWaitLikeGuessesAtAPassword) {
  add(key_);
  for (int i = 0; i < failures_max; ++i) EXPECT_NE(refusal(key_.answer("guess")), "");
  EXPECT_EQ(outcome(sign_in_with(key_.answer(challenge()))), "limit_exceeded");
}

TEST(SecurityKeyRoles, TakeAKeyForASecondFactor) {
  TestPeople people({.key = base::Key{9},
                     .second_factor = {Role::investigator},
                     .security_keys = test_key_rules()});
  people.ready("anna");
  const auto opened = people->sign_in({"anna", test_password}).value();
  EXPECT_TRUE(opened.session.lacks_second_factor);
  TestKey key;
  const auto begun = people->begin_security_key({"anna", test_password}).value();
  ASSERT_TRUE(people->add_security_key(opened.token, key.made(begun.challenge.challenge)));
  EXPECT_FALSE(people->session(opened.token)->lacks_second_factor);
}

TEST(SecurityKeyRoles, NobodyHasOneWhereNoSiteIsConfigured) {
  TestPeople people;
  people.ready("anna");
  EXPECT_EQ(outcome(people->begin_security_key({"anna", test_password})), "unavailable");
  EXPECT_FALSE(people->challenge("anna")->has_value());
  const auto token = people->sign_in({"anna", test_password}).value().token;
  EXPECT_EQ(outcome(people->add_security_key(token, TestKey().made("abc"))), "unavailable");
}

}  // namespace
}  // namespace regmark::people
