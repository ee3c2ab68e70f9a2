// Any bytes either fail cleanly or give cases that read back as themselves.
#include "base/check.h"
#include "oversight/cases.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark;
  const auto read =
      oversight::read_cases(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!read) return 0;
  REGMARK_CHECK(read->report.taken == read->rows.size());
  for (const auto& row : read->rows) {
    REGMARK_CHECK(!row.reference.empty() && row.reference == oversight::compared(row.reference));
    REGMARK_CHECK(row.reference.size() <= access::reference_size_max);
    REGMARK_CHECK(!row.opened || !row.closed || *row.opened <= *row.closed);
  }
  return 0;
}
