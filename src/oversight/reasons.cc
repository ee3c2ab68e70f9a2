#include "oversight/reasons.h"

#include <algorithm>
#include <iterator>

#include "base/crypto.h"

namespace regmark::oversight {
namespace {

constexpr std::size_t word_length_least = 2;
constexpr std::size_t plate_half = 3;

// Sorted: they hold a sentence together and tell nothing.
constexpr std::string_view linking[] = {
    "about", "after",  "all",   "also", "an",   "and",   "any", "are",   "as",   "at",
    "be",    "been",   "being", "but",  "by",   "can",   "did", "do",    "for",  "from",
    "had",   "has",    "have",  "he",   "her",  "him",   "his", "if",    "in",   "into",
    "is",    "it",     "its",   "may",  "no",   "not",   "of",  "on",    "or",   "our",
    "out",   "please", "re",    "she",  "so",   "that",  "the", "their", "them", "then",
    "there", "they",   "this",  "to",   "up",   "was",   "we",  "were",  "what", "when",
    "where", "which",  "who",   "will", "with", "would", "you"};

// Sorted: what would be true of every search that anybody makes.
constexpr std::string_view fits_all[] = {"anpr",          "asked",          "case",
                                         "check",         "checking",       "checks",
                                         "crime",         "database",       "duties",
                                         "duty",          "enquire",        "enquiries",
                                         "enquiry",       "info",           "information",
                                         "inquiries",     "inquiry",        "intel",
                                         "intelligence",  "investigate",    "investigating",
                                         "investigation", "investigations", "investigative",
                                         "job",           "line",           "lines",
                                         "locate",        "look",           "movement",
                                         "movements",     "needed",         "officer",
                                         "ongoing",       "operational",    "per",
                                         "plate",         "police",         "policing",
                                         "purpose",       "purposes",       "reason",
                                         "reasons",       "reference",      "registration",
                                         "related",       "request",        "requested",
                                         "required",      "research",       "routine",
                                         "search",        "searching",      "see",
                                         "seen",          "sightings",      "suspect",
                                         "suspected",     "test",           "various",
                                         "vehicle",       "vehicles",       "vrm",
                                         "work"};

static_assert(std::ranges::is_sorted(linking));
static_assert(std::ranges::is_sorted(fits_all));

bool is_of_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte >= 0x80;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool has_digit(const std::string& word) {
  return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

bool tells(const std::string& word) {
  return word.size() >= word_length_least && !has_digit(word) &&
         !std::ranges::binary_search(linking, std::string_view(word));
}

}  // namespace

std::vector<std::string> telling_words(std::string_view reason) {
  std::vector<std::string> words;
  std::string word;
  bool after_digits = false;
  const auto take = [&] {
    if (word.empty()) return;
    // "AB12 CDE": the second half of a plate is no word either.
    const bool is_half = after_digits && word.size() == plate_half;
    if (tells(word) && !is_half) words.push_back(word);
    after_digits = has_digit(word);
    word.clear();
  };
  for (const char each : reason) {
    const char c = lower(each);
    if (c == '\'') continue;  // "victim's" is one word
    if (is_of_word(c)) {
      word += c;
    } else {
      take();
    }
  }
  take();
  std::ranges::sort(words);
  // Not std::ranges::unique: clang 14 cannot read what libstdc++ 12 gives.
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

double likeness(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  if (one.empty() || other.empty()) return 0;
  std::size_t both = 0;
  for (auto a = one.begin(), b = other.begin(); a != one.end() && b != other.end();) {
    if (*a == *b) {
      ++both, ++a, ++b;
    } else if (*a < *b) {
      ++a;
    } else {
      ++b;
    }
  }
  return static_cast<double>(both) / static_cast<double>(one.size() + other.size() - both);
}

std::vector<Flag> flags_of(const std::vector<std::string>& words) {
  if (words.size() < telling_words_least) return {Flag::short_reason};
  const bool is_boilerplate = std::ranges::all_of(words, [](const std::string& word) {
    return std::ranges::binary_search(fits_all, std::string_view(word));
  });
  if (is_boilerplate) return {Flag::boilerplate_reason};
  return {};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::int64_t number_of(std::string_view text) {
  const auto digest = base::sha256(base::as_bytes(text));
  std::uint64_t bits = 0;
  for (const auto byte : std::span(digest).first<sizeof bits>()) bits = bits << 8U | byte;
  return static_cast<std::int64_t>(bits);
}

}  // namespace regmark::oversight
