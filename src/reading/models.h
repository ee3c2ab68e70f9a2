// The two networks that are compiled into the program: see models/README.md.
#pragma once

#include <string>

#include "reading/engine.h"

namespace regmark::reading {

Model detector_model();
Model reader_model();

// Names program and networks, such as "regmark 0.1.0 detector 1a2b3c4d reader 5e6f7a8b": the same
// words mean the same reader. Goes with every read.
std::string reader_version();

}  // namespace regmark::reading
