#include "reading/measure.h"

#include <algorithm>

#include "plate/look_alike.h"

namespace regmark::reading {
namespace {

constexpr float found_overlap = 0.5F;

bool alike(const std::string& a, const std::string& b) {
  return std::ranges::equal(a, b, {}, plate::glyph_of, plate::glyph_of);
}

float overlap_with(const Label& label, const Seen& seen) {
  return overlap(label.box, box_around(seen.found.corners));
}

}  // namespace

void Measure::add(const std::vector<Label>& labels, const std::vector<Seen>& seen) {
  ++pictures;
  for (const auto& label : labels) {
    ++plates;
    const auto best = std::ranges::max_element(
        seen, {}, [&](const Seen& one) { return overlap_with(label, one); });
    const bool is_found = best != seen.end() && overlap_with(label, *best) >= found_overlap;
    if (is_found) ++found;
    if (label.text.empty()) continue;
    ++texts;
    const auto same = [&](const Seen& one) { return one.reading.text == label.text; };
    const auto same_glyphs = [&](const Seen& one) { return alike(one.reading.text, label.text); };
    if (std::ranges::any_of(seen, same)) ++read;
    if (std::ranges::any_of(seen, same_glyphs)) ++read_alike;
    if (!is_found) continue;
    ++texts_found;
    if (best->reading.text == label.text) ++found_read;
    characters += label.text.size();
    edits += edits_between(best->reading.text, label.text);
  }
  for (const auto& one : seen) {
    const auto covers = [&](const Label& label) { return overlap_with(label, one) > 0; };
    if (std::ranges::none_of(labels, covers)) ++false_plates;
  }
}

}  // namespace regmark::reading
