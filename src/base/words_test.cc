#include "base/words.h"

#include <gtest/gtest.h>

namespace regmark::base {
namespace {

std::string outcome(const Result<void>& result) {
  return result ? "ok" : result.error().message;
}

TEST(Words, SaySomethingThatCanBeShown) {
  const auto check = [](std::string_view words) {
    return outcome(check_words("the note", words, 8));
  };
  EXPECT_EQ(check("a\tb\nc"), "ok");
  EXPECT_EQ(check("12345678"), "ok");
  EXPECT_EQ(check("123456789"), "the note is longer than 8 bytes");
  EXPECT_EQ(check(""), "the note is missing");
  EXPECT_EQ(check(" \t\r\n"), "the note is missing");
  EXPECT_EQ(check("a\x1b[2J"), "the note holds a control character");
  EXPECT_EQ(check("a\x7f"), "the note holds a control character");
  EXPECT_EQ(check("\u00e9"), "ok");
}

TEST(Words, MayBeBlankWhereTheyMay) {
  EXPECT_EQ(outcome(check_printable("the note", "", 8)), "ok");
  EXPECT_EQ(outcome(check_printable("the note", std::string_view("\0", 1), 8)),
            "the note holds a control character");
}

}  // namespace
}  // namespace regmark::base
