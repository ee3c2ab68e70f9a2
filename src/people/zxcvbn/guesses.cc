// zxcvbn weighs passwords as those do who break them: lists of common ones, words and names, dates,
// neighbours on a keyboard, repeats, and letters written as digits.
#include "people/internal/guesses.h"

#include <zxcvbn.h>

#include <numbers>
#include <vector>

namespace regmark::people {

double guesses_log10(std::string_view password, std::span<const std::string> names) {
  const std::string weighed(password.substr(0, weighed_size_max));
  std::vector<const char*> words;
  for (const auto& name : names) words.push_back(name.c_str());
  words.push_back(nullptr);
  const double bits = ZxcvbnMatch(weighed.c_str(), words.data(), nullptr);
  return bits * std::numbers::ln2 / std::numbers::ln10;
}

}  // namespace regmark::people
