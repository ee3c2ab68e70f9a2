#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "people/internal/factors.h"
#include "people/internal/totp.h"
#include "people/people_testing.h"

namespace regmark::people {
namespace {

using access::Role;

class SecondFactor : public ::testing::Test {
 protected:
  SecondFactor() { people_.ready("anna", {Role::investigator}); }

  std::string sign_in(std::string_view code = {}) {
    return outcome(people_->sign_in({"anna", test_password, code}));
  }
  // What the app shows now.
  std::string shown() const { return code_shown(secret_, people_.clock.now()); }
  // Sets one up, and gives the codes for paper.
  std::vector<std::string> set_up(std::string_view code = {}) {
    const auto token = people_->sign_in({"anna", test_password, code}).value().token;
    people_.clock.advance(totp_step_time);  // a code works once
    const auto begun =
        people_->begin_second_factor({"anna", test_password, secret_.empty() ? "" : shown()});
    secret_ = begun.value().secret;
    EXPECT_NE(begun->uri.find(secret_), std::string::npos);
    auto codes = people_->confirm_second_factor(token, shown()).value();
    people_.clock.advance(totp_step_time);
    return codes;
  }

  mutable TestPeople people_;
  std::string secret_;
};

TEST_F(SecondFactor, IsAskedForOnceItIsSetUp) {
  EXPECT_EQ(sign_in(), "ok");
  set_up();
  EXPECT_TRUE(people_->list()->front().has_second_factor);
  EXPECT_EQ(sign_in(), "conflict");
  EXPECT_EQ(sign_in("000000"), "conflict");
  EXPECT_EQ(sign_in(shown()), "ok");
  EXPECT_EQ(sign_in(shown()), "conflict");  // it was used
  people_.clock.advance(totp_step_time);
  EXPECT_EQ(sign_in(shown()), "ok");
  // A wrong password says nothing of the code, right or wrong.
  people_.clock.advance(totp_step_time);
  EXPECT_EQ(outcome(people_->sign_in({"anna", "wrong password", shown()})), "not_found");
  EXPECT_EQ(sign_in(shown()), "ok");
}

TEST_F(SecondFactor, HoldsFromItsFirstCodeOn) {
  const auto session = people_->sign_in({"anna", test_password}).value();
  const auto other = people_->sign_in({"anna", test_password}).value();
  EXPECT_EQ(outcome(people_->confirm_second_factor(session.token, "123456")), "not_found");
  secret_ = people_->begin_second_factor({"anna", test_password}).value().secret;
  EXPECT_EQ(sign_in(), "ok");  // nothing is in force yet
  EXPECT_EQ(outcome(people_->confirm_second_factor(session.token, "000000")), "invalid_input");
  EXPECT_EQ(outcome(people_->confirm_second_factor("no session", shown())), "not_found");
  people_.clock.advance(std::chrono::minutes{14});
  EXPECT_EQ(outcome(people_->confirm_second_factor(session.token, shown())), "ok");
  EXPECT_EQ(outcome(people_->session(session.token)), "ok");
  EXPECT_EQ(outcome(people_->session(other.token)), "not_found");  // opened without it
  EXPECT_EQ(outcome(people_->confirm_second_factor(session.token, shown())), "not_found");

  // One that nobody confirmed in time is gone.
  people_.ready("bob");
  const auto bob = people_->sign_in({"bob", test_password}).value();
  secret_ = people_->begin_second_factor({"bob", test_password}).value().secret;
  people_.clock.advance(std::chrono::minutes{15});
  EXPECT_EQ(outcome(people_->confirm_second_factor(bob.token, shown())), "not_found");
}

TEST_F(SecondFactor, ThatWaitsIsGuessedAtAFewTimesOnly) {
  const auto session = people_->sign_in({"anna", test_password}).value();
  const auto guess = [&](std::string_view code) {
    return outcome(people_->confirm_second_factor(session.token, code));
  };
  secret_ = people_->begin_second_factor({"anna", test_password}).value().secret;
  for (int i = 0; i < confirm_tries_max; ++i) EXPECT_EQ(guess("000000"), "invalid_input");
  EXPECT_EQ(guess(shown()), "not_found");
  // Whoever begins again begins with none.
  for (int begun = 0; begun < 2; ++begun) {
    secret_ = people_->begin_second_factor({"anna", test_password}).value().secret;
    for (int i = 1; i < confirm_tries_max; ++i) EXPECT_EQ(guess("000000"), "invalid_input");
  }
  EXPECT_EQ(guess(shown()), "ok");
}

TEST_F(SecondFactor, ThatNobodyConfirmedIsErased) {
  const auto waiting = [&] {
    return people_.database
        ->read([](records::Transaction& transaction) {
          return transaction.run("SELECT 1 FROM second_factors_begun");
        })
        ->size();
  };
  ASSERT_TRUE(people_->begin_second_factor({"anna", test_password}));
  people_.clock.advance(std::chrono::minutes{15} - std::chrono::seconds{1});
  ASSERT_TRUE(people_->erase_over());
  EXPECT_EQ(waiting(), 1U);
  people_.clock.advance(std::chrono::seconds{1});
  ASSERT_TRUE(people_->erase_over());
  EXPECT_EQ(waiting(), 0U);
}

TEST_F(SecondFactor, IsChangedOnlyByWhoHasIt) {
  set_up();
  EXPECT_EQ(outcome(people_->begin_second_factor({"anna", test_password})), "conflict");
  EXPECT_EQ(outcome(people_->begin_second_factor({"anna", "wrong password"})), "not_found");
  const auto before = shown();
  set_up(before);
  EXPECT_EQ(sign_in(before), "conflict");
  EXPECT_EQ(sign_in(shown()), "ok");
}

TEST_F(SecondFactor, HasCodesOnPaperThatWorkOnce) {
  const auto codes = set_up();
  ASSERT_EQ(codes.size(), recovery_codes_count);
  EXPECT_EQ(sign_in(codes[0]), "ok");
  EXPECT_EQ(sign_in(codes[0]), "conflict");
  EXPECT_EQ(sign_in(codes[1]), "ok");
  EXPECT_EQ(sign_in("0000-0000-0000-0000"), "conflict");
  EXPECT_EQ(sign_in(codes[2]), "ok");
  // Those of a second factor that was replaced are void.
  const auto token = codes[3];
  set_up(codes[4]);
  EXPECT_EQ(sign_in(token), "conflict");
}

TEST_F(SecondFactor, GuessesAtACodeWaitLikeGuessesAtAPassword) {
  const auto codes = set_up();
  for (int i = 0; i < failures_max; ++i) EXPECT_EQ(sign_in("000000"), "conflict");
  EXPECT_EQ(sign_in(shown()), "limit_exceeded");
  people_.clock.advance(wait_max);
  // A password that is right without a code is no failure, and forgives none either.
  for (int i = 0; i < 10; ++i) EXPECT_EQ(sign_in(), "conflict");
  EXPECT_EQ(sign_in("000000"), "conflict");
  EXPECT_EQ(sign_in(shown()), "limit_exceeded");
  people_.clock.advance(wait_max);
  EXPECT_EQ(sign_in(shown()), "ok");
}

TEST_F(SecondFactor, IsTakenAwayByAnAdministrator) {
  const auto codes = set_up();
  const auto token = people_->sign_in({"anna", test_password, codes[0]}).value().token;
  const auto anna = people_->list()->front().id;
  ASSERT_TRUE(people_->remove_second_factor(anna));
  EXPECT_EQ(outcome(people_->session(token)), "not_found");
  EXPECT_EQ(sign_in(), "ok");
  EXPECT_FALSE(people_->list()->front().has_second_factor);
  EXPECT_EQ(outcome(people_->remove_second_factor(base::PersonId::parse("nobody").value())),
            "not_found");
}

TEST(SecondFactorRules, WhoNeedsOneMayOnlySetItUp) {
  TestPeople people(SignInRules{.key = base::Key{9}, .second_factor = {Role::investigator}});
  people.ready("anna", {Role::investigator});
  const auto carol = people.ready("carol", {Role::list_owner});
  const auto anna = people->sign_in({"anna", test_password}).value();
  EXPECT_TRUE(anna.session.lacks_second_factor);
  EXPECT_TRUE(people->session(anna.token)->lacks_second_factor);
  const auto other = people->sign_in({"carol", test_password}).value();
  EXPECT_FALSE(other.session.lacks_second_factor);
  // A role that is given later counts at once.
  const Role more[] = {Role::list_owner, Role::investigator};
  ASSERT_TRUE(people->set_roles(carol, more));
  EXPECT_TRUE(people->session(other.token)->lacks_second_factor);
}

TEST(SecondFactorRules, NobodyCanHaveOneWithoutAKeyToSealIt) {
  TestPeople people(SignInRules{});
  people.ready("anna");
  EXPECT_EQ(outcome(people->begin_second_factor({"anna", test_password})), "unavailable");
}

TEST_F(SecondFactor, IsNotInTheRecordsInTheClear) {
  const auto codes = set_up();
  people_.database.reopen();
  std::string all;
  for (const auto& file : std::filesystem::directory_iterator(people_.database.folder())) {
    all += base::as_text(base::read_file(file.path(), 10'000'000).value());
  }
  EXPECT_NE(all.find("anna"), std::string::npos);  // we do look at the right files
  EXPECT_EQ(all.find(secret_), std::string::npos);
  for (const auto& code : codes) EXPECT_EQ(all.find(code), std::string::npos);
}

}  // namespace
}  // namespace regmark::people
