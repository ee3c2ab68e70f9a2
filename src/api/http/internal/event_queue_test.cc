#include "api/http/internal/event_queue.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace regmark::api::http {
namespace {

TEST(Event, IsWrittenAsTheStandardSays) {
  struct Case {
    std::string_view event, data, id, want;
  };
  constexpr Case cases[] = {
      {"alert", "{}", "a:1", "id: a:1\nevent: alert\ndata: {}\n\n"},
      {"", "", "", "data: \n\n"},
      {"", "one\ntwo", "", "data: one\ndata: two\n\n"},
      {"", "one\r\ntwo\rthree", "", "data: one\ndata: two\ndata: three\n\n"},
      // A line break cannot smuggle in another field or event.
      {"a\ndata: x", "y", "1\r\n\r\n", "id: 1    \nevent: a data: x\ndata: y\n\n"},
  };
  for (const auto& [event, data, id, want] : cases) {
    EXPECT_EQ(format_event(event, data, id), want);
  }
}

TEST(EventQueue, GivesEventsInOrderAndWakesOnceForMany) {
  int wakes = 0;
  EventQueue queue([&] { ++wakes; });
  EXPECT_TRUE(queue.push("", "1", ""));
  EXPECT_TRUE(queue.push("", "2", ""));
  EXPECT_EQ(wakes, 1);
  EXPECT_EQ(queue.take(1'000).bytes, "data: 1\n\ndata: 2\n\n");
  EXPECT_TRUE(queue.push("", "3", ""));
  EXPECT_EQ(wakes, 2);
  EXPECT_EQ(queue.take(1).bytes, "data: 3\n\n");  // one event goes out whole, however large
}

TEST(EventQueue, CutsOffAClientThatIsTooManyEventsBehind) {
  int wakes = 0;
  EventQueue queue([&] { ++wakes; });
  for (std::size_t i = 0; i < EventStream::queue_max; ++i) ASSERT_TRUE(queue.push("", "x", ""));
  EXPECT_FALSE(queue.cut_off());
  EXPECT_FALSE(queue.push("", "x", ""));
  EXPECT_TRUE(queue.cut_off());
  EXPECT_EQ(wakes, 2);  // the first was for a write that hangs
  EXPECT_TRUE(queue.take(1'000).over);
  EXPECT_FALSE(queue.push("", "x", ""));
}

TEST(EventQueue, CutsOffAClientThatIsTooManyBytesBehind) {
  EventQueue queue([] {});
  const std::string large(EventStream::queue_size_max / 4, 'x');
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(queue.push("", large, ""));
  EXPECT_FALSE(queue.push("", large, ""));
  EXPECT_TRUE(queue.cut_off());
}

TEST(EventQueue, WritesWhatWaitsWhenItIsClosed) {
  EventQueue queue([] {});
  queue.push("", "last", "");
  queue.close();
  EXPECT_FALSE(queue.push("", "too late", ""));
  const auto taken = queue.take(1'000);
  EXPECT_EQ(taken.bytes, "data: last\n\n");
  EXPECT_TRUE(taken.over);
}

TEST(EventQueue, IsClosedWhenTheApplicationLetsGo) {
  const auto queue = std::make_shared<EventQueue>([] {});
  auto stream = std::make_shared<QueuedStream>(queue);
  EXPECT_FALSE(queue->take(1).over);
  stream.reset();
  EXPECT_TRUE(queue->take(1).over);
}

TEST(EventQueue, MayBePushedFromManyThreads) {
  EventQueue queue([] {});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) queue.push("", "x", "");
    });
  }
  std::size_t size = 0;
  const std::size_t want = 4 * 200 * format_event("", "x", "").size();
  while (size < want) size += queue.take(64).bytes.size();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(size, want);
}

}  // namespace
}  // namespace regmark::api::http
