// Runs the operator's commands as they are typed, against a whole office. Never included by a
// program.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "office_testing.h"

namespace regmark::testing {

struct Said {
  int status = 0;
  std::string text;  // on both channels
  bool has(std::string_view words) const { return text.find(words) != std::string::npos; }
};

// With a purpose that the built-in policy takes.
std::vector<std::string> with_purpose(std::vector<std::string> words);

class Commands : public ::testing::Test {
 protected:
  Commands();

  void sign_in_as(const Client& client);
  // `typed` on standard input answers what the command asks.
  static Said run(std::vector<std::string> words, const std::string& typed = "");
  std::string password_file() const;

  TestOffice office_;
};

}  // namespace regmark::testing
