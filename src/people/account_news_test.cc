#include "people/account_news.h"

#include <gtest/gtest.h>

#include "people/internal/account_news.h"
#include "people/internal/totp.h"
#include "people/people_testing.h"
#include "people/security_keys_testing.h"

namespace regmark::people {
namespace {

class News : public ::testing::Test {
 protected:
  News()
      : people_({.key = base::Key{9}, .second_factor = {}, .security_keys = test_key_rules()}),
        anna_(people_.ready("anna")) {}

  NewSession sign_in(std::string_view password = test_password, std::string_view code = {}) {
    people_.clock.advance(std::chrono::minutes{1});
    return people_->sign_in({"anna", password, code}).value();
  }
  void guess(int times) {
    for (int i = 0; i < times; ++i) EXPECT_FALSE(people_->sign_in({"anna", "wrong password"}));
  }
  AccountNews of(const NewSession& session) { return people_->news(session.session.id).value(); }
  // The words of what is new, the newest first.
  std::string changed(const NewSession& session) {
    std::string words;
    for (const auto& each : of(session).changes) {
      if (each.is_new) words += base::word(account_change_words, each.change) + " ";
    }
    return words;
  }
  std::int64_t kept(std::string_view of = "account_changes") {
    const auto sql = "SELECT COUNT(*) FROM " + std::string(of);
    return people_.database
        ->read([&](records::Transaction& transaction) { return transaction.run(sql); })
        ->front()
        .integer(0);
  }

  TestPeople people_;
  const base::PersonId anna_;
};

TEST_F(News, TellWhenSomebodySignedInBefore) {
  const auto first = sign_in();
  const auto at = people_.clock.now();
  EXPECT_FALSE(of(first).signed_in_before);
  const auto second = sign_in();
  EXPECT_EQ(of(second).signed_in_before, std::optional(at));
  // What a session was told stays what it was.
  EXPECT_FALSE(of(first).signed_in_before);
  EXPECT_EQ(outcome(people_->news(base::SessionId::parse("none").value())), "not_found");
}

TEST_F(News, CountTheTriesThatWereRefusedSince) {
  guess(2);
  const auto first = sign_in();
  EXPECT_EQ(of(first).refused, 2);
  // Also of somebody who sits at an open session.
  EXPECT_FALSE(people_->begin_second_factor({"anna", "wrong password"}));
  ASSERT_TRUE(people_->begin_second_factor({"anna", test_password}));
  EXPECT_EQ(of(sign_in()).refused, 1);
  EXPECT_EQ(of(sign_in()).refused, 0);
}

TEST_F(News, CountNoStepOfARightSignIn) {
  const auto token = sign_in().token;
  const auto secret = people_->begin_second_factor({"anna", test_password}).value().secret;
  const auto shown = [&] { return code_shown(secret, people_.clock.now()); };
  ASSERT_TRUE(people_->confirm_second_factor(token, shown()));
  people_.clock.advance(totp_step_time);
  EXPECT_FALSE(people_->sign_in({"anna", test_password}));  // and now the code
  const auto next = people_->sign_in({"anna", test_password, shown()}).value();
  EXPECT_EQ(of(next).refused, 0);
  EXPECT_FALSE(people_->sign_in({"anna", test_password, "000000"}));
  people_.clock.advance(totp_step_time);
  EXPECT_EQ(of(people_->sign_in({"anna", test_password, shown()}).value()).refused, 1);
}

TEST_F(News, TellWhatWasDoneToPasswordAndFactor) {
  EXPECT_EQ(changed(sign_in()), "password_chosen ");
  people_.clock.advance(changes_new_for);
  const auto own = sign_in();
  EXPECT_EQ(changed(own), "");
  people_.clock.advance(std::chrono::minutes{1});
  constexpr std::string_view other = "velvet anchor mosaic";
  ASSERT_TRUE(people_->change_password(own.token, {"anna", test_password}, other));
  const auto secret = people_->begin_second_factor({"anna", other}).value().secret;
  ASSERT_TRUE(people_->confirm_second_factor(own.token, code_shown(secret, people_.clock.now())));
  ASSERT_TRUE(people_->remove_second_factor(anna_));
  // A session that stands tells it as well as the next one.
  const auto next = sign_in(other);
  EXPECT_EQ(changed(next), "factors_removed app_set_up password_changed ");
  const auto code = people_->reset(anna_).value();
  ASSERT_TRUE(people_->choose_password("anna", code, test_password));
  people_.clock.advance(changes_new_for);
  EXPECT_EQ(changed(sign_in()), "password_chosen password_reset ");
  // Once it was told for long enough, it is no news.
  EXPECT_EQ(changed(sign_in()), "");
  EXPECT_EQ(of(sign_in()).changes.size(), 6U);
}

TEST_F(News, AreNotHiddenBySigningInAgain) {
  ASSERT_TRUE(people_->choose_password("anna", people_->reset(anna_).value(), test_password));
  sign_in();
  sign_in();
  EXPECT_EQ(changed(sign_in()), "password_chosen password_reset password_chosen ");
  people_.clock.advance(changes_new_for);
  EXPECT_EQ(changed(sign_in()), "");
}

TEST_F(News, OfOneKindHideNoneOfAnother) {
  ASSERT_TRUE(people_->remove_second_factor(anna_));
  auto token = sign_in().token;
  constexpr std::string_view passwords[] = {test_password, "velvet anchor mosaic"};
  for (std::size_t i = 0; i < 10; ++i) {
    const Credentials shown{"anna", passwords[i % 2]};
    ASSERT_TRUE(people_->change_password(token, shown, passwords[(i + 1) % 2]));
  }
  EXPECT_EQ(changed(sign_in()),
            "password_changed password_changed password_changed factors_removed password_chosen ");
}

// Whoever guessed it and signed in is told how many tries it took; so is its owner, later.
TEST_F(News, OfTriesAreNotUsedUpBySigningInAgain) {
  sign_in();
  guess(2);
  const auto guessed = sign_in();
  EXPECT_EQ(of(guessed).refused, 2);
  EXPECT_EQ(changed(guessed), "password_chosen ");
  const auto later = sign_in();
  EXPECT_EQ(of(later).refused, 0);
  EXPECT_EQ(changed(later), "tries_refused password_chosen ");
}

TEST_F(News, TellWhatWasDoneToKeys) {
  const auto own = sign_in();
  TestKey key;
  const auto add = [&](const Credentials& shown) {
    const auto begun = people_->begin_security_key(shown).value();
    return people_->add_security_key(own.token, key.made(begun.challenge.challenge))->id;
  };
  const auto first = add({"anna", test_password});
  const auto answer = key.answer(people_->challenge("anna").value().value().challenge);
  const Credentials shown{"anna", test_password, {}, {}, &answer};
  ASSERT_TRUE(people_->remove_security_key(shown, first));
  ASSERT_TRUE(people_->take_security_key(anna_, add({"anna", test_password})));
  EXPECT_EQ(changed(sign_in()), "key_taken key_added key_removed key_added password_chosen ");
}

TEST_F(News, AreAFewAndGoWithTheAccountOrWithTime) {
  sign_in();
  guess(1);
  for (std::size_t i = 0; i <= changes_of_kind_kept; ++i) ASSERT_TRUE(people_->reset(anna_));
  EXPECT_EQ(kept(), static_cast<std::int64_t>(changes_of_kind_kept) + 1);
  people_.clock.advance(changes_kept);
  ASSERT_TRUE(people_->erase_over());
  EXPECT_EQ(kept(), 0);
  ASSERT_TRUE(people_->reset(anna_));
  EXPECT_EQ(kept(), 1);
  constexpr std::string_view told = "people WHERE signed_in_at IS NOT NULL AND refused = 1";
  EXPECT_EQ(kept(told), 1);
  ASSERT_TRUE(people_->deactivate(anna_));
  EXPECT_EQ(kept(), 0);
  EXPECT_EQ(kept(told), 0);
}

}  // namespace
}  // namespace regmark::people
