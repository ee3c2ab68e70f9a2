// Who was seen with a vehicle: no more than the permit covers, and all of that.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "sightings/store_suite.h"

namespace regmark::sightings {
namespace {

using std::chrono::seconds;

class ConvoySuite : public StoreSuite {
 protected:
  Result<Convoy> convoy(const ConvoyQuery& query, access::Scope scope = {}) {
    scope.plate = scope.plate.empty() ? query.plate : scope.plate;
    return store->convoy(log.receipt_for(access::Act::find_convoys, wide(std::move(scope))), query);
  }
  // "plate cameras: camera+seconds ..." of each companion.
  Strings told(const ConvoyQuery& query, const access::Scope& scope = {}) {
    Strings all;
    const auto found = convoy(query, scope);
    if (!found) return {name(found.error().code)};
    for (const auto& companion : found->companions) {
      auto line = companion.plate + " " + std::to_string(companion.cameras) + ":";
      for (const auto& meeting : companion.meetings) {
        const auto apart = std::chrono::floor<seconds>(meeting.observed - meeting.given);
        line += " " + meeting.camera.text() + (apart.count() < 0 ? "" : "+") +
                std::to_string(apart.count());
      }
      all.push_back(std::move(line));
    }
    return all;
  }
  void pass(std::initializer_list<std::tuple<const char*, const char*, const char*>> passings) {
    std::vector<NewSighting> sightings;
    for (const auto& [plate, time, camera] : passings) {
      sightings.push_back(
          {maker.plain(camera, plate, at(time), "event-" + std::to_string(++events)), {}});
    }
    keep(std::move(sightings));
  }
  // AB12CDE drives from cam-1 by cam-2 to cam-3, past midnight; KN05PQR follows it closely,
  // GH56JKL now and then, and XY12ZZZ is near it once.
  void journey() {
    pass({{"AB12CDE", "2026-03-28T23:50:00Z", "cam-1"},
          {"KN05PQR", "2026-03-28T23:50:20Z", "cam-1"},
          {"GH56JKL", "2026-03-28T23:49:30Z", "cam-1"},
          {"AB12CDE", "2026-03-28T23:59:50Z", "cam-2"},
          {"KN05PQR", "2026-03-29T00:00:10Z", "cam-2"},
          {"XY12ZZZ", "2026-03-28T23:59:55Z", "cam-2"},
          {"AB12CDE", "2026-03-29T00:10:00Z", "cam-3"},
          {"KN05PQR", "2026-03-29T00:10:10Z", "cam-3"},
          {"KN05PQR", "2026-03-29T00:10:40Z", "cam-3"},
          {"GH56JKL", "2026-03-29T00:10:59Z", "cam-3"}});
  }
};

TEST_P(ConvoySuite, NamesThoseWhoWereThereAgainAndAgain) {
  journey();
  EXPECT_EQ(told({.plate = "AB12CDE"}),
            (Strings{"KN05PQR 3: cam-1+20 cam-2+20 cam-3+10", "GH56JKL 2: cam-1-30 cam-3+59"}));
  EXPECT_EQ(told({.plate = "AB12CDE", .cameras_least = 3}),
            (Strings{"KN05PQR 3: cam-1+20 cam-2+20 cam-3+10"}));
  EXPECT_EQ(told({.plate = "AB12CDE", .apart = seconds(30)}),
            (Strings{"KN05PQR 3: cam-1+20 cam-2+20 cam-3+10"}));
  EXPECT_EQ(told({.plate = "AB12CDE", .apart = seconds(10)}), Strings{});
  EXPECT_EQ(told({.plate = "AB12CDF"}), Strings{});
  EXPECT_EQ(convoy({.plate = "AB12CDE"})->passings, 3U);
}

TEST_P(ConvoySuite, TwiceAtOneCameraIsOnePlace) {
  pass({{"AB12CDE", "2026-03-29T08:00:00Z", "cam-1"},
        {"KN05PQR", "2026-03-29T08:00:05Z", "cam-1"},
        {"AB12CDE", "2026-03-29T09:00:00Z", "cam-1"},
        {"KN05PQR", "2026-03-29T09:00:05Z", "cam-1"}});
  EXPECT_EQ(told({.plate = "AB12CDE"}), Strings{});
}

TEST_P(ConvoySuite, SeesNothingThatThePermitDoesNotCover) {
  journey();
  const auto window = [this](const char* from, const char* until) {
    return access::Window{at(from), at(until)};
  };
  // Not even the other vehicle's read a second past the window.
  EXPECT_EQ(told({.plate = "AB12CDE"},
                 {.window = window("2026-03-28T23:50:00Z", "2026-03-29T00:00:10Z")}),
            Strings{});
  EXPECT_EQ(told({.plate = "AB12CDE"},
                 {.window = window("2026-03-28T23:50:00Z", "2026-03-29T00:00:11Z")}),
            (Strings{"KN05PQR 2: cam-1+20 cam-2+20"}));
  EXPECT_EQ(told({.plate = "AB12CDE", .cameras = {test_camera(1), test_camera(3)}},
                 {.cameras = {test_camera(1), test_camera(2)}}),
            Strings{});
  EXPECT_EQ(told({.plate = "AB12CDE", .cameras = {test_camera(1), test_camera(3)}}),
            (Strings{"GH56JKL 2: cam-1-30 cam-3+59", "KN05PQR 2: cam-1+20 cam-3+10"}));
  EXPECT_EQ(told({.plate = "KN05PQR"}, {.plate = "AB12CDE"}), Strings{});
  EXPECT_EQ(told({.plate = "AB12CDE"}, {.plate = "AB12CD*"}),
            (Strings{"KN05PQR 3: cam-1+20 cam-2+20 cam-3+10", "GH56JKL 2: cam-1-30 cam-3+59"}));
}

TEST_P(ConvoySuite, GivesNoMoreMeetingsThanThePermitHasRows) {
  journey();
  const std::map<std::size_t, std::pair<std::size_t, std::size_t>> wanted = {
      {5, {2, 0}}, {4, {1, 1}}, {3, {1, 1}}, {2, {0, 2}}};
  for (const auto& [rows, want] : wanted) {
    SCOPED_TRACE(rows);
    const auto found = convoy({.plate = "AB12CDE"}, {.rows_max = rows}).value();
    EXPECT_EQ(found.companions.size(), want.first);
    EXPECT_EQ(found.left_out, want.second);
  }
}

TEST_P(ConvoySuite, OpensOnlyForTheRightQuestion) {
  journey();
  const auto search = log.receipt_for(access::Act::search_sightings, wide({.plate = "AB12CDE"}));
  EXPECT_EQ(store->convoy(search, {.plate = "AB12CDE"}).error().code, ErrorCode::invalid_input);
  const auto right = log.receipt_for(access::Act::find_convoys, wide({.plate = "AB12CDE"}));
  EXPECT_EQ(store->find(right, {}).error().code, ErrorCode::invalid_input);
  for (const auto& query :
       std::vector<ConvoyQuery>{{.plate = ""},
                                {.plate = "AB12*"},
                                {.plate = "AB12CDE", .cameras_least = convoy_cameras_min - 1},
                                {.plate = "AB12CDE", .cameras_least = convoy_cameras_max + 1},
                                {.plate = "AB12CDE", .apart = seconds(0)},
                                {.plate = "AB12CDE", .apart = convoy_apart_max + seconds(1)}}) {
    EXPECT_EQ(told(query), Strings{"invalid_input"});
  }
  clock.advance(std::chrono::minutes(11));
  EXPECT_EQ(store->convoy(right, {.plate = "AB12CDE"}).error().code, ErrorCode::invalid_input);
}

TEST_P(ConvoySuite, AsksForLessTimeWhereThereIsTooMuch) {
  std::vector<NewSighting> sightings;
  const auto from = at("2026-03-28T00:00:00Z");
  for (std::size_t n = 0; n <= convoy_passings_max; ++n) {
    sightings.push_back({maker.plain("cam-1", "AB12CDE", from + seconds(60 * n),
                                     "event-" + std::to_string(++events)),
                         {}});
  }
  keep(std::move(sightings));
  EXPECT_EQ(told({.plate = "AB12CDE"}), Strings{"limit_exceeded"});
  EXPECT_EQ(told({.plate = "AB12CDE",
                  .window = access::Window{from + seconds(1), at("2026-03-29T00:00:00Z")}}),
            Strings{});
}

INSTANTIATE_TEST_SUITE_P(Embedded, ConvoySuite, testing::Values(Driver{"rocksdb", open_embedded}),
                         [](const auto& about) { return about.param.name; });

// What a look through everything, written down plainly, finds.
using Told = std::vector<
    std::tuple<std::string, std::size_t, std::set<std::pair<base::UtcTime, base::CameraId>>>>;

Told by_hand(const std::vector<plate::Read>& reads, const ConvoyQuery& query,
             const access::Window& window) {
  const auto covered = [&](const plate::Read& read) {
    return read.observed >= window.from && read.observed < window.until;
  };
  std::map<std::string, std::set<std::pair<base::UtcTime, base::CameraId>>> met;
  for (const auto& given : reads) {
    if (given.plate.text() != query.plate || !covered(given)) continue;
    for (const auto& other : reads) {
      const auto apart = std::chrono::abs(other.observed - given.observed);
      if (other.plate == given.plate || other.camera != given.camera || !covered(other)) continue;
      if (apart <= query.apart)
        met[std::string(other.plate.text())].emplace(given.observed, given.camera);
    }
  }
  Told told;
  for (const auto& [plate, meetings] : met) {
    std::set<base::CameraId> cameras;
    for (const auto& [when, camera] : meetings) cameras.insert(camera);
    if (cameras.size() >= query.cameras_least) told.emplace_back(plate, cameras.size(), meetings);
  }
  return told;
}

RC_GTEST_PROP(Convoy, FindsWhatALookThroughEverythingFinds, ()) {
  base::ManualClock clock("2026-03-29T12:00:00Z");
  base::TestFolder folder;
  audit::TestLog log(clock);
  const auto store =
      open_embedded({.folder = folder.path() / "store", .master_key = {1}}, clock).value();
  ReadMaker maker(*rc::gen::arbitrary<std::uint64_t>());
  const auto from = base::parse_utc("2026-03-28T23:50:00Z").value();
  std::vector<plate::Read> reads;
  std::vector<NewSighting> sightings;
  static constexpr std::string_view plates[] = {"AB12CDE", "KN05PQR", "GH56JKL"};
  for (int n = 0; n < 60; ++n) {
    // One second, one passing: what is told apart by its time alone stays so.
    reads.push_back(maker.plain(test_camera(1 + maker.below(3)).text(), plates[maker.below(3)],
                                from + seconds(20 * n + static_cast<int>(maker.below(15))),
                                "event-" + std::to_string(n)));
    sightings.push_back({reads.back(), {}});
  }
  const auto answers = append_all(*store, sightings).value();
  RC_ASSERT(std::ranges::count(answers, Kept::stored) == std::ssize(answers));
  const access::Window window{from + seconds(maker.below(300)),
                              from + seconds(600 + maker.below(600))};
  const ConvoyQuery query{.plate = "AB12CDE",
                          .cameras_least = 2 + maker.below(2),
                          .apart = seconds(1 + maker.below(120))};
  const auto found =
      store->convoy(log.receipt_for(access::Act::find_convoys,
                                    {.plate = "AB12CDE", .window = window, .rows_max = 1'000}),
                    query);
  RC_ASSERT(found.has_value());
  Told told;
  for (const auto& companion : found->companions) {
    std::set<std::pair<base::UtcTime, base::CameraId>> meetings;
    for (const auto& meeting : companion.meetings) meetings.emplace(meeting.given, meeting.camera);
    RC_ASSERT(meetings.size() == companion.meetings.size());
    told.emplace_back(companion.plate, companion.cameras, std::move(meetings));
  }
  std::ranges::sort(told);
  const auto want = by_hand(reads, query, window);
  RC_CLASSIFY(!want.empty(), "has a companion");
  RC_ASSERT(told == want);
}

}  // namespace
}  // namespace regmark::sightings
