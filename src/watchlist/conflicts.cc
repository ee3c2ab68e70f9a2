#include "watchlist/conflicts.h"

#include <algorithm>
#include <string_view>

#include "plate/fold.h"
#include "plate/layout.h"

namespace regmark::watchlist {
namespace {

// Shorter beginnings say too little: "M" begins MAZDA and MERCEDES.
constexpr std::size_t beginning_min = 3;

constexpr plate::Layout british_alone[] = {plate::Layout::current, plate::Layout::prefix,
                                           plate::Layout::suffix, plate::Layout::age_unknown};

// Bytes. As much of a list's own words as is worth showing beside another.
constexpr std::size_t shown_max = 32;

// What one side calls the first, the other may call the second.
struct SameName {
  std::string_view one, other;
};

constexpr SameName same_names[] = {
    {"VW", "VOLKSWAGEN"}, {"MERC", "MERCEDESBENZ"},    {"MB", "MERCEDESBENZ"},
    {"VAUXHALL", "OPEL"}, {"LANDROVER", "RANGEROVER"}, {"GREY", "GRAY"},
    {"MAROON", "RED"},    {"BURGUNDY", "RED"},         {"NAVY", "BLUE"},
    {"BEIGE", "CREAM"},
};

// Letters and digits only, in the capitals a plate would have: SKODA for "Škoda".
std::string plain(std::string_view text) {
  std::string name;
  while (!text.empty()) {
    const auto glyph = plate::first_glyph(text);
    if (!glyph) break;
    name += plate::folded(glyph->point).value_or("");
    text.remove_prefix(glyph->size);
  }
  return name;
}

// The beginning of a text, cut between two characters.
std::string_view shortened(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size()) {
    const auto glyph = plate::first_glyph(text.substr(size));
    if (!glyph || size + glyph->size > shown_max) break;
    size += glyph->size;
  }
  return text.substr(0, size);
}

bool begins(std::string_view beginning, std::string_view text) {
  return beginning.size() >= beginning_min && text.starts_with(beginning);
}

bool agree(std::string_view listed, std::string_view seen) {
  const auto a = plain(listed);
  const auto b = plain(seen);
  if (a.empty() || b.empty() || a == b || begins(a, b) || begins(b, a)) return true;
  return std::ranges::any_of(same_names, [&](const SameName& same) {
    return (same.one == a && same.other == b) || (same.one == b && same.other == a);
  });
}

std::string described(std::string_view what, std::string_view listed, std::string_view seen) {
  return std::string(what) + ": listed " + std::string(shortened(listed)) + ", seen " +
         std::string(shortened(seen));
}

// Crown dependencies have marks of their own, some of which fit a British layout.
bool is_british(std::string_view country) {
  return country == "GB" || country == "UK" || country == "IM" || country == "JE" ||
         country == "GG";
}

}  // namespace

std::vector<std::string> conflicts(const ExchangeRow& listed, const plate::Plate& listed_plate,
                                   const plate::Read& read) {
  std::vector<std::string> found;
  if (!agree(listed.make, read.make.text)) {
    found.push_back(described("make", listed.make, read.make.text));
  }
  if (!agree(listed.colour, read.colour.text)) {
    found.push_back(described("colour", listed.colour, read.colour.text));
  }
  if (read.country.empty()) return found;
  const auto layouts = layouts_of(listed_plate);
  const bool only_british = std::ranges::any_of(
      british_alone, [&](plate::Layout layout) { return layouts.contains(layout); });
  if (only_british && !is_british(read.country)) {
    found.push_back(described("country", "a UK mark", read.country));
  }
  if (!layouts.british() && is_british(read.country)) {
    found.push_back(described("country", "no UK mark", read.country));
  }
  return found;
}

}  // namespace regmark::watchlist
