// What the details of a record say, as JSON.
#pragma once

#include <string>

#include "access/decide.h"
#include "audit/log.h"

namespace regmark::audit {

// Never longer than record_size_max: decide() bounds what a permit holds, and of a refused request
// what is past those bounds is left out and counted.
std::string details_of(const access::Permit& permit);
std::string details_of(const access::Request& request, const access::Refusal& refusal);
std::string details_of(const Receipt& receipt, const Outcome& outcome);

// Which of the operations of DPA 2018 s.62(1) an act is.
Operation operation_of(access::Act act);

}  // namespace regmark::audit
