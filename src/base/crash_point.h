// Places where a power cut would hurt most, so that tests can cut the power there.
#pragma once

namespace regmark::base {

// Does nothing, unless a crash is planned: then the Nth call of the process kills it at once
// (SIGKILL), as kill -9 would. Call it between any two steps of a durable change. The name is for
// the reader, and for a plan that counts only the calls with that name.
void crash_point(const char* name);

// Plans a crash at the Nth call from now on; 0: none. For tests, in a child of their own. Whole
// programs are told by REGMARK_CRASH_AT=N and REGMARK_CRASH_NAMED=name in their environment, which
// is read at the first call.
void plan_crash(long at, const char* named = nullptr);

}  // namespace regmark::base
