// Adds people, changes their roles, ends their access.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

struct AddedPerson {
  base::PersonId id;
  std::string code;  // one-time, to choose a password with
};

// All fail as people::People does. set_roles(), set_standing(), move_person() and set_line() refuse
// whoever asks for themselves, whatever the policy: nobody makes themselves another.
Result<Answer<AddedPerson>> add_person(const Desk& desk, const Asker& asker,
                                       const people::NewPerson& person);
Result<Answer<Nothing>> set_roles(const Desk& desk, const Asker& asker,
                                  const base::PersonId& person,
                                  std::span<const access::Role> roles);
// Fails as people::People::set_standing does, and with
//   invalid_input   a rank or a course that the policy does not know
Result<Answer<Nothing>> set_standing(const Desk& desk, const Asker& asker,
                                     const base::PersonId& person, std::string_view rank,
                                     std::span<const access::Training> training);
// To another organisation. Fails as people::People::move does.
Result<Answer<Nothing>> move_person(const Desk& desk, const Asker& asker,
                                    const base::PersonId& person,
                                    const base::OrganisationId& organisation);
// The team that they are of. Fails as people::People::set_line does.
Result<Answer<Nothing>> set_line(const Desk& desk, const Asker& asker, const base::PersonId& person,
                                 std::string_view line);
Result<Answer<Nothing>> deactivate_person(const Desk& desk, const Asker& asker,
                                          const base::PersonId& person);
// Gives a new one-time code; the old password no longer works.
Result<Answer<std::string>> reset_person(const Desk& desk, const Asker& asker,
                                         const base::PersonId& person);
// App, keys and codes: they sign in with their password alone until they set up another.
Result<Answer<Nothing>> remove_second_factor(const Desk& desk, const Asker& asker,
                                             const base::PersonId& person);
// One of their security keys, which the record names.
Result<Answer<Nothing>> take_security_key(const Desk& desk, const Asker& asker,
                                          const base::PersonId& person,
                                          const people::SecurityKeyId& key);

}  // namespace regmark::desk
