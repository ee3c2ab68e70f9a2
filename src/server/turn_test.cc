#include "server/turn.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace regmark::server {
namespace {

std::chrono::steady_clock::time_point in(std::chrono::milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

TEST(Turn, IsOneThreadsAtATime) {
  Turn turn;
  int count = 0;  // not atomic: a thread sanitizer sees it when two are in
  std::vector<std::thread> threads(4);
  for (auto& thread : threads) {
    thread = std::thread([&turn, &count] {
      for (int i = 0; i < 1'000; ++i) {
        const std::lock_guard lock(turn);
        ++count;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(count, 4'000);
}

TEST(Turn, IsNotHadWhileAnotherHasIt) {
  Turn turn;
  const std::unique_lock first(turn, in(std::chrono::milliseconds{0}));
  ASSERT_TRUE(first.owns_lock());
  const std::unique_lock second(turn, in(std::chrono::milliseconds{20}));
  EXPECT_FALSE(second.owns_lock());
}

TEST(Turn, IsHadByWhoeverWaitedWhenItIsFreed) {
  Turn turn;
  turn.lock();
  bool was_had = false;
  std::thread waiting([&turn, &was_had] {
    const std::unique_lock lock(turn, in(std::chrono::minutes{5}));
    was_had = lock.owns_lock();
  });
  turn.unlock();
  waiting.join();
  EXPECT_TRUE(was_had);
}

}  // namespace
}  // namespace regmark::server
