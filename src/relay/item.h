// One spooled read as bytes, and back.
#pragma once

#include <span>

#include "base/crypto.h"
#include "base/result.h"
#include "relay/spool.h"

namespace regmark::relay {

base::Bytes encode(const Item& item);

// Fails with
//   corrupt   anything that encode() would not have written
Result<Item> decode(std::span<const std::uint8_t> bytes);

}  // namespace regmark::relay
