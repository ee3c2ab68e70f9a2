// What tests of plates share. Never included by a program.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "plate/layout.h"
#include "plate/look_alike.h"
#include "plate/misread.h"
#include "plate/plate.h"

namespace regmark::plate {

inline void PrintTo(const Plate& plate, std::ostream* out) {  // NOLINT: GoogleTest calls it so
  *out << plate.text();
}
inline std::ostream& operator<<(std::ostream& out, const Plate& plate) {
  return out << plate.text();
}

// The result as one word, so that a table can hold what is wanted.
inline std::string outcome(const Result<Plate>& plate) {
  return plate ? std::string(plate->text()) : name(plate.error().code);
}

// A text in which L stands for any letter and N for any digit, all else for itself.
inline rc::Gen<Plate> plate_like(std::string_view form) {
  return rc::gen::exec([form = std::string(form)] {
    std::string text;
    for (const char each : form) {
      if (each == 'L') {
        text += *rc::gen::inRange('A', static_cast<char>('Z' + 1));
      } else if (each == 'N') {
        text += *rc::gen::inRange('0', static_cast<char>('9' + 1));
      } else {
        text += each;
      }
    }
    return Plate::parse(text).value();
  });
}

// Plates of few characters that are mistaken for one another, so that two made apart are now and
// then near or the same.
inline rc::Gen<Plate> any_confusing_plate() {
  return rc::gen::map(
      rc::gen::nonEmpty(rc::gen::container<std::string>(
          rc::gen::element('A', 'B', '0', 'O', '8', '1', 'I', 'D'))),
      [](const std::string& text) { return Plate::parse(text.substr(0, length_max)).value(); });
}

// Any plate: of the layouts people meet, of confusing characters, and of any at all.
inline rc::Gen<Plate> any_plate() {
  return rc::gen::join(rc::gen::element(
      plate_like("LLNNLLL"), plate_like("LNNNLLL"), plate_like("LLLNNNL"), plate_like("NNNNLL"),
      plate_like("LLLNNNN"), any_confusing_plate(), any_confusing_plate(),
      rc::gen::map(rc::gen::nonEmpty(rc::gen::container<std::string>(
                       rc::gen::oneOf(rc::gen::inRange('A', static_cast<char>('Z' + 1)),
                                      rc::gen::inRange('0', static_cast<char>('9' + 1))))),
                   [](const std::string& text) {
                     return Plate::parse(text.substr(0, length_max)).value();
                   })));
}

// The plate as a camera may misread it: one character changed for one that it is likely mistaken
// for; for any other where none is.
inline rc::Gen<Plate> misread(const Plate& plate) {
  return rc::gen::exec([plate] {
    std::string text(plate.text());
    auto& at = text[*rc::gen::inRange<std::size_t>(0, text.size())];
    std::string others;
    for (const auto& suspect : MisreadModel::built_in().suspects(at)) others += suspect.shown;
    if (others.empty()) others = at == 'B' ? "8" : "B";
    at = *rc::gen::elementOf(others);
    return Plate::parse(text).value();
  });
}

// The plate as somebody may have typed it: each 0, O, 1, I as it is or as its look-alike.
inline rc::Gen<Plate> respelled(const Plate& plate) {
  auto all = look_alikes(plate);
  all.push_back(plate);
  return rc::gen::elementOf(std::move(all));
}

}  // namespace regmark::plate
