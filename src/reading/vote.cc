#include "reading/vote.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "plate/layout.h"
#include "plate/look_alike.h"

namespace regmark::reading {
namespace {

constexpr std::size_t beam_width = 16;
constexpr double log_beside_best_min = -14;  // a millionth
constexpr std::size_t candidates_max = 48;   // before the misreads of the best are added
// Frames of one vehicle share their light, dirt and angle: a second look is worth a quarter of an
// independent one. Without this ten poor frames would add up to certainty. Cuts of one frame share
// all that and the noise too: they are worth one look.
constexpr double further_look_worth = 0.25;
// A look may show a wiper or another vehicle, so it may speak against a text only so loudly: no
// more than that all looks together leave it this little. Some 300 texts are weighed, and those
// that no look supports must not add up to something beside a text that half of the looks support.
constexpr double log_probability_min = -20;
constexpr float alternative_min = 0.001F;
constexpr float layout_alternative_min = 0.0001F;
// A text of a class that no step of forty holds likelier is below any alternative.
constexpr double seen_by_none = 1e-6;

// Probabilities of texts, given all looks. Those of all texts add up to one.
using Odds = std::map<std::string, double>;

// The looks with their cuts in one row, and what they are worth together in looks.
struct Cuts {
  std::vector<const Distribution*> all;
  double worth = 1;
};
Cuts cuts_of(std::span<const Look> looks) {
  Cuts cuts;
  for (const auto& look : looks) {
    for (const auto& distribution : look) cuts.all.push_back(&distribution);
  }
  cuts.worth = 1 + (static_cast<double>(looks.size()) - 1) * further_look_worth;
  return cuts;
}

// One number for all cuts, of the logarithms of what each says.
double together(const Cuts& cuts, std::span<const double> logs) {
  const double least = logs.size() == 1 ? logs.front() : log_probability_min / cuts.worth;
  double sum = 0;
  for (const double log : logs) sum += std::max(log, least);
  return sum / static_cast<double>(logs.size()) * cuts.worth;
}

// What any look holds likely, the best of each look first; not what is next to impossible beside
// it.
std::vector<std::string> candidates_of(const Cuts& cuts) {
  std::map<std::string, double> best;
  for (const auto* cut : cuts.all) {
    const auto found = beam_search(*cut, beam_width);
    for (const auto& [text, log] : found) {
      if (log < found.front().log_probability + log_beside_best_min) break;
      const auto [at, is_new] = best.try_emplace(text, log);
      at->second = std::max(at->second, log);
    }
  }
  std::vector<std::pair<double, std::string>> order;
  order.reserve(best.size());
  for (const auto& [text, log] : best) order.emplace_back(-log, text);
  std::ranges::sort(order);
  if (order.size() > candidates_max) order.resize(candidates_max);
  std::vector<std::string> texts;
  texts.reserve(order.size());
  for (auto& [log, text] : order) texts.push_back(std::move(text));
  return texts;
}

const std::string& best_of(const Odds& odds) {
  return std::ranges::max_element(odds, {}, [](const auto& entry) { return entry.second; })->first;
}

// The likely texts' probabilities: how much the looks believe in any of them, shared among them by
// what all looks say together. A pattern that is no text leaves much to texts that no look holds
// likely, and then nothing is certain. Of one cut these are the network's own probabilities.
Odds odds_of(const Cuts& cuts) {
  Odds odds;  // logarithms first
  double believed = 0;
  std::vector<double> logs(cuts.all.size());
  const auto weigh = [&](const std::string& text, const auto& log_of) {
    for (std::size_t cut = 0; cut < logs.size(); ++cut) {
      logs[cut] = log_of(cut);
      believed += std::exp(logs[cut]) / static_cast<double>(logs.size());
    }
    odds.emplace(text, together(cuts, logs));
  };
  for (const auto& text : candidates_of(cuts)) {
    weigh(text, [&](std::size_t cut) { return log_probability(*cuts.all[cut], text); });
  }
  if (odds.empty()) return odds;
  // And every text that differs from the best in one character.
  const std::string best = best_of(odds);
  std::vector<OneAway> one_away;
  for (const auto* cut : cuts.all) {
    one_away.push_back(log_probabilities_one_away(*cut, best, seen_by_none));
  }
  for (std::size_t place = 0; place < best.size(); ++place) {
    for (std::size_t of_class = 0; of_class < alphabet.size(); ++of_class) {
      const bool is_seen = std::ranges::any_of(
          one_away, [&](const OneAway& one) { return !std::isinf(one[place][of_class]); });
      if (!is_seen) continue;
      auto text = best;
      text[place] = alphabet[of_class];
      if (odds.contains(text)) continue;
      weigh(text, [&](std::size_t cut) { return one_away[cut][place][of_class]; });
    }
  }
  const double highest = odds.at(best_of(odds));
  if (std::isinf(highest)) return {};
  double sum = 0;
  for (const auto& [text, log] : odds) sum += std::exp(log - highest);
  for (auto& [text, log] : odds) log = std::exp(log - highest) / sum * std::min(believed, 1.0);
  return odds;
}

std::string glyphs_of(std::string text) {
  std::ranges::transform(text, text.begin(), plate::glyph_of);
  return text;
}

// The text as its layout spells it: see vote.h.
std::string spelled(const std::string& text) {
  const auto plate = plate::Plate::parse(text);
  if (!plate) return text;
  const auto spellings = plate::british_spellings(*plate);
  return spellings.size() == 1 ? std::string(spellings.front().text()) : text;
}

bool is_british(const std::string& text) {
  const auto plate = plate::Plate::parse(text);
  return plate && plate::layouts_of(*plate).british();
}

// Gives each spelling that its layout rules out to the one it rules in. Texts that no plate can
// hold are left out.
Odds by_spelling(const Odds& odds) {
  Odds merged;
  // Most texts are far too unlikely to change anything: looking up their layouts would be most of
  // the work.
  constexpr double worth_spelling = 1e-6;
  for (const auto& [text, probability] : odds) {
    if (text.empty() || text.size() > plate::length_max) continue;
    merged[probability < worth_spelling ? text : spelled(text)] += probability;
  }
  return merged;
}

// For each place: how much of the probability of all texts that agree elsewhere is this one's.
std::vector<float> character_scores(const Odds& odds, const std::string& text) {
  const std::string glyphs = glyphs_of(text);
  std::vector<double> same(text.size(), 0), any(text.size(), 0);
  for (const auto& [other, probability] : odds) {
    if (other.size() != text.size()) continue;
    const std::string other_glyphs = glyphs_of(other);
    std::size_t differing = 0, where = 0;
    for (std::size_t at = 0; at < glyphs.size(); ++at) {
      if (glyphs[at] == other_glyphs[at]) continue;
      ++differing;
      where = at;
    }
    if (differing > 1) continue;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (differing == 0) same[at] += probability;
      if (differing == 0 || at == where) any[at] += probability;
    }
  }
  std::vector<float> scores;
  for (std::size_t at = 0; at < text.size(); ++at) {
    scores.push_back(any[at] > 0 ? static_cast<float>(same[at] / any[at]) : 0.F);
  }
  return scores;
}

std::vector<plate::Alternative> alternatives_of(const Odds& odds, const std::string& text) {
  std::vector<plate::Alternative> all;
  for (const auto& [other, probability] : odds) {
    const auto score = static_cast<float>(probability);
    if (other != text && score >= layout_alternative_min) all.push_back({other, score});
  }
  std::ranges::stable_sort(all, std::greater<>(), &plate::Alternative::score);
  auto chosen = all;
  std::erase_if(chosen, [](const auto& one) { return one.score < alternative_min; });
  if (chosen.size() > plate::alternatives_max) chosen.resize(plate::alternatives_max);
  const auto fits = [&](const auto& one) {
    return edits_between(one.text, text) == 1 && is_british(one.text);
  };
  if (is_british(text) || std::ranges::any_of(chosen, fits)) return chosen;
  if (const auto best = std::ranges::find_if(all, fits); best != all.end()) {
    if (chosen.size() == plate::alternatives_max) chosen.pop_back();
    chosen.push_back(*best);
  }
  return chosen;
}

}  // namespace

std::optional<Reading> vote(std::span<const Look> looks) {
  const auto odds = odds_of(cuts_of(looks));
  if (odds.empty() || best_of(odds).empty()) return std::nullopt;
  const auto merged = by_spelling(odds);
  if (merged.empty()) return std::nullopt;
  Reading reading;
  reading.text = best_of(merged);
  reading.score = static_cast<float>(std::min(1.0, merged.at(reading.text)));
  // The likeliest of the network's own spellings that were merged into this one.
  double raw = -1;
  for (const auto& [text, probability] : odds) {
    if (probability > raw && glyphs_of(text) == glyphs_of(reading.text)) {
      raw = probability;
      reading.raw_text = text;
    }
  }
  reading.alternatives = alternatives_of(merged, reading.text);
  reading.character_scores = character_scores(odds, reading.text);
  return reading;
}

std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace regmark::reading
