#include "reading/country.h"

#include <gtest/gtest.h>

namespace regmark::reading {
namespace {

TEST(GuessCountry, NeedsALayoutAndAColour) {
  struct Case {
    std::string_view text;
    Background background;
    std::string_view want;
  };
  constexpr auto white = Background::white, yellow = Background::yellow,
                 unknown = Background::unknown;
  constexpr Case cases[] = {
      {"LM19KXR", white, "GB"},  {"LM19KXR", yellow, "GB"},
      {"LM19KXR", unknown, ""},   // at night it might be anyone's
      {"CJ19KXR", white, ""},     // Cluj and Chester
      {"CJ19KXR", yellow, "GB"},  // only one of them has yellow plates
      {"R428MWB", white, "GB"},  {"HJL314P", white, "GB"},
      {"HJL31P", yellow, ""},  // a Dutch side code
      {"AB1234", yellow, ""},  // Luxembourg
      {"AZ1234", white, ""},   // Northern Ireland, and half of Europe
      {"AB123CD", white, ""},  // France, Italy
      {"LM01KXR", white, ""},  // never issued
      {"", white, ""},
  };
  for (const auto& [text, background, want] : cases) {
    EXPECT_EQ(guess_country(text, background), want) << text;
  }
}

}  // namespace
}  // namespace regmark::reading
