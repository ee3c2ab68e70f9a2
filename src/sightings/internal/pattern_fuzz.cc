// Any text either fails cleanly or is a pattern, which matches the only plate that it names.
#include "base/check.h"
#include "sightings/internal/pattern.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::sightings::internal;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto pattern = Pattern::parse(text);
  if (!pattern) return 0;
  if (const auto word = pattern->exact()) {
    REGMARK_CHECK(pattern->matches(*word));
    REGMARK_CHECK(plate_of(number_of_word(*word)).has_value());
  }
  return 0;
}
