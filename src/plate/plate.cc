#include "plate/plate.h"

#include "plate/fold.h"

namespace regmark::plate {

Result<Plate> Plate::parse(std::string_view typed) {
  // The messages never repeat what was typed: plates do not belong in logs.
  std::string text;
  std::size_t length = 0;
  while (!typed.empty()) {
    const auto glyph = first_glyph(typed);
    const auto letters = glyph ? folded(glyph->point) : std::nullopt;
    if (!letters) return fail(ErrorCode::invalid_input, "a character that no plate carries");
    typed.remove_prefix(glyph->size);
    length += letters->size();
    if (length <= length_max) text += *letters;
  }
  if (length == 0) return fail(ErrorCode::invalid_input, "no letter or digit");
  if (length > length_max) {
    return fail(ErrorCode::limit_exceeded,
                "more than " + std::to_string(length_max) + " characters");
  }
  return Plate(std::move(text));
}

}  // namespace regmark::plate
