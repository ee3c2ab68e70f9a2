// What stands before every route: sessions, cookies, hosts, types, shapes and sizes.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "office_testing.h"

namespace regmark {
namespace {

using namespace std::chrono_literals;
using testing::ask;
using testing::Headers;
using testing::Json;
using testing::TestOffice;

std::string code_of(const testing::Reply& reply) {
  return reply.json().value("code", "");
}

TEST(Guard, ASessionEndsWithItsTimeAndWithItsSignOut) {
  TestOffice office;
  const auto someone = office.role("operator");
  EXPECT_EQ(someone.get("/v1/session").status, 200);
  EXPECT_EQ(ask(office.port(), "DELETE", "/v1/session", {}, someone.with_token()).status, 204);
  EXPECT_EQ(someone.get("/v1/session").status, 401);

  const auto another = office.another("operator", "second-operator");
  office.clock().advance(9h);  // longer than a shift
  const auto late = another.get("/v1/session");
  EXPECT_EQ(late.status, 401);
  EXPECT_EQ(code_of(late), "signed_out");
  EXPECT_EQ(late.header("WWW-Authenticate"), "Bearer");
}

TEST(Guard, ACookieServesAPageOfOursOnly) {
  TestOffice office;
  office.role("list_owner");
  const auto signed_in = office.nobody().post(
      "/v1/session", {{"sign_in_name", "test-list_owner"}, {"password", testing::password}});
  ASSERT_EQ(signed_in.status, 200);
  const auto given = signed_in.header("Set-Cookie");
  for (const auto* part : {"regmark_session=", "HttpOnly", "SameSite=Strict", "Path=/"}) {
    EXPECT_NE(given.find(part), std::string::npos) << part;
  }
  const Headers cookie{{"Cookie", given.substr(0, given.find(';'))}};
  EXPECT_EQ(ask(office.port(), "GET", "/v1/watchlists", {}, cookie).status, 200);

  // A form on another site can make the browser send the cookie, and nothing else.
  const auto forged = ask(office.port(), "DELETE", "/v1/session", {}, cookie);
  EXPECT_EQ(forged.status, 403);
  EXPECT_EQ(code_of(forged), "cross_site");
  auto own = cookie;
  own.emplace_back("X-Regmark", "1");
  EXPECT_EQ(ask(office.port(), "DELETE", "/v1/session", {}, own).status, 204);
  EXPECT_EQ(ask(office.port(), "GET", "/v1/watchlists", {}, cookie).status, 401);
}

TEST(Guard, AnswersOnlyToItsOwnNames) {
  TestOffice office;
  for (const auto* host : {"127.0.0.1", "127.0.0.1:8600", "localhost", "LOCALHOST:1", "[::1]:80"}) {
    EXPECT_EQ(ask(office.port(), "GET", "/healthz", {}, {{"Host", host}}).status, 200) << host;
  }
  for (const auto* host : {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80",
                           "[::1].evil.example", "[::2]"}) {
    EXPECT_EQ(ask(office.port(), "GET", "/healthz", {}, {{"Host", host}}).status, 421) << host;
  }
}

TEST(Guard, TakesOnlyBodiesOfTheRightTypeAndShape) {
  TestOffice office;
  const auto owner = office.role("list_owner");
  struct Case {
    std::string body, type;
    int status;
    std::string says;
  };
  const std::string json = "application/json";
  const Case cases[] = {
      {"a=1", "application/x-www-form-urlencoded", 415, "application/json"},
      {"{}", "text/plain", 415, "application/json"},
      {"{", json, 400, "no JSON"},
      {"\"\xff\"", json, 400, "no JSON in UTF-8"},
      {"[]", json, 400, "must be an object"},
      {"{}", json, 400, "is missing"},
      {R"({"reason":1})", json, 400, "reason: must be text"},
      {R"({"reason":""})", json, 400, "reason: is too short"},
      {R"({"reason":"a","reason":"b"})", json, 400, "stands twice"},
      {R"({"reason":"a","x":1})", json, 400, "no member called x"},
      {R"({"reason":"a","purpose":{"category":7}})", json, 400, "purpose.category: must be text"},
      {R"({"reason":")" + std::string(1'001, 'x') + "\"}", json, 400, "at most 1000 characters"},
      {std::string(5'000, '[') + std::string(5'000, ']'), json, 413, "nested deeper"},
      {R"({"reason":")" + std::string(70'000, 'x') + "\"}", json, 413, "larger"},
      {R"({"reason":"there is no such entry"})", json, 404, ""},
      {R"({"reason":"there is no such entry"})", "Application/JSON; charset=utf-8", 404, ""},
  };
  for (const auto& [body, type, status, says] : cases) {
    SCOPED_TRACE(body.substr(0, 60) + " as " + type);
    const auto reply = ask(office.port(), "POST", "/v1/watchlists/entries/none/withdraw", body,
                           owner.with_token({{"Content-Type", type}}));
    EXPECT_EQ(reply.status, status);
    EXPECT_NE(reply.json().value("detail", "").find(says), std::string::npos)
        << reply.json().value("detail", "");
  }
}

TEST(Guard, TakesOnlyParametersThatItKnows) {
  TestOffice office;
  const auto someone = office.role("operator");
  const std::pair<std::string, int> cases[] = {
      {"/v1/alerts", 200},           {"/v1/alerts?count=1", 200},
      {"/v1/alerts?count=500", 200}, {"/v1/alerts?count=501", 400},
      {"/v1/alerts?count=0", 400},   {"/v1/alerts?count=-1", 400},
      {"/v1/alerts?count=1x", 400},  {"/v1/alerts?count=", 400},
      {"/v1/alerts?other=1", 400},   {"/v1/alerts?count=99999999999999999999", 400},
  };
  for (const auto& [path, status] : cases) {
    EXPECT_EQ(someone.get(path).status, status) << path;
  }
}

TEST(Guard, APurposeTravelsInHeadersAsPercentEncodedText) {
  TestOffice office;
  const auto auditor = office.role("auditor");
  const auto with_reason = [&](const std::string& reason) {
    return auditor.get("/v1/audit/entries", {{"X-Purpose-Reason", reason}}).status;
  };
  EXPECT_EQ(with_reason("Yearly%20check%20of%20the%20caf%C3%A9%20case"), 200);
  EXPECT_EQ(with_reason("Yearly check of the log"), 200);
  EXPECT_EQ(auditor.get("/v1/audit/entries").status, 403);  // the policy asks for a reason
  EXPECT_EQ(with_reason("Yearly%2"), 400);
  EXPECT_EQ(with_reason("Yearly%zzcheck"), 400);
  EXPECT_EQ(with_reason("Yearly%0acheck%20of%20the%20log"), 400);
  EXPECT_EQ(with_reason("Yearly%ffcheck%20of%20the%20log"), 403);  // no UTF-8: cannot be recorded
}

TEST(Guard, FailuresLockAnAccountAndSayTooMany) {
  TestOffice office;
  office.role("operator");
  const Json wrong{{"sign_in_name", "test-operator"}, {"password", "not the password"}};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(office.nobody().post("/v1/session", wrong).status, 401);
  const Json right{{"sign_in_name", "test-operator"}, {"password", testing::password}};
  const auto locked = office.nobody().post("/v1/session", right);
  EXPECT_EQ(locked.status, 429);
  EXPECT_EQ(code_of(locked), "limit_exceeded");
}

TEST(Guard, EveryAnswerHasTheHeadersThatKeepPagesIn) {
  TestOffice office;
  const auto someone = office.role("operator");
  for (const auto* path : {"/", "/healthz", "/v1/alerts", "/v1/none", "/assets/test-1a2b.js"}) {
    SCOPED_TRACE(path);
    const auto reply = someone.get(path);
    EXPECT_NE(reply.header("Content-Security-Policy").find("default-src 'self'"),
              std::string::npos);
    EXPECT_NE(reply.header("Content-Security-Policy").find("frame-ancestors 'none'"),
              std::string::npos);
    EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(reply.header("Referrer-Policy"), "no-referrer");
  }
  EXPECT_EQ(someone.get("/v1/alerts").header("Cache-Control"), "no-store");
  EXPECT_EQ(someone.get("/").header("Cache-Control"), "no-cache");
  EXPECT_NE(someone.get("/assets/test-1a2b.js").header("Cache-Control").find("immutable"),
            std::string::npos);
}

TEST(Guard, ServesItsPagesAndAPageForWhatIsNotThere) {
  TestOffice office;
  const auto first = office.nobody().get("/");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_NE(first.body.find("Test page"), std::string::npos);
  EXPECT_EQ(office.nobody().get("/index.html").body, first.body);
  EXPECT_EQ(office.nobody().get("/assets/test-1a2b.js").header("Content-Type"),
            "text/javascript; charset=utf-8");

  const auto page = office.nobody().get("/nowhere", {{"Accept", "text/html,*/*"}});
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  const auto problem = office.nobody().get("/nowhere", {{"Accept", "application/json"}});
  EXPECT_EQ(problem.status, 404);
  EXPECT_EQ(problem.header("Content-Type"), "application/problem+json");
  for (const auto* path : {"/assets/../records.db", "/assets/%2e%2e/index.html", "/assets/"}) {
    EXPECT_EQ(office.nobody().get(path).status, 404) << path;
  }
}

}  // namespace
}  // namespace regmark
