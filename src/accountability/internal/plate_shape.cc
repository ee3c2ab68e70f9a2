// Number plates among words, by the layouts that there are.
#include <algorithm>

#include "accountability/internal/shapes.h"
#include "plate/layout.h"

namespace regmark::accountability::internal {
namespace {

using plate::Layout;

// A British plate has no more, and is written in no more parts.
constexpr std::size_t characters_max = 7;
constexpr std::size_t parts_max = 3;

// In capitals beside a number they are a unit, a law, a standard or a word of a heading.
constexpr std::string_view no_letters[] = {
    "aes", "ai",  "all", "am",  "and", "are", "bs",  "but", "can", "day", "dpa", "dpo",
    "eu",  "for", "gb",  "ghz", "gps", "has", "hgv", "hra", "hrs", "lgv", "vrm", "ico",
    "ipa", "ipv", "iso", "its", "km",  "kmh", "kph", "may", "mb",  "mhz", "min", "mph",
    "mp",  "mw",  "nd",  "nim", "not", "of",  "one", "or",  "our", "per", "pia", "pm",
    "psi", "rd",  "rs",  "sha", "st",  "tb",  "th",  "the", "to",  "tls", "uk",  "utf",
    "via", "was", "who", "by",  "in",  "no",  "on",  "op",  "at",  "is",  "it",  "as",
    "an",  "so",  "if",  "we",  "us",  "up",  "do",  "be",  "he"};

bool is_upper_or_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return is_upper(c) || is_digit(c); });
}

// Any stretch of its letters is one that means something else.
bool has_ordinary_letters(std::string_view folded) {
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t end = at;
    while (end < folded.size() && is_letter(folded[end])) ++end;
    const auto letters = folded.substr(at, end - at);
    if (letters.size() > 1 && std::ranges::find(no_letters, letters) != std::end(no_letters)) {
      return true;
    }
    at = end + 1;
  }
  return false;
}

bool has_any(const plate::LayoutSet& found, std::span<const Layout> layouts) {
  return std::ranges::any_of(layouts, [&](Layout one) { return found.contains(one); });
}

// How the words stand there that may be a plate.
struct Written {
  std::string folded{};  // together
  std::size_t parts = 0;
  bool upper = true;
};

// Letters, digits, letters: hardly anything else is written so.
constexpr Layout distinct[] = {Layout::prefix,           Layout::suffix,
                               Layout::northern_ireland, Layout::northern_ireland_reversed,
                               Layout::age_unknown,      Layout::military,
                               Layout::diplomatic};
// In small letters and apart, "a123 bcd", only with all three digits: "the 100m" is none.
constexpr Layout distinct_apart[] = {Layout::prefix, Layout::suffix};
constexpr Layout dateless[] = {Layout::dateless_four_digits, Layout::dateless_digits_first,
                               Layout::dateless_letters_first, Layout::dateless_four_last,
                               Layout::military_older};
// Shorter ones are paragraphs and rooms: "4b", "P3".
constexpr std::size_t dateless_letters_min = 2;
constexpr std::size_t dateless_size_min = 4;
constexpr std::size_t dateless_apart_size_min = 5;  // "3 DPO"

bool is_plate(const Written& written) {
  const auto parsed = plate::Plate::parse(written.folded);
  if (!parsed) return false;
  const auto found = plate::layouts_of(*parsed);
  if (found.contains(Layout::current)) return written.parts < parts_max || written.upper;
  if (has_ordinary_letters(written.folded)) return false;
  const auto letters = static_cast<std::size_t>(std::ranges::count_if(written.folded, is_letter));
  if (written.upper) {
    return has_any(found, distinct) ||
           (has_any(found, dateless) && letters >= dateless_letters_min &&
            written.folded.size() >=
                (written.parts == 1 ? dateless_size_min : dateless_apart_size_min));
  }
  if (written.parts == 1) return has_any(found, distinct);
  constexpr std::string_view units = "mkghsp";
  return written.parts == 2 && written.folded.size() == characters_max &&
         has_any(found, distinct_apart) &&
         units.find(written.folded.back()) == std::string_view::npos;
}

}  // namespace

std::size_t number_plate(Tokens tokens) {
  Written written;
  std::size_t takes = 0;
  for (std::size_t at = 0; at < tokens.size() && at < parts_max; ++at) {
    if (at > 0 && !touch(tokens[at - 1], tokens[at])) break;
    written.folded += tokens[at].folded;
    if (written.folded.size() > characters_max) break;
    ++written.parts;
    written.upper = written.upper && is_upper_or_digits(tokens[at].text);
    if (is_plate(written)) takes = written.parts;
  }
  return takes;
}

}  // namespace regmark::accountability::internal
