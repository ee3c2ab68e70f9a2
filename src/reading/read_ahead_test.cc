#include "reading/read_ahead.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace regmark::reading {
namespace {

using std::chrono::microseconds;

// So many frames, numbered by their position, then its end or a failure.
class Numbered final : public FrameSource {
 public:
  Numbered(int count, bool fails, std::atomic<int>& given)
      : count_(count), fails_(fails), given_(given) {}
  Result<std::optional<Frame>> next() override {
    if (given_ == count_) {
      if (fails_) return fail(ErrorCode::invalid_input, "broken off");
      return std::optional<Frame>();
    }
    Frame frame{Picture::create(2, 2, 4).value(), {}, {}, microseconds{given_}};
    ++given_;
    return frame;
  }
  std::uint64_t skipped() const override { return 7; }

 private:
  const int count_;
  const bool fails_;
  std::atomic<int>& given_;
};

TEST(ReadAhead, GivesTheSameFramesInTheSameOrder) {
  std::atomic<int> given{0};
  const auto ahead = read_ahead(std::make_unique<Numbered>(50, false, given), {});
  for (int number = 0; number < 50; ++number) {
    const auto frame = ahead->next().value();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->position, microseconds{number});
  }
  EXPECT_FALSE(ahead->next().value());
  EXPECT_FALSE(ahead->next().value());  // and again
  EXPECT_EQ(ahead->skipped(), 7U);
}

TEST(ReadAhead, HandsAFailureOnAfterTheFramesBeforeIt) {
  std::atomic<int> given{0};
  const auto ahead = read_ahead(std::make_unique<Numbered>(3, true, given), {});
  for (int number = 0; number < 3; ++number) ASSERT_TRUE(ahead->next().value());
  const auto failed = ahead->next();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "broken off");
  EXPECT_FALSE(ahead->next().value());  // then it is over
}

TEST(ReadAhead, IsNeverMoreThanTwoAhead) {
  std::atomic<int> given{0};
  const auto ahead = read_ahead(std::make_unique<Numbered>(1'000, false, given), {});
  for (int taken = 1; taken <= 20; ++taken) {
    ASSERT_TRUE(ahead->next().value());
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
    EXPECT_LE(given, taken + 3);  // two are ready, and one waits for its place
  }
}

TEST(ReadAhead, EndsWhenToldToAndWhenDropped) {
  std::atomic<int> given{0};
  std::stop_source stop;
  const auto ahead = read_ahead(std::make_unique<Numbered>(1'000, false, given), stop.get_token());
  ASSERT_TRUE(ahead->next().value());
  stop.request_stop();
  EXPECT_FALSE(ahead->next().value());
}

}  // namespace
}  // namespace regmark::reading
