#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "reading/measure_file.h"

// Any text behind the header either fails cleanly or gives outcomes that read back as themselves.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::reading;
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  const auto read = parse_outcomes(text_of({}) + std::string(typed));
  if (!read) return 0;
  Tally run;
  run.outcomes = *read;
  const auto again = parse_outcomes(text_of(run));
  REGMARK_CHECK(again && again->size() == read->size());
  REGMARK_CHECK(text_of(run) == [&] {
    Tally twice;
    twice.outcomes = *again;
    return text_of(twice);
  }());
  return 0;
}
