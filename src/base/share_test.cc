#include "base/share.h"

#include <gtest/gtest.h>

namespace regmark::base {
namespace {

// By the formula of Wilson (1927), computed apart.
TEST(Share, HasWilsonsInterval) {
  const Share share{93, 109};
  EXPECT_NEAR(share.low(), 0.7750, 5e-4);
  EXPECT_NEAR(share.high(), 0.9077, 5e-4);
  EXPECT_DOUBLE_EQ((Share{0, 10}).low(), 0);
  EXPECT_NEAR((Share{0, 10}).high(), 0.2775, 5e-4);
  EXPECT_NEAR((Share{10, 10}).low(), 0.7225, 5e-4);
  EXPECT_DOUBLE_EQ((Share{0, 0}).low(), 0);
  EXPECT_DOUBLE_EQ((Share{0, 0}).high(), 1);
}

}  // namespace
}  // namespace regmark::base
