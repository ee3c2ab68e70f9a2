#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "reading/labels.h"

// Any bytes either fail cleanly or give labels that name files of the folder only.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto labels = regmark::reading::parse_labels(text);
  if (!labels) return 0;
  for (const auto& label : *labels) {
    REGMARK_CHECK(!label.file.empty() && label.file.find('/') == std::string::npos);
    REGMARK_CHECK(label.box.width() >= 0 && label.box.height() >= 0);
  }
  return 0;
}
