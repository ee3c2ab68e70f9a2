// Frames got ready while the one before is read, so that decoding and reading share two cores.
#pragma once

#include <memory>
#include <stop_token>

#include "reading/frame.h"

namespace regmark::reading {

// Gives what `source` gives, in the same order, failure or end included. A thread of its own asks
// for the next frame while the last one is worked on; it is never more than two ahead, so that
// large frames do not pile up. When `stop` is requested next() gives nothing. Destroyed, it waits
// for the frame that is being decoded.
std::unique_ptr<FrameSource> read_ahead(std::unique_ptr<FrameSource> source, std::stop_token stop);

}  // namespace regmark::reading
