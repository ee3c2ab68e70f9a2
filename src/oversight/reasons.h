// Whether a reason in words says anything of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "oversight/flags.h"

namespace regmark::oversight {

// Fewer telling words than this, and nobody can weigh the reason: "robbery, victim's van" has
// three.
inline constexpr std::size_t telling_words_least = 3;
// Two reasons are alike when they share four in five of their telling words: one word in a sentence
// of ten may be changed without its becoming a new reason.
inline constexpr double alike_least = 0.8;
// Alike for so many other references within the time: by the same person, as nobody's cases are so
// alike; or word for word by the force, where a template goes round.
inline constexpr std::uint64_t own_repeats_least = 10;
inline constexpr std::uint64_t force_repeats_least = 100;
inline constexpr std::chrono::days repeats_within{90};
// Of a person's own, the latest so many are compared.
inline constexpr std::size_t own_reasons_max = 500;

// The words by which two reasons are compared, sorted, none twice: in lower case, without words
// that carry a digit (plates, numbers and dates differ in every copy) and without those that hold a
// sentence together.
std::vector<std::string> telling_words(std::string_view reason);

// How much of all their words two reasons have in common, 0 to 1; both sorted. Nothing is like
// nothing.
double likeness(const std::vector<std::string>& one, const std::vector<std::string>& other);

// What the words by themselves show: short_reason or boilerplate_reason.
std::vector<Flag> flags_of(const std::vector<std::string>& words);

// For columns: words with blanks between, and back; and a number that is the same for the same.
std::string joined(const std::vector<std::string>& words);
std::vector<std::string> parted(std::string_view text);
std::int64_t number_of(std::string_view text);

}  // namespace regmark::oversight
