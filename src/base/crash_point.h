// Places where a power cut would hurt most, so that tests can cut the power there.
#pragma once

namespace regmark::base {

// Does nothing, unless REGMARK_CRASH_AT=N stands in the environment of the process: then the Nth
// call of the process kills it at once (SIGKILL), as kill -9 would. Call it between any two steps
// of a durable change. The name is for the reader and for REGMARK_CRASH_NAMED=name, which counts
// only the calls with that name.
void crash_point(const char* name);

}  // namespace regmark::base
