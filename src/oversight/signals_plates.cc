// Of what was searched for: the same plate again and again, a colleague's vehicle.
#include "oversight/internal/scene.h"

namespace regmark::oversight::internal {
namespace {

bool is_whole(const std::string& plate) {
  return !plate.empty() && plate.find_first_of("*?") == std::string::npos;
}

using ByPlate = std::map<std::string, Notes>;

ByPlate by_plate(const Notes& notes, base::UtcTime from) {
  ByPlate plates;
  for (const auto* note : notes) {
    if (note->at >= from && is_whole(note->plate)) plates[compared(note->plate)].push_back(note);
  }
  return plates;
}

}  // namespace

Signals plates_again(const Scene& scene) {
  const auto& limits = scene.thresholds;
  const auto from = scene.period.from - limits.looked_back;
  std::map<std::string, std::size_t> everybodys;
  for (const auto& note : scene.all) {
    if (note.at >= from && note.at < scene.period.until && is_whole(note.plate)) {
      ++everybodys[compared(note.plate)];
    }
  }
  Signals found;
  for (const auto& [person, notes] : scene.by_person) {
    for (const auto& [plate, own] : by_plate(notes, from)) {
      const auto references =
          different(own, [](const SearchNote& note) { return compared(note.purpose.reference); });
      const auto all = everybodys.at(plate);
      const bool is_odd =
          is_in(scene.period, own.back()->at) && references >= limits.plate_references &&
          days_of(own) >= limits.plate_days &&
          static_cast<double>(own.size()) >= limits.plate_share * static_cast<double>(all);
      if (!is_odd) continue;
      found.push_back(signal_of(
          SignalKind::plate_again, own,
          counted(own.size(), "search") + " for one plate on " + counted(days_of(own), "day") +
              ", under " + counted(references, "reference") + "; of everybody's searches for it, " +
              std::to_string(own.size()) + " of " + std::to_string(all) +
              " were theirs. What do the cases have in common?"));
    }
  }
  return found;
}

Signals of_household(const Scene& scene) {
  Signals found;
  if (!scene.known.household) return found;
  for (const auto& [person, notes] : scene.by_person) {
    Notes own;
    Notes colleagues;
    for (const auto* note : notes) {
      if (!is_in(scene.period, note->at)) continue;
      const auto match = scene.known.household(*note);
      if (match == Match::own) own.push_back(note);
      if (match == Match::colleague) colleagues.push_back(note);
    }
    if (!own.empty()) {
      found.push_back(signal_of(SignalKind::household, own,
                                counted(own.size(), "search") +
                                    " for a vehicle of the searcher's own household. Who dealt "
                                    "with the case, and did they say that it was their own?"));
    }
    if (!colleagues.empty()) {
      found.push_back(signal_of(SignalKind::household, colleagues,
                                counted(colleagues.size(), "search") +
                                    " for a vehicle of a colleague's household. A colleague may "
                                    "be a victim or a witness: what does the case say?"));
    }
  }
  return found;
}

}  // namespace regmark::oversight::internal
