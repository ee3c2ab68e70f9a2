#include "sightings/internal/plate_number.h"

#include <array>
#include <string>

namespace regmark::sightings::internal {
namespace {

constexpr std::string_view symbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// The digits of a number, the last first. Each is 1 to 36.
struct Digits {
  std::array<std::uint8_t, plate::length_max> of{};
  std::size_t count = 0;
};

Digits digits_of(PlateNumber number) {
  Digits digits;
  while (number > 0 && digits.count < plate::length_max) {
    const auto above = (number - 1) / 36;
    digits.of[digits.count++] = static_cast<std::uint8_t>(number - above * 36);
    number = above;
  }
  return digits;
}

}  // namespace

PlateNumber number_of(const plate::Plate& plate) {
  PlateNumber number = 0;
  for (const char c : plate.text()) number = number * 36 + symbol_of(c);
  return number;
}

Result<plate::Plate> plate_of(PlateNumber number) {
  if (number == 0 || number > plate_number_max) {
    return fail(ErrorCode::corrupt, "a stored plate is none");
  }
  const auto digits = digits_of(number);
  std::string text;
  for (std::size_t at = digits.count; at > 0; --at) text += symbols[digits.of[at - 1] - 1U];
  return plate::Plate::parse(text);
}

PlateWord word_of(PlateNumber number) {
  const auto digits = digits_of(number);
  PlateWord word = 0;
  for (std::size_t at = 0; at < digits.count; ++at) {
    word |= PlateWord{digits.of[at]} << symbol_shift(digits.count - 1 - at);
  }
  return word;
}

PlateWord word_of(const plate::Plate& plate) {
  return word_of(number_of(plate));
}

PlateNumber number_of_word(PlateWord word) {
  PlateNumber number = 0;
  for (std::size_t place = 0; place < plate::length_max; ++place) {
    const auto symbol = word >> symbol_shift(place) & 0x3fU;
    if (symbol == 0) break;
    number = number * 36 + symbol;
  }
  return number;
}

}  // namespace regmark::sightings::internal
