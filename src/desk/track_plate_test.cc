// Live tracking of a plate: by leave only, on record, looked after, and over when leave is.
#include "desk/track_plate.h"

#include <gtest/gtest.h>

#include "desk/ask_authority.h"
#include "desk/decide_authority.h"
#include "desk/desk_testing.h"
#include "estate/estate_testing.h"
#include "plate/read_testing.h"

namespace regmark::desk {
namespace {

using access::Role;
using std::chrono::hours;

class TrackScreen final : public Screen {
 public:
  bool deliver(const Shown& shown) override {
    if (is_closed) return false;
    told.push_back(shown.data);
    return true;
  }
  bool present() override { return !is_closed; }
  void close() override { is_closed = true; }

  std::vector<std::string> told;
  bool is_closed = false;
};

class Tracks : public ::testing::Test {
 protected:
  Tracks() {
    const auto code = rooms_.people->make_first_administrator().value();
    REGMARK_CHECK(code.has_value());
    const auto added = rooms_.people
                           ->add({"searcher",
                                  "Somebody",
                                  base::OrganisationId::parse("test-force").value(),
                                  {Role::investigator}})
                           .value();
    REGMARK_CHECK(rooms_.people->choose_password("searcher", added.second, password));
    token_ = rooms_.people->sign_in({"searcher", password}).value().token;
  }

  Asker investigator() {
    const auto session = rooms_.people->session(token_).value();
    return {session.person, access::test_purpose(), session.until};
  }
  TrackAsked asked(hours ahead = hours(3)) const {
    return {.plate = "AB12CDE", .until = rooms_.clock.now() + ahead, .rows = 100};
  }
  // Leave of a senior officer's to track for `ahead`, and who has it.
  Asker with_leave(hours ahead = hours(6), std::uint64_t uses = 1) {
    const auto now = rooms_.clock.now();
    const authority::Asking asking{
        "senior_officer",
        access::Act::track_plate,
        {.plate = "AB12CDE", .window = access::Window{now, now + ahead}, .rows_max = 500}};
    const auto record = ask_authority(*rooms_.desk, investigator(), asking).value();
    leave_.emplace(std::get<Done<authority::Record>>(record).value.id);
    REGMARK_CHECK(words(grant_authority(*rooms_.desk, officer(), *leave_,
                                        {.valid = hours(6), .uses = uses, .reason = "needed"})) ==
                  "done");
    auto asker = investigator();
    asker.authority = leave_;
    return asker;
  }
  Asker officer() const {
    auto officer = rooms_.asker({Role::authoriser});
    officer.person.id = base::PersonId::parse("person-s").value();
    officer.person.rank = "inspector";
    return officer;
  }
  std::shared_ptr<TrackScreen> track(const Asker& asker, const TrackAsked& what) {
    auto screen = std::make_shared<TrackScreen>();
    const auto leave = tracks_.ask_leave(asker, what);
    REGMARK_CHECK(words(leave) == "done");
    tracks_.attach(std::get<Done<audit::Receipt>>(*leave).value, token_, screen);
    return screen;
  }
  void pass(const char* camera, const char* plate) {
    rooms_.clock.advance(std::chrono::minutes(1));
    const auto justification = estate::TestJustifications::fixed(camera);
    auto read = plate::a_read(camera, plate, base::format_utc(rooms_.clock.now()));
    read.source_event += std::to_string(++passings_);
    read.id = plate::ReadId::of(read.camera, read.source_event);
    const std::vector<sightings::NewSighting> sightings{{std::move(read), {}}};
    const std::vector<sightings::CameraBatch> batches{{justification, sightings}};
    REGMARK_CHECK(rooms_.store->append(batches).has_value());
  }
  std::vector<std::string> outcomes() {
    std::vector<std::string> all;
    for (const auto& entry : rooms_.records()) {
      if (entry.shown.act == "track_plate") all.push_back(entry.shown.outcome);
    }
    return all;
  }

  static constexpr const char* password = "correct horse battery";
  TestDesk rooms_{{.review_percent = 100}};
  std::string token_;
  int passings_ = 0;
  std::optional<base::AuthorityId> leave_;
  Screens screens_{*rooms_.desk};
  PlateTracks tracks_{*rooms_.desk,
                      screens_,
                      {[](const plate::Read& read) { return read.camera.text(); },
                       [](std::string_view why) { return std::string(why); }}};
};

TEST_F(Tracks, TellWhereTheVehiclePassesFromNowOn) {
  pass("cam-1", "AB12CDE");
  const auto screen = track(with_leave(), asked());
  EXPECT_EQ(screen->told, std::vector<std::string>{});
  pass("cam-1", "AB12CDE");
  pass("cam-1", "KN05PQR");
  pass("cam-2", "AB12CDE");
  EXPECT_EQ(screen->told, (std::vector<std::string>{"cam-1", "cam-2"}));
}

TEST_F(Tracks, AreForNobodyAlone) {
  EXPECT_EQ(words(tracks_.ask_leave(investigator(), asked())),
            "following a vehicle as it moves needs a senior officer's authority");
  // Leave for other hours, for another vehicle, or for more at once.
  EXPECT_EQ(words(tracks_.ask_leave(with_leave(hours(1)), asked())),
            "following a vehicle as it moves needs a senior officer's authority");
  auto other = asked();
  other.plate = "AB12CDF";
  EXPECT_NE(words(tracks_.ask_leave(with_leave(), other)), "done");
  auto many = asked();
  many.rows = 501;
  EXPECT_NE(words(tracks_.ask_leave(with_leave(), many)), "done");
  for (const char* pattern : {"", "AB12*"}) {
    auto anybody = asked();
    anybody.plate = pattern;
    EXPECT_EQ(words(tracks_.ask_leave(with_leave(), anybody)),
              "tracking is of one vehicle: name its plate whole");
  }
  auto administrator = investigator();
  administrator.person.roles = {Role::administrator};
  EXPECT_EQ(words(tracks_.ask_leave(administrator, asked())),
            "an administrator may neither search nor see alerts or lists");
}

TEST_F(Tracks, AreAUseOfTheAuthority) {
  const auto asker = with_leave();
  const auto screen = track(asker, asked());
  EXPECT_NE(words(tracks_.ask_leave(asker, asked())), "done");
  screens_.recheck();  // it was the last use: this one goes on all the same
  EXPECT_FALSE(screen->is_closed);
}

TEST_F(Tracks, EndWhenTheAuthorityIsWithdrawn) {
  const auto screen = track(with_leave(), asked());
  ASSERT_EQ(words(withdraw_authority(*rooms_.desk, officer(), *leave_, "not needed any more")),
            "done");
  screens_.recheck();
  EXPECT_TRUE(screen->is_closed);
  pass("cam-1", "AB12CDE");
  EXPECT_EQ(screen->told, std::vector<std::string>{});
}

TEST_F(Tracks, SayWhenTheirPassingsAreUsedUp) {
  auto two = asked();
  two.rows = 2;
  const auto screen = track(with_leave(), two);
  pass("cam-1", "AB12CDE");
  screens_.recheck();
  EXPECT_FALSE(screen->is_closed);
  pass("cam-2", "AB12CDE");
  EXPECT_EQ(screen->told,
            (std::vector<std::string>{"cam-1", "cam-2", "all passings that it was for were told"}));
  screens_.recheck();
  EXPECT_TRUE(screen->is_closed);
}

TEST_F(Tracks, EndWithTheSession) {
  const auto screen = track(with_leave(), asked());
  ASSERT_TRUE(rooms_.people->sign_out(token_));
  screens_.recheck();
  EXPECT_TRUE(screen->is_closed);
}

TEST_F(Tracks, EndWhenTheirTimeIsOver) {
  const auto screen = track(with_leave(), asked(hours(1)));
  screens_.recheck();
  EXPECT_FALSE(screen->is_closed);
  for (int minutes = 0; minutes < 60; minutes += 20) {
    rooms_.clock.advance(std::chrono::minutes(20));
    EXPECT_TRUE(rooms_.people->session(token_));  // somebody is at work
  }
  screens_.recheck();
  EXPECT_TRUE(screen->is_closed);
}

// Somebody looks after them as after any search, and sees how much they gave.
TEST_F(Tracks, AreOnRecordAndLookedAfter) {
  const auto screen = track(with_leave(), asked());
  EXPECT_EQ(rooms_.oversight.reviews.open().value(), 1U);
  pass("cam-1", "AB12CDE");
  pass("cam-2", "AB12CDE");
  screens_.record_deliveries();
  screen->close();
  screens_.recheck();
  const auto all = outcomes();
  EXPECT_EQ(std::ranges::count(all, "delivered"), 1);
  EXPECT_EQ(std::ranges::count(all, "watch_ended"), 1);
  const auto searches =
      rooms_.oversight.searches
          .since(rooms_.log.receipt_for(access::Act::read_signals), base::UtcTime{})
          .value();
  ASSERT_EQ(searches.size(), 1U);
  EXPECT_EQ(searches.front().act, access::Act::track_plate);
  EXPECT_EQ(searches.front().rows, 2U);
  // A camera that served tracking alone was of use all the same.
  const std::vector<base::CameraId> cameras = {base::CameraId::parse("cam-1").value(),
                                               base::CameraId::parse("cam-2").value()};
  const auto today = base::day_of(rooms_.clock.now());
  const auto uses = rooms_.oversight.searches
                        .uses(rooms_.log.receipt_for(access::Act::read_estate), cameras, today,
                              today + std::chrono::days{1})
                        .value();
  ASSERT_EQ(uses.size(), 2U);
  EXPECT_EQ(uses[0].searches, 1U);
  EXPECT_EQ(uses[1].searches, 1U);
}

TEST_F(Tracks, AreNotBegunWhereNobodyCanRecordIt) {
  const auto asker = with_leave();
  rooms_.failing_log.fill_up_after(0);
  EXPECT_FALSE(tracks_.ask_leave(asker, asked()));
}

}  // namespace
}  // namespace regmark::desk
