#include "reading/ctc.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "base/check.h"

namespace regmark::reading {
namespace {

constexpr double impossible = -std::numeric_limits<double>::infinity();
// One step may add at most some 1e-40 to a product: this stays far above the smallest double.
constexpr double scale_below = 1e-100;

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

namespace {

// The text with blanks around each character: the states that a path goes through. Empty for a text
// that has a character which is not of the alphabet.
std::vector<std::size_t> states_of(std::string_view text) {
  std::vector<std::size_t> states(text.size() * 2 + 1, 0);
  for (std::size_t at = 0; at < text.size(); ++at) {
    states[at * 2 + 1] = class_of(text[at]);
    if (states[at * 2 + 1] == 0) return {};
  }
  return states;
}

// Whether a path may go from the state before the blank before this one straight to this one.
bool may_skip_to(const std::vector<std::size_t>& states, std::size_t state) {
  return state > 1 && states[state] != 0 && states[state] != states[state - 2];
}

// All paths of a text, step by step: how much of their probability is before a step in each state,
// and how much of it comes after. Both as parts of what the paths have up to there, since products
// of many steps underflow.
struct Ways {
  std::vector<std::size_t> states;
  std::vector<double> before, after;  // by step and state
  std::vector<double> sums;           // what was taken out at each step
  double log_sum = 0;                 // and in all
  double at(const std::vector<double>& of, std::size_t step, std::size_t state) const {
    return of[step * states.size() + state];
  }
};

// Nothing where the text has next to no probability.
std::optional<Ways> ways_of(const Distribution& distribution, std::string_view text) {
  Ways ways{states_of(text), {}, {}, {}, 0};
  const std::size_t count = ways.states.size(), steps = distribution.steps();
  if (text.empty() || count == 0 || steps == 0) return std::nullopt;
  ways.before.assign(steps * count, 0);
  ways.after.assign(steps * count, 0);
  ways.sums.assign(steps, 0);
  auto& sums = ways.sums;
  for (std::size_t step = 0; step < steps; ++step) {
    for (std::size_t state = 0; state < count; ++state) {
      double from = 0;
      if (step == 0) {
        from = state < 2 ? 1 : 0;
      } else {
        from = ways.at(ways.before, step - 1, state);
        if (state > 0) from += ways.at(ways.before, step - 1, state - 1);
        if (may_skip_to(ways.states, state)) from += ways.at(ways.before, step - 1, state - 2);
      }
      const double way = from * distribution.at(step, ways.states[state]);
      ways.before[step * count + state] = way;
      sums[step] += way;
    }
    if (!(sums[step] > scale_below)) return std::nullopt;
    for (std::size_t state = 0; state < count; ++state) {
      ways.before[step * count + state] /= sums[step];
    }
    ways.log_sum += std::log(sums[step]);
  }
  ways.after[(steps - 1) * count + count - 1] = 1;
  ways.after[(steps - 1) * count + count - 2] = 1;
  for (std::size_t step = steps - 1; step-- > 0;) {
    const auto onwards = [&](std::size_t state) {
      return distribution.at(step + 1, ways.states[state]) * ways.at(ways.after, step + 1, state);
    };
    for (std::size_t state = 0; state < count; ++state) {
      double to = onwards(state);
      if (state + 1 < count) to += onwards(state + 1);
      if (state + 2 < count && may_skip_to(ways.states, state + 2)) to += onwards(state + 2);
      ways.after[step * count + state] = to / sums[step + 1];
    }
  }
  return ways;
}

// With another class in one state. Every path goes through that state, and up to it and after it
// nothing changes: so it is enough to follow how the paths come into it, stay, and leave.
double with_class(const Distribution& distribution, const Ways& ways, std::size_t state,
                  std::size_t of_class) {
  const auto& states = ways.states;
  const auto& sums = ways.sums;
  const bool skips_in = state > 1 && states[state - 2] != of_class;
  const bool skips_out = state + 2 < states.size() && states[state + 2] != of_class;
  double here = 0, whole = 0;
  for (std::size_t step = 0; step < distribution.steps(); ++step) {
    double from = here;
    if (step == 0) {
      from = state == 1 ? 1 : 0;
    } else {
      from += ways.at(ways.before, step - 1, state - 1);
      if (skips_in) from += ways.at(ways.before, step - 1, state - 2);
    }
    here = from * distribution.at(step, of_class) / sums[step];
    if (step + 1 == distribution.steps()) {
      if (state + 2 == states.size()) whole += here;
      break;
    }
    double leaving = distribution.at(step + 1, 0) * ways.at(ways.after, step + 1, state + 1);
    if (skips_out) {
      leaving +=
          distribution.at(step + 1, states[state + 2]) * ways.at(ways.after, step + 1, state + 2);
    }
    whole += here * leaving / sums[step + 1];
  }
  return whole > 0 ? ways.log_sum + std::log(whole) : impossible;
}

}  // namespace

BestPath best_path(const Distribution& distribution) {
  BestPath best;
  std::vector<double> sureties;
  std::size_t last = 0;
  for (std::size_t step = 0; step < distribution.steps(); ++step) {
    std::size_t likeliest = 0;
    for (std::size_t of_class = 1; of_class < classes; ++of_class) {
      if (distribution.at(step, of_class) > distribution.at(step, likeliest)) likeliest = of_class;
    }
    if (likeliest != 0 && likeliest != last) {
      best.text += alphabet[likeliest - 1];
      sureties.push_back(0);
    }
    if (likeliest != 0) {
      sureties.back() = std::max(sureties.back(), distribution.at(step, likeliest));
    }
    last = likeliest;
  }
  if (sureties.empty()) return best;
  best.least = std::ranges::min(sureties);
  for (const double surety : sureties) best.mean += surety / static_cast<double>(sureties.size());
  return best;
}

double log_probability(const Distribution& distribution, std::string_view text) {
  // ways[s] is the probability of all paths up to this step that end in state s. Scaled on the way,
  // since a product of many steps underflows.
  const auto states = states_of(text);
  if (states.empty()) return impossible;
  if (distribution.steps() == 0) return text.empty() ? 0 : impossible;
  std::vector<double> ways(states.size(), 0);
  ways[0] = 1;  // before the first step, as if after a blank
  double log_sum = 0;
  for (std::size_t step = 0; step < distribution.steps(); ++step) {
    double sum = 0;
    for (std::size_t state = states.size(); state-- > 0;) {
      double from = ways[state];
      if (state > 0) from += ways[state - 1];
      if (may_skip_to(states, state)) from += ways[state - 2];
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

OneAway log_probabilities_one_away(const Distribution& distribution, std::string_view text,
                                   double pruned_below) {
  OneAway all(text.size());
  const auto ways = ways_of(distribution, text);
  std::array<bool, classes> is_seen{};
  for (std::size_t step = 0; step < distribution.steps(); ++step) {
    for (std::size_t of_class = 1; of_class < classes; ++of_class) {
      is_seen[of_class] = is_seen[of_class] || distribution.at(step, of_class) >= pruned_below;
    }
  }
  std::string other(text);
  for (std::size_t place = 0; place < text.size(); ++place) {
    for (std::size_t of_class = 1; of_class < classes; ++of_class) {
      auto& log = all[place][of_class - 1];
      if (!is_seen[of_class]) {
        log = impossible;
      } else if (ways) {
        log = with_class(distribution, *ways, place * 2 + 1, of_class);
      } else {
        other[place] = alphabet[of_class - 1];
        log = log_probability(distribution, other);
      }
    }
    other[place] = text[place];
  }
  return all;
}

}  // namespace regmark::reading
