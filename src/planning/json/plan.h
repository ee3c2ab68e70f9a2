// A plan as JSON, with the record behind each recommendation: docs/formats/plan.md.
#pragma once

#include <string>

#include "planning/inputs.h"
#include "planning/network.h"
#include "planning/plan.h"

namespace regmark::planning {

enum class Map : std::uint8_t { left_out, drawn };  // the roads' shapes, for whoever draws them

// `digest` says which texts it was made from: plan_digest().
std::string plan_json(const Plan& plan, const Network& network, const Inputs& inputs,
                      const std::string& digest, Map map);

// SHA-256 of the inputs' and the network's texts: with both at hand anybody can make it again.
std::string plan_digest(std::string_view inputs, std::string_view network);

}  // namespace regmark::planning
