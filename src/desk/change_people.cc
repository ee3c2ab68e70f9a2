#include "desk/change_people.h"

#include <algorithm>

#include "desk/ask.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;

namespace {

// The log must say which roles somebody was given, not only that they changed.
std::string with_roles(std::string subject, std::span<const access::Role> roles) {
  subject += " roles:";
  for (const auto role : roles) subject.append(" ").append(access::name(role));
  // Only roles that may not stand together make it longer, and those are refused by `people`.
  return subject.substr(0, access::subject_size_max);
}

// A rank that the policy does not know would be below every rank, and nobody would see why.
Result<void> check_standing(const access::Policy& policy, std::string_view rank,
                            std::span<const access::Training> training) {
  const auto& ranks = policy.ranks();
  if (!rank.empty() && std::ranges::find(ranks, rank) == ranks.end()) {
    return fail(ErrorCode::invalid_input, "the policy knows no such rank");
  }
  const auto& courses = policy.courses();
  for (const auto& one : training) {
    if (std::ranges::find(courses, one.course) == courses.end()) {
      return fail(ErrorCode::invalid_input, "the policy knows no such course");
    }
  }
  return {};
}

// What makes somebody another to the system is refused where it is their own.
Asker changing(const Asker& asker, const base::PersonId& person) {
  auto about_whom = asker;
  about_whom.whom = person;
  return about_whom;
}

}  // namespace

Result<Answer<AddedPerson>> add_person(const Desk& desk, const Asker& asker,
                                       const people::NewPerson& person) {
  return ask_for_key(desk, asker, Act::change_people,
                     about(with_roles(person.sign_in_name, person.roles)), "add_person",
                     [&](const Receipt&) -> Result<AddedPerson> {
                       REGMARK_TRY(check_standing(desk.policy, person.rank, person.training));
                       REGMARK_ASSIGN(auto added, desk.people.add(person));
                       return AddedPerson{std::move(added.first), std::move(added.second)};
                     });
}

Result<Answer<Nothing>> set_roles(const Desk& desk, const Asker& asker,
                                  const base::PersonId& person,
                                  std::span<const access::Role> roles) {
  return ask(desk, changing(asker, person), Act::change_people,
             about(with_roles(person.text(), roles)),
             [&](const Receipt&) { return nothing(desk.people.set_roles(person, roles)); });
}

Result<Answer<Nothing>> set_standing(const Desk& desk, const Asker& asker,
                                     const base::PersonId& person, std::string_view rank,
                                     std::span<const access::Training> training) {
  auto subject = person.text() + " rank: " + std::string(rank);
  for (const auto& one : training) {
    subject.append(" ").append(one.course).append(" until ").append(base::format_utc(one.until));
  }
  return ask(desk, changing(asker, person), Act::change_people,
             about(subject.substr(0, access::subject_size_max)),
             [&](const Receipt&) -> Result<Nothing> {
               REGMARK_TRY(check_standing(desk.policy, rank, training));
               return nothing(desk.people.set_standing(person, rank, training));
             });
}

Result<Answer<Nothing>> move_person(const Desk& desk, const Asker& asker,
                                    const base::PersonId& person,
                                    const base::OrganisationId& organisation) {
  return ask(
      desk, changing(asker, person), Act::change_people,
      about((person.text() + " to: " + organisation.text()).substr(0, access::subject_size_max)),
      [&](const Receipt&) { return nothing(desk.people.move(person, organisation)); });
}

Result<Answer<Nothing>> set_line(const Desk& desk, const Asker& asker, const base::PersonId& person,
                                 std::string_view line) {
  const auto subject = person.text() + " line: " + std::string(line);
  return ask(desk, changing(asker, person), Act::change_people,
             about(subject.substr(0, access::subject_size_max)),
             [&](const Receipt&) { return nothing(desk.people.set_line(person, line)); });
}

Result<Answer<Nothing>> deactivate_person(const Desk& desk, const Asker& asker,
                                          const base::PersonId& person) {
  return ask_for_key(desk, asker, Act::change_people, about(person.text()), "end_person",
                     [&](const Receipt&) { return nothing(desk.people.deactivate(person)); });
}

Result<Answer<std::string>> reset_person(const Desk& desk, const Asker& asker,
                                         const base::PersonId& person) {
  return ask_for_key(desk, asker, Act::change_people, about(person.text()), "reset_person",
                     [&](const Receipt&) { return desk.people.reset(person); });
}

Result<Answer<Nothing>> remove_second_factor(const Desk& desk, const Asker& asker,
                                             const base::PersonId& person) {
  return ask_for_key(desk, asker, Act::change_people, about(person.text() + " second factor"),
                     "remove_second_factor", [&](const Receipt&) {
                       return nothing(desk.people.remove_second_factor(person));
                     });
}

Result<Answer<Nothing>> take_security_key(const Desk& desk, const Asker& asker,
                                          const base::PersonId& person,
                                          const people::SecurityKeyId& key) {
  return ask_for_key(
      desk, asker, Act::change_people, about(person.text() + " security key " + key.text()),
      "take_security_key",
      [&](const Receipt&) { return nothing(desk.people.take_security_key(person, key)); });
}

}  // namespace regmark::desk
