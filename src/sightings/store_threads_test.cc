// A store that many use at once.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
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

// Whoever looks or holds while reads are erased meets them or does not, and nothing is damaged.
TEST_P(StoreSuite, ErasesWhileOthersLookAndHold) {
  constexpr std::size_t reads = 200;
  for (int day = 1; day <= 8; ++day) {
    const auto date = today() - std::chrono::days{day};
    std::vector<plate::ReadId> ids;
    std::vector<NewSighting> sightings;
    for (std::size_t at = 0; at < reads; ++at) {
      const auto time = base::UtcTime{date} + std::chrono::milliseconds{at};
      sightings.push_back({maker.plain("cam-1", "AB12CDE", time, std::to_string(++events)), {}});
      ids.push_back(sightings.back().read.id);
    }
    keep(sightings);
    const access::Window whole_day{base::UtcTime{date}, base::UtcTime{date + std::chrono::days{1}}};
    std::atomic<bool> is_over = false;
    std::thread looking([&] {
      while (!is_over) {
        const auto page = find({.window = whole_day, .rows = 1'000});
        EXPECT_TRUE(page) << page.error().message;
      }
    });
    std::thread holding([&] {
      const auto held = hold("hold-" + std::to_string(day), {.window = whole_day});
      EXPECT_TRUE(held) << held.error().message;
    });
    // Last first, in steps: a walk meets what is about to go.
    std::size_t gone = 0;
    for (std::size_t left = ids.size(); left > 0; left -= 20) {
      const auto erased = store->erase_reads(log.machine_receipt(audit::MachineVerb::drop),
                                             std::span(ids).subspan(left - 20, 20));
      ASSERT_TRUE(erased) << erased.error().message;
      gone += erased->reads;
    }
    is_over = true;
    looking.join();
    holding.join();
    const auto dropped = drop(date);
    ASSERT_TRUE(dropped) << dropped.error().message;
    EXPECT_EQ(dropped->reads + gone, reads);
    EXPECT_EQ(dropped->held_copies, dropped->reads);
  }
}

}  // namespace
}  // namespace regmark::sightings
