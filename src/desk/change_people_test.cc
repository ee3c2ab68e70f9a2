// Whoever makes people makes others, and never themselves.
#include "desk/change_people.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "desk/desk_testing.h"

namespace regmark::desk {
namespace {

using access::Role;

constexpr std::string_view own =
    "nobody may change their own roles, rank, training, line or organisation: another "
    "administrator does it";

class ChangePeople : public ::testing::Test {
 protected:
  // Somebody of the people's book, as they ask.
  Asker added(const std::string& name, Role role) {
    const auto made = rooms_.people->add(
        {.sign_in_name = name, .display_name = name, .organisation = force_, .roles = {role}});
    REGMARK_CHECK(made.has_value());
    REGMARK_CHECK(rooms_.people->choose_password(name, made->second, people::test_password));
    return rooms_.person(made->first.text(), role);
  }
  // What each of the acts says that make somebody another to the system.
  std::vector<std::string> each(const Asker& asker, const base::PersonId& whom) {
    const Role roles[] = {Role::investigator};
    return {words(set_standing(desk(), asker, whom, "inspector", {})),
            words(set_line(desk(), asker, whom, "north")),
            words(move_person(desk(), asker, whom, force_)),
            words(set_roles(desk(), asker, whom, roles))};
  }
  std::size_t refusals() {
    const auto all = rooms_.records();
    return static_cast<std::size_t>(std::ranges::count(
        all, audit::Operation::refusal, [](const auto& one) { return one.shown.operation; }));
  }
  const Desk& desk() const { return *rooms_.desk; }

  TestDesk rooms_;
  const base::OrganisationId force_ = base::OrganisationId::parse("test-force").value();
};

TEST_F(ChangePeople, NobodyMakesThemselvesAnother) {
  const auto first = added("first", Role::administrator);
  const auto second = added("second", Role::administrator);
  const auto before = refusals();
  EXPECT_EQ(each(first, first.person.id), std::vector<std::string>(4, std::string(own)));
  // Each is on record as other refusals are.
  EXPECT_EQ(refusals() - before, 4U);
  const auto still = rooms_.people->find(first.person.id).value();
  EXPECT_EQ(still.roles, std::vector{Role::administrator});
  EXPECT_EQ(still.rank, "");
  EXPECT_EQ(rooms_.people->line(first.person.id).value(), "");
  // Another does it.
  EXPECT_EQ(each(second, first.person.id), std::vector<std::string>(4, "done"));
  EXPECT_EQ(rooms_.people->find(first.person.id)->roles, std::vector{Role::investigator});
}

// As the first administrator did who meant to search: the other had never signed in.
TEST_F(ChangePeople, OneWhoNeverSignedInTakesNobodysPlace) {
  const auto first = added("first", Role::administrator);
  const people::NewPerson other{.sign_in_name = "adm2",
                                .display_name = "Another",
                                .organisation = force_,
                                .roles = {Role::administrator}};
  ASSERT_EQ(words(add_person(desk(), first, other)), "done");
  const Role investigator[] = {Role::investigator};
  EXPECT_EQ(words(set_roles(desk(), first, first.person.id, investigator)), own);
  EXPECT_EQ(words(deactivate_person(desk(), first, first.person.id)),
            "this is the last administrator who has signed in: another must choose a password "
            "first");
}

}  // namespace
}  // namespace regmark::desk
