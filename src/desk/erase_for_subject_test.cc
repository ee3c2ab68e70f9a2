// A keeper's erasure through all the rooms: what goes, what stands and why, what the log says.
#include "desk/erase_for_subject.h"

#include <gtest/gtest.h>

#include "alerts/alerts_testing.h"
#include "desk/answer_subject.h"
#include "desk/desk_testing.h"
#include "desk/hold_sightings.h"
#include "estate/estate_testing.h"
#include "plate/read_testing.h"

namespace regmark::desk {
namespace {

using access::Act;
using access::Role;

class KeeperErases : public ::testing::Test {
 protected:
  // With a picture, and an alert where there is an outcome: "" leaves it open.
  plate::Read keep(const char* plate, const std::string& time,
                   std::optional<std::string_view> outcome = {}) {
    const auto camera = estate::TestJustifications::fixed("cam-1");
    auto read = plate::a_read("cam-1", plate, time);
    read.source_event = "event-" + std::to_string(++events_);
    read.id = plate::ReadId::of(read.camera, read.source_event);
    const base::Bytes jpeg{0xff, 0xd8, 0xff};
    read.pictures = {{plate::PictureKind::overview, base::sha256(jpeg),
                      static_cast<std::uint32_t>(jpeg.size())}};
    const std::vector<sightings::NewSighting> sightings{
        {read, {{plate::PictureKind::overview, jpeg}}}};
    const std::vector<sightings::CameraBatch> batches{{camera, sightings}};
    REGMARK_CHECK(rooms_.store->append(batches).value().at(0) == sightings::Kept::stored);
    if (!outcome) return read;
    const auto raised = rooms_.alerts->raise(read, std::vector{alerts::a_hit(plate)});
    REGMARK_CHECK(rooms_.alerts->keep(raised));
    if (outcome->empty()) return read;
    const auto under = [&](Act act) {
      return rooms_.log.receipt_for(act, {.subject = raised.at(0).text()}, "operator");
    };
    REGMARK_CHECK(rooms_.alerts->reject(under(Act::reject_alert), raised.at(0), *outcome));
    return read;
  }
  Asker officer() const { return rooms_.asker({Role::dpo}); }
  const Desk& desk() const { return *rooms_.desk; }
  oversight::SubjectRequestId request(oversight::Wish wish = oversight::Wish::erasure,
                                      std::chrono::days back = std::chrono::days{30}) {
    const auto now = rooms_.clock.now();
    const auto answer = receive_subject_request(desk(), officer(),
                                                {.wish = wish,
                                                 .plate = "AB12CDE",
                                                 .window = {now - back, now},
                                                 .asked_by = "The keeper, by letter",
                                                 .received = base::day_of(now)});
    return std::get<Done<oversight::SubjectRequest>>(answer.value()).value.id;
  }
  Result<Answer<SubjectErased>> erase(const oversight::SubjectRequestId& id,
                                      const std::vector<plate::ReadId>& reads) {
    return erase_for_subject(desk(), officer(), id, reads);
  }
  std::vector<plate::Read> held(const oversight::SubjectRequestId& id) {
    const auto answer = see_subject_request(desk(), officer(), id);
    return std::get<Done<SubjectHeld>>(answer.value()).value.reads;
  }
  std::vector<std::string> said() {
    std::vector<std::string> details;
    for (const auto& entry : rooms_.records()) {
      if (entry.shown.act == "erase_reads") details.push_back(entry.details);
    }
    return details;
  }

  TestDesk rooms_;
  int events_ = 0;
};

TEST_F(KeeperErases, WhatGoesIsGoneAndTheLogSaysHowMuch) {
  const auto gone = keep("AB12CDE", "2026-03-28T08:00:00Z", "the wrong vehicle");
  const auto stays = keep("AB12CDE", "2026-03-28T09:00:00Z");
  const auto id = request();
  const auto answer = erase(id, {gone.id});
  ASSERT_TRUE(answer) << answer.error().message;
  const auto& erased = std::get<Done<SubjectErased>>(*answer).value;
  EXPECT_TRUE(erased.kept.empty());
  EXPECT_EQ(erased.request.erased.reads, 1U);
  EXPECT_EQ(erased.request.erased.pictures, 1U);
  EXPECT_EQ(erased.request.erased.alerts, 1U);
  const auto left = held(id);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].id, stays.id);
  EXPECT_EQ(said(), std::vector<std::string>{"{\"request\":\"" + id.text() +
                                             "\",\"reads\":1,\"pictures\":1,\"alerts\":1,"
                                             "\"kept\":0}"});
  const auto decided = decide_subject_request(
      desk(), officer(), id, {.state = oversight::SubjectState::answered, .words = "Done."});
  ASSERT_TRUE(decided);
  EXPECT_NE(std::get<Done<SubjectAnswered>>(*decided).value.answer.text.find(
                "We have erased 1 record of this vehicle, with 1 picture."),
            std::string::npos);
}

TEST_F(KeeperErases, WhatIsKeptOfATimeThatBeganBeforeIt) {
  rooms_.clock.tick(std::chrono::microseconds{1});
  const auto gone = keep("AB12CDE", "2026-03-28T08:00:00Z");
  const auto id = request(oversight::Wish::erasure, std::chrono::days{500});
  const auto answer = erase(id, {gone.id});
  ASSERT_EQ(words(answer), "done");
  EXPECT_EQ(std::get<Done<SubjectErased>>(*answer).value.request.erased.reads, 1U);
  const auto decided = decide_subject_request(
      desk(), officer(), id, {.state = oversight::SubjectState::answered, .words = "Done."});
  ASSERT_EQ(words(decided), "done");
  EXPECT_NE(std::get<Done<SubjectAnswered>>(*decided).value.answer.text.find("past the time"),
            std::string::npos);
}

TEST_F(KeeperErases, WhatIsHeldOrAwaitedStandsWithItsReason) {
  const auto awaited = keep("AB12CDE", "2026-03-28T08:00:00Z", "");
  const auto held = keep("AB12CDE", "2026-03-28T09:00:00Z");
  const auto hold = base::HoldId::parse("case-7").value();
  const auto now = rooms_.clock.now();
  const sightings::Query query{
      .plate = "AB12CDE",
      .window = access::Window{held.observed, held.observed + std::chrono::seconds{1}}};
  ASSERT_TRUE(rooms_.store->hold(
      rooms_.log.receipt_for(
          Act::hold_sightings,
          {.window = access::Window{held.observed, now}, .rows_max = 10, .subject = hold.text()}),
      hold, query));
  const auto id = request();
  const auto answer = erase(id, {awaited.id, held.id});
  ASSERT_TRUE(answer) << answer.error().message;
  const auto& erased = std::get<Done<SubjectErased>>(*answer).value;
  EXPECT_EQ(erased.request.erased.reads, 0U);
  ASSERT_EQ(erased.kept.size(), 2U);
  EXPECT_EQ(erased.kept[0].read, held.id);
  EXPECT_EQ(erased.kept[0].why, WhyKept::held);
  EXPECT_EQ(erased.kept[1].read, awaited.id);
  EXPECT_EQ(erased.kept[1].why, WhyKept::awaited);
  EXPECT_EQ(this->held(id).size(), 2U);
}

TEST_F(KeeperErases, WhatACaseHoldsPastItsTimeStandsToo) {
  const auto old = keep("AB12CDE", "2026-03-28T09:00:00Z");
  const auto hold = base::HoldId::parse("case-7").value();
  const access::Window then{old.observed, old.observed + std::chrono::seconds{1}};
  ASSERT_EQ(words(hold_sightings(*rooms_.desk, rooms_.asker({Role::investigator}), hold,
                                 {.plate = "AB12CDE", .window = then},
                                 base::day_of(old.observed) + std::chrono::days{90})),
            "done");
  rooms_.clock.advance(std::chrono::days{500});
  ASSERT_TRUE(rooms_.store->drop(rooms_.log.machine_receipt(audit::MachineVerb::drop),
                                 base::day_of(old.observed)));
  const auto answer = erase(request(oversight::Wish::erasure, std::chrono::days{600}), {old.id});
  ASSERT_EQ(words(answer), "done");
  const auto& erased = std::get<Done<SubjectErased>>(*answer).value;
  EXPECT_EQ(erased.request.erased.reads, 0U);
  ASSERT_EQ(erased.kept.size(), 1U);
  EXPECT_EQ(erased.kept[0].why, WhyKept::held);
}

TEST_F(KeeperErases, OnlyWhatIsTheirsAndOnlyWhenTheyAsked) {
  const auto other = keep("XY34ZZZ", "2026-03-28T08:00:00Z");
  const auto own = keep("AB12CDE", "2026-03-28T09:00:00Z");
  EXPECT_EQ(erase(request(), {other.id}).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(erase(request(), {}).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(erase(request(oversight::Wish::access), {own.id}).error().code, ErrorCode::conflict);
  const auto id = request();
  for (const auto role : {Role::investigator, Role::auditor, Role::administrator}) {
    const auto answer = erase_for_subject(desk(), rooms_.asker({role}), id, std::vector{own.id});
    ASSERT_TRUE(answer);
    EXPECT_TRUE(std::holds_alternative<Refused>(*answer));
  }
  EXPECT_EQ(held(id).size(), 1U);
  EXPECT_TRUE(said().empty());
}

// The log is full at each of its records in turn: what was begun is done later, and said once.
TEST_F(KeeperErases, WhatWasBegunIsDoneAndSaidThoughTheLogFails) {
  int begun = 0;
  for (int at = 0; at < 7; ++at) {
    SCOPED_TRACE(at);
    const auto hour = "2026-03-27T0" + std::to_string(at) + ":00:00Z";
    const auto read = keep("AB12CDE", hour, "the wrong vehicle");
    const auto id = request();
    const auto said_before = said().size();
    rooms_.failing_log.fill_up_after(at);
    const auto answer = erase(id, {read.id});
    rooms_.failing_log.make_room();
    ASSERT_TRUE(finish_erasures({rooms_.log.log(), *rooms_.store, *rooms_.alerts, *rooms_.drift,
                                 rooms_.oversight.erasures, rooms_.clock}));
    const bool was_begun = said().size() > said_before;
    begun += was_begun ? 1 : 0;
    const auto left = held(id);
    const bool is_left =
        std::ranges::any_of(left, [&](const auto& one) { return one.id == read.id; });
    EXPECT_EQ(is_left, !was_begun);
    EXPECT_LE(said().size(), said_before + 1);
    EXPECT_TRUE(was_begun || !answer);
  }
  EXPECT_EQ(begun, 5);  // all but the two that were not allowed, or not noted for who looks after
}

}  // namespace
}  // namespace regmark::desk
