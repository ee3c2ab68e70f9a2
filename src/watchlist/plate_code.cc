#include "watchlist/plate_code.h"

#include <array>
#include <string>

#include "base/check.h"
#include "plate/look_alike.h"

namespace regmark::watchlist {
namespace {

constexpr unsigned width = 6;
constexpr std::uint64_t mask = (std::uint64_t{1} << width) - 1;
constexpr std::uint8_t twin_bits = 0x30;
static_assert(plate::length_max * width <= 64);

// 1 to 10 for the digits, 11 to 34 for the letters that have no twin.
constexpr std::array<std::uint8_t, 128> make_codes() {
  std::array<std::uint8_t, 128> codes{};
  std::uint8_t next = 1;
  for (char c = '0'; c <= '9'; ++c) codes[static_cast<std::size_t>(c)] = next++;
  for (char c = 'A'; c <= 'Z'; ++c) {
    const char glyph = plate::glyph_of(c);
    auto& code = codes[static_cast<std::size_t>(c)];
    code = glyph == c ? next++ : codes[static_cast<std::size_t>(glyph)] | twin_bits;
  }
  return codes;
}
constexpr auto codes = make_codes();

constexpr std::array<char, 64> make_characters() {
  std::array<char, 64> characters{};
  for (std::size_t c = 0; c < codes.size(); ++c) {
    if (codes[c] != 0) characters[codes[c]] = static_cast<char>(c);
  }
  return characters;
}
constexpr auto characters = make_characters();

}  // namespace

std::optional<PlateCode> PlateCode::of(std::string_view text) {
  if (text.empty() || text.size() > plate::length_max) return std::nullopt;
  std::uint64_t bits = 0;
  for (std::size_t at = text.size(); at-- > 0;) {
    const auto byte = static_cast<std::uint8_t>(text[at]);
    const std::uint8_t code = byte < codes.size() ? codes[byte] : 0;
    if (code == 0) return std::nullopt;
    bits = bits << width | code;
  }
  return PlateCode(bits);
}

PlateCode PlateCode::of(const plate::Plate& plate) {
  const auto code = of(plate.text());
  REGMARK_CHECK(code.has_value());
  return *code;
}

plate::Plate PlateCode::plate() const {
  std::string text;
  for (auto bits = bits_; bits != 0; bits >>= width) text += characters[bits & mask];
  auto plate = plate::Plate::parse(text);
  REGMARK_CHECK(plate.has_value());
  return *std::move(plate);
}

PlateCode PlateCode::with_glyph(std::size_t at, char glyph) const {
  const auto shift = static_cast<unsigned>(at) * width;
  const std::uint64_t code = codes[static_cast<std::uint8_t>(plate::glyph_of(glyph))];
  return PlateCode((glyphs().bits_ & ~(mask << shift)) | code << shift);
}

}  // namespace regmark::watchlist
