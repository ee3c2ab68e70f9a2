// Shows who may sign in, and with which roles.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

Result<Answer<std::vector<people::PersonRecord>>> read_people(const Desk& desk, const Asker& asker);

}  // namespace regmark::desk
