// A plate in the one form the project compares: upper-case letters and digits.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace regmark::plate {

inline constexpr std::size_t length_max = 10;

// An immutable plate. Safe to read from many threads at once.
// It has no formatter on purpose: plates do not belong in logs.
class Plate {
 public:
  // Reads a plate as a person types it or a camera sends it, "ab12 cde". Spaces, hyphens and dots
  // are dropped, letters become upper case, letters with marks (Ä, Č) lose them, and Greek and
  // Cyrillic letters become their Latin look-alikes: see plate/fold.h for the whole table and why.
  // Fails with, in this order:
  //   invalid_input   a character that no plate carries, or nothing left
  //   limit_exceeded  more than length_max characters
  static Result<Plate> parse(std::string_view typed);

  std::string_view text() const { return text_; }
  friend auto operator<=>(const Plate&, const Plate&) = default;

 private:
  explicit Plate(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace regmark::plate

template <>
struct std::hash<regmark::plate::Plate> {
  std::size_t operator()(const regmark::plate::Plate& plate) const {
    return std::hash<std::string_view>{}(plate.text());
  }
};
