// One table of a TOML file, read strictly: every mistake names its line.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// toml++ has exceptions or results; we want results, and its code in this folder only.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "base/result.h"

namespace regmark::access {

// "line 7: <what>".
tl::unexpected<Error> fail_at(const toml::source_region& where, std::string what);

// A file's text as its outermost table. Fails with
//   invalid_input   not TOML, or not ASCII (line named): toml++ 3.3 runs into undefined behaviour
//   at
//                   some letters beyond ASCII outside of texts
Result<toml::table> read_toml(std::string_view text);

class Table {
 public:
  explicit Table(const toml::table& table) : table_(table) {}

  const toml::source_region& where() const { return table_.source(); }
  // The line of a key's value, or that of the table when the key is not there.
  const toml::source_region& where(std::string_view key) const;

  // Each fails with
  //   invalid_input   the key is there but not of that kind, too long or out of range
  Result<void> check_keys(std::initializer_list<std::string_view> keys) const;
  Result<std::optional<std::string>> text(std::string_view key, std::size_t size_max) const;
  Result<std::optional<std::uint64_t>> number(std::string_view key, std::uint64_t least,
                                              std::uint64_t most) const;
  // No text twice.
  Result<std::optional<std::vector<std::string>>> texts(std::string_view key,
                                                        std::size_t count_max) const;
  Result<std::optional<Table>> table(std::string_view key) const;
  Result<std::vector<Table>> tables(std::string_view key, std::size_t count_max) const;

  // The same for a key that must be there: also fails when it is not.
  Result<std::string> needed_text(std::string_view key, std::size_t size_max) const;
  Result<std::uint64_t> needed_number(std::string_view key, std::uint64_t least,
                                      std::uint64_t most) const;
  Result<std::vector<std::string>> needed_texts(std::string_view key, std::size_t count_max) const;

 private:
  const toml::table& table_;
};

}  // namespace regmark::access
