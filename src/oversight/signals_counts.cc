// Of how much somebody searched, and how much they found.
#include <cmath>

#include "oversight/internal/scene.h"

namespace regmark::oversight::internal {
namespace {

constexpr std::int64_t days_of_week = 7;
constexpr std::int64_t weeks_before = 26;
// Of normally spread values, this many deviations from the median make one standard deviation.
constexpr double deviations = 1.4826;
constexpr double spread_least = 1.5;
constexpr std::size_t peers_least = 3;

using Weeks = std::map<std::int64_t, Notes>;

std::int64_t week_of(base::UtcTime at) {
  return base::day_of(at).time_since_epoch().count() / days_of_week;
}

Weeks weeks_of(const Notes& notes) {
  Weeks weeks;
  for (const auto* note : notes) weeks[week_of(note->at)].push_back(note);
  return weeks;
}

// Counts of the weeks before this one in which there was any search: leave makes nothing usual.
std::vector<double> before(const Weeks& weeks, std::int64_t week) {
  std::vector<double> counts;
  const auto end = weeks.lower_bound(week);
  for (auto at = weeks.lower_bound(week - weeks_before); at != end; ++at) {
    counts.push_back(static_cast<double>(at->second.size()));
  }
  return counts;
}

struct Worker {
  std::string line;
  Weeks weeks;
};
using Workers = std::map<base::PersonId, Worker>;

// How much busier than usual the person's team was in that week, or the force where teams are not
// known: a murder keeps everybody busy.
double rush(const Workers& workers, const base::PersonId& person, std::int64_t week) {
  const auto& line = workers.at(person).line;
  double now = 0;
  double usual = 0;
  std::size_t peers = 0;
  const auto add = [&](bool everybody) {
    for (const auto& [other, worker] : workers) {
      if (other == person || (!everybody && (line.empty() || worker.line != line))) continue;
      const auto counts = before(worker.weeks, week);
      if (counts.empty()) continue;
      const auto found = worker.weeks.find(week);
      now += found == worker.weeks.end() ? 0 : static_cast<double>(found->second.size());
      usual += median(counts);
      ++peers;
    }
  };
  add(/*everybody=*/false);
  if (peers < peers_least) {
    now = usual = 0;
    add(/*everybody=*/true);
  }
  return usual > 0 ? std::max(1.0, now / usual) : 1.0;
}

struct Usual {
  double count = 0, spread = 0;
};

Usual usual_of(const std::vector<double>& counts) {
  const auto middle = median(counts);
  std::vector<double> apart;
  for (const auto count : counts) apart.push_back(std::abs(count - middle));
  return {middle, std::max({deviations * median(apart), std::sqrt(middle), spread_least})};
}

std::string rounded(double value) {
  return std::to_string(static_cast<std::int64_t>(std::lround(value)));
}

using Day = std::pair<base::PersonId, base::UtcDay>;

struct DayOfRows {
  std::uint64_t rows = 0;
  Notes notes;
};

// Without what a senior officer gave leave for in writing: that was weighed before.
std::map<Day, DayOfRows> rows_by_day(const Scene& scene) {
  std::map<Day, DayOfRows> days;
  for (const auto& [person, notes] : scene.by_person) {
    for (const auto* note : notes) {
      if (note->leave && !note->leave->is_oral) continue;
      auto& day = days[{person, base::day_of(note->at)}];
      day.rows += note->rows;
      day.notes.push_back(note);
    }
  }
  return days;
}

}  // namespace

Signals far_from_usual(const Scene& scene) {
  const auto& limits = scene.thresholds;
  Workers workers;
  for (const auto& [person, notes] : scene.by_person) {
    workers[person] = {notes.back()->line, weeks_of(notes)};
  }
  Signals found;
  for (const auto& [person, worker] : workers) {
    for (const auto& [week, notes] : worker.weeks) {
      const auto count = static_cast<double>(notes.size());
      if (!is_in(scene.period, notes.back()->at) || notes.size() < limits.week_least) continue;
      const auto counts = before(worker.weeks, week);
      if (counts.size() < limits.week_history) continue;
      const auto own = usual_of(counts);
      if (count <= own.count + limits.week_spreads * own.spread) continue;
      const auto times = rush(workers, person, week);
      if (count <= times * (own.count + limits.week_spreads * own.spread)) continue;
      found.push_back(signal_of(
          SignalKind::far_from_usual, notes,
          counted(notes.size(), "search") + " in one week; " + rounded(own.count) +
              " are usual for them, and their colleagues were no busier than that explains. What "
              "were they working on?"));
    }
  }
  return found;
}

Signals bulk(const Scene& scene) {
  const auto& limits = scene.thresholds;
  const auto days = rows_by_day(scene);
  Signals found;
  for (const auto& [day, one] : days) {
    if (one.rows < limits.bulk_rows || !is_in(scene.period, one.notes.back()->at)) continue;
    std::vector<double> others;
    for (const auto& [other, rows] : days) {
      if (other.first != day.first) others.push_back(static_cast<double>(rows.rows));
    }
    constexpr double nearly_all = 0.995;
    const auto usual = quantile(std::move(others), nearly_all);
    if (static_cast<double>(one.rows) < limits.bulk_times * usual) continue;
    found.push_back(signal_of(SignalKind::bulk, one.notes,
                              std::to_string(one.rows) + " rows found in one day, by " +
                                  counted(one.notes.size(), "search") +
                                  " without a senior officer's authority; on nearly all days, "
                                  "others find no more than " +
                                  rounded(usual) + ". What was it for, and where is it now?"));
  }
  return found;
}

}  // namespace regmark::oversight::internal
