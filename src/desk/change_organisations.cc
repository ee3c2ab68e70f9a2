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

// What would be nobody's once it is closed.
Result<void> check_leaves_nothing(const Desk& desk, const base::OrganisationId& id) {
  REGMARK_ASSIGN(const auto reviews, desk.oversight.reviews.open_of(id));
  REGMARK_ASSIGN(const auto holds, desk.holds.open_of(id));
  REGMARK_ASSIGN(const auto requests, desk.oversight.subjects.open_of(id));
  if (reviews + holds + requests == 0) return {};
  return fail(ErrorCode::conflict,
              "it leaves " + std::to_string(reviews) + " searches to be reviewed, " +
                  std::to_string(holds) + " holds and " + std::to_string(requests) +
                  " subject requests: its people, or those above it, must end them first");
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
             [&](const Receipt&) -> Result<Nothing> {
               REGMARK_TRY(check_leaves_nothing(desk, id));
               return nothing(desk.people.organisations().close(id));
             });
}

}  // namespace regmark::desk
