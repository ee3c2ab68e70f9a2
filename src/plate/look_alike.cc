#include "plate/look_alike.h"

#include <algorithm>

#include "base/check.h"
#include "plate/layout.h"

namespace regmark::plate {
namespace {

// The other character of the same glyph; the character itself where there is none.
char twin_of(char character) {
  switch (character) {
    case 'O':
      return '0';
    case '0':
      return 'O';
    case 'I':
      return '1';
    case '1':
      return 'I';
    default:
      return character;
  }
}

Plate plate_of(const std::string& text) {
  auto plate = Plate::parse(text);
  REGMARK_CHECK(plate.has_value());
  return *std::move(plate);
}

// Every way to write the glyphs of the plate, itself included.
std::vector<Plate> spellings(const Plate& plate) {
  std::vector<std::string> texts{std::string(plate.text())};
  for (std::size_t at = 0; at < plate.text().size(); ++at) {
    const char twin = twin_of(plate.text()[at]);
    if (twin == plate.text()[at]) continue;
    for (std::size_t known = 0, count = texts.size(); known < count; ++known) {
      texts.push_back(texts[known]);
      texts.back()[at] = twin;
    }
  }
  std::ranges::sort(texts);
  std::vector<Plate> plates;
  plates.reserve(texts.size());
  std::ranges::transform(texts, std::back_inserter(plates), plate_of);
  return plates;
}

}  // namespace

bool look_alike(const Plate& a, const Plate& b) {
  return std::ranges::equal(a.text(), b.text(), {}, glyph_of, glyph_of);
}

std::vector<Plate> look_alikes(const Plate& plate) {
  auto others = spellings(plate);
  std::erase(others, plate);
  return others;
}

std::vector<Plate> british_spellings(const Plate& plate) {
  auto lawful = spellings(plate);
  std::erase_if(lawful, [](const Plate& each) { return !layouts_of(each).british(); });
  return lawful;
}

}  // namespace regmark::plate
