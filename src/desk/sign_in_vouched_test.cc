#include "desk/sign_in_vouched.h"

#include <gtest/gtest.h>

#include <regex>

#include "desk/desk_testing.h"
#include "desk/sign_in.h"
#include "people/identity_provider_testing.h"
#include "people/people_testing.h"

namespace regmark::desk {
namespace {

class VouchedOnRecord : public ::testing::Test {
 protected:
  VouchedOnRecord() {
    desk_.identity_provider = provider_.get();
    const auto code = rooms_.people->make_first_administrator().value().value();
    REGMARK_CHECK(choose_password(desk_, "administrator", code, people::test_password));
  }
  // What a browser brings back that goes to the provider and says there that it is this one.
  struct Way {
    std::string cookie, state;
    people::IdentityProvider::Returned returned() const { return {cookie, state, "code"}; }
  };
  Way come_back(const people::IdentityProvider::Begun& begun, const std::string& name,
                const std::string& shown = "pwd") {
    std::smatch state, nonce;
    REGMARK_CHECK(std::regex_search(begun.url, state, std::regex("[?&]state=([^&]*)")));
    REGMARK_CHECK(std::regex_search(begun.url, nonce, std::regex("[?&]nonce=([^&]*)")));
    auto claims = other_side_.claims(nonce[1]);
    claims["preferred_username"] = name;
    claims["amr"] = nlohmann::json::array({shown});
    const nlohmann::json said{{"id_token", other_side_.sign(claims)}};
    other_side_.said["/token"] = {200, said.dump()};
    return {begun.cookie, state[1].str()};
  }
  Result<VouchedSignIn> go(const std::string& name) {
    const auto way = come_back(begin_vouched_sign_in(desk_).value(), name);
    return sign_in_vouched(desk_, way.returned(), "here");
  }
  Result<std::string> once_more(const people::Session& session, const std::string& name,
                                const std::string& shown = "mfa") {
    const auto way = come_back(begin_vouch_once_more(desk_).value(), name, shown);
    return vouch_once_more(desk_, session, way.returned(), "here");
  }
  // Sets up the administrator's app, and gives its secret.
  std::string set_up_factor() {
    const auto session = std::get<people::NewSession>(go("administrator").value());
    const auto begun =
        begin_second_factor(desk_, session.session, {people::test_password, {}, {}}).value();
    const auto code = people::code_shown(begun.secret, rooms_.clock.now());
    REGMARK_CHECK(confirm_second_factor(desk_, session.session, session.token, code));
    rooms_.clock.advance(people::totp_step_time);
    return begun.secret;
  }
  // Asking is on record too: ask once for each.
  audit::Entry last() { return rooms_.records().at(rooms_.log.log().size() - 2); }

  TestDesk rooms_;
  static people::ProviderRules rules() {
    auto rules = people::TestProvider::rules();
    rules.amr = {"mfa"};
    return rules;
  }

  people::TestProvider other_side_{rooms_.clock};
  std::unique_ptr<people::IdentityProvider> provider_ =
      people::IdentityProvider::create(rules(), base::Key{3}, rooms_.clock, other_side_.ask());
  Desk desk_ = *rooms_.desk;
};

TEST_F(VouchedOnRecord, WithThePersonAndWhoVouched) {
  const auto opened = go("administrator").value();
  const auto& session = std::get<people::NewSession>(opened).session;
  const auto entry = last();
  EXPECT_EQ(entry.shown.act, "sign_in");
  EXPECT_EQ(entry.shown.outcome, "done");
  EXPECT_EQ(entry.shown.role, "administrator");
  EXPECT_NE(entry.details.find(session.id.text()), std::string::npos);
  EXPECT_NE(entry.details.find("identity provider"), std::string::npos);
  EXPECT_EQ(entry.details.find("subject-1"), std::string::npos);
}

TEST_F(VouchedOnRecord, AStrangerIsRefusedAndNotNamed) {
  EXPECT_EQ(go("mallory").error().code, ErrorCode::not_found);
  const auto entry = last();
  EXPECT_EQ(entry.shown.outcome, "failed");
  EXPECT_EQ(entry.details.find("mallory"), std::string::npos);
  EXPECT_EQ(rooms_.people->list()->size(), 1U);
  EXPECT_FALSE(sign_in_vouched(desk_, {"no cookie", "no state", "code"}, "here"));
  EXPECT_NE(last().details.find("not begun in this browser"), std::string::npos);
}

TEST_F(VouchedOnRecord, OurSecondFactorIsAskedForWithATicket) {
  const auto secret = set_up_factor();
  const auto shown = [&] { return people::code_shown(secret, rooms_.clock.now()); };
  const auto opened = go("administrator").value();
  const auto needed = std::get<FactorNeeded>(opened);
  EXPECT_EQ(last().shown.outcome, "failed");
  const auto with = [&](std::string_view code) {
    return sign_in_with_ticket(desk_, needed.ticket,
                               {.sign_in_name = {}, .password = {}, .code = code});
  };
  EXPECT_TRUE(std::holds_alternative<FactorNeeded>(with("000000").value()));
  EXPECT_TRUE(std::holds_alternative<people::NewSession>(with(shown()).value()));
  EXPECT_FALSE(sign_in_with_ticket(desk_, "no ticket", {}));
}

TEST_F(VouchedOnRecord, AskingAgainMakesATicketNoYounger) {
  const auto secret = set_up_factor();
  const auto opened = go("administrator").value();
  auto ticket = std::get<FactorNeeded>(opened).ticket;
  const auto half = std::chrono::seconds(people::ticket_time) / 2;
  for (int i = 0; i < 2; ++i) {
    const auto again = sign_in_with_ticket(desk_, ticket, {}).value();
    ticket = std::get<FactorNeeded>(again).ticket;
    rooms_.clock.advance(half);
  }
  const auto code = people::code_shown(secret, rooms_.clock.now());
  const auto late =
      sign_in_with_ticket(desk_, ticket, {.sign_in_name = {}, .password = {}, .code = code});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::invalid_input);
}

TEST_F(VouchedOnRecord, APlaceThatBringsRefusedCodesWaits) {
  const auto bring = [&](int status, std::string_view source) {
    const auto way = come_back(begin_vouched_sign_in(desk_).value(), "administrator");
    other_side_.said["/token"] = {status, "{}"};
    return people::outcome(sign_in_vouched(desk_, way.returned(), source));
  };
  for (int i = 0; i < 30; ++i) EXPECT_EQ(bring(500, "here"), "unavailable");
  for (int i = 0; i < 20; ++i) EXPECT_EQ(bring(400, "here"), "invalid_input");
  const auto asked = other_side_.asked;
  EXPECT_EQ(bring(400, "here"), "limit_exceeded");
  EXPECT_EQ(other_side_.asked, asked);
  EXPECT_EQ(last().shown.outcome, "refused");
  EXPECT_EQ(bring(400, "elsewhere"), "invalid_input");
}

TEST_F(VouchedOnRecord, WhoNeverHadAPasswordSetsUpAFactor) {
  ASSERT_TRUE(rooms_.people->add({.sign_in_name = "vera",
                                  .display_name = "PC Test",
                                  .organisation = base::OrganisationId::parse("office").value(),
                                  .roles = {access::Role::auditor}}));
  const auto opened = std::get<people::NewSession>(go("vera").value());
  const auto& session = opened.session;
  const auto begin = [&](std::string_view ticket, std::string_view code = {}) {
    return begin_second_factor(desk_, session, {{}, code, "here", nullptr, ticket});
  };
  EXPECT_EQ(people::outcome(begin("no ticket")), "invalid_input");
  auto entry = last();
  EXPECT_EQ(entry.shown.act, "begin_second_factor");
  EXPECT_EQ(entry.shown.outcome, "failed");
  // Its password alone, where its second factor counts; somebody else; and a way that was begun for
  // signing in.
  EXPECT_EQ(people::outcome(once_more(session, "vera", "pwd")), "invalid_input");
  EXPECT_EQ(people::outcome(once_more(session, "administrator")), "invalid_input");
  const auto way = come_back(begin_vouched_sign_in(desk_).value(), "vera");
  EXPECT_EQ(people::outcome(vouch_once_more(desk_, session, way.returned(), "here")),
            "invalid_input");
  entry = last();
  EXPECT_EQ(entry.shown.act, "vouch_once_more");
  EXPECT_EQ(entry.shown.outcome, "failed");

  const auto ticket = once_more(session, "vera").value();
  entry = last();
  EXPECT_EQ(entry.shown.outcome, "done");
  EXPECT_NE(entry.details.find(session.person.id.text()), std::string::npos);
  EXPECT_EQ(entry.details.find(ticket), std::string::npos);
  const auto secret = begin(ticket).value().secret;
  const auto shown = [&] { return people::code_shown(secret, rooms_.clock.now()); };
  ASSERT_TRUE(confirm_second_factor(desk_, session, opened.token, shown()));
  rooms_.clock.advance(people::totp_step_time);
  // Now it is asked for: to sign in, and to change it. A ticket for the one is none for the other.
  const auto needed = std::get<FactorNeeded>(go("vera").value());
  EXPECT_EQ(people::outcome(begin(needed.ticket, shown())), "not_found");
  EXPECT_EQ(people::outcome(begin(ticket)), "conflict");
  EXPECT_EQ(people::outcome(begin(ticket, shown())), "ok");
  rooms_.clock.advance(people::ticket_time);
  EXPECT_EQ(people::outcome(begin(ticket, shown())), "invalid_input");
}

TEST_F(VouchedOnRecord, NobodyIsSignedInWithoutARecord) {
  rooms_.failing_log.fill_up_after(0);
  EXPECT_EQ(go("administrator").error().code, ErrorCode::unavailable);
}

TEST_F(VouchedOnRecord, WithoutAProviderThereIsOnlyThePassword) {
  desk_.identity_provider = nullptr;
  EXPECT_EQ(begin_vouched_sign_in(desk_).error().code, ErrorCode::unavailable);
  EXPECT_EQ(sign_in_vouched(desk_, {"", "", ""}, "").error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace regmark::desk
