#include <gtest/gtest.h>

#include <algorithm>

#include "people/internal/totp.h"
#include "people/people_testing.h"

namespace regmark::people {
namespace {

constexpr std::string_view new_password = "velvet anchor mosaic";

class OwnPassword : public ::testing::Test {
 protected:
  std::string sign_in(std::string_view password) {
    auto opened = people_->sign_in({"anna", password});
    return opened ? opened->token : outcome(opened);
  }
  bool opens(std::string_view password) { return people_->sign_in({"anna", password}).has_value(); }
  std::string change(std::string_view token, const Credentials& shown,
                     std::string_view chosen = new_password) {
    return outcome(people_->change_password(token, shown, chosen));
  }

  mutable TestPeople people_;
  const base::PersonId anna_ = people_.ready("anna");
  const std::string token_ = sign_in(test_password);
};

TEST_F(OwnPassword, IsChangedByWhoHasIt) {
  const auto other = sign_in(test_password);
  EXPECT_EQ(change(token_, {"anna", test_password}), "ok");
  EXPECT_EQ(sign_in(test_password), "not_found");
  EXPECT_TRUE(opens(new_password));
  // Whoever changed it goes on; whoever knew the old one does not.
  EXPECT_EQ(outcome(people_->session(token_)), "ok");
  EXPECT_EQ(outcome(people_->session(other)), "not_found");
}

TEST_F(OwnPassword, IsChangedByNobodyElse) {
  EXPECT_EQ(change(token_, {"anna", "wrong password"}), "not_found");
  EXPECT_EQ(change("no session", {"anna", test_password}), "not_found");
  // What one shows is not another's.
  people_.ready("bob");
  const auto bob = people_->sign_in({"bob", test_password}).value().token;
  EXPECT_EQ(change(bob, {"anna", test_password}), "not_found");
  EXPECT_EQ(sign_in(new_password), "not_found");
  EXPECT_TRUE(opens(test_password));
}

TEST_F(OwnPassword, IsReplacedByAnotherOfTheRightLength) {
  EXPECT_EQ(change(token_, {"anna", test_password}, "too short"), "invalid_input");
  EXPECT_EQ(change(token_, {"anna", test_password}, std::string(password_size_max + 1, 'x')),
            "invalid_input");
  EXPECT_EQ(change(token_, {"anna", test_password}, test_password), "invalid_input");
  EXPECT_TRUE(opens(test_password));
}

TEST_F(OwnPassword, IsReplacedByNoneThatIsEasilyGuessed) {
  for (const std::string_view common : {"password1234", "Test Force 2026", "anna-regmark"}) {
    SCOPED_TRACE(common);
    const auto refused = people_->change_password(token_, {"anna", test_password}, common);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
    EXPECT_NE(refused.error().message.find("easily guessed"), std::string::npos);
  }
  EXPECT_TRUE(opens(test_password));
}

TEST_F(OwnPassword, AsksForTheSecondFactorToo) {
  const auto secret = people_->begin_second_factor({"anna", test_password}).value().secret;
  const auto shown = [&] { return code_shown(secret, people_.clock.now()); };
  ASSERT_TRUE(people_->confirm_second_factor(token_, shown()));
  people_.clock.advance(totp_step_time);
  EXPECT_EQ(change(token_, {"anna", test_password}), "conflict");
  EXPECT_EQ(change(token_, {"anna", test_password, "000000"}), "conflict");
  EXPECT_EQ(change(token_, {"anna", test_password, shown()}), "ok");
  people_.clock.advance(totp_step_time);
  EXPECT_EQ(outcome(people_->sign_in({"anna", new_password, shown()})), "ok");
}

TEST_F(OwnPassword, GuessesAtItWaitLikeThoseAtSigningIn) {
  for (int i = 0; i < failures_max; ++i) {
    EXPECT_EQ(change(token_, {"anna", "wrong password"}), "not_found");
  }
  EXPECT_EQ(change(token_, {"anna", test_password}), "limit_exceeded");
  people_.clock.advance(wait_min);
  EXPECT_EQ(change(token_, {"anna", test_password}), "ok");
}

TEST_F(OwnPassword, IsNothingThatTheProviderVouchesFor) {
  ASSERT_TRUE(people_->add({.sign_in_name = "vera",
                            .display_name = "PC Test",
                            .organisation = base::OrganisationId::parse("test-force").value(),
                            .roles = {access::Role::investigator}}));
  Vouched said{.sign_in_name = "vera", .subject = "s-1", .at = people_.clock.now()};
  const auto vera = people_->sign_in_vouched(said, {}).value().token;
  said.once_more = true;
  const auto by_provider = [&](std::string_view name, std::string_view password) {
    return Credentials{.sign_in_name = name,
                       .password = password,
                       .code = {},
                       .source = {},
                       .key = nullptr,
                       .vouched = &said};
  };
  const auto refused = people_->change_password(vera, by_provider("vera", ""), new_password);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  EXPECT_NE(refused.error().message.find("no password here"), std::string::npos);
  EXPECT_EQ(outcome(people_->sign_in({"vera", new_password})), "not_found");
  // Nor does its word stand for a password that there is.
  said.sign_in_name = "anna";
  EXPECT_EQ(change(token_, by_provider("anna", "")), "not_found");
  EXPECT_EQ(change(token_, by_provider("anna", test_password)), "ok");
}

class OwnSessions : public ::testing::Test {
 protected:
  OwnSessions() : anna_(people_.ready("anna")), bob_(people_.ready("bob")) {}

  NewSession sign_in(std::string_view name) {
    return people_->sign_in({name, test_password}).value();
  }
  std::vector<base::SessionId> shown(const base::PersonId& person) {
    std::vector<base::SessionId> ids;
    const auto open = people_->sessions(person).value();
    for (const auto& one : open) ids.push_back(one.id);
    return ids;
  }
  bool is_open(const NewSession& session) { return people_->session(session.token).has_value(); }

  TestPeople people_;
  const base::PersonId anna_, bob_;
};

TEST_F(OwnSessions, AreShownWhileTheyAreOpen) {
  const auto begun = people_.clock.now();
  const auto first = sign_in("anna");
  people_.clock.advance(std::chrono::minutes{20});
  ASSERT_TRUE(is_open(first));
  const auto second = sign_in("anna");
  const auto open = people_->sessions(anna_).value();
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open[0].id, second.session.id);
  EXPECT_EQ(open[1].id, first.session.id);
  EXPECT_EQ(open[1].since, begun);
  EXPECT_EQ(open[1].seen_at, people_.clock.now());
  EXPECT_EQ(open[1].until, begun + session_time);
  EXPECT_EQ(shown(bob_).size(), 0U);
  // Those that are over are not, whether anybody erased them or not.
  people_.clock.advance(idle_time);
  EXPECT_EQ(shown(anna_).size(), 0U);
}

TEST_F(OwnSessions, EndOneByOne) {
  const auto here = sign_in("anna");
  const auto there = sign_in("anna");
  const auto other = sign_in("bob");
  EXPECT_EQ(outcome(people_->end_session(anna_, other.session.id)), "not_found");
  EXPECT_TRUE(is_open(other));
  EXPECT_EQ(outcome(people_->end_session(anna_, there.session.id)), "ok");
  EXPECT_FALSE(is_open(there));
  EXPECT_TRUE(is_open(here));
  EXPECT_EQ(outcome(people_->end_session(anna_, there.session.id)), "not_found");
  people_.clock.advance(idle_time);
  EXPECT_EQ(outcome(people_->end_session(anna_, here.session.id)), "not_found");
}

TEST_F(OwnSessions, EndAllButTheOne) {
  const auto here = sign_in("anna");
  const auto there = sign_in("anna");
  const auto elsewhere = sign_in("anna");
  const auto other = sign_in("bob");
  auto ended = people_->end_sessions_but(anna_, here.session.id).value();
  std::vector want{there.session.id, elsewhere.session.id};
  std::ranges::sort(ended);
  std::ranges::sort(want);
  EXPECT_EQ(ended, want);
  EXPECT_EQ(shown(anna_), std::vector{here.session.id});
  EXPECT_TRUE(is_open(other));
  EXPECT_EQ(people_->end_sessions_but(anna_, here.session.id)->size(), 0U);
}

}  // namespace
}  // namespace regmark::people
