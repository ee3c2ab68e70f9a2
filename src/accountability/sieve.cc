#include "accountability/sieve.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>

namespace regmark::accountability {
namespace {

// Shorter ones are found as words only: put together, short words make other words everywhere.
constexpr std::size_t squeezed_size_min = 6;
constexpr std::size_t coordinate_digits_min = 3;  // behind the point: a hundred metres

constexpr std::string_view street_words[] = {
    "road",   "street", "lane",     "avenue",   "drive",      "crescent",    "close",  "way",
    "bypass", "hill",   "junction", "services", "roundabout", "interchange", "bridge", "rd"};

// They tell no place, alone and with a capital: "the North", "Entry".
constexpr std::string_view direction_words[] = {
    "north",     "south",     "east",      "west",   "northbound", "southbound",
    "eastbound", "westbound", "in",        "out",    "inbound",    "outbound",
    "entry",     "exit",      "clockwise", "centre", "camera",     "site"};
constexpr std::size_t capital_size_min = 3;  // shorter ones begin too many sentences

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_letter(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z');
}
char lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return lower(c); });
  return out;
}
bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}
bool all_letters(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_letter);
}

struct Token {
  std::size_t begin;
  std::size_t end;
  std::string_view text;  // as written
  std::string folded;     // in lower case
  bool is_capital() const { return is_upper(text.front()); }
};

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_letter(text[at]) && !is_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]))) ++end;
    const auto word = text.substr(at, end - at);
    tokens.push_back({at, end, word, lower(word)});
    at = end;
  }
  return tokens;
}

// Letter for letter: 'A' a letter, '9' a digit.
std::string shape_of(std::string_view text) {
  std::string shape;
  for (const char c : text) shape += is_digit(c) ? '9' : 'A';
  return shape;
}

// Two tokens with at most a blank or a sign between them.
bool touch(const Token& one, const Token& next) {
  return next.begin - one.end <= 1;
}

using Tokens = std::span<const Token>;

// Each looks at the first of the tokens, and says how many of them it takes: none.
std::size_t road_number(Tokens tokens) {
  const auto& first = tokens.front();
  const auto is_class = [](char c) { return c == 'A' || c == 'B' || c == 'M'; };
  if (!is_class(first.text.front())) return 0;
  auto digits = first.text.substr(1);
  if (digits.ends_with('M') || digits.ends_with('m')) digits.remove_suffix(1);
  if (all_digits(digits) && digits.size() <= 4) return 1;
  if (first.text.size() != 1 || tokens.size() < 2 || !touch(first, tokens[1])) return 0;
  return all_digits(tokens[1].text) && tokens[1].text.size() <= 4 ? 2 : 0;
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

std::size_t plate(Tokens tokens) {
  const auto is_plate = [](const std::string& shape) {
    constexpr std::array shapes{"AA99AAA", "A999AAA", "A99AAA", "A9AAA", "AAA999A", "AAA99A"};
    return std::ranges::find(shapes, shape) != shapes.end();
  };
  const auto& first = tokens.front();
  if (is_plate(shape_of(first.text))) return 1;
  if (tokens.size() < 2 || !touch(first, tokens[1])) return 0;
  return is_plate(shape_of(first.text) + shape_of(tokens[1].text)) ? 2 : 0;
}

// "SE123456", "SE 123 456".
std::size_t grid_reference(Tokens tokens) {
  const auto& first = tokens.front();
  if (first.text.size() < 2 || !all_letters(first.text.substr(0, 2))) return 0;
  if (!is_upper(first.text[0]) || !is_upper(first.text[1])) return 0;
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

// "Mill Lane", "junction 12", "J12".
std::size_t road_name(Tokens tokens) {
  const auto& first = tokens.front();
  const auto is_street = [](const Token& token) {
    return std::ranges::find(street_words, token.folded) != std::end(street_words);
  };
  if (first.text.size() <= 3 && first.text.front() == 'J' && all_digits(first.text.substr(1))) {
    return 1;
  }
  if (tokens.size() < 2 || !touch(first, tokens[1])) return 0;
  if (is_street(first) && shape_of(tokens[1].text).front() == '9') return 2;
  const bool named = first.is_capital() && tokens[1].is_capital();
  return named && is_street(tokens[1]) && !is_street(first) ? 2 : 0;
}

struct Kind {
  std::string_view what;
  std::size_t (*takes)(Tokens);
};
constexpr Kind kinds[] = {{"a number plate", plate},
                          {"a postcode", postcode},
                          {"a grid reference", grid_reference},
                          {"a road's number", road_number},
                          {"a road's name", road_name}};

void find_kinds(Tokens tokens, std::vector<Finding>& found) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    for (const auto& kind : kinds) {
      const auto count = kind.takes(tokens.subspan(at));
      if (count == 0) continue;
      found.push_back({tokens[at].begin, tokens[at + count - 1].end, std::string(kind.what)});
    }
  }
}

struct Number {
  std::size_t begin;
  std::size_t end;
  double value;
  std::size_t decimals;
};

std::vector<Number> decimals_of(Tokens tokens, std::string_view text) {
  std::vector<Number> numbers;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const auto& whole = tokens[i];
    const auto& part = tokens[i + 1];
    if (!all_digits(whole.text) || whole.text.size() > 3 || part.begin != whole.end + 1) continue;
    if (text[whole.end] != '.' || !is_digit(part.text.front())) continue;
    // A letter may follow at once: "53.4N".
    std::size_t digits = 0;
    while (digits < part.text.size() && is_digit(part.text[digits])) ++digits;
    Number number{whole.begin, part.begin + digits, 0, digits};
    const auto* const end = text.data() + number.end;
    if (std::from_chars(text.data() + number.begin, end, number.value).ec != std::errc()) continue;
    numbers.push_back(number);
  }
  return numbers;
}

void find_coordinates(Tokens tokens, std::string_view text, std::vector<Finding>& found) {
  // Of these islands and the waters around them.
  constexpr double south = 49, north = 61, wide = 9;
  const auto numbers = decimals_of(tokens, text);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto& one = numbers[i];
    if (one.decimals >= coordinate_digits_min) {
      found.push_back({one.begin, one.end, "a coordinate"});
    }
    if (i + 1 == numbers.size()) continue;
    const auto& next = numbers[i + 1];
    constexpr std::size_t near = 8;  // ", -", " N, W "
    if (one.value >= south && one.value <= north && next.value <= wide &&
        next.begin - one.end <= near) {
      found.push_back({one.begin, next.end, "a coordinate"});
    }
  }
  for (const std::string_view sign : {"\xC2\xB0", "\xE2\x80\xB2", "\xE2\x80\xB3", "///"}) {
    for (auto at = text.find(sign); at != std::string_view::npos; at = text.find(sign, at + 1)) {
      found.push_back({at, at + sign.size(), "a coordinate"});
    }
  }
}

// What is neither ASCII nor of the few signs and letters that people here write: it may look like
// one, or not show at all.
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

std::vector<Finding> joined(std::vector<Finding> found) {
  // What was looked for first names what several found.
  std::stable_sort(found.begin(), found.end(), [](const Finding& one, const Finding& other) {
    return std::pair(one.begin, one.end) < std::pair(other.begin, other.end);
  });
  std::vector<Finding> out;
  for (auto& one : found) {
    if (!out.empty() && one.begin < out.back().end) {
      out.back().end = std::max(out.back().end, one.end);
      continue;
    }
    out.push_back(std::move(one));
  }
  return out;
}

// One wording for every name, whatever it is the name of: a site, a road, a place that was taken
// in, something that is kept apart. A reader knows the open names; were these told from the rest by
// a word, each finding that is none of them would say that there is something covert of that name.
constexpr std::string_view a_name = "the name of a place";

bool tells_with_capital(const Token& word) {
  const auto among = [&](std::span<const std::string_view> words) {
    return std::ranges::find(words, word.folded) != words.end();
  };
  return word.text.size() >= capital_size_min && !all_digits(word.text) && !among(street_words) &&
         !among(direction_words);
}

// The text without what stands between its letters and digits, and where each of them stood.
struct Squeezed {
  std::string letters;
  std::vector<std::size_t> places;
};

Squeezed squeezed_of(std::string_view text) {
  Squeezed squeezed;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_letter(text[at]) && !is_digit(text[at])) continue;
    squeezed.letters += lower(text[at]);
    squeezed.places.push_back(at);
  }
  return squeezed;
}

}  // namespace

Sieve::Sieve(const std::vector<std::string>& own, const std::vector<std::string>& others) {
  const auto add = [this](std::span<const Token> tokens) {
    Name name;
    std::string together;
    for (const auto& token : tokens) {
      name.words.push_back(token.folded);
      together += token.folded;
    }
    if (std::ranges::find(names_, name) != names_.end()) return;
    names_.push_back(std::move(name));
    if (together.size() >= squeezed_size_min && tokens.size() > 1) squeezed_.push_back(together);
  };
  for (const auto& name : own) {
    const auto tokens = tokens_of(name);
    if (tokens.empty()) continue;
    add(tokens);
    for (std::size_t i = 0; tokens.size() > 2 && i + 1 < tokens.size(); ++i) {
      add(std::span(tokens).subspan(i, 2));
    }
  }
  for (const auto& name : others) {
    const auto tokens = tokens_of(name);
    const bool numbered = std::ranges::any_of(name, is_digit);
    if (tokens.size() > 1 || (numbered && !all_digits(name))) {
      add(tokens);
    } else if (tokens.size() == 1 && tells_with_capital(tokens.front())) {
      names_.push_back({{tokens.front().folded}, /*only_with_capital=*/true});
    }
  }
}

std::vector<Finding> Sieve::findings(std::string_view text) const {
  std::vector<Finding> found;
  const auto tokens = tokens_of(text);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    for (const auto& name : names_) {
      const auto& words = name.words;
      if (words.size() > tokens.size() - at) continue;
      if (name.only_with_capital && !tokens[at].is_capital()) continue;
      const auto stands = std::equal(
          words.begin(), words.end(), tokens.begin() + static_cast<std::ptrdiff_t>(at),
          [](const std::string& word, const Token& token) { return word == token.folded; });
      if (stands) {
        found.push_back({tokens[at].begin, tokens[at + words.size() - 1].end, std::string(a_name)});
      }
    }
  }
  const auto squeezed = squeezed_of(text);
  for (const auto& name : squeezed_) {
    for (auto at = squeezed.letters.find(name); at != std::string::npos;
         at = squeezed.letters.find(name, at + 1)) {
      found.push_back(
          {squeezed.places[at], squeezed.places[at + name.size() - 1] + 1, std::string(a_name)});
    }
  }
  find_kinds(tokens, found);
  find_coordinates(tokens, text, found);
  find_strange(text, found);
  return joined(std::move(found));
}

Result<PublicText> Sieve::pass(std::string_view text) const {
  const auto found = findings(text);
  if (found.empty()) return PublicText(std::string(text));
  return fail(ErrorCode::invalid_input, "it holds " + found.front().what);
}

}  // namespace regmark::accountability
