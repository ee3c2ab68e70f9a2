// Degrees in the ways that people write them, and codes that stand for them.
#include <algorithm>
#include <charconv>
#include <optional>

#include "accountability/internal/shapes.h"

namespace regmark::accountability::internal {
namespace {

constexpr std::size_t digits_min = 3;  // behind the point: a hundred metres
// Of these islands and the waters around them.
constexpr double south = 49, north = 61, wide = 9;

bool is_side(char c) {
  return std::string_view("nsew").find(c) != std::string_view::npos;
}

enum class Sign : std::uint8_t { point, comma };

struct Decimal {
  std::size_t begin;
  std::size_t end;
  double value;
  std::size_t digits;  // behind the sign
  Sign sign;
};

// The number that two words make with the sign between them: "52.139", "N52.139", "52,139".
std::optional<Decimal> decimal_of(const Token& whole, const Token& part, std::string_view text) {
  auto before = std::string_view(whole.folded);
  if (is_side(before.front())) before.remove_prefix(1);
  if (before.empty() || !all_digits(before) || before.size() > 3 || part.begin != whole.end + 1)
    return std::nullopt;
  const char sign = text[whole.end];
  if ((sign != '.' && sign != ',') || !is_digit(part.text.front())) return std::nullopt;
  // A letter may follow at once: "53.4N".
  std::size_t digits = 0;
  while (digits < part.text.size() && is_digit(part.text[digits])) ++digits;
  const auto plain = std::string(before) + "." + std::string(part.text.substr(0, digits));
  Decimal number{whole.begin, part.begin + digits, 0, digits,
                 sign == '.' ? Sign::point : Sign::comma};
  const auto read = std::from_chars(plain.data(), plain.data() + plain.size(), number.value);
  return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

void find_decimals(Tokens tokens, std::string_view text, std::vector<Finding>& found) {
  std::vector<Decimal> numbers;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (const auto number = decimal_of(tokens[i], tokens[i + 1], text)) numbers.push_back(*number);
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto& one = numbers[i];
    // A comma stands between thousands as well: only a pair tells.
    if (one.digits >= digits_min && one.sign == Sign::point) {
      found.push_back({one.begin, one.end, "a coordinate"});
    }
    if (i + 1 == numbers.size()) continue;
    const auto& next = numbers[i + 1];
    constexpr std::size_t near = 8;         // ", -", " N, W "
    constexpr std::size_t near_commas = 3;  // "; "
    const auto gap = next.begin - std::min(next.begin, one.end);
    const bool together = gap <= (one.sign == Sign::comma ? near_commas : near);
    if (one.value >= south && one.value <= north && next.value <= wide && together) {
      found.push_back({one.begin, next.end, "a coordinate"});
    }
  }
}

// A side of the sky or a whole number, for one word may hold both: "N52", "20N".
struct Symbol {
  std::size_t begin;
  std::size_t end;
  char side = 0;  // n, s, e or w; 0: a number
  unsigned number = 0;
};

// The symbols of a word that is made of nothing else; none: it is made of something else.
std::vector<Symbol> symbols_of(const Token& token) {
  std::vector<Symbol> symbols;
  for (std::size_t at = 0; at < token.folded.size(); ++at) {
    const char c = token.folded[at];
    const auto place = token.begin + at;
    if (is_side(c)) {
      symbols.push_back({place, place + 1, c, 0});
    } else if (is_digit(c)) {
      const bool goes_on = !symbols.empty() && symbols.back().side == 0;
      if (!goes_on) symbols.push_back({place, place, 0, 0});
      auto& number = symbols.back();
      number.end = place + 1;
      number.number = std::min(number.number * 10 + static_cast<unsigned>(c - '0'), 10'000U);
    } else {
      return {};
    }
  }
  return symbols;
}

// Degrees and minutes, perhaps seconds; how many symbols.
std::size_t angle(std::span<const Symbol> symbols, double least, double most) {
  std::size_t count = 0;
  while (count < std::min<std::size_t>(3, symbols.size()) && symbols[count].side == 0) ++count;
  if (count < 2 || symbols[0].number < least || symbols[0].number > most) return 0;
  const auto in_sixtieths = [](const Symbol& one) { return one.number < 60; };
  return std::all_of(symbols.begin() + 1, symbols.begin() + static_cast<std::ptrdiff_t>(count),
                     in_sixtieths)
             ? count
             : 0;
}

// "N 52 08 W 1 09" and "52 08 20 N 1 09 18 W"; how many symbols.
std::size_t degrees(std::span<const Symbol> symbols) {
  const auto side_at = [&](std::size_t at, std::string_view sides) {
    return at < symbols.size() && symbols[at].side != 0 &&
           sides.find(symbols[at].side) != std::string_view::npos;
  };
  const bool before = side_at(0, "ns");
  std::size_t at = before ? 1 : 0;
  const auto first = angle(symbols.subspan(at), south, north);
  if (first == 0) return 0;
  at += first;
  if (!side_at(at, before ? "ew" : "ns")) return 0;
  ++at;
  const auto second = angle(symbols.subspan(at), 0, wide);
  if (second == 0) return 0;
  at += second;
  if (before) return at;
  return side_at(at, "ew") ? at + 1 : 0;
}

void find_degrees(Tokens tokens, std::vector<Finding>& found) {
  std::vector<Symbol> run;
  const auto look = [&] {
    for (std::size_t at = 0; at < run.size(); ++at) {
      const auto count = degrees(std::span(run).subspan(at));
      if (count > 0) found.push_back({run[at].begin, run[at + count - 1].end, "a coordinate"});
    }
    run.clear();
  };
  for (const auto& token : tokens) {
    const auto symbols = symbols_of(token);
    if (symbols.empty()) look();
    run.insert(run.end(), symbols.begin(), symbols.end());
  }
  look();
}

// Open Location Codes: "9C3W9QCJ+2V", "9QCJ+2V".
void find_codes(Tokens tokens, std::vector<Finding>& found) {
  const auto is_of_code = [](const Token& token) {
    return token.folded.find_first_not_of("23456789cfghjmpqrvwx") == std::string::npos;
  };
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const auto& first = tokens[i];
    const auto& second = tokens[i + 1];
    const auto size = first.text.size();
    const bool long_enough = size == 4 || size == 6 || size == 8;
    const bool is_code = long_enough && second.text.size() >= 2 && second.text.size() <= 7 &&
                         between(first, second) == "+" && is_of_code(first) && is_of_code(second);
    if (is_code) found.push_back({first.begin, second.end, "a coordinate"});
  }
}

void find_signs(std::string_view text, std::vector<Finding>& found) {
  for (const std::string_view sign : {"\xC2\xB0", "\xE2\x80\xB2", "\xE2\x80\xB3", "///"}) {
    for (auto at = text.find(sign); at != std::string_view::npos; at = text.find(sign, at + 1)) {
      found.push_back({at, at + sign.size(), "a coordinate"});
    }
  }
}

}  // namespace

void find_coordinates(Tokens tokens, std::string_view text, std::vector<Finding>& found) {
  find_decimals(tokens, text, found);
  find_degrees(tokens, found);
  find_codes(tokens, found);
  find_signs(text, found);
}

}  // namespace regmark::accountability::internal
