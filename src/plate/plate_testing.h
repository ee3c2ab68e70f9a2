// What tests of plates share. Never included by a program.
#pragma once

#include <rapidcheck.h>

#include <ostream>
#include <string>

#include "plate/plate.h"

namespace regmark::plate {

inline void PrintTo(const Plate& plate, std::ostream* out) {
  *out << plate.text();
}
inline std::ostream& operator<<(std::ostream& out, const Plate& plate) {
  return out << plate.text();
}

// The result as one word, so that a table can hold what is wanted.
inline std::string outcome(const Result<Plate>& plate) {
  return plate ? std::string(plate->text()) : name(plate.error().code);
}

inline rc::Gen<Plate> any_plate() {
  return rc::gen::map(
      rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::element('A', 'B', '0', 'O', '8'))),
      [](std::string text) { return Plate::parse(text.substr(0, length_max)).value(); });
}

// The plate as a camera may misread it: one character changed.
inline rc::Gen<Plate> misread(const Plate& plate) {
  return rc::gen::map(rc::gen::inRange<std::size_t>(0, plate.text().size()),
                      [plate](std::size_t at) {
                        std::string text(plate.text());
                        text[at] = text[at] == 'B' ? '8' : 'B';
                        return Plate::parse(text).value();
                      });
}

}  // namespace regmark::plate
