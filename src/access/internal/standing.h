// What a person and their purpose must be, have or show, beside a role.
#pragma once

#include <string>

#include "access/internal/malformed.h"
#include "access/internal/rules.h"

namespace regmark::access {

// Why a purpose is not what a rule needs; empty: it is.
Reasons lacks_in(const Policy::Rules& rules, const PermitRule& rule, const Request& request);

// What no policy can leave open: an authority is a senior officer's to give, whatever the rules.
Reasons not_theirs_to_give(const Policy::Rules& rules, const Request& request);

// Nobody is above the rules, a policy's author included: whoever makes people does not look.
Reasons not_for_administrators(const Request& request);

// Why the authority that comes with a request does not reach it; empty: it does, or is none of
// this kind.
Reasons beyond_authority(const std::string& kind, const Request& request);

}  // namespace regmark::access
