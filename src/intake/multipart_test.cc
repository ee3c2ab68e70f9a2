#include "intake/multipart.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "intake/media_type.h"

namespace regmark::intake {
namespace {

std::string outcome(const Result<HeaderValue>& header) {
  if (!header) return name(header.error().code);
  std::string line = header->word;
  for (const auto& [key, value] : header->parameters) line.append(" ").append(key + "=" + value);
  return line;
}

TEST(HeaderValue, IsTakenApart) {
  struct Case {
    std::string_view text, want;
  };
  constexpr Case cases[] = {
      {"application/json", "application/json"},
      {" Application/JSON ; Charset=UTF-8", "application/json charset=UTF-8"},
      {"multipart/form-data; boundary=\"a b;c\"", "multipart/form-data boundary=a b;c"},
      {"form-data; name=\"a\\\"b\\\\\"; filename=x", "form-data filename=x name=a\"b\\"},
      {"text/plain;", "text/plain"},
      {"", "invalid_input"},
      {" ; a=b", "invalid_input"},
      {"a/b c", "invalid_input"},
      {"a/b; c", "invalid_input"},
      {"a/b; =c", "invalid_input"},
      {"a/b; c=\"d", "invalid_input"},
      {"a/b; c=d; C=e", "invalid_input"},
      {"a/b; c=\"d\"e", "invalid_input"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(outcome(parse_header_value(text)), want);
  }
  EXPECT_EQ(outcome(parse_header_value(std::string(media_type_size_max + 1, 'a'))),
            "limit_exceeded");
}

std::string outcome(const Result<std::vector<Part>>& parts) {
  if (!parts) return name(parts.error().code);
  std::string line;
  for (const auto& part : *parts) {
    line += part.name + ":" + part.content_type + "=" + std::string(part.content) + "|";
  }
  return line;
}

TEST(Multipart, IsTakenApart) {
  struct Case {
    std::string_view body, want;
  };
  constexpr Case cases[] = {
      {"--b\r\nContent-Disposition: form-data; name=\"reads\"\r\nContent-Type: "
       "Application/JSON\r\n\r\n{}\r\n--b--\r\n",
       "reads:application/json={}|"},
      {"--b\r\ncontent-disposition:form-data;name=a\r\n\r\n1\r\n--b\r\n"
       "X-Other: y\r\nContent-Disposition: form-data; name=c; filename=d\r\n\r\n2\r\n\r\n--b--",
       "a:=1|c:=2\r\n|"},
      // Blanks behind a boundary, and text around the parts, mean nothing.
      {"hello\r\n--b \t\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--b--bye", "a:=|"},
      {"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n--b--", "a:=|"},
      // What only looks like a boundary is content.
      {"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n--c\r\n-b\r\n --b\r\n--b--",
       "a:=--c\r\n-b\r\n --b|"},
      {"--b--", ""},
      // What is refused.
      {"", "invalid_input"},
      {"--c\r\n", "invalid_input"},
      {"--b", "invalid_input"},
      {"--b\n", "invalid_input"},
      {"--b\r\n", "invalid_input"},
      {"--bx\r\n", "invalid_input"},
      {"--b\r\n\r\nno name\r\n--b--", "invalid_input"},
      {"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "invalid_input"},
      {"--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--b--", "invalid_input"},
      {"--b\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--b--", "invalid_input"},
      {"--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--", "invalid_input"},
      {"--b\r\nno colon\r\n\r\nx\r\n--b--", "invalid_input"},
      {"--b\r\nContent-Disposition: form-data; name=a\r\n\r\ncut", "invalid_input"},
      {"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--bx\r\n", "invalid_input"},
  };
  for (const auto& [body, want] : cases) {
    SCOPED_TRACE(body);
    EXPECT_EQ(outcome(parse_multipart("b", body, 4)), want);
  }
}

TEST(Multipart, HasLimits) {
  const auto parts = [](int count) {
    std::string body;
    for (int i = 0; i < count; ++i) {
      body += "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n";
    }
    return body + "--b--";
  };
  EXPECT_EQ(parse_multipart("b", parts(4), 4)->size(), 4U);
  EXPECT_EQ(outcome(parse_multipart("b", parts(5), 4)), "limit_exceeded");
  const std::string many = "--b\r\nX: " + std::string(part_header_size_max, 'x') + "\r\n\r\n";
  EXPECT_EQ(outcome(parse_multipart("b", many, 4)), "limit_exceeded");
  for (const std::string boundary : {"", "a ", "a\r\n", "a\"", "\xc3\xa9"}) {
    EXPECT_EQ(outcome(parse_multipart(boundary, parts(1), 4)), "invalid_input");
  }
  const std::string longest(boundary_length_max, 'b');
  EXPECT_TRUE(parse_multipart(longest, "--" + longest + "--", 4).has_value());
  EXPECT_EQ(outcome(parse_multipart(longest + "b", "--" + longest + "b--", 4)), "invalid_input");
}

// Parts that are put together come apart again, whatever bytes they hold.
RC_GTEST_PROP(Multipart, GivesBackWhatWasPutIn, ()) {
  const auto contents =
      *rc::gen::container<std::vector<std::string>>(rc::gen::container<std::string>(
          rc::gen::oneOf(rc::gen::arbitrary<char>(), rc::gen::element('\r', '\n', '-', 'b'))));
  std::string body;
  for (std::size_t at = 0; at < contents.size(); ++at) {
    RC_PRE(contents[at].find("\r\n--boundary") == std::string::npos);
    body += "--boundary\r\nContent-Disposition: form-data; name=\"" + std::to_string(at) +
            "\"\r\n\r\n" + contents[at] + "\r\n";
  }
  body += "--boundary--\r\n";
  RC_CLASSIFY(body.find("\r\n\r\n\r\n") != std::string::npos, "has a line end to confuse");
  const auto parts = parse_multipart("boundary", body, contents.size());
  RC_ASSERT(parts.has_value());
  RC_ASSERT(parts->size() == contents.size());
  for (std::size_t at = 0; at < contents.size(); ++at) {
    RC_ASSERT((*parts)[at].content == contents[at]);
    RC_ASSERT((*parts)[at].name == std::to_string(at));
  }
}

}  // namespace
}  // namespace regmark::intake
