// Any bytes as a password, and any as names: it is weighed, and to a number.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "people/internal/guesses.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t names_max = 24;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const auto password = rest.substr(0, rest.find('\n'));
  std::vector<std::string> names;
  while (rest.find('\n') != std::string_view::npos && names.size() < names_max) {
    rest.remove_prefix(rest.find('\n') + 1);
    names.emplace_back(rest.substr(0, rest.find('\n')));
  }
  const double guesses = regmark::people::guesses_log10(password, names);
  REGMARK_CHECK(std::isfinite(guesses) && guesses >= 0);
  return 0;
}
