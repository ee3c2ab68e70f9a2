#include "oversight/subjects.h"

#include <gtest/gtest.h>

#include "oversight/oversight_testing.h"
#include "plate/read_testing.h"

namespace regmark::oversight {
namespace {

using access::Act;

class KeepersRequests : public ::testing::Test {
 protected:
  NewSubjectRequest about(Wish wish = Wish::access) {
    const auto now = rooms_.clock.now();
    return {.wish = wish,
            .plate = "AB12CDE",
            .window = {now - std::chrono::days{30}, now},
            .asked_by = "The keeper, by letter; log book seen",
            .received = base::day_of(now)};
  }
  audit::Receipt under(const SubjectRequestId& id) {
    return rooms_.log.receipt_for(Act::answer_subject, {.plate = "AB12CDE", .subject = id.text()},
                                  "dpo");
  }
  Result<SubjectRequest> receive(const NewSubjectRequest& about) {
    const auto id = SubjectRequestId::random();
    return rooms_.room->subjects.receive(under(id), id, about);
  }

  TestOversight rooms_;
};

TEST_F(KeepersRequests, AreDueAMonthOn) {
  struct Case {
    std::string_view from;
    unsigned months;
    std::string_view want;
  };
  constexpr Case cases[] = {
      {"2026-03-28", 1, "2026-04-28"}, {"2026-01-31", 1, "2026-02-28"},
      {"2028-01-31", 1, "2028-02-29"}, {"2026-12-15", 1, "2027-01-15"},
      {"2026-11-30", 3, "2027-02-28"},
  };
  for (const auto& [from, months, want] : cases) {
    SCOPED_TRACE(from);
    EXPECT_EQ(base::format_day(months_after(base::parse_day(from).value(), months)), want);
  }
}

TEST_F(KeepersRequests, GoFromTheirArrivalToADecision) {
  const auto request = receive(about()).value();
  EXPECT_EQ(base::format_day(request.due), "2026-04-28");
  rooms_.clock.set("2026-04-28T10:00:00Z");
  EXPECT_EQ(rooms_.room->subjects.overdue().value(), 0U);
  rooms_.clock.set("2026-04-29T10:00:00Z");
  EXPECT_EQ(rooms_.room->subjects.overdue().value(), 1U);
  const auto extend = [&](std::string_view why) {
    return rooms_.room->subjects.extend(under(request.id), request.id, why);
  };
  EXPECT_EQ(outcome(extend(" ")), "invalid_input");
  EXPECT_EQ(base::format_day(extend("many requests")->due), "2026-06-28");
  EXPECT_EQ(outcome(extend("again")), "conflict");
  const SubjectDecision decision{
      .state = SubjectState::answered,
      .words = "Here it is.",
      .held_back = {{rooms_.clock.now() - std::chrono::hours{2}, rooms_.clock.now(),
                     Exemption::crime, "a live case"}}};
  const auto decide = [&](const SubjectDecision& with) {
    return rooms_.room->subjects.decide(under(request.id), request.id, with);
  };
  auto without = decision;
  without.held_back[0].reason = "";
  EXPECT_EQ(outcome(decide(without)), "invalid_input");
  EXPECT_EQ(outcome(decide({.state = SubjectState::open, .words = "w"})), "invalid_input");
  ASSERT_TRUE(decide(decision));
  EXPECT_EQ(outcome(decide(decision)), "conflict");
  EXPECT_EQ(outcome(extend("too late")), "conflict");
  const auto kept = rooms_.room->subjects.find(request.id).value();
  EXPECT_EQ(kept.state, SubjectState::answered);
  EXPECT_EQ(kept.decided_by->text(), "dpo");
  ASSERT_EQ(kept.held_back.size(), 1U);
  EXPECT_EQ(kept.held_back[0].exemption, Exemption::crime);
  EXPECT_EQ(kept.held_back[0].reason, "a live case");
  EXPECT_EQ(rooms_.room->subjects.overdue().value(), 0U);
}

TEST_F(KeepersRequests, AreRefusedWhenTheyCannotBeAnswered) {
  const auto with = [&](auto change) {
    auto changed = about();
    change(changed);
    return outcome(receive(changed));
  };
  EXPECT_EQ(with([](auto& one) { one.plate = "AB12*"; }), "invalid_input");
  EXPECT_EQ(with([](auto& one) { one.plate = "ab12cde"; }), "invalid_input");
  EXPECT_EQ(with([](auto& one) { one.asked_by = ""; }), "invalid_input");
  EXPECT_EQ(with([](auto& one) { one.received += std::chrono::days{1}; }), "invalid_input");
  const auto id = SubjectRequestId::random();
  const auto other = under(SubjectRequestId::random());
  EXPECT_EQ(outcome(rooms_.room->subjects.receive(other, id, about())), "invalid_input");
}

TEST_F(KeepersRequests, WhatIsKeptBackIsNotInTheAnswer) {
  const auto request = receive(about()).value();
  const std::vector<plate::Read> held{plate::a_read("cam-1", "AB12CDE", "2026-03-20T08:00:00Z"),
                                      plate::a_read("cam-2", "AB12CDE", "2026-03-21T08:00:00Z")};
  const auto time = [](const char* text) { return base::parse_utc(text).value(); };
  const SubjectDecision decision{
      .state = SubjectState::answered,
      .words = "Here it is.",
      .held_back = {{time("2026-03-21T00:00:00Z"), time("2026-03-22T00:00:00Z"), Exemption::crime,
                     "Operation Example"}}};
  const auto answer = answer_of(request, decision, held);
  ASSERT_EQ(answer.reads.size(), 1U);
  EXPECT_NE(answer.text.find("2026-03-20T08:00:00"), std::string::npos);
  EXPECT_EQ(answer.text.find("2026-03-21"), std::string::npos);
  EXPECT_EQ(answer.text.find("Operation Example"), std::string::npos);
  EXPECT_EQ(answer.text.find("cam-"), std::string::npos);
}

TEST_F(KeepersRequests, NeitherConfirmedNorDeniedReadsTheSameWhateverIsHeld) {
  const auto request = receive(about()).value();
  const std::vector<plate::Read> held{plate::a_read("cam-1", "AB12CDE", "2026-03-20T08:00:00Z")};
  const SubjectDecision neither{.state = SubjectState::neither, .words = "Thank you."};
  const auto with = answer_of(request, neither, held);
  const auto without = answer_of(request, neither, {});
  EXPECT_TRUE(with.reads.empty());
  EXPECT_EQ(with.text, without.text);
}

}  // namespace
}  // namespace regmark::oversight
