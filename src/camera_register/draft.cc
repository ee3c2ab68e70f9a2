#include "camera_register/draft.h"

#include "base/words.h"

namespace regmark::camera_register {
namespace {

std::string words_of(const Figure& figure) {
  std::string words;
  switch (figure.how) {
    case Certainty::exact:
      words = std::to_string(figure.value);
      break;
    case Certainty::approximate:
      words = "about " + std::to_string(figure.value);
      break;
    case Certainty::not_recorded:
      words = "not recorded";
      break;
  }
  if (figure.counted) words += ", by the count of " + base::format_day(*figure.counted);
  if (figure.unknown > 0) words += ", and " + std::to_string(figure.unknown) + " not recorded";
  if (!figure.without.empty()) {
    words += ", of what is recorded; not recorded: " +
             base::joined(figure.without, [](CameraKind kind) { return name(kind); });
  }
  return words;
}

struct TextOf {
  std::string operator()(Total total) const { return std::string(name(total)); }
  std::string operator()(CameraKind kind) const { return std::string(name(kind)); }
  std::string operator()(Ground ground) const { return std::string(name(ground)); }
  std::string operator()(const Year& year) const { return std::to_string(year.number) + " all"; }
  std::string operator()(const CostLine& line) const {
    return std::to_string(line.year.number) + " " + std::string(name(line.kind));
  }
};

}  // namespace

std::string_view name(Total total) {
  switch (total) {
    case Total::all:
      return "all";
    case Total::done:
      return "done";
    case Total::overdue:
      return "overdue";
    case Total::published:
      return "published";
    case Total::not_published:
      return "not_published";
  }
  return "unknown";
}

std::string text_of(const Label& label) {
  return std::visit(TextOf{}, label);
}

std::string Draft::text() const {
  std::string text = std::string(not_for_release) + "\n" + std::string(name(question_)) + ", " +
                     base::format_day(from_) + " to " + base::format_day(until_) + "\n";
  for (const auto& line : lines_) text += text_of(line.label) + ": " + words_of(line.figure) + "\n";
  return text + std::string(not_for_release) + "\n";
}

}  // namespace regmark::camera_register
