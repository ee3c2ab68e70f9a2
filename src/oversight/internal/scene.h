// What all signals are looked for in.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "oversight/signals.h"

namespace regmark::oversight::internal {

using Notes = std::vector<const SearchNote*>;  // in order of time

struct Scene {
  std::span<const SearchNote> all;
  std::map<base::PersonId, Notes> by_person;
  const Period& period;
  const Known& known;
  const Thresholds& thresholds;
};

using Signals = std::vector<Signal>;

Signals plates_again(const Scene& scene);
Signals of_household(const Scene& scene);
Signals off_hours(const Scene& scene);
Signals far_from_usual(const Scene& scene);
Signals references_reused(const Scene& scene);
Signals bulk(const Scene& scene);

// Of these searches of one person, in order of time; `words` say what there is to ask.
Signal signal_of(SignalKind kind, const Notes& notes, std::string words);

inline bool is_in(const Period& period, base::UtcTime at) {
  return period.from <= at && at < period.until;
}

// How many different ones there are.
template <typename Of>
std::size_t different(const Notes& notes, const Of& of) {
  std::set<std::decay_t<std::invoke_result_t<Of, const SearchNote&>>> seen;
  for (const auto* note : notes) seen.insert(of(*note));
  return seen.size();
}
inline std::size_t days_of(const Notes& notes) {
  return different(notes, [](const SearchNote& note) { return base::day_of(note.at); });
}

// 0 of none.
double median(std::vector<double> values);
// The value that this share of them stay under or at.
double quantile(std::vector<double> values, double share);

// "3 searches on 2 days": with the noun as it must be.
std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace regmark::oversight::internal
