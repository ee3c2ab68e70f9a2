#include "alerts/json/about.h"

#include <gtest/gtest.h>

#include "alerts/alerts_testing.h"

namespace regmark::alerts::json {
namespace {

// Every part of a read that an alert shows, with a value that is not its default.
plate::Read full_read() {
  auto read = plate::a_read("cam-1", "AB12CDE");
  read.raw_text = "AB12 CDE";
  read.score = 0.123456F;
  read.alternatives = {{"AB12COE", 0.25F}, {"A812CDE", 0.0625F}};
  read.character_scores = {99, 0, 255};
  read.country = "GB";
  read.observed_by = plate::TimeSource::assumed;
  read.sent += std::chrono::microseconds{1};
  read.received += std::chrono::seconds{40};
  read.skewed = true;
  read.late = true;
  read.position = base::Position{53.4000001, -2.2};
  read.position_by = plate::PositionSource::camera;
  read.heading = 271.5F;
  read.direction = plate::Direction::receding;
  read.lane = std::uint8_t{3};
  read.corners = std::array<plate::Point, 4>{{{1, 2}, {3, 4}, {5, 6}, {7.5F, -8}}};
  read.vehicle_class = {"car", 0.9F};
  read.make = {"FORD", 0.8F};
  read.colour = {"blue", 0.7F};
  read.pictures = {a_picture()};
  read.reader_version = "own 1";
  read.phase = plate::Phase::provisional;
  read.supersedes = plate::ReadId::of(read.camera, "earlier");
  return read;
}

void expect_same(const plate::Read& got, const plate::Read& want) {
  EXPECT_EQ(got.id, want.id);
  EXPECT_EQ(got.camera, want.camera);
  EXPECT_EQ(got.source_event, want.source_event);
  EXPECT_EQ(got.raw_text, want.raw_text);
  EXPECT_EQ(got.plate, want.plate);
  EXPECT_EQ(got.score, want.score);
  EXPECT_EQ(got.alternatives, want.alternatives);
  EXPECT_EQ(got.character_scores, want.character_scores);
  EXPECT_EQ(got.country, want.country);
  EXPECT_EQ(got.observed, want.observed);
  EXPECT_EQ(got.observed_by, want.observed_by);
  EXPECT_EQ(got.sent, want.sent);
  EXPECT_EQ(got.received, want.received);
  EXPECT_EQ(got.skewed, want.skewed);
  EXPECT_EQ(got.late, want.late);
  EXPECT_EQ(got.position, want.position);
  EXPECT_EQ(got.position_by, want.position_by);
  EXPECT_EQ(got.heading, want.heading);
  EXPECT_EQ(got.direction, want.direction);
  EXPECT_EQ(got.lane, want.lane);
  EXPECT_EQ(got.corners, want.corners);
  EXPECT_EQ(got.vehicle_class, want.vehicle_class);
  EXPECT_EQ(got.make, want.make);
  EXPECT_EQ(got.colour, want.colour);
  EXPECT_EQ(got.pictures, want.pictures);
  EXPECT_EQ(got.reader_version, want.reader_version);
  EXPECT_EQ(got.phase, want.phase);
  EXPECT_EQ(got.supersedes, want.supersedes);
}

TEST(About, ReadsBackWhatItWrote) {
  auto hit = a_hit("AB12CDE");
  hit.grade = watchlist::Grade::near;
  hit.conflicts = {"make: listed FORD, seen BMW"};
  hit.warning_markers = "firearms";
  hit.alerted = {base::OrganisationId::parse("force-1").value(),
                 base::OrganisationId::parse("force-2").value()};
  for (const auto& read : {full_read(), plate::a_read("cam-2", "XY12ZZZ")}) {
    const auto back = decode(encode(read, hit));
    ASSERT_TRUE(back);
    expect_same(back->read, read);
    EXPECT_EQ(back->hit.entry, hit.entry);
    EXPECT_EQ(back->hit.list, hit.list);
    EXPECT_EQ(back->hit.grade, hit.grade);
    EXPECT_EQ(back->hit.probability, hit.probability);
    EXPECT_EQ(back->hit.priority, hit.priority);
    EXPECT_EQ(back->hit.conflicts, hit.conflicts);
    EXPECT_EQ(back->hit.listed_plate, hit.listed_plate);
    EXPECT_EQ(back->hit.list_name, hit.list_name);
    EXPECT_EQ(back->hit.reason, hit.reason);
    EXPECT_EQ(back->hit.action, hit.action);
    EXPECT_EQ(back->hit.warning_markers, hit.warning_markers);
    EXPECT_EQ(back->hit.entry_confirmed_at, hit.entry_confirmed_at);
    EXPECT_EQ(back->hit.alert_window, hit.alert_window);
    EXPECT_EQ(back->hit.alerted, hit.alerted);
  }
}

TEST(About, WithoutAWordOnWhoIsAlertedIsForEverybody) {
  auto text = encode(full_read(), a_hit("AB12CDE"));
  constexpr std::string_view member = "\"alerted\":[],";
  text.erase(text.find(member), member.size());
  const auto back = decode(text);
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->hit.alerted.empty());
}

TEST(About, ATextThatIsNoUtf8IsKeptAsFarAsItGoes) {
  auto read = plate::a_read("cam-1", "AB12CDE");
  read.raw_text = "AB12\xff";
  EXPECT_TRUE(decode(encode(read, a_hit("AB12CDE"))));
}

TEST(About, OtherTextIsCorrupt) {
  const auto good = encode(full_read(), a_hit("AB12CDE"));
  const auto changed = [&](std::string_view from, std::string_view to) {
    auto text = good;
    const auto found = text.find(from);
    EXPECT_NE(found, std::string::npos) << from;
    return text.replace(found, from.size(), to);
  };
  const std::string others[] = {
      "",
      "{}",
      "[1,2]",
      good.substr(0, good.size() / 2),
      changed("\"format\":1", "\"format\":2"),
      changed("\"phase\":0", "\"phase\":2"),
      changed("\"phase\":0", "\"phase\":-1"),
      changed("\"camera\":\"cam-1\"", "\"camera\":\"\""),
      changed("\"lane\":3", "\"lane\":\"3\""),
      changed("\"heading\":271.5", "\"heading\":1e300"),
      changed("\"plate\":\"AB12CDE\"", "\"plate\":\"!\""),
      changed("\"alerted\":[]", "\"alerted\":null"),
      changed("\"alerted\":[]", "\"alerted\":\"force-1\""),
      changed("\"alerted\":[]", "\"alerted\":[\"\"]"),
  };
  for (const auto& text : others) {
    SCOPED_TRACE(text.substr(0, 40));
    const auto read = decode(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::corrupt);
    EXPECT_EQ(read.error().message.find("AB12"), std::string::npos);
  }
}

}  // namespace
}  // namespace regmark::alerts::json
