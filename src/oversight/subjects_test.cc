#include "oversight/subjects.h"

#include <gtest/gtest.h>

#include "oversight/oversight_testing.h"
#include "plate/read_testing.h"

namespace regmark::oversight {
namespace {

using access::Act;
using namespace std::chrono_literals;

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

  HeldAboutSubject some_of_each() {
    const auto now = rooms_.clock.now();
    return {.reads = {plate::a_read("cam-1", "AB12CDE", "2026-03-20T08:00:00Z")},
            .alerts = {{now - 24h, "AB12CDE", "stopped"}},
            .entries = {{now - 48h, std::nullopt, "Recover stolen vehicles"}},
            .held = {plate::a_read("cam-1", "AB12CDE", "2024-03-20T08:00:00Z")}};
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
  const HeldAboutSubject held{.reads = {plate::a_read("cam-1", "AB12CDE", "2026-03-20T08:00:00Z"),
                                        plate::a_read("cam-2", "AB12CDE", "2026-03-21T08:00:00Z")}};
  const auto time = [](const char* text) { return base::parse_utc(text).value(); };
  const SubjectDecision decision{
      .state = SubjectState::answered,
      .words = "Here it is.",
      .held_back = {{time("2026-03-21T00:00:00Z"), time("2026-03-22T00:00:00Z"), Exemption::crime,
                     "Operation Example"}}};
  const auto answer = answer_of(request, decision, held);
  ASSERT_EQ(answer.given.reads.size(), 1U);
  EXPECT_NE(answer.text.find("2026-03-20T08:00:00"), std::string::npos);
  EXPECT_EQ(answer.text.find("2026-03-21"), std::string::npos);
  EXPECT_EQ(answer.text.find("Operation Example"), std::string::npos);
  EXPECT_EQ(answer.text.find("cam-"), std::string::npos);
}

TEST_F(KeepersRequests, NeitherConfirmedNorDeniedReadsTheSameWhateverIsHeld) {
  const auto request = receive(about()).value();
  const auto held = some_of_each();
  const SubjectDecision neither{.state = SubjectState::neither, .words = "Thank you."};
  const auto with = answer_of(request, neither, held);
  const auto without = answer_of(request, neither, {});
  EXPECT_TRUE(with.given.reads.empty());
  EXPECT_EQ(with.text, without.text);
}

// Of alerts and lists an answer says nothing unless somebody decided so: not by a word more or less
// either.
TEST_F(KeepersRequests, WhatIsNotGivenReadsTheSameWhateverIsHeld) {
  const auto request = receive(about()).value();
  auto held = some_of_each();
  for (const auto& gives : std::vector<std::vector<Part>>{
           {Part::reads}, {}, {Part::reads, Part::entries}, {Part::alerts}, {Part::held}}) {
    const SubjectDecision decision{
        .state = SubjectState::answered, .words = "Thank you.", .gives = gives};
    HeldAboutSubject less;
    for (const auto part : gives) {
      if (part == Part::reads) less.reads = held.reads;
      if (part == Part::alerts) less.alerts = held.alerts;
      if (part == Part::entries) less.entries = held.entries;
      if (part == Part::held) less.held = held.held;
    }
    EXPECT_EQ(answer_of(request, decision, held).text, answer_of(request, decision, less).text);
  }
}

// That something is held past its time says that there is a case.
TEST_F(KeepersRequests, HearOfWhatACaseHoldsOnlyWhenSomebodyDecidedSo) {
  const auto request = receive(about()).value();
  auto held = some_of_each();
  held.kept_from = rooms_.clock.now() - 24h * 365;
  SubjectDecision decision{.state = SubjectState::answered, .words = "Thank you."};
  const auto untold = answer_of(request, decision, held);
  EXPECT_TRUE(untold.given.held.empty());
  EXPECT_EQ(untold.text.find("2024-03-20"), std::string::npos);
  EXPECT_NE(untold.text.find("or that we keep records of it for a case past their time"),
            std::string::npos);
  decision.gives.push_back(Part::held);
  const auto told = answer_of(request, decision, held);
  EXPECT_EQ(told.given.held.size(), 1U);
  EXPECT_NE(told.text.find("2024-03-20"), std::string::npos);
  decision.held_back = {
      {held.held[0].observed, held.held[0].observed + 1h, Exemption::inquiry, "a live case"}};
  EXPECT_TRUE(answer_of(request, decision, held).given.held.empty());
}

TEST_F(KeepersRequests, HearThatSomethingIsKeptBackOnlyWhereTheyMay) {
  const auto request = receive(about()).value();
  const auto held = some_of_each();
  SubjectDecision decision{.state = SubjectState::answered,
                           .words = "Thank you.",
                           .held_back = {{held.entries[0].from,
                                          held.entries[0].from + 1h,
                                          Exemption::inquiry,
                                          "a live case",
                                          {Part::entries}}},
                           .gives = {Part::reads, Part::alerts, Part::entries, Part::held}};
  const auto untold = answer_of(request, decision, held);
  EXPECT_TRUE(untold.given.entries.empty());
  EXPECT_EQ(untold.given.alerts.size(), 1U);  // its part is not kept back
  EXPECT_EQ(untold.text.find("kept back"), std::string::npos);
  decision.held_back[0].told = Told::yes;
  const auto told = answer_of(request, decision, held);
  EXPECT_NE(told.text.find("Some of what we hold is kept back, so as not to obstruct an inquiry"),
            std::string::npos);
  EXPECT_EQ(told.text.find("a live case"), std::string::npos);
  EXPECT_EQ(told.text.find("neither confirm"), std::string::npos);
}

TEST_F(KeepersRequests, AreForgottenAfterTheirTimeAndCounted) {
  const auto request = receive(about()).value();
  const auto open = receive(about()).value();
  const SubjectDecision decision{
      .state = SubjectState::answered,
      .words = "Here it is.",
      .held_back = {{about().window.from, about().window.until, Exemption::crime, "a live case"}}};
  ASSERT_TRUE(rooms_.room->subjects.decide(under(request.id), request.id, decision));
  const auto decided_at = rooms_.clock.now();
  const auto count = [&](base::UtcTime before) {
    return rooms_.database
        ->read([&](records::Transaction& in) { return Subjects::count_decided(in, before); })
        .value();
  };
  EXPECT_EQ(count(decided_at - 1us), 0U);
  EXPECT_EQ(count(decided_at), 1U);
  const auto erase = [&](audit::MachineVerb verb) {
    const auto receipt = rooms_.log.machine_receipt(verb);
    return rooms_.database->write(
        [&](records::Transaction& in) { return Subjects::erase_decided(in, receipt, decided_at); });
  };
  EXPECT_EQ(outcome(erase(audit::MachineVerb::seal)), "invalid_input");
  EXPECT_EQ(erase(audit::MachineVerb::drop).value(), 1U);
  EXPECT_EQ(outcome(rooms_.room->subjects.find(request.id)), "not_found");
  EXPECT_TRUE(rooms_.room->subjects.find(open.id));  // nobody decided it yet
  const auto left = rooms_.database
                        ->read([](records::Transaction& in) {
                          return in.run("SELECT wish, state, month, requests FROM subject_tally");
                        })
                        .value();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].text(0), "access");
  EXPECT_EQ(left[0].text(1), "answered");
  const auto month = base::parse_day("2026-03-01").value().time_since_epoch().count();
  EXPECT_EQ(left[0].integer(2), month);
  EXPECT_EQ(left[0].integer(3), 1);
}

}  // namespace
}  // namespace regmark::oversight
