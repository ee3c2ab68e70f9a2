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
  // Whatever says nothing new was missing from nothing.
  const std::vector<bool> all_held(read->entries.cameras.size(), true);
  const auto anew = regmark::desk::missing_in(*read, all_held);
  const auto first = regmark::desk::missing_in(*read, {});
  for (std::size_t i = 0; i < anew.size(); ++i) {
    REGMARK_CHECK(anew[i].cameras <= first[i].cameras);
    REGMARK_CHECK(first[i].cameras <= read->entries.cameras.size());
  }
  REGMARK_CHECK(read->entries.lines.cameras.size() == read->entries.cameras.size());
  return 0;
}
