#include "access/toml/table.h"

#include <algorithm>

namespace regmark::access {
namespace {

// A key or value as it may stand in a message: short.
std::string quoted(std::string_view text) {
  constexpr std::size_t shown_max = 64;
  return "'" + std::string(text.substr(0, shown_max)) + "'";
}

std::optional<std::ptrdiff_t> line_beyond_ascii(std::string_view text) {
  const auto found =
      std::ranges::find_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (found == text.end()) return std::nullopt;
  return 1 + std::count(text.begin(), found, '\n');
}

}  // namespace

tl::unexpected<Error> fail_at(const toml::source_region& where, std::string what) {
  return fail(ErrorCode::invalid_input,
              "line " + std::to_string(where.begin.line) + ": " + std::move(what));
}

Result<toml::table> read_toml(std::string_view text) {
  if (const auto line = line_beyond_ascii(text)) {
    return fail(ErrorCode::invalid_input,
                "line " + std::to_string(*line) +
                    ": only ASCII; write other letters in texts as \\u and four digits");
  }
  auto parsed = toml::parse(text);
  if (!parsed) {
    return fail_at(parsed.error().source(), std::string(parsed.error().description()));
  }
  return std::move(parsed).table();
}

const toml::source_region& Table::where(std::string_view key) const {
  const auto* node = table_.get(key);
  return node == nullptr ? table_.source() : node->source();
}

Result<void> Table::check_keys(std::initializer_list<std::string_view> keys) const {
  for (const auto& [key, value] : table_) {
    if (std::ranges::find(keys, key.str()) == keys.end()) {
      return fail_at(key.source(), "unknown key " + quoted(key.str()));
    }
  }
  return {};
}

Result<std::optional<std::string>> Table::text(std::string_view key, std::size_t size_max) const {
  const auto* node = table_.get(key);
  if (node == nullptr) return std::nullopt;
  const auto* text = node->as_string();
  if (text == nullptr) return fail_at(node->source(), quoted(key) + " must be a text");
  if (text->get().empty() || text->get().size() > size_max) {
    return fail_at(node->source(),
                   quoted(key) + " must have 1 to " + std::to_string(size_max) + " bytes");
  }
  return text->get();
}

Result<std::optional<std::uint64_t>> Table::number(std::string_view key, std::uint64_t least,
                                                   std::uint64_t most) const {
  const auto* node = table_.get(key);
  if (node == nullptr) return std::nullopt;
  const auto* number = node->as_integer();
  if (number == nullptr || number->get() < 0 || static_cast<std::uint64_t>(number->get()) < least ||
      static_cast<std::uint64_t>(number->get()) > most) {
    return fail_at(node->source(), quoted(key) + " must be a whole number from " +
                                       std::to_string(least) + " to " + std::to_string(most));
  }
  return static_cast<std::uint64_t>(number->get());
}

Result<std::optional<std::vector<std::string>>> Table::texts(std::string_view key,
                                                             std::size_t count_max) const {
  const auto* node = table_.get(key);
  if (node == nullptr) return std::nullopt;
  const auto* array = node->as_array();
  if (array == nullptr) return fail_at(node->source(), quoted(key) + " must be a list of texts");
  if (array->size() > count_max) {
    return fail_at(node->source(),
                   quoted(key) + " may have at most " + std::to_string(count_max) + " members");
  }
  std::vector<std::string> texts;
  for (const auto& member : *array) {
    const auto* text = member.as_string();
    if (text == nullptr) return fail_at(member.source(), quoted(key) + " must be a list of texts");
    if (std::ranges::find(texts, text->get()) != texts.end()) {
      return fail_at(member.source(), quoted(text->get()) + " stands there twice");
    }
    texts.push_back(text->get());
  }
  return texts;
}

Result<std::optional<Table>> Table::table(std::string_view key) const {
  const auto* node = table_.get(key);
  if (node == nullptr) return std::nullopt;
  const auto* table = node->as_table();
  if (table == nullptr) return fail_at(node->source(), quoted(key) + " must be a table");
  return Table(*table);
}

Result<std::vector<Table>> Table::tables(std::string_view key, std::size_t count_max) const {
  std::vector<Table> tables;
  const auto* node = table_.get(key);
  if (node == nullptr) return tables;
  const auto* array = node->as_array();
  if (array == nullptr) return fail_at(node->source(), "write [[" + std::string(key) + "]]");
  if (array->size() > count_max) {
    return fail_at(node->source(),
                   quoted(key) + " may stand at most " + std::to_string(count_max) + " times");
  }
  for (const auto& member : *array) {
    const auto* table = member.as_table();
    if (table == nullptr) return fail_at(member.source(), "write [[" + std::string(key) + "]]");
    tables.emplace_back(*table);
  }
  return tables;
}

Result<std::string> Table::needed_text(std::string_view key, std::size_t size_max) const {
  REGMARK_ASSIGN(auto text_there, text(key, size_max));
  if (!text_there) return fail_at(where(), quoted(key) + " is missing");
  return *std::move(text_there);
}

Result<std::uint64_t> Table::needed_number(std::string_view key, std::uint64_t least,
                                           std::uint64_t most) const {
  REGMARK_ASSIGN(const auto number_there, number(key, least, most));
  if (!number_there) return fail_at(where(), quoted(key) + " is missing");
  return *number_there;
}

Result<std::vector<std::string>> Table::needed_texts(std::string_view key,
                                                     std::size_t count_max) const {
  REGMARK_ASSIGN(auto texts_there, texts(key, count_max));
  if (!texts_there) return fail_at(where(), quoted(key) + " is missing");
  return *std::move(texts_there);
}

}  // namespace regmark::access
