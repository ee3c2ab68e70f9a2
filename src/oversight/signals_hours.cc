// Of when somebody searched: off duty, or when they never work.
#include "oversight/internal/scene.h"

namespace regmark::oversight::internal {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr std::int64_t hours_of_day = 24;
constexpr std::int64_t hours_around = 2;  // summer time and a long shift lie within

std::int64_t week_of(base::UtcTime at) {
  return base::day_of(at).time_since_epoch().count() / 7;
}
std::int64_t hour_of(base::UtcTime at) {
  return std::chrono::floor<hours>(at - base::day_of(at)).count();
}

// At which hours somebody works, by week, so that any one week can be left out. Only stretches of
// work count: a look by itself, at night, makes no night usual.
class WorkHours {
 public:
  WorkHours(const Notes& notes, const Thresholds& limits) {
    for (std::size_t first = 0; first < notes.size();) {
      auto end = first + 1;
      while (end < notes.size() && notes[end]->at - notes[end - 1]->at <= limits.work_gap) ++end;
      if (end - first >= limits.work_searches) {
        for (auto at = first; at < end; ++at) add(notes[at]->at);
      }
      first = end;
    }
  }

  // How many searches at work in other weeks, and which share of them around this hour.
  std::pair<double, double> without_week_of(base::UtcTime at) const {
    double all = 0;
    double around = 0;
    for (std::int64_t hour = 0; hour < hours_of_day; ++hour) {
      const auto apart = std::abs(hour - hour_of(at));
      const auto count = at_hour_[static_cast<std::size_t>(hour)] - in_week(week_of(at), hour);
      all += count;
      if (std::min(apart, hours_of_day - apart) <= hours_around) around += count;
    }
    return {all, all > 0 ? around / all : 0};
  }

 private:
  void add(base::UtcTime at) {
    at_hour_[static_cast<std::size_t>(hour_of(at))] += 1;
    by_week_[{week_of(at), hour_of(at)}] += 1;
  }
  double in_week(std::int64_t week, std::int64_t hour) const {
    const auto found = by_week_.find({week, hour});
    return found == by_week_.end() ? 0 : found->second;
  }

  double at_hour_[hours_of_day] = {};
  std::map<std::pair<std::int64_t, std::int64_t>, double> by_week_;
};

bool is_on(const std::vector<DutyTime>& duty, base::UtcTime at, hours slack) {
  return std::ranges::any_of(duty, [&](const DutyTime& time) {
    return time.from - slack <= at && at < time.until + slack;
  });
}

// The searches outside the person's hours, and how one knows.
struct Outside {
  Notes notes;
  bool by_duty = false;
};

Outside outside(const Scene& scene, const base::PersonId& person, const Notes& notes) {
  const auto& limits = scene.thresholds;
  const auto duty = scene.known.duty.find(person);
  Outside found{{}, duty != scene.known.duty.end()};
  const WorkHours work(notes, limits);
  for (const auto* note : notes) {
    if (note->at < scene.period.from - limits.off_within) continue;
    if (found.by_duty) {
      if (!is_on(duty->second, note->at, limits.duty_slack)) found.notes.push_back(note);
      continue;
    }
    const auto [all, share] = work.without_week_of(note->at);
    if (all >= static_cast<double>(limits.off_history) && share < limits.off_share) {
      found.notes.push_back(note);
    }
  }
  return found;
}

// The longest run, within the time that counts, that ends in the period and is enough for a sign.
Notes densest(const Notes& notes, const Scene& scene) {
  const auto& limits = scene.thresholds;
  Notes best;
  for (std::size_t first = 0, end = 0; end < notes.size(); ++end) {
    while (notes[end]->at - notes[first]->at > limits.off_within) ++first;
    if (!is_in(scene.period, notes[end]->at)) continue;
    const Notes run(notes.begin() + static_cast<std::ptrdiff_t>(first),
                    notes.begin() + static_cast<std::ptrdiff_t>(end) + 1);
    if (run.size() >= limits.off_searches && days_of(run) >= limits.off_days &&
        run.size() >= best.size()) {
      best = run;
    }
  }
  return best;
}

}  // namespace

Signals off_hours(const Scene& scene) {
  Signals found;
  for (const auto& [person, notes] : scene.by_person) {
    const auto out = outside(scene, person, notes);
    const auto run = densest(out.notes, scene);
    if (run.empty()) continue;
    found.push_back(signal_of(SignalKind::off_hours, run,
                              counted(run.size(), "search") + " on " +
                                  counted(days_of(run), "day") +
                                  (out.by_duty ? ", when they were not on duty."
                                               : ", at hours at which they hardly ever work.") +
                                  " Were they called out, or was the duty list wrong?"));
  }
  return found;
}

}  // namespace regmark::oversight::internal
