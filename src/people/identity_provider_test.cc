#include "people/identity_provider.h"

#include <gtest/gtest.h>

#include <regex>

#include "people/identity_provider_testing.h"
#include "people/people_testing.h"

namespace regmark::people {
namespace {

using access::Role;

constexpr auto sign_in = IdentityProvider::Occasion::sign_in;
constexpr auto once_more = IdentityProvider::Occasion::once_more;

class Provider : public ::testing::Test {
 protected:
  std::unique_ptr<IdentityProvider> open(ProviderRules rules = TestProvider::rules()) {
    return IdentityProvider::create(std::move(rules), base::Key{3}, clock_, provider_.ask());
  }
  static std::string parameter(const std::string& url, const std::string& name) {
    std::smatch match;
    return std::regex_search(url, match, std::regex("[?&]" + name + "=([^&]*)")) ? match[1].str()
                                                                                 : "";
  }
  void says(const nlohmann::json& claims) {
    provider_.said["/token"] = {200, nlohmann::json{{"id_token", provider_.sign(claims)}}.dump()};
  }
  static Result<Vouched> finish(IdentityProvider& provider,
                                const IdentityProvider::Returned& returned) {
    return provider.finish(returned, [] { return Result<void>(); });
  }
  // A sign-in whose token has these claims.
  Result<Vouched> go(IdentityProvider& provider,
                     const nlohmann::json& more = nlohmann::json::object()) {
    const auto begun = provider.begin(sign_in);
    if (!begun) return tl::unexpected<Error>(begun.error());
    auto claims = provider_.claims(parameter(begun->url, "nonce"));
    claims.update(more);
    says(claims);
    return finish(provider, {begun->cookie, parameter(begun->url, "state"), "the code"});
  }

  base::ManualClock clock_{"2026-03-28T10:00:00Z"};
  TestProvider provider_{clock_};
};

TEST_F(Provider, SaysWhoSomebodyIs) {
  const auto provider = open();
  const auto begun = provider->begin(sign_in).value();
  EXPECT_TRUE(begun.url.starts_with("https://id.example/force/auth?response_type=code&"));
  EXPECT_EQ(parameter(begun.url, "redirect_uri"), "https%3A%2F%2Fanpr.example%3A8600%2F");
  EXPECT_EQ(parameter(begun.url, "code_challenge_method"), "S256");
  EXPECT_EQ(parameter(begun.url, "max_age"), "28800");
  // What is secret is in the cookie alone, sealed.
  EXPECT_EQ(begun.cookie.find(parameter(begun.url, "state")), std::string::npos);

  const auto vouched = go(*provider);
  ASSERT_TRUE(vouched) << vouched.error().message;
  EXPECT_EQ(vouched->sign_in_name, "anna");
  EXPECT_EQ(vouched->subject, "subject-1");
  EXPECT_FALSE(vouched->second_factor);
  EXPECT_EQ(provider_.last.url, "https://id.example/force/token");
  EXPECT_EQ(provider_.last.authorization,
            "Basic " + base::to_base64(base::as_bytes("regmark:a%20secret")));
  // The verifier that goes to the provider is the one whose hash went before (RFC 7636).
  const auto again = provider->begin(sign_in).value();
  says(provider_.claims(parameter(again.url, "nonce")));
  ASSERT_TRUE(finish(*provider, {again.cookie, parameter(again.url, "state"), "code"}));
  const auto verifier = parameter("?" + provider_.last.form, "code_verifier");
  EXPECT_EQ(base::to_base64_url(base::sha256(base::as_bytes(verifier))),
            parameter(again.url, "code_challenge"));
  EXPECT_EQ(provider_.asked, 4);  // where and keys once, and two codes
}

TEST_F(Provider, TakesEachBrowserBackOnceAndInTime) {
  const auto provider = open();
  const auto begun = provider->begin(sign_in).value();
  const auto state = parameter(begun.url, "state");
  const auto other = provider->begin(sign_in).value();
  says(provider_.claims(parameter(begun.url, "nonce")));
  const auto back = [&](std::string_view cookie, std::string_view with, std::string_view code) {
    return outcome(finish(*provider, {cookie, with, code}));
  };
  EXPECT_EQ(back("", state, "code"), "invalid_input");
  EXPECT_EQ(back("AAAA", state, "code"), "invalid_input");
  EXPECT_EQ(back(other.cookie, state, "code"), "invalid_input");  // another browser's
  EXPECT_EQ(back(begun.cookie, "", "code"), "invalid_input");
  EXPECT_EQ(back(begun.cookie, state, ""), "invalid_input");
  EXPECT_EQ(back(begun.cookie, state, std::string(5'000, 'x')), "invalid_input");
  EXPECT_EQ(back(begun.cookie, state, "code"), "ok");
  EXPECT_EQ(back(begun.cookie, state, "code"), "invalid_input");
  clock_.advance(provider_time);
  EXPECT_EQ(back(other.cookie, parameter(other.url, "state"), "code"), "invalid_input");
  // A cookie is none of another office's.
  const auto stranger =
      IdentityProvider::create(TestProvider::rules(), base::Key{4}, clock_, provider_.ask());
  const auto third = provider->begin(sign_in).value();
  EXPECT_EQ(outcome(finish(*stranger, {third.cookie, parameter(third.url, "state"), "code"})),
            "invalid_input");
}

TEST_F(Provider, TakesTheRightCodeAfterOneThatWasMadeUp) {
  const auto provider = open();
  const auto begun = provider->begin(sign_in).value();
  const auto state = parameter(begun.url, "state");
  const IdentityProvider::Returned returned{begun.cookie, state, "code"};
  provider_.said["/token"] = {400, "{}"};
  EXPECT_EQ(outcome(finish(*provider, returned)), "invalid_input");
  says(provider_.claims("another question"));
  EXPECT_EQ(outcome(finish(*provider, returned)), "invalid_input");
  says(provider_.claims(parameter(begun.url, "nonce")));
  EXPECT_EQ(outcome(finish(*provider, returned)), "ok");
  EXPECT_EQ(outcome(finish(*provider, returned)), "invalid_input");
}

TEST_F(Provider, IsNotAskedForWhoMayNot) {
  const auto provider = open();
  const auto begun = provider->begin(sign_in).value();
  says(provider_.claims(parameter(begun.url, "nonce")));
  const auto state = parameter(begun.url, "state");
  const auto before = provider_.asked;
  int wanted = 0;
  const auto may_not = [&]() -> Result<void> {
    ++wanted;
    return fail(ErrorCode::limit_exceeded, "wait");
  };
  EXPECT_EQ(outcome(provider->finish({begun.cookie, state, "code"}, may_not)), "limit_exceeded");
  EXPECT_EQ(outcome(provider->finish({begun.cookie, "none of ours", "code"}, may_not)),
            "invalid_input");
  EXPECT_EQ(wanted, 1);  // what is no way back of ours costs nothing and counts for nothing
  EXPECT_EQ(provider_.asked, before);
  EXPECT_EQ(outcome(finish(*provider, {begun.cookie, state, "code"})), "ok");
}

TEST_F(Provider, CountsAsASecondFactorOnlyAsConfigured) {
  auto rules = TestProvider::rules();
  const nlohmann::json strong{{"acr", "urn:mfa"}, {"amr", {"pwd", "mfa"}}};
  EXPECT_FALSE(go(*open(rules), strong)->second_factor);
  rules.acr = {"urn:mfa"};
  EXPECT_TRUE(go(*open(rules), strong)->second_factor);
  EXPECT_FALSE(go(*open(rules), {{"acr", "urn:password"}})->second_factor);
  EXPECT_FALSE(go(*open(rules), {{"amr", {"urn:mfa"}}})->second_factor);
  EXPECT_EQ(parameter(open(rules)->begin(sign_in)->url, "acr_values"), "urn%3Amfa");
  rules.acr.clear();
  rules.amr = {"mfa"};
  EXPECT_TRUE(go(*open(rules), strong)->second_factor);
  EXPECT_FALSE(go(*open(rules), {{"amr", {"pwd"}}})->second_factor);
  EXPECT_FALSE(go(*open(rules))->second_factor);
}

TEST_F(Provider, IsAskedAtItsOwnAddressesOnly) {
  for (const auto* part : {"authorization_endpoint", "token_endpoint", "jwks_uri"}) {
    for (const auto* elsewhere :
         {"https://evil.example/x", "http://id.example/force/x", "https://id.example:444/x",
          "https://id.example.evil.example/x", "https://id.example@evil.example/x", "file:///x"}) {
      auto discovery = provider_.discovery();
      discovery[part] = elsewhere;
      provider_.said["/.well-known/openid-configuration"] = {200, discovery.dump()};
      const auto begun = open()->begin(sign_in);
      ASSERT_FALSE(begun) << part << " " << elsewhere;
      EXPECT_EQ(begun.error().code, ErrorCode::unavailable);
    }
  }
  auto discovery = provider_.discovery();
  discovery["issuer"] = "https://id.example/another";
  provider_.said["/.well-known/openid-configuration"] = {200, discovery.dump()};
  EXPECT_EQ(outcome(open()->begin(sign_in)), "unavailable");
}

TEST_F(Provider, ThatIsAwayIsSaidInWordsAndAskedAgainSoon) {
  provider_.is_away = true;
  const auto provider = open();
  const auto begun = provider->begin(sign_in);
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error().code, ErrorCode::unavailable);
  EXPECT_NE(begun.error().message.find("sign in with your password"), std::string::npos);
  EXPECT_EQ(outcome(provider->begin(sign_in)), "unavailable");
  EXPECT_EQ(provider_.asked, 1);  // not everybody waits
  provider_.is_away = false;
  clock_.advance(std::chrono::seconds{5});
  EXPECT_EQ(outcome(go(*provider)), "ok");
  const std::pair<int, const char*> cases[] = {
      {400, "invalid_input"}, {500, "unavailable"}, {302, "unavailable"}, {200, "unavailable"}};
  for (const auto& [status, want] : cases) {
    const auto next = provider->begin(sign_in).value();
    provider_.said["/token"] = {status, "{}"};
    EXPECT_EQ(outcome(finish(*provider, {next.cookie, parameter(next.url, "state"), "code"})), want)
        << status;
  }
}

TEST_F(Provider, MayChangeItsKeys) {
  const auto provider = open();
  EXPECT_EQ(outcome(go(*provider)), "ok");
  auto keys = provider_.keys();
  keys["keys"].erase(0);
  provider_.said["/keys"] = {200, keys.dump()};
  EXPECT_EQ(outcome(go(*provider)), "ok");  // as it was learnt
  clock_.advance(std::chrono::hours{1});
  EXPECT_EQ(outcome(go(*provider)), "invalid_input");
  provider_.said["/keys"] = {200, provider_.keys().dump()};
  const int before = provider_.asked;
  EXPECT_EQ(outcome(go(*provider)), "invalid_input");  // not more often than once a minute
  EXPECT_EQ(provider_.asked, before + 1);
  clock_.advance(std::chrono::minutes{1});
  EXPECT_EQ(outcome(go(*provider)), "ok");
}

TEST_F(Provider, NamesItselfWhereItSaysThatItDoes) {
  const auto provider = open();
  const auto with = [&](std::string_view issuer) {
    const auto begun = provider->begin(sign_in).value();
    says(provider_.claims(parameter(begun.url, "nonce")));
    return outcome(
        finish(*provider, {begun.cookie, parameter(begun.url, "state"), "code", issuer}));
  };
  EXPECT_EQ(with(TestProvider::issuer), "ok");
  EXPECT_EQ(with("https://evil.example"), "invalid_input");
  auto discovery = provider_.discovery();
  discovery["authorization_response_iss_parameter_supported"] = true;
  provider_.said["/.well-known/openid-configuration"] = {200, discovery.dump()};
  clock_.advance(std::chrono::hours{1});
  EXPECT_EQ(with(""), "invalid_input");
  EXPECT_EQ(with(TestProvider::issuer), "ok");
}

TEST_F(Provider, ATicketSaysAgainWhoItIs) {
  const auto provider = open();
  const auto said_at = clock_.now();
  const auto ticket = provider->ticket({"anna", "subject-1", true, said_at});
  const auto vouched = provider->of_ticket(ticket).value();
  EXPECT_EQ(vouched.at, said_at);
  EXPECT_EQ(vouched.sign_in_name, "anna");
  EXPECT_EQ(vouched.subject, "subject-1");
  EXPECT_FALSE(vouched.second_factor);
  EXPECT_EQ(outcome(provider->of_ticket("AAAA")), "invalid_input");
  EXPECT_EQ(outcome(provider->of_ticket(provider->begin(sign_in)->cookie)), "invalid_input");
  // A ticket of a ticket is no younger.
  clock_.advance(ticket_time - std::chrono::seconds{1});
  const auto again = provider->ticket(provider->of_ticket(ticket).value());
  EXPECT_EQ(outcome(provider->of_ticket(again)), "ok");
  clock_.advance(std::chrono::seconds{1});
  EXPECT_EQ(outcome(provider->of_ticket(ticket)), "invalid_input");
  EXPECT_EQ(outcome(provider->of_ticket(again)), "invalid_input");
}

TEST_F(Provider, IsToldToAskAnewForWhoShowsOnceMore) {
  const auto provider = open();
  const auto begun = provider->begin(once_more).value();
  EXPECT_EQ(parameter(begun.url, "max_age"), "0");
  EXPECT_EQ(parameter(begun.url, "prompt"), "login");
  EXPECT_EQ(parameter(provider->begin(sign_in)->url, "prompt"), "");
  const auto state = parameter(begun.url, "state");
  EXPECT_TRUE(state.starts_with(once_more_mark));
  clock_.advance(std::chrono::minutes{2});
  // It showed nobody a form: they were there since this morning.
  auto claims = provider_.claims(parameter(begun.url, "nonce"));
  claims["auth_time"] = claims["auth_time"].get<std::int64_t>() - 3'600;
  says(claims);
  EXPECT_EQ(outcome(finish(*provider, {begun.cookie, state, "code"})), "invalid_input");
  says(provider_.claims(parameter(begun.url, "nonce")));
  const auto vouched = finish(*provider, {begun.cookie, state, "code"}).value();
  EXPECT_TRUE(vouched.once_more);
  EXPECT_TRUE(provider->of_ticket(provider->ticket(vouched))->once_more);
  EXPECT_FALSE(go(*provider)->once_more);
}

class VouchedFor : public ::testing::Test {
 protected:
  // What the provider says now.
  Vouched says(const std::string& name, const std::string& subject, bool second_factor) {
    return {name, subject, second_factor, people_.clock.now()};
  }
  std::string sign_in(const Vouched& vouched, std::string_view code = {}) {
    return outcome(
        people_->sign_in_vouched(vouched, {.sign_in_name = {}, .password = {}, .code = code}));
  }
  TestPeople people_{SignInRules{.key = base::Key{9},
                                 .second_factor = {Role::investigator},
                                 .passwords = std::vector{Role::administrator}}};
};

TEST_F(VouchedFor, IsWhomWeKnowAndNobodyIsMade) {
  const auto anna = people_.ready("anna", {Role::list_owner});
  const auto opened = people_->sign_in_vouched(says("anna", "s-1", false), {}).value();
  EXPECT_EQ(opened.session.person.roles, std::vector{Role::list_owner});
  EXPECT_EQ(opened.session.until, people_.clock.now() + session_time);
  people_.clock.advance(idle_time);
  EXPECT_EQ(outcome(people_->session(opened.token)), "not_found");
  EXPECT_EQ(sign_in(says("mallory", "s-9", true)), "not_found");
  EXPECT_EQ(people_->list()->size(), 1U);
  ASSERT_TRUE(people_->deactivate(anna));
  EXPECT_EQ(sign_in(says("anna", "s-1", true)), "not_found");
}

// They have no password, and need none.
TEST_F(VouchedFor, AnAdministratorMayTakeTheLastOnesPlace) {
  const auto last = people_.ready("last", {Role::administrator});
  const auto added =
      people_->add({.sign_in_name = "anna",
                    .display_name = "Anna",
                    .organisation = base::OrganisationId::parse("test-force").value(),
                    .roles = {Role::administrator}});
  ASSERT_TRUE(added);
  EXPECT_EQ(outcome(people_->deactivate(last)), "conflict");
  ASSERT_EQ(sign_in(says("anna", "s-1", true)), "ok");
  EXPECT_EQ(outcome(people_->deactivate(last)), "ok");
  EXPECT_EQ(outcome(people_->deactivate(added->first)), "conflict");
}

TEST_F(VouchedFor, ANameThatTheProviderGaveToSomebodyElseIsNotThem) {
  const auto anna = people_.ready("anna", {Role::list_owner});
  EXPECT_EQ(sign_in(says("anna", "s-1", false)), "ok");
  EXPECT_EQ(sign_in(says("anna", "s-2", false)), "not_found");
  EXPECT_EQ(sign_in(says("anna", "s-1", false)), "ok");
  // An administrator says that it is them again.
  ASSERT_TRUE(people_->reset(anna));
  EXPECT_EQ(sign_in(says("anna", "s-2", false)), "ok");
}

TEST_F(VouchedFor, WhatWasSaidBeforeAResetCountsNoMore) {
  const auto anna = people_.ready("anna", {Role::list_owner});
  const auto said = says("anna", "s-1", true);
  EXPECT_EQ(sign_in(said), "ok");
  people_.clock.advance(std::chrono::seconds{1});
  ASSERT_TRUE(people_->reset(anna));
  EXPECT_EQ(sign_in(said), "invalid_input");
  const auto anew = says("anna", "s-1", true);
  EXPECT_EQ(sign_in(anew), "ok");
  people_.clock.advance(std::chrono::seconds{1});
  ASSERT_TRUE(people_->remove_second_factor(anna));
  EXPECT_EQ(sign_in(anew), "invalid_input");
}

TEST_F(VouchedFor, ANamesakeWhoFailsTheSecondFactorIsNotThemEither) {
  // They set their second factor up with a password: the provider never spoke of them.
  people_.ready("anna", {Role::administrator});
  const auto token = people_->sign_in({"anna", test_password}).value().token;
  const auto secret = people_->begin_second_factor({"anna", test_password}).value().secret;
  ASSERT_TRUE(people_->confirm_second_factor(token, code_shown(secret, people_.clock.now())));
  people_.clock.advance(totp_step_time);
  EXPECT_EQ(sign_in(says("anna", "s-2", false)), "conflict");
  EXPECT_EQ(sign_in(says("anna", "s-2", false), "000000"), "conflict");
  EXPECT_EQ(sign_in(says("anna", "s-1", false), code_shown(secret, people_.clock.now())), "ok");
  // Now it is known.
  people_.clock.advance(totp_step_time);
  EXPECT_EQ(sign_in(says("anna", "s-2", false), code_shown(secret, people_.clock.now())),
            "not_found");
  EXPECT_EQ(sign_in(says("anna", "s-1", false), code_shown(secret, people_.clock.now())), "ok");
}

TEST_F(VouchedFor, ShowsOurSecondFactorUnlessTheProvidersCounts) {
  people_.ready("anna", {Role::investigator});
  auto opened = people_->sign_in_vouched(says("anna", "s-1", false), {}).value();
  EXPECT_TRUE(opened.session.lacks_second_factor);
  opened = people_->sign_in_vouched(says("anna", "s-1", true), {}).value();
  EXPECT_FALSE(opened.session.lacks_second_factor);
  EXPECT_FALSE(people_->session(opened.token)->lacks_second_factor);

  const auto secret = people_->begin_second_factor({"anna", test_password}).value().secret;
  ASSERT_TRUE(
      people_->confirm_second_factor(opened.token, code_shown(secret, people_.clock.now())));
  people_.clock.advance(totp_step_time);
  EXPECT_EQ(sign_in(says("anna", "s-1", false)), "conflict");
  EXPECT_EQ(sign_in(says("anna", "s-1", false), "000000"), "conflict");
  EXPECT_EQ(sign_in(says("anna", "s-1", false), code_shown(secret, people_.clock.now())), "ok");
  EXPECT_EQ(sign_in(says("anna", "s-1", true)), "ok");
}

// Somebody who never chose a password.
TEST_F(VouchedFor, SetsUpAFactorWithoutAPassword) {
  const auto added =
      people_->add({.sign_in_name = "vera",
                    .display_name = "PC Test",
                    .organisation = base::OrganisationId::parse("test-force").value(),
                    .roles = {Role::investigator}});
  ASSERT_TRUE(added);
  const auto opened = people_->sign_in_vouched(says("vera", "s-1", false), {}).value();
  EXPECT_TRUE(opened.session.lacks_second_factor);
  const auto begin = [&](const Vouched& vouched, std::string_view code = {}) {
    return people_->begin_second_factor({.sign_in_name = "vera",
                                         .password = {},
                                         .code = code,
                                         .source = {},
                                         .key = nullptr,
                                         .vouched = &vouched});
  };
  auto said = says("vera", "s-1", false);
  EXPECT_EQ(outcome(begin(said)), "not_found");  // for signing in, and for nothing else
  said.once_more = true;
  auto other = said;
  other.subject = "s-2";
  EXPECT_EQ(outcome(begin(other)), "not_found");
  other = said;
  other.sign_in_name = "anna";
  EXPECT_EQ(outcome(begin(other)), "not_found");
  const auto secret = begin(said).value().secret;
  const auto shown = [&] { return code_shown(secret, people_.clock.now()); };
  ASSERT_TRUE(people_->confirm_second_factor(opened.token, shown()));
  EXPECT_FALSE(people_->session(opened.token)->lacks_second_factor);
  // From now on the factor is asked for as well.
  people_.clock.advance(totp_step_time);
  said.at = people_.clock.now();
  EXPECT_EQ(outcome(begin(said)), "conflict");
  EXPECT_EQ(outcome(begin(said, "000000")), "conflict");
  EXPECT_EQ(outcome(begin(said, shown())), "ok");
  // What was said before a reset is worth nothing.
  people_.clock.advance(totp_step_time);
  ASSERT_TRUE(people_->reset(added->first));
  EXPECT_EQ(sign_in(says("vera", "s-1", false), shown()), "ok");
  people_.clock.advance(totp_step_time);
  EXPECT_EQ(outcome(begin(said, shown())), "not_found");
}

TEST_F(VouchedFor, GuessesAtASubjectWaitLikeGuessesAtAPassword) {
  people_.ready("anna", {Role::list_owner});
  EXPECT_EQ(sign_in(says("anna", "s-1", false)), "ok");
  auto said = says("anna", "s-2", false);
  said.once_more = true;
  const auto begin = [&] {
    return outcome(people_->begin_second_factor({.sign_in_name = "anna",
                                                 .password = {},
                                                 .code = {},
                                                 .source = {},
                                                 .key = nullptr,
                                                 .vouched = &said}));
  };
  for (int i = 0; i < failures_max; ++i) EXPECT_EQ(begin(), "not_found");
  said.subject = "s-1";
  EXPECT_EQ(begin(), "limit_exceeded");
}

TEST_F(VouchedFor, WhosePasswordIsNotTakenHearsWhereToGo) {
  people_.ready("anna", {Role::list_owner});
  people_.ready("root", {Role::administrator});
  EXPECT_EQ(outcome(people_->sign_in({"anna", test_password})), "invalid_input");
  EXPECT_EQ(outcome(people_->sign_in({"anna", "wrong password"})), "not_found");
  EXPECT_EQ(outcome(people_->sign_in({"root", test_password})), "ok");
}

}  // namespace
}  // namespace regmark::people
