// One picture of a source, with its time.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/result.h"
#include "base/time.h"
#include "plate/read.h"
#include "reading/picture.h"

namespace regmark::reading {

struct Frame {
  Picture picture;
  base::UtcTime at;  // when it was taken, as far as that is known
  plate::TimeSource at_by = plate::TimeSource::assumed;
  std::chrono::microseconds position{0};  // since the source began; never runs backwards
};

// Where frames come from, in order. Used by one thread at a time.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  // Nothing: the source is at its end, or was told to stop. Fails with
  //   unavailable      the file or stream went away for good
  //   invalid_input    what comes cannot be decoded
  virtual Result<std::optional<Frame>> next() = 0;
  // Frames that came and were passed over, because reading takes longer than they do to come.
  virtual std::uint64_t skipped() const { return 0; }
  // Frames that came and could not be decoded, or not whole: nothing is known of what they showed.
  virtual std::uint64_t damaged() const { return 0; }
};

}  // namespace regmark::reading
