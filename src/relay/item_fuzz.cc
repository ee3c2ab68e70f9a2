// Any bytes either fail cleanly or are an item that is written back as it was.
#include "base/check.h"
#include "relay/item.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> bytes(data, size);
  const auto item = regmark::relay::decode(bytes);
  if (!item) return 0;
  const auto again = regmark::relay::encode(*item);
  REGMARK_CHECK(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
  return 0;
}
