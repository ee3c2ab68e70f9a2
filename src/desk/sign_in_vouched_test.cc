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
  Result<VouchedSignIn> go(const std::string& name) {
    const auto begun = begin_vouched_sign_in(desk_).value();
    std::smatch state, nonce;
    REGMARK_CHECK(std::regex_search(begun.url, state, std::regex("[?&]state=([^&]*)")));
    REGMARK_CHECK(std::regex_search(begun.url, nonce, std::regex("[?&]nonce=([^&]*)")));
    auto claims = other_side_.claims(nonce[1]);
    claims["preferred_username"] = name;
    const nlohmann::json said{{"id_token", other_side_.sign(claims)}};
    other_side_.said["/token"] = {200, said.dump()};
    return sign_in_vouched(desk_, {begun.cookie, state[1].str(), "code"}, "here");
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
  people::TestProvider other_side_{rooms_.clock};
  std::unique_ptr<people::IdentityProvider> provider_ = people::IdentityProvider::create(
      people::TestProvider::rules(), base::Key{3}, rooms_.clock, other_side_.ask());
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
  const auto half = people::ticket_time / 2;
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
    const auto begun = begin_vouched_sign_in(desk_).value();
    std::smatch state;
    REGMARK_CHECK(std::regex_search(begun.url, state, std::regex("[?&]state=([^&]*)")));
    other_side_.said["/token"] = {status, "{}"};
    return people::outcome(
        sign_in_vouched(desk_, {begun.cookie, state[1].str(), "made up"}, source));
  };
  for (int i = 0; i < 30; ++i) EXPECT_EQ(bring(500, "here"), "unavailable");
  for (int i = 0; i < 20; ++i) EXPECT_EQ(bring(400, "here"), "invalid_input");
  const auto asked = other_side_.asked;
  EXPECT_EQ(bring(400, "here"), "limit_exceeded");
  EXPECT_EQ(other_side_.asked, asked);
  EXPECT_EQ(last().shown.outcome, "refused");
  EXPECT_EQ(bring(400, "elsewhere"), "invalid_input");
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
