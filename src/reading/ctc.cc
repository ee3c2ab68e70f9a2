#include "reading/ctc.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "base/check.h"

namespace regmark::reading {
namespace {

constexpr double impossible = -std::numeric_limits<double>::infinity();
// One step may add at most some 1e-40 to a product: this stays far above the smallest double.
constexpr double scale_below = 1e-100;

// A prefix's probability, by whether its paths end in a blank: only then may its last character
// come again as a new one.
struct Ends {
  double blank = 0, character = 0;
  double sum() const { return blank + character; }
};
using Prefixes = std::unordered_map<std::string, Ends>;

// One step of every kept prefix.
Prefixes step_on(const Prefixes& kept, const Distribution& distribution, std::size_t step,
                 double pruned_below) {
  Prefixes next;
  for (const auto& [prefix, ends] : kept) {
    const std::size_t last = prefix.empty() ? 0 : class_of(prefix.back());
    auto& same = next[prefix];
    same.blank += ends.sum() * distribution.at(step, 0);
    if (last != 0) same.character += ends.character * distribution.at(step, last);
    for (std::size_t of_class = 1; of_class < classes; ++of_class) {
      const double odds = distribution.at(step, of_class);
      const double before = of_class == last ? ends.blank : ends.sum();
      if (odds < pruned_below || before == 0) continue;
      next[prefix + alphabet[of_class - 1]].character += before * odds;
    }
  }
  return next;
}

// The best of them, best first. Equal ones by their text, so that every run gives the same.
std::vector<std::pair<std::string, Ends>> best_of(const Prefixes& prefixes, std::size_t width) {
  std::vector<std::pair<std::string, Ends>> best(prefixes.begin(), prefixes.end());
  const auto is_better = [](const auto& a, const auto& b) {
    return a.second.sum() != b.second.sum() ? a.second.sum() > b.second.sum() : a.first < b.first;
  };
  const auto end =
      best.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(width, best.size()));
  std::partial_sort(best.begin(), end, best.end(), is_better);
  best.erase(end, best.end());
  return best;
}

}  // namespace

std::size_t class_of(char character) {
  if (character >= '0' && character <= '9') return static_cast<std::size_t>(character - '0') + 1;
  if (character >= 'A' && character <= 'Z') return static_cast<std::size_t>(character - 'A') + 11;
  return 0;
}

Distribution Distribution::of_logits(std::span<const float> logits, std::size_t width) {
  REGMARK_CHECK(width >= classes && logits.size() % width == 0);
  Distribution made;
  made.values_.reserve(logits.size() / width * classes);
  for (std::size_t at = 0; at < logits.size(); at += width) {
    const auto step = logits.subspan(at, classes);
    const double highest = *std::ranges::max_element(step);
    double sum = 0;
    for (const float logit : step) sum += std::exp(logit - highest);
    for (const float logit : step) made.values_.push_back(std::exp(logit - highest) / sum);
  }
  return made;
}

double log_probability(const Distribution& distribution, std::string_view text) {
  // The text with blanks around each character; ways[s] is the probability of all paths up to this
  // step that end in state s. Scaled on the way, since a product of many steps underflows.
  std::vector<std::size_t> states(text.size() * 2 + 1, 0);
  for (std::size_t at = 0; at < text.size(); ++at) {
    states[at * 2 + 1] = class_of(text[at]);
    if (states[at * 2 + 1] == 0) return impossible;
  }
  if (distribution.steps() == 0) return text.empty() ? 0 : impossible;
  std::vector<double> ways(states.size(), 0);
  ways[0] = 1;  // before the first step, as if after a blank
  double log_sum = 0;
  for (std::size_t step = 0; step < distribution.steps(); ++step) {
    double sum = 0;
    for (std::size_t state = states.size(); state-- > 0;) {
      double from = ways[state];
      if (state > 0) from += ways[state - 1];
      const bool may_skip = state > 1 && states[state] != 0 && states[state] != states[state - 2];
      if (may_skip) from += ways[state - 2];
      ways[state] = from * distribution.at(step, states[state]);
      sum += ways[state];
    }
    if (sum == 0) return impossible;
    if (sum > scale_below && step + 1 < distribution.steps()) continue;
    for (auto& way : ways) way /= sum;
    log_sum += std::log(sum);
  }
  const double ending = ways.back() + (ways.size() > 1 ? ways[ways.size() - 2] : 0);
  return ending > 0 ? log_sum + std::log(ending) : impossible;
}

std::vector<Hypothesis> beam_search(const Distribution& distribution, std::size_t width,
                                    double pruned_below) {
  Prefixes kept{{"", Ends{1, 0}}};
  double log_scale = 0;
  std::vector<std::pair<std::string, Ends>> best;
  for (std::size_t step = 0; step < distribution.steps(); ++step) {
    best = best_of(step_on(kept, distribution, step, pruned_below), width);
    // Scaled for the same reason as above.
    const double most = best.empty() ? 0 : best.front().second.sum();
    if (most == 0) return {};
    log_scale += std::log(most);
    kept.clear();
    for (auto& [prefix, ends] : best) {
      ends = {ends.blank / most, ends.character / most};
      kept.emplace(prefix, ends);
    }
  }
  std::vector<Hypothesis> found;
  for (const auto& [text, ends] : best) {
    if (ends.sum() > 0) found.push_back({text, log_scale + std::log(ends.sum())});
  }
  return found;
}

}  // namespace regmark::reading
