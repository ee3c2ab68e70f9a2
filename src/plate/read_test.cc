#include "plate/read.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "plate/read_testing.h"

namespace regmark::plate {
namespace {

base::CameraId camera(std::string_view text) {
  return base::CameraId::parse(text).value();
}

// The worked example of the header: printf '\0\0\0\5cam-1\0\0\0\7event-1' | sha256sum
TEST(ReadId, IsTheHashThatOthersCanCompute) {
  EXPECT_EQ(ReadId::of(camera("cam-1"), "event-1").text(), "ee2825f681f8850575ded42f5f02bc5a");
}

TEST(ReadId, TellsCamerasAndEventsApart) {
  const std::set<ReadId> ids = {
      ReadId::of(camera("a"), "b"),  ReadId::of(camera("a"), "c"),
      ReadId::of(camera("b"), "b"),  ReadId::of(camera("ab"), "c"),
      ReadId::of(camera("a"), "bc"), ReadId::of(camera("a"), std::string_view("b\0", 2)),
  };
  EXPECT_EQ(ids.size(), 6U);
  EXPECT_EQ(ReadId::of(camera("a"), "b"), ReadId::of(camera("a"), "b"));
}

TEST(ReadIdParse, ReadsOnlyItsOwnForm) {
  struct Case {
    std::string_view text;
    bool good;
  };
  constexpr Case cases[] = {
      {"00112233445566778899aabbccddeeff", true},  {"00112233445566778899AABBCCDDEEFF", false},
      {"00112233445566778899aabbccddeef", false},  {"00112233445566778899aabbccddeeff0", false},
      {"00112233445566778899aabbccddeefg", false}, {"", false},
  };
  for (const auto& [text, good] : cases) {
    SCOPED_TRACE(text);
    const auto id = ReadId::parse(text);
    ASSERT_EQ(id.has_value(), good);
    if (good) {
      EXPECT_EQ(id->text(), text);
    } else {
      EXPECT_EQ(id.error().code, ErrorCode::invalid_input);
    }
  }
}

RC_GTEST_PROP(ReadId, ReadsBackAsItself, ()) {
  auto bytes =
      *rc::gen::container<std::array<std::uint8_t, 16>>(rc::gen::arbitrary<std::uint8_t>());
  const auto id = ReadId::from_bytes(bytes);
  RC_ASSERT(ReadId::parse(id.text()).value() == id);
  RC_ASSERT(id.bytes() == bytes);
}

TEST(Read, TellsSkewAndLateness) {
  const auto at = [](std::string_view text) { return base::parse_utc(text).value(); };
  auto read = a_read("a", "AB12CDE");
  read.observed = at("2026-03-29T00:59:50Z");
  read.sent = at("2026-03-29T01:00:00Z");
  read.received = at("2026-03-29T01:00:03Z");
  EXPECT_EQ(read.skew(), std::chrono::seconds(3));
  EXPECT_EQ(read.lateness(), std::chrono::seconds(10));
}

}  // namespace
}  // namespace regmark::plate
