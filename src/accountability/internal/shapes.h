// What tells a place, a vehicle or a number by its shape, whatever its name is.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accountability/finding.h"
#include "accountability/internal/tokens.h"

namespace regmark::accountability::internal {

// Plates, postcodes, grid references, names and numbers of roads. The tokens are those of a whole
// text.
void find_kinds(Tokens tokens, std::vector<Finding>& found);
// Degrees, with and without their signs, and the three words of an address.
void find_coordinates(Tokens tokens, std::string_view text, std::vector<Finding>& found);
// What is neither ASCII nor of the few signs and letters that people here write: it may look like
// one, or not show at all.
void find_strange(std::string_view text, std::vector<Finding>& found);
// These numbers, each its digits alone, however a text separates its thousands.
void find_numbers(std::string_view text, std::span<const std::string> numbers,
                  std::vector<Finding>& found);

// How many of the first words are a number plate together: none.
std::size_t number_plate(Tokens tokens);

}  // namespace regmark::accountability::internal
