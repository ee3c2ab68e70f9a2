#include "desk/read_people.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<std::vector<people::PersonRecord>>> read_people(const Desk& desk,
                                                              const Asker& asker) {
  return ask(desk, asker, access::Act::read_people, {},
             [&](const audit::Receipt&) { return desk.people.list(); });
}

Result<Answer<std::vector<people::OrganisationRecord>>> read_organisations(const Desk& desk,
                                                                           const Asker& asker) {
  return ask(desk, asker, access::Act::read_people, about("organisations"),
             [&](const audit::Receipt&) { return desk.people.organisations().list(); });
}

}  // namespace regmark::desk
