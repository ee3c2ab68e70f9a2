#include "server/keeper.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "alerts/alerts_testing.h"
#include "desk/desk_testing.h"
#include "desk/read_days.h"
#include "estate/estate_testing.h"
#include "intake/picture_testing.h"
#include "plate/read_testing.h"

namespace regmark::server {
namespace {

using namespace std::chrono_literals;

class HouseKeeping : public ::testing::Test {
 protected:
  HouseKeeping() {
    REGMARK_CHECK(rooms_.database->migrate(Keeper::migrations()));
    REGMARK_CHECK(rooms_.database->migrate(Retention::migrations()));
    keeper_.emplace(rooms_under(access::Policy::built_in()));
  }

  // The policy outlives who keeps house by it.
  Keeper::Rooms rooms_under(const access::Policy& policy) {
    return {policy,        rooms_.failing_log, *rooms_.database, *rooms_.store,   *rooms_.alerts,
            *rooms_.drift, rooms_.oversight,   *rooms_.people,   *rooms_.backups, rooms_.clock};
  }
  // A read that hit nothing, observed now, of which the policy says for how many minutes it stays.
  void keep_for_minutes() {
    const auto camera = estate::TestJustifications::fixed("cam-1");
    const std::vector<sightings::NewSighting> sightings{
        {plate::a_read("cam-1", "AB12CDE", base::format_utc(rooms_.clock.now())),
         {},
         sightings::Stay::minutes}};
    const std::vector<sightings::CameraBatch> batches{{camera, sightings}};
    REGMARK_CHECK(rooms_.store->append(batches).value().at(0) == sightings::Kept::stored);
  }

  // A read with a picture and an alert, observed now.
  plate::Read keep_a_read(const std::string& plate) {
    const auto camera = estate::TestJustifications::fixed("cam-1");
    auto read = plate::a_read("cam-1", plate, base::format_utc(rooms_.clock.now()));
    const auto jpeg = intake::a_jpeg();
    read.pictures = {{plate::PictureKind::overview, base::sha256(jpeg),
                      static_cast<std::uint32_t>(jpeg.size())}};
    const std::vector<sightings::NewSighting> sightings{
        {read, {{plate::PictureKind::overview, jpeg}}}};
    const std::vector<sightings::CameraBatch> batches{{camera, sightings}};
    REGMARK_CHECK(rooms_.store->append(batches).value().at(0) == sightings::Kept::stored);
    REGMARK_CHECK(
        rooms_.alerts->keep(rooms_.alerts->raise(read, std::vector{alerts::a_hit(plate)})));
    return read;
  }
  // How often the machine did this, by its word in the log.
  long done(const std::string& act) {
    const auto records = rooms_.records();
    return std::ranges::count_if(records,
                                 [&](const audit::Entry& entry) { return entry.shown.act == act; });
  }
  // How often this slice is named there, when it was to go and when it was gone.
  long named(const std::string& slice) {
    const auto records = rooms_.records();
    return std::ranges::count_if(records, [&](const audit::Entry& entry) {
      return entry.shown.act == "drop" && entry.details.find(slice) != std::string::npos;
    });
  }
  std::size_t alerts_left() {
    return rooms_.alerts
        ->latest(rooms_.log.receipt_for(access::Act::watch_alerts, {.rows_max = 10}), 10)
        .value()
        .size();
  }
  Result<base::Bytes> picture_of(const plate::Read& read) {
    return rooms_.store->picture(
        rooms_.log.receipt_for(access::Act::search_sightings,
                               {.window = access::Window{read.observed, read.observed + 1ms},
                                .rows_max = 1,
                                .subject = read.id.text()}),
        read.id, plate::PictureKind::overview);
  }

  desk::TestDesk rooms_;
  std::optional<Keeper> keeper_;
};

TEST_F(HouseKeeping, SealsADayWhenItIsOverAndNotBefore) {
  keep_a_read("AB12CDE");  // on the 28th at 10:00
  ASSERT_TRUE(keeper_->keep_house());
  rooms_.clock.set("2026-03-29T00:59:59Z");
  ASSERT_TRUE(keeper_->keep_house());
  EXPECT_FALSE(rooms_.store->slices().at(0).sealed);
  rooms_.clock.set("2026-03-29T01:00:00Z");
  ASSERT_TRUE(keeper_->keep_house());
  EXPECT_TRUE(rooms_.store->slices().at(0).sealed);
  ASSERT_TRUE(keeper_->keep_house());  // once is enough
  EXPECT_EQ(done("seal"), 1);
}

TEST_F(HouseKeeping, ErasesPicturesFirstAndEverythingAtTheEnd) {
  const auto read = keep_a_read("AB12CDE");
  EXPECT_TRUE(picture_of(read));
  rooms_.clock.set("2026-06-26T23:59:59Z");  // 90 days after the day ended, but for a second
  ASSERT_TRUE(keeper_->keep_house());
  EXPECT_TRUE(picture_of(read));
  rooms_.clock.set("2026-06-27T00:00:00Z");
  ASSERT_TRUE(keeper_->keep_house());
  ASSERT_TRUE(keeper_->keep_house());
  EXPECT_EQ(picture_of(read).error().code, ErrorCode::not_found);
  EXPECT_EQ(done("drop_pictures"), 1);
  EXPECT_EQ(alerts_left(), 1U);
  EXPECT_EQ(rooms_.store->slices().size(), 1U);

  rooms_.clock.set("2027-03-28T23:59:59Z");
  ASSERT_TRUE(keeper_->keep_house());
  EXPECT_EQ(rooms_.store->slices().size(), 1U);
  rooms_.clock.set("2027-03-29T00:00:00Z");
  ASSERT_TRUE(keeper_->keep_house());
  EXPECT_TRUE(rooms_.store->slices().empty());
  EXPECT_EQ(alerts_left(), 0U);
}

// A policy under which what hits nothing stays for half an hour.
access::Policy policy_of_minutes() {
  std::string text = access::Policy::built_in().text();
  constexpr std::string_view table = "[retention]\n";
  text.insert(text.find(table) + table.size(),
              "non_hits_minutes = 30\nnon_hits_slice_minutes = 10\n");
  return access::Policy::parse(text).value();
}

TEST_F(HouseKeeping, ErasesWhatStaysForMinutesBeforeTheyAreOver) {
  const auto policy = policy_of_minutes();
  Keeper keeper(rooms_under(policy));
  const std::string slice = "\"2026-03-28T10:00:00.000Z\"";
  keep_for_minutes();  // at 10:00: it is to be gone at 10:30, when the next round may come
  rooms_.clock.set("2026-03-28T10:28:59Z");
  ASSERT_TRUE(keeper.keep_house());
  EXPECT_EQ(rooms_.store->short_slices().size(), 1U);
  EXPECT_EQ(named(slice), 0);
  rooms_.clock.set("2026-03-28T10:29:00Z");
  rooms_.failing_log.fill_up_after(0);
  EXPECT_FALSE(keeper.keep_house());
  EXPECT_EQ(rooms_.store->short_slices().size(), 1U);  // nothing goes that is not on record
  rooms_.failing_log.make_room();
  ASSERT_TRUE(keeper.keep_house());
  EXPECT_TRUE(rooms_.store->short_slices().empty());
  EXPECT_EQ(named(slice), 2);  // the receipt, and what was done
  ASSERT_TRUE(keeper.keep_house());
  EXPECT_EQ(named(slice), 2);
  // Under a policy that knows no such thing any more, what there is goes at once.
  keep_for_minutes();
  ASSERT_TRUE(keeper_->keep_house());
  EXPECT_TRUE(rooms_.store->short_slices().empty());
}

TEST_F(HouseKeeping, ErasesWhatStaysForMinutesAlsoWhenTheClockIsSetBack) {
  const auto policy = policy_of_minutes();
  std::chrono::steady_clock::time_point passed{};
  Keeper keeper(rooms_under(policy), [&] { return passed; });
  keep_for_minutes();
  ASSERT_TRUE(keeper.keep_house());
  rooms_.clock.set("2026-03-28T04:00:00Z");  // six hours back
  passed += 27min;
  ASSERT_TRUE(keeper.keep_house());
  EXPECT_EQ(rooms_.store->short_slices().size(), 1U);
  passed += 1min;
  ASSERT_TRUE(keeper.keep_house());
  EXPECT_TRUE(rooms_.store->short_slices().empty());
}

// Met at once, or just before the next round: it goes between the two times that `days` says.
TEST_F(HouseKeeping, ErasesWhatStaysForMinutesWhenItSaysSo) {
  const auto policy = policy_of_minutes();
  for (const auto late : {0s, 59s}) {
    SCOPED_TRACE(late.count());
    std::chrono::steady_clock::time_point passed{};
    Keeper keeper(rooms_under(policy), [&] { return passed; });
    const auto pass = [&](std::chrono::seconds time) {
      rooms_.clock.advance(time);
      passed += time;
    };
    rooms_.clock.advance(std::chrono::ceil<std::chrono::hours>(rooms_.clock.now()) -
                         rooms_.clock.now());
    keep_for_minutes();
    const auto span = rooms_.store->short_slices().at(0);
    EXPECT_EQ(desk::gone_by(span, policy), rooms_.clock.now() + 30min);
    pass(late);
    while (!rooms_.store->short_slices().empty()) {
      ASSERT_LT(rooms_.clock.now(), desk::gone_by(span, policy));
      ASSERT_TRUE(keeper.keep_house());
      if (!rooms_.store->short_slices().empty()) pass(keep_house_every);
    }
    EXPECT_GE(rooms_.clock.now(), desk::kept_until(span, policy));
    pass(1h);
  }
}

// The office was killed when the slice was gone, and before that was on record.
TEST_F(HouseKeeping, SaysThatAShortSliceIsGoneAlsoAfterACrash) {
  const auto policy = policy_of_minutes();
  Keeper keeper(rooms_under(policy));
  const auto begins = rooms_.clock.now();
  const auto slice = base::format_utc(begins);
  ASSERT_TRUE(rooms_.database->write([&](records::Transaction& transaction) -> Result<void> {
    const auto minutes =
        std::chrono::floor<std::chrono::minutes>(begins).time_since_epoch().count();
    REGMARK_TRY(transaction.run("INSERT INTO short_slices_to_erase VALUES (?1)", {minutes}));
    return {};
  }));
  ASSERT_TRUE(keeper.keep_house());
  EXPECT_EQ(named(slice), 2);
  ASSERT_TRUE(keeper.keep_house());
  EXPECT_EQ(named(slice), 2);
}

TEST_F(HouseKeeping, ErasesNothingThatItCannotRecord) {
  keep_a_read("AB12CDE");
  rooms_.clock.set("2027-04-01T00:00:00Z");
  rooms_.failing_log.fill_up_after(0);
  EXPECT_EQ(keeper_->keep_house().error().code, ErrorCode::unavailable);
  EXPECT_EQ(rooms_.store->slices().size(), 1U);
  rooms_.failing_log.make_room();
  ASSERT_TRUE(keeper_->keep_house());
  EXPECT_TRUE(rooms_.store->slices().empty());
}

// The office was killed after it was written down what goes.
TEST_F(HouseKeeping, FinishesWhatAKeeperWasGranted) {
  const auto read = keep_a_read("AB12CDE");
  const auto now = rooms_.clock.now();
  const auto id = oversight::SubjectRequestId::random();
  const auto under = rooms_.log.receipt_for(access::Act::answer_subject,
                                            {.plate = "AB12CDE", .subject = id.text()});
  ASSERT_TRUE(rooms_.oversight.subjects.receive(under, id,
                                                {.wish = oversight::Wish::erasure,
                                                 .plate = "AB12CDE",
                                                 .window = {now - 24h, now},
                                                 .asked_by = "The keeper",
                                                 .received = base::day_of(now)}));
  const auto alert =
      rooms_.alerts->latest(rooms_.log.receipt_for(access::Act::watch_alerts, {.rows_max = 10}), 10)
          .value()
          .at(0);
  ASSERT_TRUE(rooms_.alerts->reject(
      rooms_.log.receipt_for(access::Act::reject_alert, {.subject = alert.id.text()}), alert.id,
      "misread"));
  ASSERT_TRUE(rooms_.oversight.erasures.begin(under, id, std::vector{read.id}));
  ASSERT_TRUE(keeper_->keep_house());
  EXPECT_EQ(picture_of(read).error().code, ErrorCode::not_found);
  EXPECT_EQ(alerts_left(), 0U);
  EXPECT_EQ(rooms_.oversight.subjects.find(id)->erased.reads, 1U);
  EXPECT_EQ(done("erase_reads"), 1);
  ASSERT_TRUE(keeper_->keep_house());
  EXPECT_EQ(done("erase_reads"), 1);
  // There is no backup that could have it.
  EXPECT_FALSE(rooms_.oversight.erasures.last_unforgotten().value());
}

TEST_F(HouseKeeping, SaysOnRecordWhatItErased) {
  keep_a_read("AB12CDE");
  keep_a_read("GH56JKL");
  rooms_.clock.set("2027-04-01T00:00:00Z");
  ASSERT_TRUE(keeper_->keep_house());
  const auto records = rooms_.records();
  const auto erased = std::ranges::find_if(records, [](const audit::Entry& entry) {
    return entry.shown.operation == audit::Operation::erasure && entry.shown.outcome == "done";
  });
  ASSERT_NE(erased, records.end());
  EXPECT_EQ(erased->details,
            R"({"slice":"2026-03-28","reads":2,"pictures":2,"held_copies":0,"alerts":2})");
}

}  // namespace
}  // namespace regmark::server
