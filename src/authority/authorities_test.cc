#include "authority/authorities.h"

#include <gtest/gtest.h>

#include "access/decide_testing.h"
#include "audit/audit_testing.h"
#include "base/time_testing.h"
#include "records/database_testing.h"

namespace regmark::authority {
namespace {

using access::Act;
using access::Role;
using std::chrono::hours;

const access::AuthorityRule rule{.kind = "senior_officer",
                                 .rank_least = "inspector",
                                 .valid_max = hours(48),
                                 .uses_max = 3,
                                 .oral_confirmed_within = hours(24)};

class AuthoritiesTest : public ::testing::Test {
 protected:
  AuthoritiesTest() {
    EXPECT_TRUE(database_->migrate(Authorities::migrations()));
    authorities_.emplace(*database_, clock_);
  }

  Asking asking() const {
    const auto now = clock_.now();
    return {.kind = "senior_officer",
            .act = Act::search_sightings,
            .scope = {.plate = "AB12*",
                      .cameras = {base::CameraId::parse("cam-1").value(),
                                  base::CameraId::parse("cam-2").value()},
                      .area = base::Area{{52.05, -0.02}, 5'000},
                      .window = access::Window{now - hours(24 * 200), now - hours(24 * 100)},
                      .rows_max = 500}};
  }
  audit::Receipt receipt(Act act, const base::AuthorityId* about = nullptr,
                         std::string_view person = "requester") {
    access::Scope scope;
    if (about != nullptr) scope.subject = about->text();
    return log_.receipt_for(act, std::move(scope), person);
  }
  Record ask() { return authorities_->ask(receipt(Act::ask_authority), asking()).value(); }
  Grant grant(std::uint64_t uses = 2) const {
    return {.valid = hours(24), .uses = uses, .scope = asking().scope, .reason = "proportionate"};
  }
  Result<Record> give(const Record& record, const Grant& with) {
    return authorities_->grant(receipt(Act::decide_authority, &record.id, "officer"), record.id,
                               with, rule);
  }
  // A permit that stands on this authority, by a policy in which it must.
  audit::Receipt searching(const Record& record) {
    static const auto policy = access::policy_of(R"(
[[permit]]
id = "by-authority"
roles = ["investigator"]
acts = ["search_sightings"]
purpose = "full"
age_days_max = 365
rows_max = 10_000
valid_minutes = 10
authority = "senior_officer"
why = "needs one"
)");
    return log_.log()
        .record(access::permit_or_stop(access::decide(
            policy, {.person = access::test_person("requester", {Role::investigator}),
                     .act = Act::search_sightings,
                     .purpose = access::test_purpose(),
                     .scope = record.granted.value(),
                     .now = clock_.now(),
                     .authority = value_of(record)})))
        .value();
  }
  State state(const Record& record) { return authorities_->find(record.id)->state; }
  template <typename T>
  static std::string outcome(const Result<T>& result) {
    return result ? "ok" : std::string(regmark::name(result.error().code));
  }

  base::ManualClock clock_{"2026-11-22T10:00:00Z"};
  audit::TestLog log_{clock_};
  records::TestDatabase database_;
  std::optional<Authorities> authorities_;
};

TEST_F(AuthoritiesTest, KeepsAllThatWasAskedAndDecided) {
  const auto asked = ask();
  const auto read = authorities_->find(asked.id).value();
  EXPECT_EQ(read.state, State::asked);
  EXPECT_EQ(read.asked.scope.plate, "AB12*");
  EXPECT_EQ(read.asked.scope.cameras, asking().scope.cameras);
  EXPECT_EQ(read.asked.scope.area, asking().scope.area);
  EXPECT_EQ(read.asked.scope.window, asking().scope.window);
  EXPECT_EQ(read.asked.scope.rows_max, 500U);
  EXPECT_EQ(read.purpose.reference, access::test_purpose().reference);
  EXPECT_EQ(read.requester.text(), "requester");
  EXPECT_FALSE(value_of(read).granted_by);

  ASSERT_TRUE(give(asked, grant()));
  const auto granted = authorities_->find(asked.id).value();
  EXPECT_EQ(granted.state, State::granted);
  EXPECT_EQ(granted.decided_by->text(), "officer");
  EXPECT_EQ(granted.decision, "proportionate");
  EXPECT_EQ(*granted.valid_until, clock_.now() + hours(24));
  EXPECT_EQ(value_of(granted).granted_by, granted.decided_by);
}

TEST_F(AuthoritiesTest, RefusesWhatCouldNotBeCheckedLater) {
  const auto with = [&](auto change) {
    auto changed = asking();
    change(changed);
    return outcome(authorities_->ask(receipt(Act::ask_authority), changed));
  };
  EXPECT_EQ(with([](Asking& a) { a.scope.window.reset(); }), "invalid_input");
  EXPECT_EQ(with([](Asking& a) { a.act = Act::change_people; }), "invalid_input");
  EXPECT_EQ(with([](Asking& a) { a.scope.rows_max = 0; }), "invalid_input");
  EXPECT_EQ(with([](Asking& a) { a.scope.plate = "*A" + std::string(20, '?'); }), "invalid_input");
  EXPECT_EQ(outcome(authorities_->ask(receipt(Act::read_lists), asking())), "invalid_input");
}

TEST_F(AuthoritiesTest, ReachesNoFurtherThanAskedAndThanThePolicyLets) {
  const auto asked = ask();
  const auto with = [&](auto change) {
    auto changed = grant();
    change(changed);
    return outcome(give(asked, changed));
  };
  EXPECT_EQ(with([](Grant& g) { g.scope.plate = "AB1*"; }), "invalid_input");
  EXPECT_EQ(with([](Grant& g) { g.scope.cameras.clear(); }), "invalid_input");
  EXPECT_EQ(with([](Grant& g) { g.scope.window->until += hours(1); }), "invalid_input");
  EXPECT_EQ(with([](Grant& g) { g.valid = hours(49); }), "invalid_input");
  EXPECT_EQ(with([](Grant& g) { g.valid = hours(0); }), "invalid_input");
  EXPECT_EQ(with([](Grant& g) { g.uses = 4; }), "invalid_input");
  EXPECT_EQ(with([](Grant& g) { g.uses = 0; }), "invalid_input");
  EXPECT_EQ(with([](Grant& g) { g.reason = " "; }), "invalid_input");
  EXPECT_EQ(state(asked), State::asked);
  EXPECT_EQ(with([](Grant& g) { g.scope.plate = "AB12CDE"; }), "ok");
  EXPECT_EQ(with([](Grant&) {}), "conflict");  // granted already
}

TEST_F(AuthoritiesTest, IsUsedUp) {
  const auto granted = give(ask(), grant(/*uses=*/2)).value();
  const auto permit = searching(granted);
  EXPECT_TRUE(authorities_->use(permit));
  EXPECT_TRUE(authorities_->use(permit));
  EXPECT_EQ(outcome(authorities_->use(permit)), "conflict");
  EXPECT_EQ(state(granted), State::used_up);
  EXPECT_FALSE(value_of(*authorities_->find(granted.id)).granted_by);
  EXPECT_TRUE(
      value_of(*authorities_->find(granted.id), UsedUp::stands_for_what_was_found).granted_by);
}

TEST_F(AuthoritiesTest, RunsOut) {
  const auto granted = give(ask(), grant()).value();
  clock_.advance(hours(24) - std::chrono::minutes(1));
  const auto permit = searching(granted);
  clock_.advance(std::chrono::minutes(1));
  EXPECT_EQ(outcome(authorities_->use(permit)), "conflict");
  EXPECT_EQ(state(granted), State::run_out);
}

TEST_F(AuthoritiesTest, IsWithdrawnByEitherSide) {
  const auto by_officer = give(ask(), grant()).value();
  const auto permit = searching(by_officer);
  ASSERT_TRUE(authorities_->withdraw(receipt(Act::decide_authority, &by_officer.id, "officer"),
                                     by_officer.id, "the case is closed"));
  EXPECT_EQ(outcome(authorities_->use(permit)), "conflict");

  const auto by_requester = ask();
  EXPECT_EQ(outcome(authorities_->withdraw(receipt(Act::ask_authority, &by_requester.id, "other"),
                                           by_requester.id, "not mine")),
            "not_found");
  ASSERT_TRUE(authorities_->withdraw(receipt(Act::ask_authority, &by_requester.id), by_requester.id,
                                     "no longer needed"));
  EXPECT_EQ(state(by_requester), State::withdrawn);
  EXPECT_EQ(outcome(give(by_requester, grant())), "conflict");
}

TEST_F(AuthoritiesTest, IsDecidedUnderAReceiptForThisOne) {
  const auto asked = ask();
  const auto other = ask();
  const auto wrong = receipt(Act::decide_authority, &other.id, "officer");
  EXPECT_EQ(outcome(authorities_->grant(wrong, asked.id, grant(), rule)), "invalid_input");
  EXPECT_EQ(outcome(authorities_->refuse(wrong, asked.id, "no")), "invalid_input");
  const auto late = receipt(Act::decide_authority, &asked.id, "officer");
  clock_.advance(hours(1));
  EXPECT_EQ(outcome(authorities_->grant(late, asked.id, grant(), rule)), "invalid_input");
}

TEST_F(AuthoritiesTest, WhatWasGivenByWordOfMouthWaitsForTheOfficersOwn) {
  const auto officer = access::test_person("officer", {Role::authoriser});
  const auto oral =
      authorities_->ask_given_orally(receipt(Act::ask_authority), asking(), officer, rule).value();
  EXPECT_EQ(oral.state, State::granted);
  EXPECT_EQ(oral.uses_max, 1U);
  ASSERT_TRUE(authorities_->use(searching(oral)));
  EXPECT_EQ(state(oral), State::used_up);
  EXPECT_EQ(authorities_->overdue().value(), 0U);

  const auto confirm = [&](std::string_view person) {
    auto as_asked = grant();
    as_asked.scope = oral.asked.scope;
    return outcome(authorities_->confirm(receipt(Act::decide_authority, &oral.id, person), oral.id,
                                         as_asked, rule));
  };
  clock_.advance(hours(24));
  EXPECT_EQ(authorities_->overdue().value(), 1U);
  EXPECT_TRUE(authorities_->find(oral.id)->is_overdue(clock_.now()));
  EXPECT_EQ(confirm("another"), "conflict");
  EXPECT_EQ(confirm("officer"), "ok");
  EXPECT_EQ(confirm("officer"), "conflict");
  EXPECT_EQ(authorities_->overdue().value(), 0U);
  EXPECT_EQ(state(oral), State::granted);  // one of two uses is left

  auto never = rule;
  never.oral_confirmed_within = hours(0);
  EXPECT_EQ(outcome(authorities_->ask_given_orally(receipt(Act::ask_authority), asking(), officer,
                                                   never)),
            "invalid_input");
}

TEST_F(AuthoritiesTest, AnOfficerMaySayThatTheyNeverGaveIt) {
  const auto officer = access::test_person("officer", {Role::authoriser});
  const auto oral =
      authorities_->ask_given_orally(receipt(Act::ask_authority), asking(), officer, rule).value();
  ASSERT_TRUE(authorities_->use(searching(oral)));
  // Whoever used it cannot make that undone.
  EXPECT_EQ(outcome(authorities_->withdraw(receipt(Act::ask_authority, &oral.id), oral.id, "oops")),
            "conflict");
  clock_.advance(hours(25));
  EXPECT_EQ(authorities_->overdue().value(), 1U);
  ASSERT_TRUE(authorities_->withdraw(receipt(Act::decide_authority, &oral.id, "officer"), oral.id,
                                     "I gave no such authority"));
  EXPECT_EQ(authorities_->overdue().value(), 0U);
  EXPECT_EQ(state(oral), State::withdrawn);
  EXPECT_EQ(outcome(authorities_->withdraw(receipt(Act::decide_authority, &oral.id, "officer"),
                                           oral.id, "again")),
            "conflict");
}

TEST_F(AuthoritiesTest, IsSeenByWhoAskedOnly) {
  const auto first = ask();
  clock_.advance(std::chrono::minutes(1));
  const auto second = ask();
  const auto seen = [&](std::string_view person) {
    std::vector<std::string> ids;
    const auto records =
        authorities_->latest(log_.receipt_for(Act::read_authorities, {}, person), 10).value();
    for (const auto& record : records) ids.push_back(record.id.text());
    return ids;
  };
  EXPECT_EQ(seen("requester"), (std::vector{second.id.text(), first.id.text()}));
  EXPECT_TRUE(seen("somebody").empty());
}

// Asking again must not take the place of an officer's word.
TEST_F(AuthoritiesTest, IsNotGivenByWordOfMouthAgainAndAgain) {
  const auto officer = access::test_person("officer", {access::Role::authoriser});
  const auto ask = [&] {
    return authorities_->ask_given_orally(receipt(Act::ask_authority), asking(), officer, rule);
  };
  std::vector<Record> waiting;
  for (std::uint64_t i = 0; i < oral_waiting_max; ++i) waiting.push_back(ask().value());
  EXPECT_EQ(outcome(ask()), "conflict");
  ASSERT_TRUE(authorities_->withdraw(receipt(Act::decide_authority, &waiting.back().id, "officer"),
                                     waiting.back().id, "I did not give it"));
  EXPECT_TRUE(ask());
  // One that nobody confirmed in time stands in the way of all others.
  for (std::size_t i = 1; i < oral_waiting_max; ++i) {
    EXPECT_EQ(outcome(ask()), "conflict");
  }
  clock_.advance(hours(25));
  EXPECT_EQ(outcome(ask()), "conflict");
}

}  // namespace
}  // namespace regmark::authority
