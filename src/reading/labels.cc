#include "reading/labels.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace regmark::reading {
namespace {

constexpr std::string_view header = "file\tx\ty\tw\th\ttext";

std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool take_number(std::string_view text, float& number) {
  const auto* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && at == end && std::isfinite(number);
}

bool take_label(std::string_view line, Label& label) {
  std::array<std::string_view, 6> parts;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const auto end = std::min(line.find('\t'), line.size());
    const bool is_last = part + 1 == parts.size();
    if (is_last != (end == line.size())) return false;
    parts[part] = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  std::array<float, 4> numbers{};
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    if (!take_number(parts[at + 1], numbers[at])) return false;
  }
  label.file = parts[0];
  const auto [x, y, width, height] = numbers;
  label.box = {x, y, x + width, y + height};
  label.text = parts[5];
  return !label.file.empty() && label.file.find('/') == std::string::npos && width >= 0 &&
         height >= 0;
}

}  // namespace

Result<std::vector<Label>> parse_labels(std::string_view text) {
  if (static_cast<std::size_t>(std::ranges::count(text, '\n')) > labels_max) {
    return fail(ErrorCode::limit_exceeded, "more than " + std::to_string(labels_max) + " labels");
  }
  if (take_line(text) != header) {
    return fail(ErrorCode::invalid_input,
                "line 1: the header is not file, x, y, w, h, text with tabs between");
  }
  std::vector<Label> labels;
  for (std::size_t number = 2; !text.empty(); ++number) {
    const auto line = take_line(text);
    if (line.empty()) continue;
    Label label;
    if (!take_label(line, label)) {
      return fail(ErrorCode::invalid_input, "line " + std::to_string(number) +
                                                ": not a file's name, four numbers and a text");
    }
    labels.push_back(std::move(label));
  }
  return labels;
}

}  // namespace regmark::reading
