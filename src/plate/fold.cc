#include "plate/fold.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace regmark::plate {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// Every point from first to last becomes `text`. Sorted, so that it can be searched by halves.
struct Fold {
  char32_t first;
  char32_t last;
  std::string_view text;
};

constexpr Fold folds[] = {
    {0x00A0, 0x00A0, ""},  // no-break space
    {0x00AD, 0x00AD, ""},  // soft hyphen
    {0x00B7, 0x00B7, ""},  // middle dot
    // Latin-1 letters
    {0x00C0, 0x00C5, "A"},
    {0x00C6, 0x00C6, "AE"},
    {0x00C7, 0x00C7, "C"},
    {0x00C8, 0x00CB, "E"},
    {0x00CC, 0x00CF, "I"},
    {0x00D0, 0x00D0, "D"},
    {0x00D1, 0x00D1, "N"},
    {0x00D2, 0x00D6, "O"},
    {0x00D8, 0x00D8, "O"},
    {0x00D9, 0x00DC, "U"},
    {0x00DD, 0x00DD, "Y"},
    {0x00E0, 0x00E5, "A"},
    {0x00E6, 0x00E6, "AE"},
    {0x00E7, 0x00E7, "C"},
    {0x00E8, 0x00EB, "E"},
    {0x00EC, 0x00EF, "I"},
    {0x00F0, 0x00F0, "D"},
    {0x00F1, 0x00F1, "N"},
    {0x00F2, 0x00F6, "O"},
    {0x00F8, 0x00F8, "O"},
    {0x00F9, 0x00FC, "U"},
    {0x00FD, 0x00FD, "Y"},
    {0x00FF, 0x00FF, "Y"},
    // Latin Extended-A, capital and small in turn
    {0x0100, 0x0105, "A"},
    {0x0106, 0x010D, "C"},
    {0x010E, 0x0111, "D"},
    {0x0112, 0x011B, "E"},
    {0x011C, 0x0123, "G"},
    {0x0124, 0x0127, "H"},
    {0x0128, 0x0131, "I"},
    {0x0132, 0x0133, "IJ"},
    {0x0134, 0x0135, "J"},
    {0x0136, 0x0137, "K"},
    {0x0139, 0x0142, "L"},
    {0x0143, 0x0148, "N"},
    {0x014C, 0x0151, "O"},
    {0x0152, 0x0153, "OE"},
    {0x0154, 0x0159, "R"},
    {0x015A, 0x0161, "S"},
    {0x0162, 0x0167, "T"},
    {0x0168, 0x0173, "U"},
    {0x0174, 0x0175, "W"},
    {0x0176, 0x0178, "Y"},
    {0x0179, 0x017E, "Z"},
    {0x0218, 0x0219, "S"},  // Romanian, comma below
    {0x021A, 0x021B, "T"},
    {0x0300, 0x036F, ""},  // an accent that follows its letter
    // Greek
    {0x0391, 0x0391, "A"},
    {0x0392, 0x0392, "B"},
    {0x0395, 0x0395, "E"},
    {0x0396, 0x0396, "Z"},
    {0x0397, 0x0397, "H"},
    {0x0399, 0x0399, "I"},
    {0x039A, 0x039A, "K"},
    {0x039C, 0x039C, "M"},
    {0x039D, 0x039D, "N"},
    {0x039F, 0x039F, "O"},
    {0x03A1, 0x03A1, "P"},
    {0x03A4, 0x03A4, "T"},
    {0x03A5, 0x03A5, "Y"},
    {0x03A7, 0x03A7, "X"},
    {0x03B1, 0x03B1, "A"},
    {0x03B2, 0x03B2, "B"},
    {0x03B5, 0x03B5, "E"},
    {0x03B6, 0x03B6, "Z"},
    {0x03B7, 0x03B7, "H"},
    {0x03B9, 0x03B9, "I"},
    {0x03BA, 0x03BA, "K"},
    {0x03BC, 0x03BC, "M"},
    {0x03BD, 0x03BD, "N"},
    {0x03BF, 0x03BF, "O"},
    {0x03C1, 0x03C1, "P"},
    {0x03C4, 0x03C4, "T"},
    {0x03C5, 0x03C5, "Y"},
    {0x03C7, 0x03C7, "X"},
    // Cyrillic
    {0x0405, 0x0405, "S"},  // Macedonian
    {0x0406, 0x0406, "I"},  // Ukrainian, Belarusian
    {0x0408, 0x0408, "J"},  // Serbian
    {0x0410, 0x0410, "A"},
    {0x0412, 0x0412, "B"},
    {0x0415, 0x0415, "E"},
    {0x041A, 0x041A, "K"},
    {0x041C, 0x041C, "M"},
    {0x041D, 0x041D, "H"},
    {0x041E, 0x041E, "O"},
    {0x0420, 0x0420, "P"},
    {0x0421, 0x0421, "C"},
    {0x0422, 0x0422, "T"},
    {0x0423, 0x0423, "Y"},
    {0x0425, 0x0425, "X"},
    {0x0430, 0x0430, "A"},
    {0x0432, 0x0432, "B"},
    {0x0435, 0x0435, "E"},
    {0x043A, 0x043A, "K"},
    {0x043C, 0x043C, "M"},
    {0x043D, 0x043D, "H"},
    {0x043E, 0x043E, "O"},
    {0x0440, 0x0440, "P"},
    {0x0441, 0x0441, "C"},
    {0x0442, 0x0442, "T"},
    {0x0443, 0x0443, "Y"},
    {0x0445, 0x0445, "X"},
    {0x0455, 0x0455, "S"},
    {0x0456, 0x0456, "I"},
    {0x0458, 0x0458, "J"},
    {0x2010, 0x2015, ""},  // hyphens and dashes
    {0x2022, 0x2022, ""},  // bullet
    {0x202F, 0x202F, ""},  // narrow no-break space
};
static_assert(std::ranges::is_sorted(folds, {}, &Fold::first));

std::optional<std::string_view> folded_ascii(char32_t point) {
  if (point >= U'0' && point <= U'9') return digits.substr(point - U'0', 1);
  if (point >= U'A' && point <= U'Z') return letters.substr(point - U'A', 1);
  if (point >= U'a' && point <= U'z') return letters.substr(point - U'a', 1);
  if (point == U' ' || point == U'\t' || point == U'-' || point == U'.') return "";
  return std::nullopt;
}

}  // namespace

std::optional<Glyph> first_glyph(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80U) return Glyph{lead, 1};
  const std::size_t size = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
  if (lead < 0xC2U || lead > 0xF4U || text.size() < size) return std::nullopt;
  constexpr std::array<std::uint32_t, 5> lead_bits = {0, 0, 0x1FU, 0x0FU, 0x07U};
  std::uint32_t point = lead & lead_bits[size];
  for (std::size_t at = 1; at < size; ++at) {
    if ((byte(at) & 0xC0U) != 0x80U) return std::nullopt;
    point = point << 6U | (byte(at) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xD800U && point <= 0xDFFFU;
  if (point < smallest[size] || point > 0x10FFFFU || surrogate) return std::nullopt;
  return Glyph{point, size};
}

std::optional<std::string_view> folded(char32_t point) {
  if (point < 0x80U) return folded_ascii(point);
  const auto* after = std::ranges::upper_bound(folds, point, {}, &Fold::first);
  if (after == std::begin(folds)) return std::nullopt;
  const Fold& fold = *std::prev(after);
  if (point > fold.last) return std::nullopt;
  return fold.text;
}

}  // namespace regmark::plate
