// Any bytes either fail cleanly or give a guidance against which any paper can be held.
#include "assessment/check.h"
#include "assessment/guidance.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto guidance = regmark::assessment::Guidance::parse(text);
  if (!guidance) return 0;
  for (const auto& form : guidance->forms()) {
    REGMARK_CHECK(!form.parts.empty());
    (void)regmark::assessment::lacks(form, {form.id, {}});
  }
  return 0;
}
