// Any bytes either fail cleanly or are the one encoding of what they read as; bundles and frames of
// details never read past their end.
#include <algorithm>

#include "audit/internal/details.h"
#include "audit/internal/leaf.h"
#include "audit/internal/tiles.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark;
  const std::span<const std::uint8_t> bytes(data, size);
  if (const auto leaf = audit::decode_leaf(bytes)) {
    const auto again = audit::encode(*leaf);
    REGMARK_CHECK(again && std::ranges::equal(*again, bytes));
  }
  const auto bundle = audit::read_bundle(bytes);
  base::Bytes written;
  for (const auto& entry : bundle.entries) {
    (void)audit::decode_leaf(entry);
    audit::add_entry(written, entry);
  }
  REGMARK_CHECK(std::ranges::equal(written, bytes.first(bundle.used)));
  const auto hashes = audit::decode_tile(bytes, size / 32);
  REGMARK_CHECK(hashes.has_value() == (size % 32 == 0));

  std::uint64_t number = 0;
  for (const auto byte : bytes.first(std::min<std::size_t>(size, 8))) number = number << 8U | byte;
  if (const auto frame = audit::read_frame(bytes, number)) {
    base::Bytes again;
    audit::add_frame(again, frame->details);
    REGMARK_CHECK(std::ranges::equal(again, bytes.first(frame->size)));
  }
  return 0;
}
