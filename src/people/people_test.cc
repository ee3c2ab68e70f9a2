#include "people/people.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <ctime>
#include <thread>

#include "base/files.h"
#include "base/time_testing.h"
#include "people/internal/secrets.h"
#include "records/database_testing.h"

namespace regmark::people {
namespace {

using access::Role;

constexpr std::string_view password = "correct horse battery";

class PeopleTest : public testing::Test {
 protected:
  PeopleTest() {
    EXPECT_TRUE(database_->migrate(People::migrations()));
    people_ = std::make_unique<People>(*database_, clock_);
    const auto force = base::OrganisationId::parse("test-force").value();
    EXPECT_TRUE(people_->organisations().add(force, {.name = "Test Force"}));
  }

  static NewPerson person(std::string name, std::vector<Role> roles = {Role::investigator}) {
    return {.sign_in_name = std::move(name),
            .display_name = "PC Test",
            .organisation = base::OrganisationId::parse("test-force").value(),
            .roles = std::move(roles)};
  }
  // A person who has chosen the password above.
  base::PersonId ready(const std::string& name, std::vector<Role> roles = {Role::investigator}) {
    const auto added = people_->add(person(name, std::move(roles)));
    EXPECT_TRUE(people_->choose_password(name, added->second, password));
    return added->first;
  }
  std::string sign_in(const std::string& name) {
    return people_->sign_in({name, password}).value().token;
  }
  // What the answer is, as one word.
  template <typename T>
  static std::string outcome(const Result<T>& result) {
    return result ? "ok" : name(result.error().code);
  }

  base::ManualClock clock_;
  records::TestDatabase database_;
  std::unique_ptr<People> people_;
};

TEST_F(PeopleTest, MakesTheFirstAdministratorOnceTheyChose) {
  const auto lost = people_->make_first_administrator().value();
  ASSERT_TRUE(lost);
  // Lost before it was used: the next start gives another, and the first no longer works.
  const auto code = people_->make_first_administrator().value();
  ASSERT_TRUE(code);
  EXPECT_EQ(outcome(people_->choose_password("administrator", *lost, password)), "invalid_input");
  EXPECT_EQ(outcome(people_->choose_password("administrator", *code, password)), "ok");
  EXPECT_FALSE(people_->make_first_administrator().value());
  const auto session = people_->sign_in({"administrator", password});
  ASSERT_TRUE(session);
  EXPECT_EQ(session->session.person.roles, std::vector{Role::administrator});
}

TEST_F(PeopleTest, ChecksWhoIsAdded) {
  struct Case {
    std::string name;
    std::vector<Role> roles;
    std::string_view want;
  };
  const Case cases[] = {
      {"a.b_c-1", {Role::control_operator, Role::investigator}, "ok"},
      {std::string(64, 'x'), {Role::auditor}, "ok"},
      {"", {}, "invalid_input"},
      {"Anna", {}, "invalid_input"},
      {"anna smith", {}, "invalid_input"},
      {std::string(65, 'x'), {}, "invalid_input"},
      {"both", {Role::administrator, Role::control_operator}, "invalid_input"},
      {"both", {Role::investigator, Role::administrator}, "invalid_input"},
      {"both", {Role::administrator, Role::auditor}, "invalid_input"},
      {"a.b_c-1", {}, "conflict"},
  };
  for (const auto& [name, roles, want] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(outcome(people_->add(person(name, roles))), want);
  }
  auto nameless = person("nameless");
  nameless.display_name = "  ";
  EXPECT_EQ(outcome(people_->add(nameless)), "invalid_input");
  EXPECT_EQ(people_->list()->size(), 2U);
}

TEST_F(PeopleTest, ACodeWorksOnceAndForADay) {
  const auto added = people_->add(person("anna")).value();
  EXPECT_FALSE(people_->list()->front().has_password);
  EXPECT_EQ(outcome(people_->choose_password("anna", added.second, "too short")), "invalid_input");
  EXPECT_EQ(outcome(people_->choose_password("anna", added.second, std::string(1'025, 'x'))),
            "invalid_input");
  EXPECT_EQ(outcome(people_->choose_password("anna", "0000-0000-0000-0000", password)),
            "invalid_input");
  EXPECT_EQ(outcome(people_->choose_password("nobody", added.second, password)), "invalid_input");

  clock_.advance(code_time - std::chrono::seconds(1));
  // As people type it.
  auto typed = added.second;
  std::ranges::transform(typed, typed.begin(), [](char c) { return c == '-' ? ' ' : c; });
  std::ranges::transform(typed, typed.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  EXPECT_EQ(outcome(people_->choose_password("anna", typed, password)), "ok");
  EXPECT_TRUE(people_->list()->front().has_password);
  EXPECT_EQ(outcome(people_->choose_password("anna", added.second, password)), "invalid_input");

  const auto late = people_->add(person("late")).value();
  clock_.advance(code_time);
  EXPECT_EQ(outcome(people_->choose_password("late", late.second, password)), "invalid_input");
}

TEST_F(PeopleTest, ACodeStaysGoodWhenThePasswordIsEasilyGuessed) {
  const auto added = people_->add(person("anna")).value();
  // As often as they like: these are no guesses at the code.
  for (int i = 0; i <= failures_max; ++i) {
    const auto refused = people_->choose_password("anna", added.second, "Test Force 2026");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("easily guessed"), std::string::npos);
  }
  EXPECT_FALSE(people_->list()->front().has_password);
  EXPECT_EQ(outcome(people_->choose_password("anna", added.second, password)), "ok");
  // Whoever has no code does not learn what is common with whom.
  const auto stranger = people_->choose_password("anna", added.second, "Test Force 2026");
  ASSERT_FALSE(stranger);
  EXPECT_EQ(stranger.error().message.find("easily guessed"), std::string::npos);
}

TEST_F(PeopleTest, KnowsTheNameOfWhoeverLeft) {
  const auto gone = ready("gone");
  EXPECT_EQ(people_->display_name(gone), "PC Test");
  ASSERT_TRUE(people_->deactivate(gone));
  EXPECT_EQ(people_->display_name(gone), "PC Test");
  EXPECT_EQ(outcome(people_->display_name(base::PersonId::parse("nobody").value())), "not_found");
  // And whose name was what.
  const auto name = people_->sign_in_name(gone).value();
  EXPECT_EQ(people_->person_named(name).value(), std::optional(gone));
  EXPECT_FALSE(people_->person_named("nobody").value());
  EXPECT_EQ(outcome(people_->sign_in_name(base::PersonId::parse("nobody").value())), "not_found");
}

TEST_F(PeopleTest, KnowsTheTeamAlsoOfWhoeverLeft) {
  ready("admin", {Role::administrator});
  const auto id = ready("worker");
  EXPECT_EQ(people_->line(id).value(), "");
  ASSERT_TRUE(people_->set_line(id, "north"));
  EXPECT_EQ(outcome(people_->set_line(id, std::string(line_size_max + 1, 'x'))), "invalid_input");
  const auto all = people_->list().value();
  EXPECT_EQ(std::ranges::find(all, id, &PersonRecord::id)->line, "north");
  ASSERT_TRUE(people_->deactivate(id));
  EXPECT_EQ(people_->line(id).value(), "north");
  EXPECT_EQ(outcome(people_->set_line(id, "south")), "not_found");
  EXPECT_EQ(outcome(people_->line(base::PersonId::random())), "not_found");
}

TEST_F(PeopleTest, TellsNobodyWhetherANameExists) {
  ready("anna");
  people_->add(person("fresh")).value();  // has not chosen a password
  const auto gone = ready("gone");
  ASSERT_TRUE(people_->deactivate(gone));
  for (const std::string name : {"anna", "fresh", "gone", "nobody", "Not A Name", ""}) {
    SCOPED_TRACE(name);
    std::string message;
    for (int i = 0; i < failures_max; ++i) {
      const auto answer = people_->sign_in({name, i == 0 ? "" : "wrong password"});
      ASSERT_FALSE(answer);
      EXPECT_EQ(answer.error().code, ErrorCode::not_found);
      EXPECT_EQ(answer.error().message, "no such sign-in name with this password");
    }
    EXPECT_EQ(outcome(people_->sign_in({name, password})), "limit_exceeded");
  }
}

TEST(Passwords, LeaveHalfOfTheProcessorsToOthers) {
  const std::pair<unsigned, std::ptrdiff_t> cases[] = {{0, 1}, {1, 1}, {2, 1}, {3, 1},
                                                       {4, 2}, {8, 4}, {64, 4}};
  for (const auto& [processors, want] : cases) {
    EXPECT_EQ(password_hashes_on(processors), want) << processors;
  }
}

TEST_F(PeopleTest, NobodysHashCostsWhatAPersonsDoes) {
  const auto hash = slow_hash("a password to compare with").value();
  const auto cost = [](std::string_view encoded) {
    return encoded.substr(0, encoded.rfind('$', encoded.rfind('$') - 1));  // "$argon2id$v=…$m=…"
  };
  EXPECT_EQ(cost(hash), cost(nobodys_hash()));
  EXPECT_EQ(hash.size(), nobodys_hash().size());
  EXPECT_FALSE(slow_match("", ""));
}

TEST_F(PeopleTest, WorksAsHardForANameThatNobodyHas) {
  ready("anna");
  const auto work = [this](std::string_view name) {
    const auto spent = [] {
      timespec now{};
      ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
      return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
    };
    const double before = spent();
    EXPECT_FALSE(people_->sign_in({name, "wrong password"}));
    return spent() - before;
  };
  double known = 0;
  double unknown = 0;
  for (int i = 0; i < 3; ++i) {
    known += work("anna");
    unknown += work("nobody");
  }
  // Without a hash to compare with, an answer takes a hundredth; the rest is other people's load.
  EXPECT_GT(unknown, known / 3);
  EXPECT_LT(unknown, known * 3);
}

TEST_F(PeopleTest, ManyGuessesAtOnceAreNoBetterThanFive) {
  ready("anna");
  std::atomic<int> looked_at{0};
  std::atomic<int> locked{0};
  {
    std::vector<std::jthread> guessers;
    for (int i = 0; i < 12; ++i) {
      guessers.emplace_back([&] {
        const auto answer = people_->sign_in({"anna", "wrong password"});
        ++(answer.error().code == ErrorCode::not_found ? looked_at : locked);
      });
    }
  }
  EXPECT_EQ(looked_at, failures_max);
  EXPECT_EQ(locked, 12 - failures_max);
}

TEST_F(PeopleTest, ASessionEndsWhenIdleAndAfterAShift) {
  ready("anna");
  const auto token = sign_in("anna");
  EXPECT_EQ(token.size(), 43U);  // 256 bits
  EXPECT_EQ(people_->session(token)->display_name, "PC Test");
  EXPECT_EQ(outcome(people_->session(token + "x")), "not_found");
  EXPECT_EQ(outcome(people_->session("")), "not_found");
  // Used every 29 minutes it lives, for a shift.
  const auto start = clock_.now();
  while (clock_.now() + std::chrono::minutes(29) < start + session_time) {
    clock_.advance(std::chrono::minutes(29));
    ASSERT_EQ(outcome(people_->session(token)), "ok");
  }
  clock_.advance(std::chrono::minutes(29));
  EXPECT_EQ(outcome(people_->session(token)), "not_found");

  const auto idle = sign_in("anna");
  clock_.advance(idle_time);
  EXPECT_EQ(outcome(people_->session(idle)), "not_found");
}

TEST_F(PeopleTest, SignsOutAndEndsTheOldestOfTooManySessions) {
  ready("anna");
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i <= sessions_max; ++i) {
    tokens.push_back(sign_in("anna"));
    clock_.advance(std::chrono::seconds(1));
  }
  EXPECT_EQ(outcome(people_->session(tokens[0])), "not_found");
  EXPECT_EQ(outcome(people_->session(tokens[1])), "ok");
  ASSERT_TRUE(people_->sign_out(tokens[1]));
  EXPECT_EQ(outcome(people_->session(tokens[1])), "not_found");
  EXPECT_EQ(outcome(people_->session(tokens[2])), "ok");
  EXPECT_TRUE(people_->sign_out("no such token"));
}

TEST_F(PeopleTest, ASessionHasThePersonAsTheyAreNow) {
  const auto admin = ready("admin", {Role::administrator});
  const auto anna = ready("anna");
  const auto token = sign_in("anna");
  const Role roles[] = {Role::list_owner, Role::control_operator, Role::list_owner};
  ASSERT_TRUE(people_->set_roles(anna, roles));
  EXPECT_EQ(people_->session(token)->person.roles,
            (std::vector{Role::list_owner, Role::control_operator}));
  EXPECT_EQ(people_->session(token)->person.id, anna);

  const auto code = people_->reset(anna).value();
  EXPECT_EQ(outcome(people_->session(token)), "not_found");
  EXPECT_EQ(outcome(people_->sign_in({"anna", password})), "not_found");
  ASSERT_TRUE(people_->choose_password("anna", code, password));
  const auto again = sign_in("anna");
  ASSERT_TRUE(people_->deactivate(anna));
  EXPECT_EQ(outcome(people_->session(again)), "not_found");
  EXPECT_EQ(outcome(people_->sign_in({"anna", password})), "not_found");
  for (const auto& result : {people_->set_roles(anna, roles), people_->deactivate(anna)}) {
    EXPECT_EQ(outcome(result), "not_found");
  }
  EXPECT_EQ(outcome(people_->reset(anna)), "not_found");

  const Role apart[] = {Role::administrator, Role::investigator};
  EXPECT_EQ(outcome(people_->set_roles(admin, apart)), "invalid_input");
}

TEST_F(PeopleTest, KeepsTheLastAdministrator) {
  const auto only = ready("one", {Role::administrator});
  const Role operator_role[] = {Role::control_operator};
  EXPECT_EQ(outcome(people_->deactivate(only)), "conflict");
  EXPECT_EQ(outcome(people_->set_roles(only, operator_role)), "conflict");
  const auto other = ready("two", {Role::administrator});
  EXPECT_EQ(outcome(people_->deactivate(only)), "ok");
  EXPECT_EQ(outcome(people_->deactivate(other)), "conflict");
}

TEST_F(PeopleTest, AnAdministratorWhoChoseNoPasswordIsNoOther) {
  const auto only = ready("one", {Role::administrator});
  const Role operator_role[] = {Role::control_operator};
  const auto added = people_->add(person("two", {Role::administrator})).value();
  EXPECT_EQ(outcome(people_->deactivate(only)), "conflict");
  EXPECT_EQ(outcome(people_->set_roles(only, operator_role)), "conflict");
  // Whoever never signed in may be taken away all the same.
  ASSERT_TRUE(people_->choose_password("two", added.second, password));
  ASSERT_TRUE(people_->reset(added.first));
  EXPECT_EQ(outcome(people_->set_roles(only, operator_role)), "conflict");
  EXPECT_EQ(outcome(people_->set_roles(added.first, operator_role)), "ok");
  const auto third = ready("three", {Role::administrator});
  EXPECT_EQ(outcome(people_->set_roles(only, operator_role)), "ok");
  EXPECT_EQ(outcome(people_->deactivate(third)), "conflict");
}

TEST_F(PeopleTest, KeepsNoSecretInTheClear) {
  const auto added = people_->add(person("anna")).value();
  ASSERT_TRUE(people_->choose_password("anna", added.second, password));
  const auto token = sign_in("anna");
  database_.reopen();
  std::string all;
  for (const auto& file : std::filesystem::directory_iterator(database_.folder())) {
    const auto bytes = base::read_file(file.path(), 10'000'000).value();
    all += base::as_text(bytes);
  }
  EXPECT_NE(all.find("anna"), std::string::npos);  // we do look at the right files
  EXPECT_EQ(all.find(password), std::string::npos);
  EXPECT_EQ(all.find(token), std::string::npos);
  EXPECT_EQ(all.find(added.second), std::string::npos);
  EXPECT_NE(all.find("$argon2id$"), std::string::npos);
}

}  // namespace
}  // namespace regmark::people
