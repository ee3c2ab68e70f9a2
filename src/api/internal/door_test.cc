#include "api/internal/door.h"

#include <gtest/gtest.h>

#include <deque>

namespace regmark::api {
namespace {

// Whoever holds all that one source may hold, of a door.
std::size_t held_by_one(Turnstile& door, std::deque<Turnstile::Pass>& held) {
  constexpr std::size_t too_many = 100;
  while (held.size() < too_many) {
    if (!held.emplace_back(door, "one source")) break;
  }
  return held.size() - 1;
}

TEST(Doors, HaveRoomForOthersThanOneSource) {
  for (auto* door : {&door(), &vouched_door()}) {
    std::deque<Turnstile::Pass> held;
    const auto of_one = held_by_one(*door, held);
    EXPECT_GE(of_one, 1U);
    std::deque<Turnstile::Pass> others;
    for (std::size_t i = 0; i < of_one; ++i) {
      EXPECT_TRUE(others.emplace_back(*door, "source " + std::to_string(i))) << i;
    }
    held.clear();
    EXPECT_TRUE(Turnstile::Pass(*door, "one source"));
  }
}

TEST(Doors, AreApart) {
  std::deque<Turnstile::Pass> held;
  for (const auto* source : {"one", "two", "three", "four"}) {
    for (int i = 0; i < 4; ++i) held.emplace_back(vouched_door(), source);
  }
  EXPECT_FALSE(Turnstile::Pass(vouched_door(), "five"));
  EXPECT_TRUE(Turnstile::Pass(door(), "five"));
}

}  // namespace
}  // namespace regmark::api
