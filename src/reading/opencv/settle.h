// How OpenCV behaves in this program. Only reading/opencv/ calls it.
#pragma once

namespace regmark::reading {

// One thread, and no talk on standard error. The library keeps both for the whole process; whoever
// calls it calls this first.
void settle();

}  // namespace regmark::reading
