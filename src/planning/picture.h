// A plan as one HTML page with a map, which needs nothing from elsewhere.
#pragma once

#include <string>

#include "planning/inputs.h"
#include "planning/network.h"
#include "planning/plan.h"

namespace regmark::planning {

// Everything that comes from the inputs is shown as text. For the force's own use: it has the
// places of cameras, and says so.
std::string plan_page(const Plan& plan, const Network& network, const Inputs& inputs,
                      const std::string& digest);

}  // namespace regmark::planning
