// What a camera hands in at once, in any of the three ways it may be sent.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "intake/forbidden.h"
#include "intake/intake.h"
#include "intake/read_json.h"

namespace regmark::intake {

struct ReadBatch {
  // In the order they were sent. A read that is wrong stands as its error, beside the others.
  std::vector<Result<ReadMessage>> messages;
  Dropped dropped;
};

// `content_type` as of Intake::accept(). Pictures that came with a read are checked to be JPEGs
// within sightings::picture_size_max; one that is not fails its read. Refused as a whole is what
// cannot be told apart into reads: an unknown content type or charset, a body that is no multipart,
// a picture that belongs to no read; and what is larger than a batch may be.
std::variant<ReadBatch, BatchRefused> read_batch(std::string_view content_type,
                                                 std::string_view body);

}  // namespace regmark::intake
