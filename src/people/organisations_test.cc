#include "people/organisations.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "access/organisations.h"
#include "people/people_testing.h"

namespace regmark::people {
namespace {

using enum OrganisationKind;

base::OrganisationId id(std::string_view text) {
  return base::OrganisationId::parse(text).value();
}

std::string ids(const std::vector<base::OrganisationId>& all) {
  std::string text;
  for (const auto& one : all) text += (text.empty() ? "" : " ") + one.text();
  return text;
}

class OrganisationsTest : public testing::Test {
 protected:
  std::string add(std::string_view of, OrganisationKind kind, std::string_view parent = {}) {
    return outcome(people_->organisations().add(id(of), about(kind, parent)));
  }
  std::string change(std::string_view of, OrganisationKind kind, std::string_view parent = {}) {
    return outcome(people_->organisations().change(id(of), about(kind, parent)));
  }
  std::string close(std::string_view of) { return outcome(people_->organisations().close(id(of))); }
  static OrganisationAbout about(OrganisationKind kind, std::string_view parent) {
    OrganisationAbout about{.kind = kind, .name = "Somewhere"};
    if (!parent.empty()) about.parent = id(parent);
    return about;
  }
  OrganisationRecord record(std::string_view of) {
    const auto all = people_->organisations().list().value();
    for (const auto& one : all) {
      if (one.id == id(of)) return one;
    }
    ADD_FAILURE() << "there is no such record";
    return {.id = id(of), .about = {}, .since = {}};
  }

  TestPeople people_;  // with "test-force"
};

TEST_F(OrganisationsTest, AreATreeInWhichEachIsPartOfAHigherKind) {
  struct Case {
    std::string_view id;
    OrganisationKind kind;
    std::string_view parent, want;
  };
  constexpr Case cases[] = {
      {"nation", national, "", "ok"},
      {"north", region, "nation", "ok"},
      {"force-1", force, "north", "ok"},
      {"force-2", force, "nation", "ok"},
      {"charity", partner, "force-1", "ok"},
      // Errors, in the order the header promises them.
      {"force-3", force, "force-1", "invalid_input"},
      {"force-3", force, "charity", "invalid_input"},
      {"force-1", region, "force-2", "invalid_input"},
      {"force-3", force, "nowhere", "not_found"},
      {"force-1", force, "nowhere", "not_found"},
      {"force-1", force, "north", "conflict"},
  };
  for (const auto& [of, kind, parent, want] : cases) {
    SCOPED_TRACE(of);
    EXPECT_EQ(add(of, kind, parent), want);
  }
  for (const auto* name : {"", "  ", "a\nb"}) {
    SCOPED_TRACE(name);
    EXPECT_EQ(outcome(people_->organisations().add(id("force-4"), {.name = name})),
              "invalid_input");
  }
  const OrganisationAbout long_named{.name = std::string(organisation_name_size_max + 1, 'x')};
  EXPECT_EQ(outcome(people_->organisations().add(id("force-4"), long_named)), "invalid_input");
  EXPECT_EQ(people_->organisations().list()->size(), 6U);
  const auto north = record("north");
  EXPECT_EQ(north.about.kind, region);
  EXPECT_EQ(north.about.name, "Somewhere");
  EXPECT_EQ(north.about.parent, id("nation"));
  EXPECT_EQ(north.since, people_.clock.now());
  EXPECT_FALSE(north.until);
  EXPECT_FALSE(north.taken_over);
}

TEST_F(OrganisationsTest, StayATreeWhateverIsChanged) {
  ASSERT_EQ(add("nation", national), "ok");
  ASSERT_EQ(add("north", region, "nation"), "ok");
  ASSERT_EQ(add("force-1", force, "north"), "ok");
  EXPECT_EQ(change("north", force, "nation"), "invalid_input");  // a force is part of it
  EXPECT_EQ(change("nation", region), "invalid_input");          // a region is
  EXPECT_EQ(change("north", region, "north"), "invalid_input");  // of itself
  EXPECT_EQ(change("force-1", partner, "force-1"), "invalid_input");
  EXPECT_EQ(change("nation", national, "north"), "invalid_input");
  EXPECT_EQ(change("nowhere", force), "not_found");
  EXPECT_EQ(change("force-1", force, "nowhere"), "not_found");
  EXPECT_EQ(change("force-1", partner, "nation"), "ok");
  EXPECT_EQ(record("force-1").about.parent, id("nation"));
  EXPECT_EQ(change("north", force), "ok");
}

TEST_F(OrganisationsTest, CloseWhenNothingBelongsToThemAnyMore) {
  ASSERT_EQ(add("north", region), "ok");
  ASSERT_EQ(add("south", region), "ok");
  ASSERT_EQ(change("test-force", force, "north"), "ok");
  const auto ann = people_.ready("ann");
  EXPECT_EQ(record("test-force").people, 1U);
  EXPECT_EQ(close("test-force"), "conflict");
  EXPECT_EQ(close("north"), "conflict");
  const auto token = people_->sign_in({"ann", test_password})->token;
  EXPECT_EQ(outcome(people_->move(ann, id("nowhere"))), "not_found");
  ASSERT_EQ(outcome(people_->move(ann, id("south"))), "ok");
  EXPECT_EQ(outcome(people_->session(token)), "not_found");
  EXPECT_EQ(people_->find(ann)->organisation, id("south"));
  ASSERT_EQ(close("test-force"), "ok");
  EXPECT_EQ(record("test-force").until, people_.clock.now());
  ASSERT_EQ(close("north"), "ok");
  // A closed one takes nobody, is nobody's part, and its id is not given again.
  EXPECT_EQ(close("test-force"), "not_found");
  EXPECT_EQ(outcome(people_->move(ann, id("test-force"))), "not_found");
  EXPECT_EQ(outcome(people_->add({.sign_in_name = "bob",
                                  .display_name = "Bob",
                                  .organisation = id("test-force"),
                                  .roles = {access::Role::patrol}})),
            "not_found");
  EXPECT_EQ(change("nowhere", force), "not_found");
  EXPECT_EQ(add("force-9", force, "north"), "not_found");
  EXPECT_EQ(add("north", region), "conflict");
  // Somebody whose access is over belongs nowhere.
  ASSERT_EQ(outcome(people_->deactivate(ann)), "ok");
  EXPECT_EQ(close("south"), "ok");
  EXPECT_EQ(outcome(people_->move(ann, id("nowhere"))), "not_found");
  // What its people left to others must not stay nobody's.
  ASSERT_EQ(change("north", region), "ok");
  EXPECT_FALSE(record("north").until);
  EXPECT_EQ(change("test-force", force, "north"), "ok");
}

TEST_F(OrganisationsTest, EverybodyKnowsTheirPlace) {
  ASSERT_EQ(add("nation", national), "ok");
  ASSERT_EQ(add("north", region, "nation"), "ok");
  ASSERT_EQ(add("force-2", force, "north"), "ok");
  ASSERT_EQ(add("force-3", force, "nation"), "ok");
  ASSERT_EQ(add("charity", partner, "force-2"), "ok");
  const auto ann = people_.ready("ann");
  EXPECT_EQ(ids(people_->find(ann)->part_of), "");
  const auto token = people_->sign_in({"ann", test_password})->token;
  ASSERT_EQ(change("test-force", force, "north"), "ok");
  // At once, in the open session too.
  EXPECT_EQ(ids(people_->session(token)->person.part_of), "north nation");
  EXPECT_EQ(ids(people_->session(token)->person.parts), "");
  ASSERT_EQ(outcome(people_->move(ann, id("north"))), "ok");
  auto person = people_->find(ann).value();
  EXPECT_EQ(ids(person.part_of), "nation");
  EXPECT_EQ(ids(person.parts), "charity force-2 test-force");
  EXPECT_TRUE(access::answers_for(person, id("charity")));
  EXPECT_TRUE(access::answers_for(person, id("north")));
  EXPECT_FALSE(access::answers_for(person, id("nation")));
  EXPECT_FALSE(access::answers_for(person, id("force-3")));
  EXPECT_TRUE(access::belongs_to(person, id("nation")));
  EXPECT_TRUE(access::belongs_to(person, id("north")));
  EXPECT_FALSE(access::belongs_to(person, id("force-2")));
  EXPECT_EQ(access::answered_for(person), " north charity force-2 test-force ");
  // What a closed part's people did is still theirs to answer for.
  ASSERT_EQ(close("charity"), "ok");
  EXPECT_EQ(ids(people_->find(ann)->parts), "charity force-2 test-force");
}

TEST_F(OrganisationsTest, AreSoManyAtMost) {
  for (std::size_t at = 1; at < organisations_max; ++at) {
    ASSERT_EQ(add("force-" + std::to_string(at), force), "ok");
  }
  EXPECT_EQ(add("one-more", force), "limit_exceeded");
}

// A folder of before there were records of organisations.
TEST(OrganisationsTakenOver, LockNobodyOut) {
  base::ManualClock clock;
  records::TestDatabase database;
  const auto all = People::migrations();
  const auto before = std::ranges::find(all, "people/007", &records::Migration::name);
  ASSERT_NE(before, all.end());
  ASSERT_TRUE(database->migrate(std::span(all.begin(), before)));
  ASSERT_TRUE(database->write([&](records::Transaction& transaction) -> Result<void> {
    for (const char* person :
         {"('p-1', 'ann', 'Ann', 'force-1', 1, 2000)", "('p-2', 'bob', 'Bob', 'force-1', 0, 1000)",
          "('p-3', 'cat', 'Cat', 'office', 1, 3000)"}) {
      REGMARK_TRY(
          transaction.run("INSERT INTO people (id, sign_in_name, display_name, "
                          "organisation, active, created_at) VALUES " +
                          std::string(person)));
    }
    REGMARK_TRY(transaction.run("INSERT INTO person_roles VALUES ('p-3', 'administrator', 0)"));
    return {};
  }));
  database.reopen();
  ASSERT_TRUE(database->migrate(all));
  People people(*database, clock, {.key = base::Key{9}});
  const auto there = people.organisations().list().value();
  ASSERT_EQ(there.size(), 2U);
  EXPECT_EQ(there[0].id, id("force-1"));
  EXPECT_EQ(there[0].about.name, "force-1");
  EXPECT_EQ(there[0].about.kind, force);
  EXPECT_TRUE(there[0].taken_over);
  EXPECT_EQ(there[0].since, base::UtcTime(std::chrono::microseconds(1'000)));
  EXPECT_EQ(there[0].people, 1U);
  EXPECT_EQ(there[1].id, id("office"));
  // They choose passwords and sign in as ever.
  const auto ann = base::PersonId::parse("p-1").value();
  const auto code = people.reset(ann).value();
  ASSERT_TRUE(people.choose_password("ann", code, test_password));
  EXPECT_EQ(people.sign_in({"ann", test_password})->session.person.organisation, id("force-1"));
  EXPECT_FALSE(people.make_first_administrator().value());
  // Whoever changes people says what it is.
  ASSERT_TRUE(people.organisations().change(id("force-1"), {.kind = region, .name = "The North"}));
  EXPECT_FALSE(people.organisations().list()->front().taken_over);
}

}  // namespace
}  // namespace regmark::people
