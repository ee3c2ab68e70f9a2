// Whether one scope lies inside another: exact, so that asking for more never helps.
#pragma once

#include <string_view>

#include "access/decide.h"

namespace regmark::access {

// Whether every plate that fits `inner` fits `outer`. Both are plates or patterns with * and ?,
// empty: any; letters count alike in both cases, blanks and hyphens count nothing.
// An outer pattern whose automaton has more than 4,096 states covers nothing: see can_cover().
bool pattern_covers(std::string_view outer, std::string_view inner);

// Whether pattern_covers() can tell for this outer pattern. Only ones such as "*A????????????" are
// too rich: many places where a star may end, and each remembered for long.
bool can_cover(std::string_view outer);

// Plates, cameras, area, window and rows of `inner` are all within those of `outer`. An outer
// window that is missing covers none: nobody is given leave for all time.
bool scope_covers(const Scope& outer, const Scope& inner);

}  // namespace regmark::access
