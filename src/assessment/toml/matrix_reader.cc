// Reads a deployment assessment matrix: every cell, or none.
#include <algorithm>

#include "access/toml/table.h"
#include "assessment/matrix.h"
#include "base/words.h"

namespace regmark::assessment {
namespace {

using access::fail_at;
using access::Table;

constexpr std::size_t word_size_max = 64;
constexpr std::size_t matrix_size_max = std::size_t{64} << 10U;
constexpr std::size_t columns_max = 30;

// Unlike Table::texts(), a code may stand in several cells.
Result<std::vector<std::string>> codes_of(const toml::table& row, const Table& table) {
  std::vector<std::string> codes;
  const auto* array = row.get_as<toml::array>("codes");
  if (!array) return fail_at(table.where(), "'codes' is missing");
  if (array->size() > columns_max) return fail_at(table.where("codes"), "too many codes");
  for (const auto& member : *array) {
    const auto* text = member.as_string();
    if (!text) return fail_at(member.source(), "a code is a text");
    codes.push_back(text->get());
  }
  return codes;
}

std::optional<std::size_t> place_of(const std::vector<Word>& words, std::string_view id) {
  const auto found = std::ranges::find(words, id, &Word::id);
  if (found == words.end()) return std::nullopt;
  return static_cast<std::size_t>(found - words.begin());
}

// "5 columns: national_security, ...".
std::string columns_in_words(const Guidance& guidance) {
  return std::to_string(guidance.columns().size()) +
         " columns: " + base::joined(guidance.columns(), &Word::id);
}

}  // namespace

Result<Matrix> Matrix::parse(std::string_view toml, const Guidance& guidance) {
  if (toml.size() > matrix_size_max) {
    return fail(ErrorCode::limit_exceeded, "the matrix is longer than 64 KiB");
  }
  REGMARK_ASSIGN(const auto file, access::read_toml(toml));
  const Table whole(file);
  REGMARK_TRY(whole.check_keys({"format", "example", "row"}));
  REGMARK_TRY(whole.needed_number("format", 1, 1));
  REGMARK_ASSIGN(const auto example, whole.text("example", word_size_max));
  REGMARK_TRY(whole.tables("row", guidance.location_types().size()));
  Matrix matrix;
  matrix.hardest_ = guidance.codes().size() - 1;
  matrix.is_example_ = example.has_value();
  const auto* rows = file.get_as<toml::array>("row");
  for (std::size_t i = 0; rows && i < rows->size(); ++i) {
    const auto& row = *rows->get(i)->as_table();
    const Table table(row);
    REGMARK_TRY(table.check_keys({"location_type", "codes"}));
    REGMARK_ASSIGN(const auto place, table.needed_text("location_type", word_size_max));
    if (!place_of(guidance.location_types(), place)) {
      return fail_at(table.where("location_type"), "there is no such kind of place");
    }
    REGMARK_ASSIGN(const auto codes, codes_of(row, table));
    if (codes.size() < guidance.columns().size()) {
      // Which one was left out nobody can tell: the codes have no names.
      return fail_at(table.where("codes"), "a hole: " + place + " has " +
                                               std::to_string(codes.size()) + " codes for " +
                                               columns_in_words(guidance));
    }
    for (std::size_t column = 0; column < guidance.columns().size(); ++column) {
      const auto& column_id = guidance.columns()[column].id;
      const auto code = place_of(guidance.codes(), codes[column]);
      if (!code) return fail_at(table.where("codes"), "no such code: " + place + ", " + column_id);
      if (!matrix.cells_.emplace(std::pair(place, column_id), *code).second) {
        return fail_at(table.where(), "a kind of place stands there twice");
      }
    }
    if (codes.size() > guidance.columns().size()) {
      return fail_at(table.where("codes"), "more codes than columns");
    }
  }
  for (const auto& place : guidance.location_types()) {
    if (!matrix.cells_.contains(std::pair(place.id, guidance.columns().front().id))) {
      return fail(ErrorCode::invalid_input, "a hole: there is no row for " + place.id);
    }
  }
  return matrix;
}

}  // namespace regmark::assessment
