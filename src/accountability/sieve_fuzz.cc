// Any bytes give findings within them, in order; what passes passes again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "accountability/sieve.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const regmark::accountability::Sieve sieve({"Mill Lane north"}, {"Old Quay", "Kestrel"},
                                                    {"Weaver's Rise"});
  static const std::vector<std::string> numbers{"8431", "7"};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto end_of = [&](const std::vector<regmark::accountability::Finding>& found) {
    std::size_t end = 0;
    for (const auto& one : found) {
      REGMARK_CHECK(one.begin >= end && one.begin < one.end && one.end <= size);
      end = one.end;
    }
    return end;
  };
  const auto end = end_of(sieve.findings(text));
  REGMARK_CHECK(end_of(sieve.findings(text, numbers)) >= end);
  const auto passed = sieve.pass(text);
  REGMARK_CHECK(passed.has_value() == (end == 0));
  return 0;
}
