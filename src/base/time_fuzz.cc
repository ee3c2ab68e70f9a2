// Any text either fails cleanly or is a time that reads back as itself.
#include "base/check.h"
#include "base/time.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto once = regmark::base::parse_utc(text);
  if (!once) return 0;
  const auto twice = regmark::base::parse_utc(regmark::base::format_utc(*once));
  REGMARK_CHECK(twice && *twice == std::chrono::floor<std::chrono::milliseconds>(*once));
  return 0;
}
