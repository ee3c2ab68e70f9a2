#include "api/http/internal/workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace regmark::api::http {
namespace {

TEST(Workers, RefuseWorkWhenTheQueueIsFull) {
  Workers workers(1, 2);
  std::promise<void> started;
  std::promise<void> release;
  std::atomic<int> done{0};
  ASSERT_TRUE(workers.post([&] {
    started.set_value();
    release.get_future().wait();
    ++done;
  }));
  started.get_future().wait();  // the queue is empty again, the worker is not free
  EXPECT_TRUE(workers.post([&] { ++done; }));
  EXPECT_TRUE(workers.post([&] { ++done; }));
  EXPECT_FALSE(workers.post([&] { ++done; }));
  release.set_value();
  workers.stop();
  EXPECT_EQ(done, 3);  // what was taken is done
  EXPECT_FALSE(workers.post([&] { ++done; }));
}

}  // namespace
}  // namespace regmark::api::http
