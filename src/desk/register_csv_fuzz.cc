// Any bytes either fail cleanly, naming the line, or give sites whose cameras are all entries too.
#include "base/check.h"
#include "desk/register_csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = regmark::desk::read_register_csv(text);
  if (!read) return 0;
  std::size_t standing = 0;
  for (const auto& site : read->sites) {
    REGMARK_CHECK(!site.cameras.empty());
    standing += site.cameras.size();
  }
  REGMARK_CHECK(standing <= read->entries.cameras.size());
  return 0;
}
