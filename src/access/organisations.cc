#include "access/organisations.h"

#include <algorithm>

namespace regmark::access {

bool answers_for(const Person& person, const base::OrganisationId& organisation) {
  return person.organisation == organisation ||
         std::ranges::find(person.parts, organisation) != person.parts.end();
}

bool belongs_to(const Person& person, const base::OrganisationId& organisation) {
  return person.organisation == organisation ||
         std::ranges::find(person.part_of, organisation) != person.part_of.end();
}

std::string answered_for(const Person& person) {
  std::string ids = " " + person.organisation.text() + " ";
  for (const auto& part : person.parts) ids += part.text() + " ";
  return ids;
}

}  // namespace regmark::access
