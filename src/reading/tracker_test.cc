#include "reading/tracker.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

// A vehicle that crosses the view in a straight line.
struct Vehicle {
  std::string plate{};
  milliseconds from{0}, until{0};
  float x = 0, y = 200;  // of the plate, when it comes
  float speed = 300;     // pixels a second
  float width = 90;
  float growth = 1;  // of its width, in a second

  bool is_seen(milliseconds now) const { return from <= now && now < until; }
  Corners corners(milliseconds now) const {
    const auto seconds = static_cast<float>((now - from).count()) / 1'000.F;
    return corners_around(x + speed * seconds, y, width * std::pow(growth, seconds));
  }
};

// How a frame misreads a plate: nothing, as it stands, or another text.
using Misread = std::function<std::optional<std::string>(const Vehicle&, int frame)>;

std::optional<std::string> as_it_stands(const Vehicle& vehicle, int) {
  return vehicle.plate;
}

std::vector<TrackRead> play(const std::vector<Vehicle>& vehicles, milliseconds length,
                            const Misread& misread = as_it_stands,
                            milliseconds step = milliseconds{67}) {
  Tracker tracker;
  std::vector<TrackRead> all;
  int number = 0;
  for (milliseconds now{0}; now < length; now += step, ++number) {
    std::vector<Seen> seen;
    for (const auto& vehicle : vehicles) {
      if (!vehicle.is_seen(now)) continue;
      const auto text = misread(vehicle, number);
      if (text) seen.push_back(seen_at(vehicle.corners(now), distribution_of(*text, 0.99)));
    }
    std::ranges::move(tracker.add(frame_at(now), std::move(seen)), std::back_inserter(all));
  }
  std::ranges::move(tracker.finish(), std::back_inserter(all));
  return all;
}

std::vector<std::string> finals(const std::vector<TrackRead>& reads) {
  std::vector<std::string> texts;
  for (const auto& read : reads) {
    if (read.phase == plate::Phase::final) texts.push_back(read.reading.text);
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Tracker, GivesOneVehicleOneFinalReadAfterAProvisionalOne) {
  const auto reads =
      play({{.plate = "AB12CDE", .from = milliseconds{0}, .until = milliseconds{1'500}}},
           milliseconds{4'000});
  ASSERT_EQ(reads.size(), 2U);
  EXPECT_EQ(reads[0].phase, plate::Phase::provisional);
  EXPECT_EQ(reads[1].phase, plate::Phase::final);
  EXPECT_EQ(reads[0].track, reads[1].track);
  EXPECT_TRUE(reads[1].had_provisional);
  EXPECT_EQ(reads[0].reading.text, "AB12CDE");
  EXPECT_EQ(reads[1].reading.text, "AB12CDE");
  ASSERT_TRUE(reads[1].frame);
  // The provisional one comes within the first frames, not after the vehicle has gone.
  EXPECT_LE(reads[0].frame->position, milliseconds{300});
}

TEST(Tracker, KeepsVehiclesThatAreSeenTogetherApart) {
  const auto reads =
      play({{.plate = "AB12CDE", .until = milliseconds{1'500}, .y = 200},
            {.plate = "FG34HJK", .until = milliseconds{1'500}, .x = 450, .y = 260, .speed = -300},
            {.plate = "LM56NPR", .from = milliseconds{400}, .until = milliseconds{1'900}}},
           milliseconds{4'000});
  auto texts = finals(reads);
  std::ranges::sort(texts);
  EXPECT_EQ(texts, (Texts{"AB12CDE", "FG34HJK", "LM56NPR"}));
}

TEST(Tracker, TellsComingFromGoingByHowThePlateGrows) {
  struct Case {
    float growth;
    plate::Direction want;
  };
  constexpr Case cases[] = {{1.6F, plate::Direction::approaching},
                            {0.6F, plate::Direction::receding},
                            {1.0F, plate::Direction::unknown},
                            {1.03F, plate::Direction::unknown}};  // across the view
  for (const auto& [growth, want] : cases) {
    SCOPED_TRACE(growth);
    const auto reads =
        play({{.plate = "AB12CDE", .until = milliseconds{1'500}, .speed = 100, .growth = growth}},
             milliseconds{4'000});
    ASSERT_FALSE(reads.empty());
    EXPECT_EQ(reads.back().direction, want);
    EXPECT_EQ(reads.back().looks, 23);
  }
}

// Two looks make a line of any two widths.
TEST(Tracker, NeedsSomeLooksToTellADirection) {
  const auto reads =
      play({{.plate = "AB12CDE", .until = milliseconds{100}, .speed = 0, .growth = 50}},
           milliseconds{2'000});
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0].looks, 2);
  EXPECT_EQ(reads[0].direction, plate::Direction::unknown);
}

TEST(Tracker, GivesNoEarlyReadsWhereNobodyWantsThem) {
  Tracker tracker({.early = EarlyReads::left_out});
  for (int number = 0; number < 9; ++number) {
    std::vector<Seen> seen{seen_at(corners_around(100, 90, 80), distribution_of("AB12CDE"))};
    EXPECT_TRUE(tracker.add(frame_at(milliseconds{67 * number}), std::move(seen)).empty());
  }
  const auto reads = tracker.finish();
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0].phase, plate::Phase::final);
  EXPECT_FALSE(reads[0].had_provisional);
}

TEST(Tracker, VotesOutWhatAFewFramesMisread) {
  const auto misread = [](const Vehicle& vehicle, int frame) -> std::optional<std::string> {
    if (frame % 4 == 1) return "AB12CPE";
    if (frame % 5 == 2) return "A812CDE";
    return vehicle.plate;
  };
  const auto reads =
      play({{.plate = "AB12CDE", .until = milliseconds{1'500}}}, milliseconds{4'000}, misread);
  EXPECT_EQ(finals(reads), Texts{"AB12CDE"});
}

TEST(Tracker, BridgesFramesInWhichThePlateIsHidden) {
  const auto misread = [](const Vehicle& vehicle, int frame) -> std::optional<std::string> {
    if (frame >= 8 && frame < 16) return std::nullopt;  // half a second behind a lamp post
    return vehicle.plate;
  };
  const auto reads =
      play({{.plate = "AB12CDE", .until = milliseconds{2'500}}}, milliseconds{5'000}, misread);
  EXPECT_EQ(finals(reads), Texts{"AB12CDE"});
}

TEST(Tracker, KnowsAPassingAgainThatWasLostForLonger) {
  const auto misread = [](const Vehicle& vehicle, int frame) -> std::optional<std::string> {
    if (frame >= 8 && frame < 28) return std::nullopt;  // over a second behind a lorry
    return vehicle.plate;
  };
  const auto reads =
      play({{.plate = "AB12CDE", .until = milliseconds{3'000}}}, milliseconds{6'000}, misread);
  EXPECT_EQ(finals(reads), Texts{"AB12CDE"});
}

TEST(Tracker, CountsAVehicleThatComesBackAsASecondPassing) {
  const auto reads =
      play({{.plate = "AB12CDE", .until = milliseconds{1'000}},
            {.plate = "AB12CDE", .from = milliseconds{9'000}, .until = milliseconds{10'000}}},
           milliseconds{12'000});
  EXPECT_EQ(finals(reads), (Texts{"AB12CDE", "AB12CDE"}));
}

TEST(Tracker, KeepsTwoOfOneFleetApart) {
  const auto reads = play({{.plate = "AB12CDE", .until = milliseconds{1'500}, .x = 200},
                           {.plate = "AB12CDF", .until = milliseconds{1'500}, .x = 0}},
                          milliseconds{4'000});
  auto texts = finals(reads);
  std::ranges::sort(texts);
  EXPECT_EQ(texts, (Texts{"AB12CDE", "AB12CDF"}));
}

TEST(Tracker, TellsTheNextVehicleInTheSamePlaceFromTheLast) {
  // One leaves the light, the next stands where it stood a moment later.
  const auto reads = play({{.plate = "AB12CDE", .until = milliseconds{1'000}, .x = 300, .speed = 0},
                           {.plate = "XY98ZWV",
                            .from = milliseconds{1'000},
                            .until = milliseconds{2'000},
                            .x = 300,
                            .speed = 0}},
                          milliseconds{4'000});
  EXPECT_EQ(finals(reads), (Texts{"AB12CDE", "XY98ZWV"}));
}

TEST(Tracker, DoesNotWaitForAVehicleThatStays) {
  Tracker tracker;
  std::vector<TrackRead> all;
  for (milliseconds now{0}; now < milliseconds{20'000}; now += milliseconds{80}) {
    std::vector<Seen> seen{seen_at(corners_around(300, 200, 90), distribution_of("AB12CDE"))};
    std::ranges::move(tracker.add(frame_at(now), std::move(seen)), std::back_inserter(all));
    if (now == milliseconds{5'040}) {
      EXPECT_EQ(finals(all), Texts{"AB12CDE"});
    }
  }
  EXPECT_TRUE(tracker.finish().empty());
  EXPECT_EQ(finals(all), Texts{"AB12CDE"});
}

TEST(Tracker, TakesNoStrayTextForAVehicle) {
  Tracker tracker;
  auto places = std::vector<PlaceOdds>{{{'S', .7}, {'5', .3}}, {{'T', 1}}, {{'O', .8}, {'P', .2}}};
  std::vector<Seen> seen{seen_at(corners_around(100, 100, 60), distribution_of(places))};
  EXPECT_TRUE(tracker.add(frame_at(microseconds{0}), std::move(seen)).empty());
  EXPECT_TRUE(tracker.finish().empty());
  // Seen once but beyond doubt, it counts: a camera may have but one frame of a fast vehicle.
  seen = {};
  seen.push_back(seen_at(corners_around(100, 100, 60), distribution_of("AB12CDE")));
  EXPECT_TRUE(tracker.add(frame_at(microseconds{0}), std::move(seen)).empty());
  EXPECT_EQ(finals(tracker.finish()), Texts{"AB12CDE"});
}

TEST(Tracker, ShowsItsClearestFrame) {
  Tracker tracker;
  std::vector<TrackRead> all;
  for (int number = 0; number < 9; ++number) {
    const auto now = milliseconds{67 * number};
    const double sure = number == 5 ? 0.999 : 0.97;
    std::vector<Seen> seen{seen_at(corners_around(100 + 10.F * static_cast<float>(number), 90, 80),
                                   distribution_of("AB12CDE", sure))};
    tracker.add(frame_at(now), std::move(seen));
  }
  const auto reads = tracker.finish();
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0].frame->position, milliseconds{67 * 5});
  EXPECT_FLOAT_EQ(centre_of(reads[0].corners).x, 150);
}

TEST(Tracker, FollowsNoMoreThanItsMaximum) {
  Tracker tracker;
  std::vector<Seen> crowd;
  for (std::size_t index = 0; index < tracks_max + 5; ++index) {
    const std::string text = "AB" + std::to_string(100 + index) + "C";
    const auto x = 200.F * static_cast<float>(index);
    crowd.push_back(seen_at(corners_around(x, 100, 90), distribution_of(text)));
  }
  // What there is no room for is given at once, by what is known of it.
  const auto early = finals(tracker.add(frame_at(microseconds{0}), crowd));
  EXPECT_EQ(early.size(), 5U);
  EXPECT_EQ(finals(tracker.finish()).size(), tracks_max);
}

// Whatever the frames show, each track gives at most one provisional read, then at most one final
// one, and a provisional read is always followed by a final one that says so.
RC_GTEST_PROP(Tracker, GivesReadsInOrder, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint32_t>();
  std::mt19937 random(seed);
  const auto share = [&] { return static_cast<float>(random() % 1'000) / 1'000.F; };
  std::vector<Vehicle> vehicles;
  const auto count = *rc::gen::inRange(1, 5);
  for (int index = 0; index < count; ++index) {
    const milliseconds from{random() % 3'000};
    vehicles.push_back({.plate = "AB" + std::to_string(10 + index) + "CDE",
                        .from = from,
                        .until = from + milliseconds{random() % 2'500},
                        .x = 600 * share(),
                        .y = 150 + 200 * share(),
                        .speed = 800 * (share() - 0.5F)});
  }
  const auto reads = play(vehicles, milliseconds{6'000}, [&](const Vehicle& vehicle, int) {
    auto text = vehicle.plate;
    if (share() < 0.2F) text[random() % text.size()] = 'W';
    return share() < 0.2F ? std::nullopt : std::optional(text);
  });
  std::map<int, int> provisionals, results;
  for (const auto& read : reads) {
    if (read.phase == plate::Phase::provisional) {
      RC_ASSERT(results[read.track] == 0);
      RC_ASSERT(++provisionals[read.track] == 1);
    } else {
      RC_ASSERT(++results[read.track] == 1);
      RC_ASSERT(read.had_provisional == provisionals.contains(read.track));
    }
  }
  for (const auto& [track, given] : provisionals) RC_ASSERT(results[track] == 1);
  RC_CLASSIFY(!provisionals.empty(), "has a provisional read");
  RC_CLASSIFY(results.size() > 1, "several tracks");
}

}  // namespace
}  // namespace regmark::reading
