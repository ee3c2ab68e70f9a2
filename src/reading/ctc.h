// Texts out of what the reader's network says, by the rules of CTC (connectionist temporal
// classification): a path names a class for each step; runs of one class count once, then blanks
// are dropped. A text's probability is the sum over all of its paths.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reading/engine.h"

namespace regmark::reading {

// Class 0 is the blank; class 1 is the first of these. An array of its own: of a literal each file
// may have a copy, and a loop over the view then begin in one and end in another.
inline constexpr char alphabet_text[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
inline constexpr std::string_view alphabet = alphabet_text;
inline constexpr std::size_t classes = alphabet.size() + 1;

// The class of a letter or digit, 1 to 36; 0 for anything else.
std::size_t class_of(char character);

// The probability of each class at each step; those of a step add up to 1.
class Distribution {
 public:
  // Softmax over `width` logits a step, of which those from `classes` on were never trained and are
  // left out. `logits` holds a whole number of steps.
  static Distribution of_logits(std::span<const float> logits, std::size_t width);

  std::size_t steps() const { return values_.size() / classes; }
  double at(std::size_t step, std::size_t of_class) const {
    return values_[step * classes + of_class];
  }

 private:
  std::vector<double> values_;
};

// The text of the likeliest path, and how sure it is of its characters: of each the greatest
// probability among its steps. A quick first impression, where a search tells what a text is worth.
struct BestPath {
  std::string text;
  double least = 0, mean = 0;  // over the characters; 0 where there is none
};
BestPath best_path(const Distribution& distribution);

// Natural logarithm of the text's probability. What no path can give is minus infinity: a text
// longer than there are steps, or with a character that is not of the alphabet.
double log_probability(const Distribution& distribution, std::string_view text);

// The same of all texts that have another letter or digit in one place, for each place by class
// less one; where the class is the text's own, the text's. Together they cost what some twenty
// calls of log_probability() do, and less where `pruned_below` leaves some out: a class that no
// step holds so likely is minus infinity. All paths of a text with it have no more than that many
// times the steps.
using OneAway = std::vector<std::array<double, classes - 1>>;
OneAway log_probabilities_one_away(const Distribution& distribution, std::string_view text,
                                   double pruned_below = 0);

struct Hypothesis {
  std::string text;
  double log_probability = 0;
};

// The likeliest texts, best first, at most `width`: a prefix beam search. It keeps `width` prefixes
// a step and leaves out steps' classes below `pruned_below`, so a text's probability is a lower
// bound; with a width above the number of prefixes and no pruning it is exact. What is pruned by
// default was seen by no step with a thousandth: substituting single characters finds it better.
std::vector<Hypothesis> beam_search(const Distribution& distribution, std::size_t width,
                                    double pruned_below = 1e-3);

}  // namespace regmark::reading
