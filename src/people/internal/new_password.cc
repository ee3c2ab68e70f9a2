#include "people/internal/new_password.h"

#include <algorithm>

#include "people/internal/guesses.h"
#include "people/people.h"

namespace regmark::people {
namespace {

// Shorter parts of names are of every word.
constexpr std::size_t part_size_min = 3;
// Each costs time; a name has a few parts.
constexpr std::size_t names_max = 24;

bool parts_names(char c) {
  const bool is_digit = c >= '0' && c <= '9';
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return !is_digit && !is_letter && static_cast<unsigned char>(c) < 0x80;
}

void add_name(std::vector<std::string>& names, std::string_view name) {
  const bool is_known = std::ranges::find(names, name) != names.end();
  if (name.size() < part_size_min || is_known || names.size() >= names_max) return;
  names.emplace_back(name);
}

// "Test Force", its parts, and "TestForce".
void add_parts(std::vector<std::string>& names, std::string_view text) {
  add_name(names, text);
  std::string whole;
  while (!text.empty()) {
    const auto end = std::ranges::find_if(text, parts_names);
    const auto part = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    add_name(names, part);
    whole += part;
    text.remove_prefix(std::min(part.size() + 1, text.size()));
  }
  add_name(names, whole);
}

}  // namespace

Result<void> check_password_length(std::string_view chosen) {
  if (chosen.size() < password_length_min || chosen.size() > password_size_max) {
    return fail(ErrorCode::invalid_input, "a password has 12 to 1,024 bytes");
  }
  return {};
}

Result<std::vector<std::string>> names_about(records::Transaction& transaction,
                                             const std::string& person) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT sign_in_name, display_name, organisations.id, organisations.name "
                      "FROM people LEFT JOIN organisations ON organisations.id = organisation "
                      "WHERE people.id = ?1",
                      {person}));
  std::vector<std::string> names{"regmark", "anpr"};
  if (rows.empty()) return names;
  for (const std::size_t column : {0U, 1U, 2U, 3U}) {
    add_parts(names, rows.front().text_or_empty(column));
  }
  return names;
}

Result<void> check_is_uncommon(std::string_view chosen, std::span<const std::string> names) {
  if (guesses_log10(chosen, names) >= guesses_log10_min) return {};
  return fail(ErrorCode::invalid_input,
              "this password is easily guessed: it is common, or made of names, dates, repeats or "
              "neighbouring keys. Three words that have nothing to do with each other are better");
}

}  // namespace regmark::people
