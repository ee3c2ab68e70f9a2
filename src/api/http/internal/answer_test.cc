#include "api/http/internal/answer.h"

#include <gtest/gtest.h>

#include "api/http/problem.h"

namespace regmark::api::http {
namespace {

TEST(Answer, DatesAreWrittenAsHttpSays) {
  EXPECT_EQ(http_date(*base::parse_utc("1994-11-06T08:49:37Z")), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(*base::parse_utc("2028-02-29T23:59:59.999Z")),
            "Tue, 29 Feb 2028 23:59:59 GMT");
}

TEST(Answer, HeadSaysWhatFollows) {
  Response response;
  response.headers = {{"X-One", "1"}};
  response.body = "{}";
  const auto now = *base::parse_utc("2026-11-22T02:40:04Z");
  EXPECT_EQ(format_head(response, {}, {{"X-All", "a"}}, now),
            "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 02:40:04 GMT\r\n"
            "Content-Type: application/json\r\nContent-Length: 2\r\nX-All: a\r\nX-One: 1\r\n\r\n");
  response.status = 204;
  EXPECT_EQ(format_head(response, {.version = 10, .length = Length::counted, .after = After::close},
                        {}, now),
            "HTTP/1.1 204 No Content\r\nDate: Sun, 22 Nov 2026 02:40:04 GMT\r\nX-One: 1\r\n"
            "Connection: close\r\n\r\n");
}

TEST(Answer, OnlyWellFormedHeadersMayGoOut) {
  struct Case {
    std::string name, value;
    bool want;
  };
  const Case cases[] = {
      {"X-A", "plain", true},
      {"X-A", "", true},
      {"X-A", "caf\xc3\xa9", true},
      {"X-A", "a\tb", true},
      {"", "v", false},
      {"X A", "v", false},
      {"X-A:", "v", false},
      {"X-A\r\n", "v", false},
      {"X-A", "a\r\nB: c", false},
      {"X-A", "a\nb", false},
      {"X-A", std::string(1, '\0'), false},
  };
  for (const auto& [header, value, want] : cases) {
    Response response;
    response.headers = {{header, value}};
    EXPECT_EQ(is_well_formed(response), want) << header << ": " << value;
  }
}

TEST(Problem, IsJsonWhateverTheDetailHolds) {
  EXPECT_EQ(problem(404, "not_found", "no \"such\"\n\\thing").body,
            R"({"type":"about:blank","title":"Not Found","status":404,"code":"not_found",)"
            R"("detail":"no \"such\"\u000a\\thing"})");
}

}  // namespace
}  // namespace regmark::api::http
