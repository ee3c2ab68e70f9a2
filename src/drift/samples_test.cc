#include "drift/samples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "drift/drift.h"
#include "estate/estate_testing.h"
#include "plate/read_testing.h"

namespace regmark::drift {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

plate::Read with_picture(std::string_view camera, std::string_view event, base::UtcTime at,
                         plate::PictureKind kind = plate::PictureKind::plate) {
  auto read = plate::a_read(camera, "AB12CDE", base::format_utc(at));
  read.id = plate::ReadId::of(read.camera, event);
  read.pictures = {{kind, base::Digest{}, 100}};
  return read;
}

class SamplesTest : public ::testing::Test {
 protected:
  SamplesTest() {
    EXPECT_TRUE(estate_.database->migrate(Drift::migrations()));
    estate_.clock.set("2026-03-27T23:50:00Z");
    estate_.live_camera("cam-1");
    drift_.emplace(*estate_.database, *estate_, estate_.clock);
    estate_.clock.set("2026-03-28T08:10:00Z");
  }
  audit::Receipt checks() { return estate_.log.receipt_for(access::Act::check_reads); }
  audit::Receipt reads_estate() { return estate_.log.receipt_for(access::Act::read_estate); }

  void note(const plate::Read& read) {
    const std::vector<const plate::Read*> one{&read};
    drift_->note(read.camera, one);
    drift_->draw(read.camera, one);
  }
  void close_hour() {
    estate_.clock.advance(hours(1) + minutes(20));
    ASSERT_TRUE(drift_->close_hours());
  }
  std::vector<plate::ReadId> all_waiting() {
    return estate_.database
        ->read([](records::Transaction& transaction) -> Result<std::vector<plate::ReadId>> {
          std::vector<plate::ReadId> ids;
          REGMARK_ASSIGN(const auto rows, transaction.run("SELECT read FROM samples"));
          for (const auto& row : rows) ids.push_back(plate::ReadId::parse(row.text(0)).value());
          return ids;
        })
        .value();
  }
  plate::ReadId a_sample(std::string_view camera = "cam-1") {
    const auto read = with_picture(camera, "event", estate_.clock.now());
    note(read);
    close_hour();
    return read.id;
  }
  // Told under a receipt of this moment: drawing one takes an hour.
  bool told(const plate::ReadId& read, const Told& what) {
    return samples_.tell(checks(), read, what).has_value();
  }
  // "all: 1 of 2", ...
  std::vector<std::string> accuracies() {
    std::vector<std::string> lines;
    const auto all =
        samples_.accuracies(reads_estate(), base::UtcTime{}, estate_.clock.now()).value();
    for (const auto& one : all) {
      lines.push_back(one.by + " " + one.what + ": " + std::to_string(one.right.part) + " of " +
                      std::to_string(one.right.whole) + ", " + std::to_string(one.unreadable));
    }
    return lines;
  }

  estate::TestEstate estate_;
  Samples samples_{*estate_.database, estate_.clock};
  std::optional<Drift> drift_;
};

TEST_F(SamplesTest, DrawsOneReadOfEachCameraAndHour) {
  const auto now = estate_.clock.now();
  for (int event = 0; event < 20; ++event) {
    note(with_picture("cam-1", std::to_string(event), now));
    note(with_picture("cam-2", std::to_string(event), now));
  }
  EXPECT_FALSE(samples_.next(checks()).value());  // the hour is not over
  close_hour();
  EXPECT_EQ(all_waiting().size(), 2U);
  const auto next = samples_.next(checks()).value();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->observed, now);
  estate_.clock.set("2026-03-28T11:10:00Z");
  ASSERT_TRUE(drift_->close_hours());
  note(with_picture("cam-1", "later", estate_.clock.now()));
  close_hour();
  EXPECT_EQ(all_waiting().size(), 3U);
}

TEST_F(SamplesTest, DrawsNothingThatNobodyCanCheck) {
  const auto now = estate_.clock.now();
  note(with_picture("cam-1", "overview", now, plate::PictureKind::overview));
  auto provisional = with_picture("cam-1", "provisional", now);
  provisional.phase = plate::Phase::provisional;
  note(provisional);
  note(plate::a_read("cam-1", "AB12CDE", base::format_utc(now)));
  note(with_picture("cam-1", "early", now - hours(9)));  // of an hour that was not seen whole
  close_hour();
  EXPECT_TRUE(all_waiting().empty());
}

// It was matched and forgotten: counted, and shown to nobody.
TEST_F(SamplesTest, DrawsNothingThatWasNotKept) {
  const auto read = with_picture("cam-1", "event", estate_.clock.now());
  const std::vector<const plate::Read*> one{&read};
  drift_->note(read.camera, one);
  close_hour();
  EXPECT_TRUE(all_waiting().empty());
}

TEST_F(SamplesTest, ForgetsWhatWasErasedBeforeAndAfterItsHourCloses) {
  const auto waiting = a_sample();
  const auto drawn = with_picture("cam-1", "drawn", estate_.clock.now());
  const auto stays = with_picture("cam-2", "stays", estate_.clock.now());
  note(drawn);
  note(stays);
  const auto drops = estate_.log.machine_receipt(audit::MachineVerb::drop);
  ASSERT_TRUE(drift_->forget(drops, std::vector{waiting, drawn.id}));
  EXPECT_TRUE(all_waiting().empty());
  close_hour();
  EXPECT_EQ(all_waiting(), std::vector{stays.id});
  const auto wrong = estate_.log.machine_receipt(audit::MachineVerb::seal);
  EXPECT_EQ(drift_->forget(wrong, std::vector{stays.id}).error().code, ErrorCode::invalid_input);
}

// The microsecond in which a camera saw something is a read.
TEST_F(SamplesTest, KeepsOfAVerdictNoMoreThanItsHour) {
  estate_.clock.set("2026-03-28T08:11:12.345Z");
  ASSERT_TRUE(told(a_sample(), {Verdict::right}));
  const auto observed =
      estate_.database
          ->read([](records::Transaction& transaction) -> Result<std::string> {
            REGMARK_ASSIGN(const auto rows, transaction.run("SELECT observed FROM verdicts"));
            return base::format_utc(rows.at(0).time(0));
          })
          .value();
  EXPECT_EQ(observed, "2026-03-28T08:00:00.000Z");
}

TEST_F(SamplesTest, DrawsNothingOfWhatIsKeptApart) {
  const auto covert = [&](std::string_view subject, std::string_view person) {
    return estate_.receipt(access::Act::change_covert, subject, person);
  };
  auto site = estate_.site("hidden");
  site.path = estate::Path::statutory;
  ASSERT_TRUE(estate_->propose(covert("hidden", "person-a"), site));
  ASSERT_TRUE(estate_->approve(covert("hidden", "person-b"), site.id));
  const auto hidden = base::CameraId::parse("cam-hidden").value();
  ASSERT_TRUE(estate_->commission(covert("cam-hidden", "person-a"), {hidden, "Lane", site.id, {}}));
  note(with_picture("cam-hidden", "event", estate_.clock.now()));
  close_hour();
  EXPECT_TRUE(all_waiting().empty());
}

// Of four that came, each is drawn about as often: 400 draws, within five standard deviations.
TEST_F(SamplesTest, GivesEachReadTheSameChance) {
  std::map<plate::ReadId, int> drawn;
  for (int draw = 0; draw < 400; ++draw) {
    for (const auto* event : {"a", "b", "c", "d"}) {
      note(with_picture("cam-1", event, estate_.clock.now()));
    }
    close_hour();
    for (const auto& id : all_waiting()) {
      ++drawn[id];
      ASSERT_TRUE(samples_.forget(checks(), id));
    }
  }
  ASSERT_EQ(drawn.size(), 4U);
  for (const auto& [id, count] : drawn) EXPECT_NEAR(count, 100, 5 * 8.7);
}

TEST_F(SamplesTest, OfManyCamerasAnHourKeepsSomeByChance) {
  std::vector<Drawn> drawn;
  for (std::size_t number = 0; number < samples_an_hour_max + 100; ++number) {
    const auto read = with_picture("cam-1", std::to_string(number), estate_.clock.now());
    drawn.push_back({read.id, read.camera, read.observed});
  }
  const auto put = [&](const std::vector<Drawn>& some) {
    return estate_.database->write([&](records::Transaction& transaction) {
      return Samples::put(transaction, some, estate_.clock.now());
    });
  };
  ASSERT_TRUE(put(drawn));
  const auto kept = all_waiting();
  EXPECT_EQ(kept.size(), samples_an_hour_max);
  const std::set<plate::ReadId> set(kept.begin(), kept.end());
  const auto first =
      std::ranges::count_if(drawn.begin(), drawn.begin() + samples_an_hour_max,
                            [&](const Drawn& one) { return set.contains(one.read); });
  EXPECT_LT(static_cast<std::size_t>(first), samples_an_hour_max);  // not simply the first ones
}

TEST_F(SamplesTest, CountsWhatWasToldByCameraHourAndKind) {
  ASSERT_TRUE(told(a_sample(), {Verdict::right, "current"}));
  ASSERT_TRUE(told(a_sample(), {Verdict::wrong, "prefix"}));
  ASSERT_TRUE(told(a_sample("cam-2"), {Verdict::no_plate, ""}));
  ASSERT_TRUE(told(a_sample("cam-2"), {Verdict::unreadable, ""}));
  EXPECT_TRUE(all_waiting().empty());
  EXPECT_EQ(accuracies(),
            (std::vector<std::string>{
                "all : 1 of 3, 1", "camera cam-1: 1 of 2, 0", "camera cam-2: 0 of 1, 1",
                "hour 08: 1 of 1, 0", "hour 09: 0 of 1, 0", "hour 10: 0 of 1, 0",
                "hour 12: 0 of 0, 1", "kind current: 1 of 1, 0", "kind prefix: 0 of 1, 0"}));
}

TEST_F(SamplesTest, CountsEachReadOnce) {
  const auto id = a_sample();
  EXPECT_EQ(samples_.waiting(checks(), id).value().camera.text(), "cam-1");
  ASSERT_TRUE(samples_.tell(checks(), id, {Verdict::right, "current"}));
  EXPECT_EQ(samples_.tell(checks(), id, {Verdict::wrong, "current"}).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(samples_.waiting(checks(), id).error().code, ErrorCode::not_found);
  EXPECT_EQ(accuracies().front(), "all : 1 of 1, 0");
}

TEST_F(SamplesTest, ForgetsWhatNobodyChecked) {
  a_sample();
  estate_.clock.advance(samples_wait + hours(1));
  drift_.emplace(*estate_.database, *estate_, estate_.clock);
  estate_.clock.advance(hours(1));
  close_hour();
  EXPECT_TRUE(all_waiting().empty());
}

TEST_F(SamplesTest, WantsItsOwnReceipts) {
  const auto id = a_sample();
  EXPECT_EQ(samples_.next(reads_estate()).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(samples_.waiting(reads_estate(), id).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(samples_.tell(reads_estate(), id, {Verdict::right, ""}).error().code,
            ErrorCode::invalid_input);
  EXPECT_EQ(samples_.forget(reads_estate(), id).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(samples_.accuracies(checks(), {}, {}).error().code, ErrorCode::invalid_input);
}

}  // namespace
}  // namespace regmark::drift
