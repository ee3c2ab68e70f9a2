#include "accountability/internal/shapes.h"

#include <algorithm>
#include <array>

#include "accountability/internal/place_words.h"

namespace regmark::accountability::internal {
namespace {

// Letter for letter: 'A' a letter, '9' a digit.
std::string shape_of(std::string_view text) {
  std::string shape;
  for (const char c : text) shape += is_digit(c) ? '9' : 'A';
  return shape;
}

// Each looks at the first of the tokens, and says how many of them it takes: none.

// Behind a number, so that "A 12 month trial" is no road.
bool is_measure(const Token& token) {
  constexpr std::string_view words[] = {"month", "months", "week",   "weeks", "day",    "days",
                                        "year",  "years",  "hour",   "hours", "minute", "minutes",
                                        "metre", "metres", "mile",   "miles", "page",   "point",
                                        "per",   "camera", "cameras"};
  return std::ranges::find(words, token.folded) != std::end(words);
}

std::size_t road_number(Tokens tokens) {
  constexpr std::size_t digits_max = 4;
  constexpr std::string_view classes = "abm";
  const auto& first = tokens.front();
  if (classes.find(first.folded.front()) == std::string_view::npos) return 0;
  auto digits = std::string_view(first.folded).substr(1);
  if (digits.ends_with('m')) digits.remove_suffix(1);
  if (all_digits(digits) && digits.size() <= digits_max) {
    // "250 m2": an area.
    return first.text == "m2" || first.text == "m3" ? 0 : 1;
  }
  if (first.text.size() != 1 || !first.is_capital() || tokens.size() < 2) return 0;
  if (!touch(first, tokens[1]) || !all_digits(tokens[1].text)) return 0;
  const bool measures = tokens.size() > 2 && touch(tokens[1], tokens[2]) && is_measure(tokens[2]);
  return tokens[1].text.size() <= digits_max && !measures ? 2 : 0;
}

std::size_t postcode(Tokens tokens) {
  const auto is_outward = [](std::string_view text) {
    const auto shape = shape_of(text);
    constexpr std::array shapes{"A9", "A99", "AA9", "AA99", "A9A", "AA9A"};
    return std::ranges::find(shapes, shape) != shapes.end();
  };
  const auto& first = tokens.front();
  if (first.text.size() >= 5 && first.text.size() <= 7) {
    const auto inward = first.text.substr(first.text.size() - 3);
    const auto outward = first.text.substr(0, first.text.size() - 3);
    if (shape_of(inward) == "9AA" && is_outward(outward)) return 1;
  }
  if (tokens.size() < 2 || !touch(first, tokens[1])) return 0;
  return is_outward(first.text) && shape_of(tokens[1].text) == "9AA" ? 2 : 0;
}

// The letters of a square of a hundred kilometres. In small letters "no", "so" and "to" are words.
bool is_square(std::string_view written, std::string_view folded) {
  const bool capitals = is_upper(written[0]) && is_upper(written[1]);
  const std::string_view first_letters = capitals ? "hjnost" : "hnst";
  return first_letters.find(folded[0]) != std::string_view::npos && folded[1] != 'i' &&
         (capitals || folded[1] != 'o');
}

// "SE123456", "SE 123 456"; in small letters too.
std::size_t grid_reference(Tokens tokens) {
  const auto& first = tokens.front();
  if (first.text.size() < 2 || !all_letters(first.text.substr(0, 2))) return 0;
  if (!is_square(first.text, first.folded)) return 0;
  const auto fits = [](std::size_t digits) {
    return digits >= 4 && digits <= 10 && digits % 2 == 0;
  };
  const auto rest = first.text.substr(2);
  if (all_digits(rest)) return fits(rest.size()) ? 1 : 0;
  if (!rest.empty() || tokens.size() < 2 || !touch(first, tokens[1])) return 0;
  const auto east = tokens[1].text;
  if (!all_digits(east)) return 0;
  if (tokens.size() > 2 && touch(tokens[1], tokens[2]) && all_digits(tokens[2].text) &&
      tokens[2].text.size() == east.size() && fits(2 * east.size())) {
    return 3;
  }
  return fits(east.size()) ? 2 : 0;
}

// Metres east and north, as the survey's maps have them: "445123, 412345", "E445123 N412345".
std::size_t grid_metres(Tokens tokens) {
  constexpr std::size_t east_size = 6, north_size_max = 7, gap_max = 4;
  const auto metres = [](const Token& token, char letter) {
    auto digits = std::string_view(token.folded);
    if (digits.starts_with(letter)) digits.remove_prefix(1);
    return all_digits(digits) ? digits.size() : 0;
  };
  if (metres(tokens.front(), 'e') != east_size) return 0;
  std::size_t next = 1;
  const auto gap = [&] { return between(tokens[next - 1], tokens[next]); };
  // Parts of a metre.
  if (tokens.size() > 2 && gap() == "." && all_digits(tokens[1].text)) ++next;
  if (next >= tokens.size() || gap().size() > gap_max) return 0;
  const auto size = metres(tokens[next], 'n');
  return size == east_size || size == north_size_max ? next + 1 : 0;
}

// "Mill Lane", "King's Road", "junction 12", "J12".
std::size_t road_name(Tokens tokens) {
  const auto& first = tokens.front();
  if (first.text.size() <= 3 && first.folded.front() == 'j' && all_digits(first.text.substr(1))) {
    return 1;
  }
  if (tokens.size() < 2) return 0;
  if (is_numbered_word(first.folded) && is_digit(tokens[1].text.front())) {
    return touch(first, tokens[1]) ? 2 : 0;
  }
  // "King's" is two words here, and "Kings'" a word with a sign behind it.
  std::size_t last = 1;
  auto gap = between(first, tokens[1]);
  const auto is_apostrophe = [](std::string_view sign) {
    return sign == "'" || sign == "\xE2\x80\x99" || sign == "\xE2\x80\x98";
  };
  const bool owned = is_apostrophe(gap) && tokens[1].folded == "s" && tokens.size() > 2;
  if (owned) ++last;
  gap = between(tokens[last - 1], tokens[last]);
  const bool plural_owned = gap.ends_with(' ') && is_apostrophe(gap.substr(0, gap.size() - 1));
  if (!plural_owned && !touch(tokens[last - 1], tokens[last])) return 0;
  const auto& street = tokens[last];
  const bool named = first.is_capital() && street.is_capital() && is_street_word(street.folded);
  if (!named || is_no_road(first.folded, street.folded)) return 0;
  return last + 1;
}

struct Kind {
  std::string_view what;
  std::size_t (*takes)(Tokens);
};
constexpr Kind kinds[] = {{"a number plate", number_plate},     {"a postcode", postcode},
                          {"a grid reference", grid_reference}, {"a grid reference", grid_metres},
                          {"a road's number", road_number},     {"a road's name", road_name}};

// Takes what may stand between a number's thousands off the front.
std::size_t separator_size(std::string_view text) {
  if (text.starts_with("\xC2\xA0")) return 2;
  return text.starts_with(',') || text.starts_with(' ') ? 1 : 0;
}

// Where the digits that begin there end; nothing: they are others.
std::size_t end_of_number(std::string_view text, std::size_t begin, std::string_view digits) {
  auto at = begin;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0) at += separator_size(text.substr(at));
    if (at >= text.size() || text[at] != digits[i]) return std::string_view::npos;
    ++at;
  }
  return at;
}

// "12,100" holds no 100, and "53.4" no 53.
bool is_part_of_longer(std::string_view text, std::size_t begin, std::size_t end) {
  const auto digit_at = [&](std::size_t at) { return at < text.size() && is_digit(text[at]); };
  const auto joins = [&](std::size_t at) {
    return at < text.size() && (text[at] == ',' || text[at] == '.');
  };
  if (digit_at(end) || (joins(end) && digit_at(end + 1))) return true;
  if (begin == 0) return false;
  return digit_at(begin - 1) || (begin > 1 && joins(begin - 1) && digit_at(begin - 2));
}

}  // namespace

void find_kinds(Tokens tokens, std::vector<Finding>& found) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    for (const auto& kind : kinds) {
      const auto count = kind.takes(tokens.subspan(at));
      if (count == 0) continue;
      found.push_back({tokens[at].begin, tokens[at + count - 1].end, std::string(kind.what)});
    }
  }
}

void find_strange(std::string_view text, std::vector<Finding>& found) {
  constexpr std::string_view signs[] = {"\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x98",
                                        "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D",
                                        "\xE2\x80\xA6", "\xE2\x82\xAC"};
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      ++at;
      continue;
    }
    const std::size_t size = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    const auto letter = text.substr(at, size);
    // Latin-1: from the inverted exclamation mark on, without the soft hyphen, which does not show.
    const bool latin = (byte == 0xC2 || byte == 0xC3) && letter != "\xC2\xAD";
    if (!latin && std::ranges::find(signs, letter) == std::end(signs)) {
      found.push_back({at, std::min(at + size, text.size()), "a letter that cannot be checked"});
    }
    at += letter.size();
  }
}

void find_numbers(std::string_view text, std::span<const std::string> numbers,
                  std::vector<Finding>& found) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at])) continue;
    for (const auto& digits : numbers) {
      const auto end = end_of_number(text, at, digits);
      if (end == std::string_view::npos || is_part_of_longer(text, at, end)) continue;
      found.push_back({at, end, "the exact number of what is only told about"});
    }
  }
}

}  // namespace regmark::accountability::internal
