// How somebody's organisation stands to others: a force is part of a region, a region of the
// nation. The tree itself is kept by `people`; a Person carries their own place in it.
#pragma once

#include <string>

#include "access/decide.h"

namespace regmark::access {

// Whether it is their own organisation, or one that is part of it.
bool answers_for(const Person& person, const base::OrganisationId& organisation);
// Whether it is their own organisation, or one that it is part of.
bool belongs_to(const Person& person, const base::OrganisationId& organisation);
// All that they answer for, each id between spaces, for records to look ids up in.
std::string answered_for(const Person& person);

}  // namespace regmark::access
