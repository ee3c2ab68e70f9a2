// What a policy lets people do and then lets nobody look after: no fault of the file, which holds
// together, but of the office that would work under it.
#pragma once

#include <string>
#include <vector>

#include "access/policy.h"

namespace regmark::access {

// In words, one for each; empty: none.
std::vector<std::string> gaps(const Policy& policy);

// What it leaves open that a force may want to say; in words, likewise. None is a fault.
std::vector<std::string> remarks(const Policy& policy);

}  // namespace regmark::access
