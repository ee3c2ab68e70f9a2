#include "reading/failures_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "reading/image.h"

namespace regmark::reading {
namespace {

constexpr int overview_width = 420, crop_width = 260, quality = 80;

std::string escaped(std::string_view text) {
  std::string made;
  for (const char character : text) {
    switch (character) {
      case '<':
        made += "&lt;";
        break;
      case '>':
        made += "&gt;";
        break;
      case '&':
        made += "&amp;";
        break;
      case '"':
        made += "&quot;";
        break;
      default:
        made += character;
    }
  }
  return made;
}

std::string image(const Picture& picture, int width) {
  const int height = std::max(1, picture.height() * width / picture.width());
  const auto file = encode_jpeg(resized(picture, width, height), quality);
  if (!file) return "<p>(no picture)</p>";
  return "<img src=\"data:image/jpeg;base64," + base::to_base64(*file) + "\" alt=\"\">";
}

constexpr std::string_view name_of(Failure failure) {
  switch (failure) {
    case Failure::not_found:
      return "not found";
    case Failure::nothing_read:
      return "found, nothing read";
    case Failure::misread:
      return "misread";
    case Failure::no_plate:
      return "not a labelled plate";
    case Failure::none:
      break;
  }
  return "";
}

}  // namespace

Failure failure_of(const Outcome& outcome) {
  if (!outcome.truth.empty() && outcome.text == outcome.truth) return Failure::none;
  if (!outcome.found) return Failure::not_found;
  if (outcome.truth.empty()) return Failure::none;
  return outcome.text.empty() ? Failure::nothing_read : Failure::misread;
}

void FailuresPage::add_card(const Picture& picture, const Box& box, std::string words,
                            std::span<const Seen> seen) {
  if (cards_.size() == failures_max) {
    ++left_out_;
    return;
  }
  auto drawn = picture;
  for (const auto& plate : seen) draw_plate(drawn, plate.found.corners, {plate.reading.text});
  const float margin = std::max(box.width(), 2.F) / 4;
  Box around{box.left - margin, box.top - margin, box.right + margin, box.bottom + margin};
  const Box whole{0, 0, static_cast<float>(picture.width()), static_cast<float>(picture.height())};
  const bool touches = around.left < whole.right - 1 && around.right > 1 &&
                       around.top < whole.bottom - 1 && around.bottom > 1;
  cards_.push_back("<figure>" + image(drawn, overview_width) +
                   image(touches ? cropped(picture, around) : picture, crop_width) +
                   "<figcaption>" + std::move(words) + "</figcaption></figure>\n");
}

void FailuresPage::add(const Picture& picture, std::span<const Label> labels,
                       std::span<const Outcome> outcomes, std::span<const Seen> seen,
                       std::span<const FalsePlate> false_plates) {
  for (std::size_t at = 0; at < std::min(labels.size(), outcomes.size()); ++at) {
    const auto& one = outcomes[at];
    const auto failure = failure_of(one);
    if (failure == Failure::none) continue;
    auto words =
        fmt::format("<b>{}</b> {}/{}", name_of(failure), escaped(one.set), escaped(one.file));
    if (!one.truth.empty()) words += fmt::format("<br>truth <code>{}</code>", escaped(one.truth));
    if (!one.text.empty()) {
      words += fmt::format(" read <code>{}</code> {:.2f}", escaped(one.text), one.score);
    }
    if (alike(one.text, one.truth)) words += " (alike)";
    if (one.in_five) words += " (among the alternatives)";
    if (one.on_box != one.text) {
      words += fmt::format(" on the box <code>{}</code>", escaped(one.on_box));
    }
    add_card(picture, labels[at].box, std::move(words), seen);
  }
  for (const auto& one : false_plates) {
    const auto plate = std::ranges::find_if(
        seen, [&](const Seen& candidate) { return candidate.reading.text == one.text; });
    if (plate == seen.end()) continue;
    add_card(
        picture, box_around(plate->found.corners),
        fmt::format("<b>{}</b> {}/{}<br>read <code>{}</code> {:.2f}", name_of(Failure::no_plate),
                    escaped(one.set), escaped(one.file), escaped(one.text), one.score),
        seen);
  }
}

std::string FailuresPage::html(std::string_view title) const {
  std::string page = fmt::format(
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{0}</title>\n"
      "<style>body{{font:14px sans-serif;margin:1em}}figure{{display:inline-block;margin:.5em;"
      "padding:.5em;border:1px solid #ccc;vertical-align:top;max-width:720px}}"
      "img{{vertical-align:top;margin-right:.5em}}code{{font-size:15px}}</style>\n"
      "<h1>{0}</h1>\n<p>{1} failures{2}.</p>\n",
      escaped(title), cards_.size(),
      left_out_ == 0 ? "" : fmt::format(", and {} more that are not shown", left_out_));
  for (const auto& card : cards_) page += card;
  return page + "</html>\n";
}

}  // namespace regmark::reading
