// Other scripts' letters as the Latin capitals that a camera would report for them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace regmark::plate {

// One character of a text, taken off its front.
struct Glyph {
  char32_t point = 0;
  std::size_t size = 0;  // bytes it took
};

// The first character of UTF-8 text that is not empty. Nothing: the bytes are no UTF-8 (overlong
// forms, surrogates and points past U+10FFFF are none).
std::optional<Glyph> first_glyph(std::string_view text);

// What a character becomes on a plate: one or two of A-Z and 0-9; the empty text for what is
// dropped (spaces, hyphens, dots, loose accents). Nothing: no plate carries it.
//
// Letters with marks lose them. Greek and Cyrillic letters become the Latin letter that looks the
// same, not the one that sounds the same (В is B, Н is H): plates of those countries carry only
// letters with a Latin twin, so that others can read them (Vienna Convention on Road Traffic,
// annex 2), and a camera that knows only Latin reports the twin. The camera's own text stays in
// Read::raw_text.
std::optional<std::string_view> folded(char32_t point);

}  // namespace regmark::plate
