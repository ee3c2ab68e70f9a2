// Parts of named_schemas(), by what they are of.
#pragma once

#include <cstddef>

#include "api/internal/schema.h"

namespace regmark::api {

inline constexpr std::size_t name_length_max = 200;

// Sites, their files and reviews, deployments and cameras.
Json estate_shapes();
// One of the kinds that the register counts by.
Json camera_kind();
// Notes of searches, reviews, signals, keepers' requests.
Json oversight_shapes();

}  // namespace regmark::api
