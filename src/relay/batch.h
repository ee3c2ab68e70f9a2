// Spooled reads as the multipart body that POST /v1/reads takes.
#pragma once

#include <span>
#include <string>

#include "base/time.h"
#include "relay/spool.h"

namespace regmark::relay {

struct Body {
  std::string content_type;
  std::string bytes;
};

// Writes `sent` into each read: the sender's clock now, against which the office measures skew.
Body batch_of(std::span<const Item> items, base::UtcTime sent);

}  // namespace regmark::relay
