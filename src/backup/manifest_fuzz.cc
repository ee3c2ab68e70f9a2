// Any bytes either fail cleanly or give a manifest, or a ring, that is written as it was read.
#include "backup/manifest.h"
#include "backup/ring.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto manifest = regmark::backup::parse_manifest(text)) {
    const auto again = regmark::backup::parse_manifest(to_text(*manifest));
    REGMARK_CHECK(again && *again == *manifest);
  }
  if (const auto ring = regmark::backup::parse_ring(text)) {
    const auto again = regmark::backup::parse_ring(to_text(*ring));
    REGMARK_CHECK(again && to_text(*again) == to_text(*ring));
  }
  return 0;
}
