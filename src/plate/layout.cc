#include "plate/layout.h"

#include <algorithm>
#include <span>

#include "base/check.h"

namespace regmark::plate {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool has_any(std::string_view text, std::string_view unwanted) {
  return text.find_first_of(unwanted) != std::string_view::npos;
}

// A stretch of letters only, or of digits only.
struct Run {
  bool digits = false;
  std::string_view text;
};

// No layout but the foreign one has more runs than this.
constexpr std::size_t runs_max = 3;

struct Runs {
  std::array<Run, runs_max> run;
  std::size_t count = 0;  // runs_max + 1: more than any layout has
};

Runs runs_of(std::string_view text) {
  Runs runs;
  while (!text.empty()) {
    if (runs.count == runs_max) {
      ++runs.count;
      return runs;
    }
    const bool digits = is_digit(text.front());
    const auto* end = std::ranges::find_if(text, [&](char c) { return is_digit(c) != digits; });
    const auto length = static_cast<std::size_t>(end - text.begin());
    runs.run[runs.count++] = {digits, text.substr(0, length)};
    text.remove_prefix(length);
  }
  return runs;
}

using Rule = bool (*)(const Runs& runs);

// The numbers of a civil mark are counted from 1 and written without zeros in front.
bool counts_from_one(const Runs& runs) {
  return std::ranges::none_of(std::span(runs.run).first(runs.count),
                              [](const Run& run) { return run.digits && run.text.front() == '0'; });
}

// The first block was 51 (September 2001); 01 was never issued; 00 ends the scheme in 2051.
bool current_grammar(const Runs& runs) {
  return !has_any(runs.run[0].text, "IQZ") && runs.run[1].text != "01" &&
         !has_any(runs.run[2].text, "IQ");
}

// Letters that never stood for a year, for they look like digits or like one another.
constexpr std::string_view no_year = "IOQUZ";

bool prefix_grammar(const Runs& runs) {
  return counts_from_one(runs) && !has_any(runs.run[0].text, no_year);
}

bool suffix_grammar(const Runs& runs) {
  return counts_from_one(runs) && !has_any(runs.run[2].text, no_year);
}

bool northern_letters(const Runs& runs) {
  const auto letters = runs.run[runs.run[0].digits ? 1 : 0].text;
  return counts_from_one(runs) && has_any(letters, "IZ");
}

bool age_unknown_grammar(const Runs& runs) {
  return counts_from_one(runs) && runs.run[0].text == "Q";
}

// The second group begins with 101 for diplomats, 400 for international bodies, 700 for consuls.
bool diplomatic_grammar(const Runs& runs) {
  const auto kind = runs.run[1].text;
  return (kind == "D" || kind == "X") && runs.run[2].text >= "101";
}

bool anything(const Runs&) {
  return true;
}

// How many characters a run has.
struct Stretch {
  bool digits;
  std::size_t least;
  std::size_t most;
};

constexpr Stretch letters(std::size_t least, std::size_t most) {
  return {false, least, most};
}
constexpr Stretch digits(std::size_t least, std::size_t most) {
  return {true, least, most};
}

struct Form {
  Layout layout;
  std::size_t count;
  std::array<Stretch, runs_max> stretches;
  Rule rule;
};

constexpr Form forms[] = {
    {Layout::current, 3, {letters(2, 2), digits(2, 2), letters(3, 3)}, current_grammar},
    {Layout::prefix, 3, {letters(1, 1), digits(1, 3), letters(3, 3)}, prefix_grammar},
    {Layout::suffix, 3, {letters(3, 3), digits(1, 3), letters(1, 1)}, suffix_grammar},
    {Layout::dateless_four_digits, 2, {digits(4, 4), letters(1, 2)}, counts_from_one},
    {Layout::dateless_digits_first, 2, {digits(1, 3), letters(1, 3)}, counts_from_one},
    {Layout::dateless_letters_first, 2, {letters(1, 3), digits(1, 3)}, counts_from_one},
    {Layout::dateless_four_last, 2, {letters(1, 2), digits(4, 4)}, counts_from_one},
    {Layout::northern_ireland, 2, {letters(3, 3), digits(4, 4)}, northern_letters},
    {Layout::northern_ireland_reversed, 2, {digits(4, 4), letters(3, 3)}, northern_letters},
    {Layout::age_unknown, 3, {letters(1, 1), digits(1, 3), letters(3, 3)}, age_unknown_grammar},
    {Layout::military, 3, {letters(2, 2), digits(2, 2), letters(2, 2)}, anything},
    {Layout::military_older, 3, {digits(2, 2), letters(2, 2), digits(2, 2)}, anything},
    {Layout::diplomatic, 3, {digits(3, 3), letters(1, 1), digits(3, 3)}, diplomatic_grammar},
    {Layout::trade, 2, {digits(3, 3), letters(1, 3)}, anything},
    {Layout::trade, 1, {digits(5, 5)}, anything},
};

bool fits(const Runs& runs, const Form& form) {
  if (runs.count != form.count) return false;
  for (std::size_t at = 0; at < form.count; ++at) {
    const auto& [run_digits, text] = runs.run[at];
    const auto& stretch = form.stretches[at];
    if (run_digits != stretch.digits) return false;
    if (text.size() < stretch.least || text.size() > stretch.most) return false;
  }
  return form.rule(runs);
}

// Shorter texts are seldom plates, and hardly any country issues one without a digit.
constexpr std::size_t foreign_length_min = 3;

bool fits_foreign(std::string_view text) {
  return text.size() >= foreign_length_min && std::ranges::any_of(text, is_digit);
}

// Which second letters go with a first one. From a public transcription of DVLA leaflet INF104.
struct Office {
  char first;
  char from;
  char to;
  std::string_view name;
};

constexpr Office offices[] = {
    // A, B, C...: MN is kept for the Isle of Man, X for export, so neither is in the table.
    {'A', 'A', 'N', "Peterborough"}, {'A', 'O', 'U', "Norwich"},     {'A', 'V', 'Y', "Ipswich"},
    {'B', 'A', 'Y', "Birmingham"},   {'C', 'A', 'O', "Cardiff"},     {'C', 'P', 'V', "Swansea"},
    {'C', 'W', 'Y', "Bangor"},       {'D', 'A', 'K', "Chester"},     {'D', 'L', 'Y', "Shrewsbury"},
    {'E', 'A', 'Y', "Essex"},        {'F', 'A', 'P', "Nottingham"},  {'F', 'R', 'Y', "Lincoln"},
    {'G', 'A', 'O', "Maidstone"},    {'G', 'P', 'Y', "Brighton"},    {'H', 'A', 'J', "Bournemouth"},
    {'H', 'K', 'Y', "Portsmouth"},   {'K', 'A', 'L', "Borehamwood"}, {'K', 'M', 'Y', "Northampton"},
    {'L', 'A', 'Y', "London"},       {'M', 'A', 'M', "Manchester"},  {'M', 'O', 'Y', "Manchester"},
    {'N', 'A', 'O', "Newcastle"},    {'N', 'P', 'Y', "Stockton"},    {'O', 'A', 'Y', "Oxford"},
    {'P', 'A', 'T', "Preston"},      {'P', 'U', 'Y', "Carlisle"},    {'R', 'A', 'Y', "Reading"},
    {'S', 'A', 'J', "Glasgow"},      {'S', 'K', 'O', "Edinburgh"},   {'S', 'P', 'T', "Dundee"},
    {'S', 'U', 'W', "Aberdeen"},     {'S', 'X', 'Y', "Inverness"},   {'V', 'A', 'Y', "Worcester"},
    {'W', 'A', 'J', "Exeter"},       {'W', 'K', 'L', "Truro"},       {'W', 'M', 'Y', "Bristol"},
    {'Y', 'A', 'K', "Leeds"},        {'Y', 'L', 'U', "Sheffield"},   {'Y', 'V', 'Y', "Beverley"},
};

}  // namespace

std::string_view name(Layout layout) {
  switch (layout) {
    case Layout::current:
      return "current";
    case Layout::prefix:
      return "prefix";
    case Layout::suffix:
      return "suffix";
    case Layout::dateless_four_digits:
      return "dateless_four_digits";
    case Layout::dateless_digits_first:
      return "dateless_digits_first";
    case Layout::dateless_letters_first:
      return "dateless_letters_first";
    case Layout::dateless_four_last:
      return "dateless_four_last";
    case Layout::northern_ireland:
      return "northern_ireland";
    case Layout::northern_ireland_reversed:
      return "northern_ireland_reversed";
    case Layout::age_unknown:
      return "age_unknown";
    case Layout::military:
      return "military";
    case Layout::military_older:
      return "military_older";
    case Layout::diplomatic:
      return "diplomatic";
    case Layout::trade:
      return "trade";
    case Layout::foreign:
      return "foreign";
  }
  return "unknown";
}

LayoutSet layouts_of(const Plate& plate) {
  const auto runs = runs_of(plate.text());
  LayoutSet found;
  for (const auto& form : forms) {
    if (fits(runs, form)) found.add(form.layout);
  }
  if (fits_foreign(plate.text())) found.add(Layout::foreign);
  return found;
}

std::optional<IssuePeriod> issue_period(const Plate& plate) {
  if (!layouts_of(plate).contains(Layout::current)) return std::nullopt;
  using namespace std::chrono;
  const int age = (plate.text()[2] - '0') * 10 + (plate.text()[3] - '0');
  // 02 to 50 are the springs of 2002 to 2050; 51 to 99 and then 00 the autumns of 2001 to 2050.
  if (age >= 2 && age <= 50)
    return IssuePeriod{year{2000 + age} / March / 1, year{2000 + age} / September / 1};
  const int autumn = age == 0 ? 2050 : 1950 + age;
  return IssuePeriod{year{autumn} / September / 1, year{autumn + 1} / March / 1};
}

std::optional<std::string_view> local_office(const Plate& plate) {
  if (!layouts_of(plate).contains(Layout::current)) return std::nullopt;
  const char first = plate.text()[0];
  const char second = plate.text()[1];
  for (const auto& office : offices) {
    if (office.first == first && office.from <= second && second <= office.to) return office.name;
  }
  return std::nullopt;
}

}  // namespace regmark::plate
