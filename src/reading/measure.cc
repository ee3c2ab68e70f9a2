#include "reading/measure.h"

#include <algorithm>

#include "plate/look_alike.h"

namespace regmark::reading {
namespace {

constexpr float found_overlap = 0.5F;

bool alike(const std::string& a, const std::string& b) {
  return std::ranges::equal(a, b, {}, plate::glyph_of, plate::glyph_of);
}

float overlap_with(const Label& label, const Found& found) {
  return overlap(label.box, box_around(found.corners));
}

}  // namespace

void Measure::add(const std::vector<Label>& labels, const std::vector<Found>& plates_found,
                  const std::vector<Seen>& seen) {
  ++pictures;
  for (const auto& label : labels) {
    const auto is_it = [&](const Found& one) { return overlap_with(label, one) >= found_overlap; };
    ++plates;
    if (std::ranges::any_of(plates_found, is_it)) ++found;
    if (label.text.empty()) continue;
    ++texts;
    const auto same = [&](const Seen& one) { return one.reading.text == label.text; };
    const auto same_glyphs = [&](const Seen& one) { return alike(one.reading.text, label.text); };
    if (std::ranges::any_of(seen, same)) ++read;
    if (std::ranges::any_of(seen, same_glyphs)) ++read_alike;
    const auto there = std::ranges::find_if(seen, is_it, &Seen::found);
    if (there == seen.end()) continue;
    ++texts_found;
    if (there->reading.text == label.text) ++found_read;
    characters += label.text.size();
    edits += edits_between(there->reading.text, label.text);
  }
  for (const auto& one : seen) {
    const auto covers = [&](const Label& label) { return overlap_with(label, one.found) > 0; };
    if (std::ranges::none_of(labels, covers)) ++false_plates;
  }
}

}  // namespace regmark::reading
