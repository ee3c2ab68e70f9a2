#include "relay/spool.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include "base/crash_point.h"
#include "base/files_testing.h"
#include "relay/item.h"

namespace regmark::relay {
namespace {

SpoolSettings settings_in(const base::TestFolder& folder) {
  return {.folder = folder.path() / "spool", .key = {}, .bytes_max = 200'000, .segment_bytes = 500};
}

Item item_of(int number) {
  return {.read = "{\"number\":" + std::to_string(number) + "}",
          .plate_picture = base::Bytes(40, static_cast<std::uint8_t>(number)),
          .overview_picture = {}};
}

std::vector<std::string> all_of(Spool& spool) {
  std::vector<std::string> reads;
  const auto items = spool.front(10'000, 1'000'000).value();
  for (const auto& item : items) reads.push_back(item.read);
  return reads;
}

RC_GTEST_PROP(SpoolItem, ReadsBackWhatItWrote,
              (const std::string& read, const base::Bytes& plate, const base::Bytes& overview)) {
  const Item item{.read = read, .plate_picture = plate, .overview_picture = overview};
  const auto back = decode(encode(item)).value();
  RC_ASSERT(back.read == read);
  RC_ASSERT(back.plate_picture == plate);
  RC_ASSERT(back.overview_picture == overview);
}

// Adds, takes and restarts in any order: what comes out is what went in, in order, once.
RC_GTEST_PROP(Spool, IsAQueueThatSurvivesRestarts, ()) {
  enum class Step { add, take, restart };
  const base::TestFolder folder;
  auto spool = Spool::open(settings_in(folder)).value();
  std::deque<std::string> twin;
  int number = 0;
  const auto steps = *rc::gen::container<std::vector<Step>>(
      rc::gen::weightedElement<Step>({{6, Step::add}, {3, Step::take}, {1, Step::restart}}));
  for (const Step step : steps) {
    if (step == Step::add) {
      RC_ASSERT(spool->add(item_of(number)).has_value());
      twin.push_back(item_of(number++).read);
    } else if (step == Step::take) {
      const auto count = *rc::gen::inRange<std::size_t>(0, twin.size() + 1);
      RC_ASSERT(spool->remove_front(count).has_value());
      twin.erase(twin.begin(), twin.begin() + static_cast<std::ptrdiff_t>(count));
    } else {
      spool.reset();
      spool = Spool::open(settings_in(folder)).value();
    }
    RC_ASSERT(spool->size() == twin.size());
  }
  RC_CLASSIFY(number > 20, "more than a segment");
  RC_ASSERT(all_of(*spool) == std::vector<std::string>(twin.begin(), twin.end()));
}

TEST(Spool, IsBounded) {
  const base::TestFolder folder;
  auto settings = settings_in(folder);
  settings.bytes_max = 250;
  const auto spool = Spool::open(settings).value();
  ASSERT_TRUE(spool->add(item_of(1)));
  ASSERT_TRUE(spool->add(item_of(2)));
  EXPECT_EQ(spool->add(item_of(3)).error().code, ErrorCode::limit_exceeded);
  ASSERT_TRUE(spool->remove_front(1));
  EXPECT_TRUE(spool->add(item_of(3)));
  Item huge = item_of(4);
  huge.overview_picture.resize(item_size_max + 1);
  EXPECT_EQ(spool->add(huge).error().code, ErrorCode::limit_exceeded);
}

// An office that never comes back must not leave what it was to get lying about.
TEST(Spool, ForgetsWhatHasWaitedTooLong) {
  const base::TestFolder folder;
  auto settings = settings_in(folder);
  settings.age_max = std::chrono::days{30};
  auto spool = Spool::open(settings).value();
  for (int number = 0; number < 12; ++number) ASSERT_TRUE(spool->add(item_of(number)));
  const auto age = [&](std::chrono::hours by) {
    std::vector<std::filesystem::path> segments;
    for (const auto& entry : std::filesystem::directory_iterator(settings.folder)) {
      if (entry.path().extension() == ".spool") segments.push_back(entry.path());
    }
    std::ranges::sort(segments);
    const auto then = std::filesystem::file_time_type::clock::now() - by;
    std::filesystem::last_write_time(segments.front(), then);
    return segments.size();
  };
  const auto segments = age(std::chrono::hours{24 * 29});
  ASSERT_GT(segments, 2U);
  ASSERT_EQ(all_of(*spool).size(), 12U);
  age(std::chrono::hours{24 * 31});
  const auto left = all_of(*spool);
  EXPECT_LT(left.size(), 12U);
  EXPECT_EQ(left.back(), item_of(11).read);
  EXPECT_EQ(spool->size(), left.size());
  // What is left goes its way, and a restart finds the same.
  ASSERT_TRUE(spool->remove_front(1));
  spool.reset();
  spool = Spool::open(settings).value();
  EXPECT_EQ(spool->size(), left.size() - 1);
  // Nor does an opened spool bring back what is over by then.
  age(std::chrono::hours{24 * 31});
  spool.reset();
  spool = Spool::open(settings).value();
  EXPECT_LT(spool->size(), left.size() - 1);
}

TEST(Spool, BelongsToOneProcess) {
  const base::TestFolder folder;
  const auto spool = Spool::open(settings_in(folder)).value();
  EXPECT_EQ(Spool::open(settings_in(folder)).error().code, ErrorCode::conflict);
}

TEST(Spool, HoldsNothingReadable) {
  const base::TestFolder folder;
  auto spool = Spool::open(settings_in(folder)).value();
  ASSERT_TRUE(spool->add(item_of(77)));
  spool.reset();
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "spool")) {
    std::ifstream in(entry.path());
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    EXPECT_EQ(bytes.find("number"), std::string::npos) << entry.path();
  }
}

// Without this an item under another key would look like one that was never finished.
TEST(Spool, KnowsAWrongKeyBeforeItTouchesAnything) {
  const base::TestFolder folder;
  ASSERT_TRUE(Spool::open(settings_in(folder)).value()->add(item_of(1)));
  auto settings = settings_in(folder);
  settings.key[0] = 1;
  EXPECT_EQ(Spool::open(settings).error().code, ErrorCode::corrupt);
  EXPECT_EQ(Spool::open(settings_in(folder)).value()->size(), 1);
}

TEST(Spool, FindsBytesThatWereChanged) {
  const base::TestFolder folder;
  auto spool = Spool::open(settings_in(folder)).value();
  for (int number = 0; number < 3; ++number) ASSERT_TRUE(spool->add(item_of(number)));
  spool.reset();
  std::fstream file(folder.path() / "spool/000000000001.spool", std::ios::in | std::ios::out);
  // Turned over, and not set: what is encrypted may be any byte already.
  file.seekg(30);
  const auto before = static_cast<char>(file.get());
  file.seekp(30);
  file.put(static_cast<char>(~before));
  file.close();
  EXPECT_EQ(Spool::open(settings_in(folder)).error().code, ErrorCode::corrupt);
}

// A child adds and removes and is killed at one of the durable steps; what it had acknowledged
// (told through a pipe) must be there afterwards.
TEST(Spool, LosesNothingWhenKilledAtAnyStep) {
  for (int at = 1; at <= 40; ++at) {
    SCOPED_TRACE(at);
    const base::TestFolder folder;
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      base::plan_crash(at);
      auto spool = Spool::open(settings_in(folder)).value();
      for (int number = 0; number < 1'000; ++number) {
        if (!spool->add(item_of(number))) ::_exit(1);
        char said = 'a';
        if (::write(pipe[1], &said, 1) != 1) ::_exit(1);
        if (number % 3 != 2) continue;
        if (!spool->remove_front(2)) ::_exit(1);
        said = 'r';
        if (::write(pipe[1], &said, 1) != 1) ::_exit(1);
      }
      ::_exit(0);
    }
    ::close(pipe[1]);
    int added = 0;
    int removed = 0;
    for (char said = 0; ::read(pipe[0], &said, 1) == 1;) (said == 'a' ? added : removed) += 1;
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    const auto spool = Spool::open(settings_in(folder)).value();
    const auto reads = all_of(*spool);
    // The step that was under way may or may not have come to pass; nothing else may differ.
    const int first = reads.empty() ? added : std::stoi(reads.front().substr(10));
    EXPECT_TRUE(first == 2 * removed || first == 2 * removed + 2) << first;
    EXPECT_GE(first + static_cast<int>(reads.size()), added);
    EXPECT_LE(first + static_cast<int>(reads.size()), added + 1);
    for (std::size_t place = 0; place < reads.size(); ++place) {
      EXPECT_EQ(reads[place], item_of(first + static_cast<int>(place)).read);
    }
  }
}

TEST(SpoolKey, IsMadeOnceAndChecked) {
  const base::TestFolder folder;
  const auto key = spool_key(folder.path() / "key").value();
  EXPECT_EQ(spool_key(folder.path() / "key").value(), key);
  std::ofstream(folder.path() / "bad") << "not a key";
  EXPECT_EQ(spool_key(folder.path() / "bad").error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace regmark::relay
