// A store that many use at once.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "sightings/store_suite.h"

namespace regmark::sightings {
namespace {

// Several threads keep, look, seal and drop at once; at the end everything adds up.
TEST_P(StoreSuite, ManyMayUseItAtOnce) {
  constexpr int writers = 3;
  constexpr int rounds = 30;
  const auto old_day = base::parse_day("2026-03-01").value();
  std::atomic<int> working = writers + 1;
  std::atomic<int> dropped_before_the_end = 0;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&, writer] {
      ReadMaker own(static_cast<std::uint64_t>(writer));
      const auto camera = "cam-" + std::to_string(writer);
      for (int round = 0; round < rounds; ++round) {
        const auto time = at("2026-03-29T00:00:00Z") + std::chrono::seconds{round};
        const auto event = std::to_string(round);
        // Each writer also sends what another one sends.
        const auto kept = append_all(
            *store, {{own.plain(camera, "AB" + event, time, event), {}},
                     {ReadMaker(7).plain("cam-x", "X" + event, time, event), {}},
                     {own.plain(camera, "OLD", time - std::chrono::days{28}, "old" + event), {}}});
        EXPECT_TRUE(kept);
        EXPECT_EQ((*kept)[0], Kept::stored);
        EXPECT_TRUE((*kept)[1] == Kept::stored || (*kept)[1] == Kept::duplicate);
        // The old day is dropped in the midst of it.
        if (round == rounds / 2) {
          while (dropped_before_the_end == 0) std::this_thread::yield();
        }
        if (round > rounds / 2) {
          EXPECT_EQ((*kept)[2], Kept::too_old);
        }
      }
      --working;
    });
  }
  threads.emplace_back([&] {
    for (int round = 0; round < 3; ++round) {
      if (const auto sealed = seal(today()); !sealed) {
        EXPECT_EQ(sealed.error().code, ErrorCode::not_found);
      }
      const auto dropped = drop(old_day);
      EXPECT_TRUE(dropped) << dropped.error().message;
      ++dropped_before_the_end;
      const auto health = store->verify(log.machine_receipt(audit::MachineVerb::verify)).value();
      EXPECT_EQ(health.faults, Strings());
    }
    --working;
  });
  threads.emplace_back([&] {
    while (working > 0) {
      for (const auto* pattern : {"AB1*", "OLD", ""}) {
        const auto page = find({.plate = pattern, .rows = 1'000});
        EXPECT_TRUE(page) << page.error().message;
      }
    }
  });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(plates({.plate = "AB*"}).size(), std::size_t{writers} * rounds);
  EXPECT_EQ(plates({.plate = "X*"}).size(), std::size_t{rounds});
  EXPECT_EQ(plates({.plate = "OLD"}).size(), 0U);
  expect_whole(std::uint64_t{writers} * rounds + rounds);
}

}  // namespace
}  // namespace regmark::sightings
