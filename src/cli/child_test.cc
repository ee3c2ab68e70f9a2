#include "cli/child.h"

#include <gtest/gtest.h>

namespace regmark::cli {
namespace {

TEST(Child, HandsOnItsLinesAndItsStatus) {
  std::vector<std::string> lines;
  const auto child = Child::start({"/bin/sh", "-c", "echo one; echo two >&2; printf three; exit 3"},
                                  [&](const std::string& line) { lines.push_back(line); })
                         .value();
  EXPECT_EQ(child->wait(), 3);
  EXPECT_EQ(lines, (std::vector<std::string>{"one", "two", "three"}));
  EXPECT_FALSE(child->running());
}

TEST(Child, IsStoppedWhenItIsLeft) {
  auto child = Child::start({"/bin/sleep", "60"}, [](const std::string&) {}).value();
  EXPECT_TRUE(child->running());
  child->stop();
  EXPECT_EQ(child->wait(), 128 + 15);
}

TEST(Child, SaysWhenThereIsNoSuchProgram) {
  const auto child = Child::start({"/no/such/program"}, [](const std::string&) {}).value();
  EXPECT_EQ(child->wait(), 127);
}

}  // namespace
}  // namespace regmark::cli
