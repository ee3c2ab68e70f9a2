// Of references: one that covers what does not belong together.
#include "oversight/internal/scene.h"
#include "oversight/reasons.h"

namespace regmark::oversight::internal {
namespace {

// Of one reference, so many of the latest reasons are compared with one another.
constexpr std::size_t compared_max = 40;

// How much alike the reasons are on average: those of one case speak of one thing.
double likeness_of(const Notes& notes) {
  std::vector<std::vector<std::string>> reasons;
  const auto first = notes.size() - std::min(notes.size(), compared_max);
  for (auto at = first; at < notes.size(); ++at) {
    reasons.push_back(telling_words(notes[at]->purpose.reason));
  }
  double sum = 0;
  std::size_t pairs = 0;
  for (std::size_t one = 0; one < reasons.size(); ++one) {
    for (std::size_t other = one + 1; other < reasons.size(); ++other) {
      sum += likeness(reasons[one], reasons[other]);
      ++pairs;
    }
  }
  return pairs == 0 ? 1 : sum / static_cast<double>(pairs);
}

std::size_t plates_of(const Notes& notes) {
  return different(notes, [](const SearchNote& note) { return compared(note.plate); });
}

struct Uses {
  Notes all;
  std::map<base::PersonId, Notes> by_person;
};

std::map<std::string, Uses> uses_of(const Scene& scene) {
  std::map<std::string, Uses> references;
  const auto from = scene.period.from - scene.thresholds.looked_back;
  for (const auto& note : scene.all) {
    if (note.at < from || note.at >= scene.period.until || note.plate.empty()) continue;
    auto& uses = references[compared(note.purpose.reference)];
    uses.all.push_back(&note);
    uses.by_person[note.person].push_back(&note);
  }
  return references;
}

// By people who do not work together, for reasons that have nothing in common.
bool goes_round(const Uses& uses, const Thresholds& limits) {
  std::set<std::string> lines;
  for (const auto* note : uses.all) {
    if (!note->line.empty()) lines.insert(note->line);
  }
  return uses.by_person.size() >= limits.reference_people &&
         lines.size() >= limits.reference_lines && plates_of(uses.all) >= limits.reference_plates &&
         likeness_of(uses.all) <= limits.reference_likeness;
}

}  // namespace

Signals references_reused(const Scene& scene) {
  const auto& limits = scene.thresholds;
  Signals found;
  for (const auto& [reference, uses] : uses_of(scene)) {
    if (!is_in(scene.period, uses.all.back()->at)) continue;
    const bool round = goes_round(uses, limits);
    for (const auto& [person, notes] : uses.by_person) {
      if (!is_in(scene.period, notes.back()->at)) continue;
      const auto plates = plates_of(notes);
      const auto begin = counted(notes.size(), "search") + " for " + counted(plates, "plate") +
                         " under one reference";
      const bool alone =
          static_cast<double>(notes.size()) >= 0.9 * static_cast<double>(uses.all.size());
      if (plates >= limits.reference_plates && likeness_of(notes) <= limits.reference_likeness) {
        found.push_back(signal_of(SignalKind::reference_reused, notes,
                                  begin + ", for reasons that have hardly a word in common. What "
                                          "has each to do with the case?"));
      } else if (alone && plates >= limits.reference_plates_alone &&
                 notes.back()->at - notes.front()->at >= limits.reference_span) {
        found.push_back(signal_of(SignalKind::reference_reused, notes,
                                  begin + ", over a long time and by nobody else. Is it that large "
                                          "a case?"));
      } else if (round) {
        found.push_back(signal_of(
            SignalKind::reference_reused, notes,
            begin + ", which " + counted(uses.by_person.size(), "person") +
                " of several teams use for what has hardly a word in common. Whose case is it?"));
      }
    }
  }
  return found;
}

}  // namespace regmark::oversight::internal
