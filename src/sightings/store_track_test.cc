// Being told of a vehicle's passings: those that the permit covers, once they are kept.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sightings/store_suite.h"

namespace regmark::sightings {
namespace {

class TrackSuite : public StoreSuite {
 protected:
  // Tells `told_` of it, as "camera time of day".
  std::unique_ptr<Track> track(access::Scope scope) {
    const auto receipt = log.receipt_for(access::Act::track_plate, std::move(scope));
    return store
        ->track(receipt,
                [this](const plate::Read& read) {
                  told_.push_back(read.camera.text() + " " +
                                  base::format_utc(read.observed).substr(11, 5));
                })
        .value();
  }
  Kept pass(std::string_view plate, std::string_view time, std::string_view camera = "cam-1") {
    return append(a_read(plate, time, camera));
  }

  Strings told_;
};

TEST_P(TrackSuite, TellsOfEachPassingOnceItIsKept) {
  const auto tracked = track({.plate = "AB12CDE"});
  clock.advance(std::chrono::minutes(5));
  const auto first = a_read("AB12CDE", "2026-03-29T12:01:00Z");
  EXPECT_EQ(append(first), Kept::stored);
  EXPECT_EQ(append(first), Kept::duplicate);
  EXPECT_EQ(pass("AB12CDF", "2026-03-29T12:02:00Z"), Kept::stored);
  EXPECT_EQ(pass("AB12CDE", "2026-03-29T12:03:00Z", "cam-2"), Kept::stored);
  EXPECT_EQ(told_, (Strings{"cam-1 12:01", "cam-2 12:03"}));
}

TEST_P(TrackSuite, TellsNothingOfWhatWasBefore) {
  pass("AB12CDE", "2026-03-29T11:00:00Z");
  // The window may begin a little before the permit does, by the tolerance of clocks.
  const auto tracked =
      track({.plate = "AB12CDE",
             .window = access::Window{at("2026-03-29T11:59:30Z"), at("2026-03-29T12:10:00Z")}});
  pass("AB12CDE", "2026-03-29T11:30:00Z");  // a spool that came late
  pass("AB12CDE", "2026-03-29T11:59:59Z");
  EXPECT_EQ(told_, Strings{});
  pass("AB12CDE", "2026-03-29T12:00:00Z");
  EXPECT_EQ(told_.size(), 1U);
}

TEST_P(TrackSuite, TellsNothingThatThePermitDoesNotCover) {
  const auto tracked =
      track({.plate = "AB12CDE",
             .cameras = {test_camera(1)},
             .window = access::Window{at("2026-03-29T12:00:00Z"), at("2026-03-29T12:10:00Z")}});
  pass("AB12CDE", "2026-03-29T12:01:00Z", "cam-2");
  pass("AB12CDE", "2026-03-29T12:10:00Z");
  EXPECT_EQ(told_, Strings{});
  pass("AB12CDE", "2026-03-29T12:09:59Z");
  EXPECT_EQ(told_.size(), 1U);
  clock.advance(std::chrono::hours(13));  // the permit is over
  pass("AB12CDE", "2026-03-29T12:09:58Z");
  EXPECT_EQ(told_.size(), 1U);
}

TEST_P(TrackSuite, EndsWithItsRowsAndWithItsTrack) {
  auto tracked = track({.plate = "AB12CDE", .rows_max = 2});
  pass("AB12CDE", "2026-03-29T12:01:00Z");
  pass("AB12CDE", "2026-03-29T12:02:00Z");
  pass("AB12CDE", "2026-03-29T12:03:00Z");
  EXPECT_EQ(told_.size(), 2U);
  auto other = track({.plate = "AB12CDE"});
  tracked.reset();
  pass("AB12CDE", "2026-03-29T12:04:00Z");
  EXPECT_EQ(told_.size(), 3U);
  store.reset();
  other.reset();  // it may outlive the store
}

TEST_P(TrackSuite, IsOfOneWholePlate) {
  for (const char* plate : {"", "AB12*", "AB12CD?", "*"}) {
    SCOPED_TRACE(plate);
    const auto receipt = log.receipt_for(access::Act::track_plate, {.plate = plate});
    const auto tracked = store->track(receipt, [](const plate::Read&) {});
    ASSERT_FALSE(tracked);
    EXPECT_EQ(tracked.error().code, ErrorCode::invalid_input);
  }
  const auto searching = log.receipt_for(access::Act::search_sightings, {.plate = "AB12CDE"});
  EXPECT_FALSE(store->track(searching, [](const plate::Read&) {}));
}

TEST_P(TrackSuite, AreNoMoreThanSoMany) {
  std::vector<std::unique_ptr<Track>> tracks;
  for (std::size_t i = 0; i < tracks_max; ++i) tracks.push_back(track({.plate = "AB12CDE"}));
  const auto receipt = log.receipt_for(access::Act::track_plate, {.plate = "AB12CDE"});
  EXPECT_EQ(store->track(receipt, [](const plate::Read&) {}).error().code,
            ErrorCode::limit_exceeded);
  tracks.pop_back();
  EXPECT_TRUE(store->track(receipt, [](const plate::Read&) {}));
}

INSTANTIATE_TEST_SUITE_P(Embedded, TrackSuite, testing::Values(Driver{"rocksdb", open_embedded}),
                         [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace regmark::sightings
