// Words that stand in the names of many places, and tell none of them by themselves.
#pragma once

#include <string_view>

namespace regmark::accountability::internal {

// In lower case: "lane", of what is a road's name together with the word before it.
bool is_street_word(std::string_view word);
// Of what has numbers instead of names: "junction".
bool is_numbered_word(std::string_view word);
// Names no place alone: "north", "camera", "lane".
bool is_ordinary(std::string_view word);
// Both with a capital, and no road: "Crown Court".
bool is_no_road(std::string_view first, std::string_view second);

}  // namespace regmark::accountability::internal
