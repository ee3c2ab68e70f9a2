#include "accountability/sieve.h"

#include <algorithm>

#include "accountability/internal/place_words.h"
#include "accountability/internal/shapes.h"
#include "accountability/internal/tokens.h"

namespace regmark::accountability {
namespace {

using internal::Token;
using internal::Tokens;
using internal::tokens_of;

// Shorter ones are found as words only: put together, short words make other words everywhere.
constexpr std::size_t squeezed_size_min = 6;
// Shorter words are no names by themselves, and shorter capitals begin too many sentences.
constexpr std::size_t word_size_min = 4;
constexpr std::size_t capital_size_min = 3;

std::vector<Finding> joined(std::vector<Finding> found) {
  // The longest of those that begin together names them; of several, what was looked for first.
  std::stable_sort(found.begin(), found.end(), [](const Finding& one, const Finding& other) {
    return std::pair(one.begin, other.end) < std::pair(other.begin, one.end);
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

// The text without what stands between its letters and digits, and where each of them stood.
struct Squeezed {
  std::string letters;
  std::vector<std::size_t> places;
};

Squeezed squeezed_of(Tokens tokens) {
  Squeezed squeezed;
  for (const auto& token : tokens) {
    squeezed.letters += token.folded;
    for (auto at = token.begin; at < token.end; ++at) squeezed.places.push_back(at);
  }
  return squeezed;
}

std::vector<std::string> words_of(Tokens tokens) {
  std::vector<std::string> words;
  for (const auto& token : tokens) words.push_back(token.folded);
  return words;
}

bool tells_alone(const Token& word, std::size_t size_min) {
  return word.text.size() >= size_min && !internal::all_digits(word.text) &&
         !internal::is_ordinary(word.folded);
}

}  // namespace

void Sieve::add(Name name) {
  std::string together;
  for (const auto& word : name.words) together += word;
  if (together.size() >= squeezed_size_min && name.counts == Counts::always) {
    auto& all = run_together_[together.substr(0, squeezed_size_min)];
    all.insert({std::move(together), /*whole_words=*/name.words.size() == 1});
  }
  auto& all = names_[name.words.front()];
  all.insert(std::move(name));
}

Sieve::Sieve(const std::vector<std::string>& own, const std::vector<std::string>& others,
             const std::vector<std::string>& near) {
  const auto add_whole = [this](const std::vector<Token>& tokens) {
    if (!tokens.empty()) add({words_of(tokens)});
    for (std::size_t i = 0; tokens.size() > 2 && i + 1 < tokens.size(); ++i) {
      add({words_of(std::span(tokens).subspan(i, 2))});
    }
  };
  for (const auto& name : own) {
    const auto tokens = tokens_of(name);
    add_whole(tokens);
    for (const auto& word : tokens) {
      if (tells_alone(word, word_size_min)) add({{word.folded}});
    }
  }
  for (const auto& name : near) add_whole(tokens_of(name));
  for (const auto& name : others) {
    const auto tokens = tokens_of(name);
    const bool numbered = std::ranges::any_of(name, internal::is_digit);
    if (tokens.size() > 1 || (numbered && !internal::all_digits(name))) {
      add({words_of(tokens)});
    } else if (tokens.size() == 1 && tells_alone(tokens.front(), capital_size_min)) {
      add({{tokens.front().folded}, Counts::with_capital});
    }
  }
}

std::vector<Finding> Sieve::findings(std::string_view text,
                                     std::span<const std::string> numbers) const {
  std::vector<Finding> found;
  const auto tokens = tokens_of(text);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const auto names = names_.find(tokens[at].folded);
    if (names == names_.end()) continue;
    for (const auto& name : names->second) {
      const auto count = name.words.size();
      if (count > tokens.size() - at) continue;
      if (name.counts == Counts::with_capital && !tokens[at].is_capital()) continue;
      const auto stands = std::equal(
          name.words.begin(), name.words.end(), tokens.begin() + static_cast<std::ptrdiff_t>(at),
          [](const std::string& word, const Token& token) { return word == token.folded; });
      if (stands) {
        found.push_back({tokens[at].begin, tokens[at + count - 1].end, std::string(a_name)});
      }
    }
  }
  const auto squeezed = squeezed_of(tokens);
  const std::string_view letters = squeezed.letters;
  const auto is_inside_word = [&](std::size_t at) {
    return at > 0 && at < letters.size() && squeezed.places[at - 1] + 1 == squeezed.places[at];
  };
  for (std::size_t at = 0; at + squeezed_size_min <= letters.size(); ++at) {
    const auto names = run_together_.find(letters.substr(at, squeezed_size_min));
    if (names == run_together_.end()) continue;
    for (const auto& name : names->second) {
      if (letters.substr(at, name.letters.size()) != name.letters) continue;
      const auto end = at + name.letters.size();
      if (name.whole_words && (is_inside_word(at) || is_inside_word(end))) continue;
      found.push_back({squeezed.places[at], squeezed.places[end - 1] + 1, std::string(a_name)});
    }
  }
  internal::find_kinds(tokens, found);
  internal::find_coordinates(tokens, text, found);
  internal::find_strange(text, found);
  internal::find_numbers(text, numbers, found);
  return joined(std::move(found));
}

Result<PublicText> Sieve::pass(std::string_view text) const {
  const auto found = findings(text);
  if (found.empty()) return PublicText(std::string(text));
  return fail(ErrorCode::invalid_input, "it holds " + found.front().what);
}

}  // namespace regmark::accountability
