#include "watchlist/csv.h"

#include <algorithm>

#include "plate/fold.h"

namespace regmark::watchlist {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view delimiters = ",;\t";

bool ends_line(char c) {
  return c == '\n' || c == '\r';
}

// How many bytes the line end at the front takes: CR LF is one.
std::size_t line_end_size(std::string_view text) {
  if (text.empty() || !ends_line(text.front())) return 0;
  return text.starts_with("\r\n") ? 2 : 1;
}

std::size_t line_ends_in(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const auto size = line_end_size(text);
    if (size > 0) ++count;
    text.remove_prefix(std::max(size, std::size_t{1}));
  }
  return count;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

// Not find_first_of(): it asks of each character by a call whether it is among those.
std::size_t size_until(std::string_view text, auto&& is_end) {
  return static_cast<std::size_t>(std::ranges::find_if(text, is_end) - text.begin());
}

std::string_view first_line(std::string_view text) {
  return text.substr(0, size_until(text, ends_line));
}

char delimiter_of(std::string_view text) {
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (!quoted && ends_line(c)) break;
    if (!quoted && delimiters.find(c) != std::string_view::npos) return c;
  }
  return ',';
}

// What is wrong with a field, or nothing.
std::string_view fault_of(std::string_view field) {
  while (!field.empty()) {
    const auto glyph = plate::first_glyph(field);
    if (!glyph) return "bytes that are no UTF-8 text";
    const auto point = glyph->point;
    const bool allowed = point == U'\t' || point == U'\n' || point == U'\r';
    if ((point < 0x20 && !allowed) || (point >= 0x7F && point < 0xA0)) return "a control character";
    field.remove_prefix(glyph->size);
  }
  return {};
}

struct Field {
  std::string text;
  std::size_t size = 0;      // bytes it took
  std::string_view fault{};  // not empty: unreadable
};

// A field that begins with a quote, up to the delimiter or line end behind it.
Field quoted_field(std::string_view text, char delimiter) {
  Field field;
  std::size_t at = 1;
  while (true) {
    if (at == text.size()) return {{}, at, "a quote that is not closed"};
    if (field.text.size() > csv_field_size_max) return {{}, at, "a field that is too long"};
    if (text[at] != '"') {
      field.text += text[at++];
    } else if (at + 1 < text.size() && text[at + 1] == '"') {
      field.text += '"';
      at += 2;
    } else {
      break;
    }
  }
  field.size = at + 1;
  if (field.size < text.size() && text[field.size] != delimiter && !ends_line(text[field.size])) {
    field.fault = "text behind a closing quote";
  }
  return field;
}

Field plain_field(std::string_view text, char delimiter) {
  const auto size = size_until(text, [&](char c) { return c == delimiter || ends_line(c); });
  if (size > csv_field_size_max) return {{}, size, "a field that is too long"};
  return {std::string(text.substr(0, size)), size, {}};
}

}  // namespace

struct CsvReader::Parsed {
  std::vector<std::string> fields;
  std::size_t size = 0;  // bytes, with the line end
  std::string_view fault{};
};

CsvReader::CsvReader(std::string_view text) : left_(text) {
  if (left_.starts_with(byte_order_mark)) left_.remove_prefix(byte_order_mark.size());
  auto rest = left_;
  while (!rest.empty() && is_blank(first_line(rest))) {
    rest.remove_prefix(first_line(rest).size());
    rest.remove_prefix(line_end_size(rest));
  }
  delimiter_ = delimiter_of(rest);
}

CsvReader::Parsed CsvReader::parse_row(std::string_view text) const {
  Parsed row;
  std::string_view rest = text;
  while (true) {
    auto field =
        rest.starts_with('"') ? quoted_field(rest, delimiter_) : plain_field(rest, delimiter_);
    if (field.fault.empty()) field.fault = fault_of(field.text);
    if (field.fault.empty() && row.fields.size() == csv_fields_max) field.fault = "too many fields";
    if (!field.fault.empty()) {
      row.fault = field.fault;
      return row;
    }
    row.fields.push_back(std::move(field.text));
    rest.remove_prefix(field.size);
    if (!rest.starts_with(delimiter_)) break;
    rest.remove_prefix(1);
  }
  row.size = text.size() - rest.size() + line_end_size(rest);
  return row;
}

std::optional<std::variant<CsvRow, BadCsvRow>> CsvReader::next() {
  while (!left_.empty()) {
    const auto line = first_line(left_);
    const auto line_number = line_;
    const auto line_size = line.size() + line_end_size(left_.substr(line.size()));
    if (is_blank(line)) {
      left_.remove_prefix(line_size);
      ++line_;
      continue;
    }
    auto row = parse_row(left_);
    const auto size = row.fault.empty() ? row.size : line_size;
    line_ += line_ends_in(left_.substr(0, size));
    left_.remove_prefix(size);
    if (!row.fault.empty()) return BadCsvRow{line_number, std::string(row.fault)};
    return CsvRow{line_number, std::move(row.fields)};
  }
  return std::nullopt;
}

std::string csv_row(const std::vector<std::string>& fields) {
  std::string row;
  for (std::size_t at = 0; at < fields.size(); ++at) {
    if (at > 0) row += ',';
    const auto& field = fields[at];
    // A byte order mark would be taken off the front of the row.
    if (field.find_first_of(",;\t\"\r\n") == std::string::npos &&
        !field.starts_with(byte_order_mark)) {
      row += field;
      continue;
    }
    row += '"';
    for (const char c : field) row += c == '"' ? "\"\"" : std::string(1, c);
    row += '"';
  }
  return row;
}

}  // namespace regmark::watchlist
