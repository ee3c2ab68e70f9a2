#include "oversight/signals.h"

#include <algorithm>

#include "oversight/internal/scene.h"

namespace regmark::oversight {

std::string_view name(SignalKind kind) {
  switch (kind) {
    case SignalKind::plate_again:
      return "plate_again";
    case SignalKind::off_hours:
      return "off_hours";
    case SignalKind::far_from_usual:
      return "far_from_usual";
    case SignalKind::reference_reused:
      return "reference_reused";
    case SignalKind::household:
      return "household";
    case SignalKind::bulk:
      return "bulk";
  }
  return "unknown";
}

std::vector<Signal> signals_in(std::span<const SearchNote> notes, const Period& period,
                               const Known& known, const Thresholds& thresholds) {
  internal::Scene scene{notes, {}, period, known, thresholds};
  for (const auto& note : notes) {
    if (note.at < period.until) scene.by_person[note.person].push_back(&note);
  }
  std::vector<Signal> all;
  for (const auto look : {internal::plates_again, internal::off_hours, internal::far_from_usual,
                          internal::references_reused, internal::of_household, internal::bulk}) {
    auto found = look(scene);
    std::ranges::stable_sort(found, std::greater{}, &Signal::until);
    std::ranges::move(found, std::back_inserter(all));
  }
  return all;
}

namespace internal {

Signal signal_of(SignalKind kind, const Notes& notes, std::string words) {
  Signal signal{.kind = kind,
                .person = notes.back()->person,
                .from = notes.front()->at,
                .until = notes.back()->at,
                .words = std::move(words),
                .searches = notes.size()};
  const auto first = notes.size() - std::min(notes.size(), evidence_max);
  for (std::size_t at = first; at < notes.size(); ++at) {
    signal.evidence.push_back(notes[at]->receipt);
  }
  return signal;
}

double median(std::vector<double> values) {
  return quantile(std::move(values), 0.5);
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, values.begin() + place);
  return values[static_cast<std::size_t>(place)];
}

std::string counted(std::uint64_t count, std::string_view noun) {
  auto text = std::to_string(count) + " " + std::string(noun);
  if (count == 1) return text;
  const bool hissing = noun.ends_with("ch");
  return noun == "person" ? std::to_string(count) + " people" : text + (hissing ? "es" : "s");
}

}  // namespace internal
}  // namespace regmark::oversight
