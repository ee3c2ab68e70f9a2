#include "desk/change_organisations.h"

#include "desk/ask.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;

namespace {

// The log must say where in the tree somebody put it: that decides who may judge what its people
// do.
access::Scope placed(const base::OrganisationId& id, const people::OrganisationAbout& what) {
  auto subject = "organisation " + id.text() + " " + std::string(people::name(what.kind));
  if (what.parent) subject += " of " + what.parent->text();
  return about(subject.substr(0, access::subject_size_max));
}

}  // namespace

Result<Answer<Nothing>> add_organisation(const Desk& desk, const Asker& asker,
                                         const base::OrganisationId& id,
                                         const people::OrganisationAbout& about) {
  return ask(desk, asker, Act::change_people, placed(id, about),
             [&](const Receipt&) { return nothing(desk.people.organisations().add(id, about)); });
}

Result<Answer<Nothing>> change_organisation(const Desk& desk, const Asker& asker,
                                            const base::OrganisationId& id,
                                            const people::OrganisationAbout& about) {
  return ask(desk, asker, Act::change_people, placed(id, about), [&](const Receipt&) {
    return nothing(desk.people.organisations().change(id, about));
  });
}

Result<Answer<Nothing>> close_organisation(const Desk& desk, const Asker& asker,
                                           const base::OrganisationId& id) {
  return ask(desk, asker, Act::change_people, about("organisation " + id.text() + " closed"),
             [&](const Receipt&) { return nothing(desk.people.organisations().close(id)); });
}

}  // namespace regmark::desk
