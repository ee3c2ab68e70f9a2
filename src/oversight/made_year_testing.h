// A year of searches by made-up people of a made-up force, with misuse planted in it. For tests and
// benchmarks; never included by a program.
//
// The honest part is meant to be hard: cases of one plate and of fifty, vehicles that turn up in
// many cases, a local offender whom one officer follows for months, operations that last all year,
// call-outs at night, fortnights in which a whole team is busy, colleagues who are victims. The
// misuse is meant to be hard too: much of it is spread thinly, under references and for reasons
// that look like work.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "oversight/signals.h"

namespace regmark::oversight {

using PlantKey = std::pair<base::PersonId, SignalKind>;

struct MadeYear {
  std::vector<SearchNote> notes;                          // in order of time
  std::map<PlantKey, std::set<std::uint64_t>> planted{};  // the receipts of it
  Duty duty{};
  std::map<std::string, std::set<base::PersonId>> household{};  // plate: whose
  Period period;  // in which misuse was planted; the year's first months are history

  Match match(const SearchNote& note) const {
    const auto is_like = [&](const std::string& plate) {
      return plate.size() == note.plate.size() &&
             std::equal(plate.begin(), plate.end(), note.plate.begin(),
                        [](char one, char asked) { return one == asked || asked == '?'; });
    };
    for (const auto& [plate, whose] : household) {
      if (is_like(plate)) return whose.contains(note.person) ? Match::own : Match::colleague;
    }
    return Match::none;
  }
};

// How well signals found what was planted. One that rests on none of it is a false one.
struct Score {
  std::size_t planted = 0, found = 0, false_ones = 0;
  double precision() const {
    const auto all = found + false_ones;
    return all == 0 ? 1 : static_cast<double>(found) / static_cast<double>(all);
  }
  double recall() const {
    return planted == 0 ? 1 : static_cast<double>(found) / static_cast<double>(planted);
  }
};

class YearMaker {
 public:
  explicit YearMaker(std::uint32_t seed) : random_(seed) {}

  MadeYear make() {
    make_people();
    for (int day = 0; day < year_days; ++day) work(day);
    for (int line = 0; line < lines_count; ++line) follow_local(line);
    plant();
    std::ranges::stable_sort(notes_, {}, [](const Made& one) { return one.note.at; });
    MadeYear year{.notes = {}, .period = {at(history_days, 0), at(year_days, 0)}};
    for (auto& one : notes_) {
      one.note.receipt = year.notes.size();
      if (one.planted) year.planted[{one.note.person, *one.planted}].insert(one.note.receipt);
      year.notes.push_back(std::move(one.note));
    }
    for (const auto& person : people_) year.duty[person.id] = person.duty;
    year.household = household_;
    return year;
  }

 private:
  static constexpr int year_days = 365;
  static constexpr int history_days = 100;  // of which nothing is planted
  static constexpr int people_count = 80;
  static constexpr int lines_count = 8;
  static constexpr int planted_of_each = 2;

  struct Case {
    std::string reference{}, category{};
    std::vector<std::string> topic{};  // what all its reasons speak of
    std::vector<std::string> plates{};
    int until = 0;  // its last day
  };
  struct Worker {
    base::PersonId id;
    std::string line;
    double rate = 1;
    bool has_shifts = false;
    int leave_from = 0, leave_days = 0;
    std::vector<std::size_t> cases{};
    std::vector<DutyTime> duty{};
  };
  struct Made {
    SearchNote note;
    std::optional<SignalKind> planted;
  };

  // --- chance --------------------------------------------------------------------------------
  int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
  int between(int least, int most) { return least + below(most - least + 1); }
  bool chance(double share) { return std::bernoulli_distribution(share)(random_); }
  template <typename Some>
  const auto& any_of(const Some& some) {
    return some[static_cast<std::size_t>(below(static_cast<int>(std::size(some))))];
  }
  std::string new_plate() {
    std::string text;
    for (const char kind : std::string_view("LLNNLLL")) {
      text += any_of(std::string_view(kind == 'L' ? "ABCDEFGHJKLMNOPRSTUVWXY" : "0123456789"));
    }
    return text;
  }
  static base::UtcTime at(int day, double hour) {
    constexpr base::UtcDay first{std::chrono::days{20'454}};  // 2026-01-01
    return base::UtcTime{first} + std::chrono::days{day} +
           std::chrono::microseconds{static_cast<std::int64_t>(hour * 3.6e9)};
  }

  // --- people and cases ------------------------------------------------------------------------
  void make_people() {
    std::lognormal_distribution<double> rate(std::log(1.3), 0.6);
    for (int number = 0; number < people_count; ++number) {
      const auto id = base::PersonId::parse("person-" + std::to_string(number)).value();
      people_.push_back({.id = id,
                         .line = "line-" + std::to_string(number % lines_count),
                         .rate = std::min(rate(random_), 6.0),
                         .has_shifts = chance(0.4),
                         .leave_from = below(year_days),
                         .leave_days = between(7, 21)});
      for (int car = below(3); car > 0; --car) household_[new_plate()].insert(id);
    }
    for (int number = 0; number < 15; ++number) prolific_.push_back(new_plate());
    for (int line = 0; line < lines_count; ++line) {
      rushes_[line] = {between(20, 160), between(180, 340)};
      // One operation of the team lasts all year.
      add_case(line, 50, year_days);
    }
  }

  // A case for everybody of the line, with so many plates. Gives its number.
  std::size_t make_case(int plates, int until) {
    static constexpr const char* crimes[] = {"burglary", "robbery", "fraud",      "assault",
                                             "arson",    "theft",   "kidnapping", "threats",
                                             "drugs",    "fuel"};
    static constexpr const char* places[] = {"mill lane",     "high street",  "harbour road",
                                             "station yard",  "church hill",  "ferry terminal",
                                             "market square", "north estate", "canal bridge"};
    static constexpr const char* things[] = {"white van",    "red hatchback", "grey saloon",
                                             "blue lorry",   "black coupe",   "silver estate",
                                             "green pickup", "stolen moped",  "yellow taxi"};
    static constexpr const char* categories[] = {"priority_and_volume", "serious", "major"};
    Case made{.reference = "CR/" + std::to_string(1'000 + cases_.size()) + "/26",
              .category = any_of(categories),
              .topic = {any_of(crimes), any_of(places), any_of(things)},
              .until = until};
    for (int plate = 0; plate < plates; ++plate) {
      made.plates.push_back(chance(0.05) ? any_of(prolific_) : new_plate());
    }
    // A colleague's car was hit, or stolen, now and then.
    if (chance(0.002)) made.plates.push_back(any_listed());
    cases_.push_back(std::move(made));
    return cases_.size() - 1;
  }
  void add_case(int line, int plates, int until) {
    const auto number = make_case(plates, until);
    for (std::size_t at = 0; at < people_.size(); ++at) {
      if (static_cast<int>(at) % lines_count == line) people_[at].cases.push_back(number);
    }
  }
  std::string any_listed() {
    auto one = household_.begin();
    std::advance(one, below(static_cast<int>(household_.size())));
    return one->first;
  }

  // One of the person's open cases; a new one where there is none, or now and then.
  std::size_t open_case(Worker& person, int day) {
    std::erase_if(person.cases, [&](std::size_t number) { return cases_[number].until < day; });
    if (person.cases.size() < 2 || chance(0.12)) {
      const int plates = chance(0.04) ? between(15, 50) : between(1, 6);
      const auto number = make_case(plates, day + between(3, plates > 10 ? 90 : 45));
      person.cases.push_back(number);
      // Half of all cases are worked on by several of the team.
      if (plates > 10 || chance(0.5)) {
        for (auto& other : people_) {
          if (other.line == person.line && &other != &person && chance(0.4)) {
            other.cases.push_back(number);
          }
        }
      }
      return number;
    }
    return any_of(person.cases);
  }

  std::string reason_for(const Case& about) {
    static constexpr const char* steps[] = {
        "trace route of % after % in %",      "establish where % went before % in %",
        "witness saw % leave, % in %",        "identify driver of % wanted over %, %",
        "% seen on camera near %, %: locate", "recover % taken in %, owner of % informed",
    };
    std::string step = any_of(steps);
    const std::vector<std::string> parts{about.topic[2], about.topic[0], about.topic[1]};
    for (const auto& part : parts) {
      if (const auto place = step.find('%'); place != std::string::npos) {
        step.replace(place, 1, part);
      }
    }
    return step;
  }

  SearchNote note_of(const Worker& person, base::UtcTime when, const Case& about) {
    return {.at = when,
            .act = access::Act::search_sightings,
            .person = person.id,
            .organisation = base::OrganisationId::parse("made-up-force").value(),
            .line = person.line,
            .purpose = {about.category, reason_for(about), about.reference, "DS Example"},
            .plate = any_of(about.plates),
            .rows = static_cast<std::uint64_t>(std::geometric_distribution<int>(0.1)(random_))};
  }

  // --- honest work -----------------------------------------------------------------------------
  // When the person's work begins that day, in hours; none: a day off.
  std::optional<double> shift_of(const Worker& person, int day) {
    if (day >= person.leave_from && day < person.leave_from + person.leave_days) return {};
    if (!person.has_shifts) {
      const int weekday = (day + 4) % 7;  // 2026 begins on a Thursday
      return weekday == 0 || weekday == 6 ? std::nullopt : std::optional(7.5 + below(3) * 0.5);
    }
    const int place = (day + people_number(person) * 3) % 8;  // two early, two late, two nights
    if (place >= 6) return {};
    return place < 2 ? 6.0 : place < 4 ? 14.0 : 21.5;
  }
  int people_number(const Worker& person) const {
    return static_cast<int>(&person - people_.data());
  }

  void work(int day) {
    for (auto& person : people_) {
      const auto start = shift_of(person, day);
      if (start) {
        person.duty.push_back({at(day, *start), at(day, *start + 9)});
        const auto& rush = rushes_[people_number(person) % lines_count];
        const bool busy =
            std::ranges::any_of(rush, [&](int first) { return day >= first && day < first + 14; });
        const auto count =
            std::poisson_distribution<int>(person.rate * (busy ? 2.5 : 1.0))(random_);
        for (int each = 0; each < count; ++each) look(person, day, *start + below(540) / 60.0);
        // Now and then somebody stays late.
        if (chance(0.004)) look(person, day, *start + 9 + below(240) / 60.0);
      } else if (chance(0.004)) {
        call_out(person, day);
      }
    }
  }
  void look(Worker& person, int day, double hour) {
    auto note = note_of(person, at(day, hour), cases_[open_case(person, day)]);
    if (chance(0.03)) {  // everybody who passed a place
      note.plate.clear();
      note.cameras = 1;
      note.rows = static_cast<std::uint64_t>(
          std::min(6'000.0, std::lognormal_distribution<double>(std::log(300), 1.0)(random_)));
    }
    notes_.push_back({std::move(note), std::nullopt});
  }
  void call_out(Worker& person, int day) {
    const double start = between(0, 20);
    // Half of the time nobody tells the duty list.
    if (chance(0.5)) person.duty.push_back({at(day, start), at(day, start + 3)});
    for (int left = between(2, 5); left > 0; --left) look(person, day, start + below(120) / 60.0);
  }

  // Somebody of the line follows a local offender's vehicle through case after case; the others
  // look for it now and then.
  void follow_local(int line) {
    const auto plate = new_plate();
    const auto look_for = [&](Worker& person, int times) {
      for (; times > 0; --times) {
        const auto [day, hour] = at_work(person, below(year_days - 3));
        auto note = note_of(person, at(day, hour), cover(person, day));
        note.plate = plate;
        notes_.push_back({std::move(note), std::nullopt});
      }
    };
    for (int each = 0; each < 5; ++each) {
      auto& person = people_[static_cast<std::size_t>(line + lines_count * each)];
      look_for(person, each == 0 ? between(3, 9) : below(4));
    }
  }

  // --- misuse ----------------------------------------------------------------------------------
  void plant() {
    std::vector<std::size_t> order(people_.size());
    for (std::size_t each = 0; each < order.size(); ++each) order[each] = each;
    std::ranges::shuffle(order, random_);
    std::size_t next = 0;
    for (int each = 0; each < planted_of_each; ++each) {
      plant_plate(people_[order[next++]]);
      plant_hours(people_[order[next++]]);
      plant_rush(people_[order[next++]]);
      plant_reference(people_[order[next++]]);
      plant_household(people_[order[next++]]);
      plant_bulk(people_[order[next++]]);
    }
    const auto round = make_case(1, year_days);
    for (int each = 0; each < 5; ++each) plant_round(people_[order[next++]], cases_[round]);
    for (auto& person : people_) std::ranges::sort(person.duty, {}, &DutyTime::from);
  }

  // Some case in which the person searched around that day: misuse dresses as work.
  const Case& cover(Worker& person, int day) { return cases_[open_case(person, day)]; }
  void misuse(SearchNote note, SignalKind kind) { notes_.push_back({std::move(note), kind}); }
  // A moment at work on or after this day.
  std::pair<int, double> at_work(const Worker& person, int day) {
    for (; day < year_days - 1; ++day) {
      if (const auto start = shift_of(person, day)) return {day, *start + below(540) / 60.0};
    }
    return {year_days - 1, 12};
  }

  void plant_plate(Worker& person) {
    const auto plate = new_plate();
    const int span = between(30, 160);
    const int first = between(history_days, year_days - span - 1);
    for (int left = between(3, 15); left > 0; --left) {
      const auto [day, hour] = at_work(person, first + below(span));
      auto note = note_of(person, at(day, hour), cover(person, day));
      note.plate = plate;
      misuse(std::move(note), SignalKind::plate_again);
    }
  }
  void plant_hours(Worker& person) {
    const int span = between(15, 60);
    const int first = between(history_days, year_days - span - 1);
    for (int left = between(3, 12); left > 0; --left) {
      const int day = first + below(span);
      const auto start = shift_of(person, day);
      // Hours after work began twelve have passed; on a day off, any time.
      const double hour = start ? *start + 11.5 + below(6) : below(24);
      auto note = note_of(person, at(day, hour), cover(person, day));
      note.plate = new_plate();
      misuse(std::move(note), SignalKind::off_hours);
    }
  }
  void plant_rush(Worker& person) {
    const int first = between(history_days, year_days - 8);
    const int usual = static_cast<int>(person.rate * 5) + 1;
    for (int left = usual * between(2, 6) + 6; left > 0; --left) {
      const auto [day, hour] = at_work(person, first + below(6));
      auto note = note_of(person, at(day, hour), cover(person, day));
      note.plate = new_plate();
      misuse(std::move(note), SignalKind::far_from_usual);
    }
  }
  void plant_reference(Worker& person) {
    const int span = between(50, 150);
    const int first = between(history_days, year_days - span - 1);
    const auto old = make_case(3, first);
    const bool pastes = chance(0.4);
    const auto pasted = reason_for(cases_[old]);
    for (int left = between(6, 32); left > 0; --left) {
      const auto [day, hour] = at_work(person, first + below(span));
      auto note = note_of(person, at(day, hour), cases_[old]);
      note.plate = new_plate();
      note.purpose.reason = pastes ? pasted : some_reason();
      misuse(std::move(note), SignalKind::reference_reused);
    }
  }
  std::string some_reason() {
    static constexpr const char* reasons[] = {
        "neighbour complaint about parked car",   "possible drink driver returning home",
        "check on welfare of family friend",      "car seen outside school at pick up time",
        "insurance query from colleague",         "vehicle for sale, history unclear",
        "delivery driver acting strangely today", "ex partner seen in town again",
        "gym car park scratches, find owner",     "taxi without lights on ring road",
        "abandoned trailer by allotments",        "noise at night from modified exhaust"};
    return any_of(reasons);
  }
  void plant_round(Worker& person, const Case& shared) {
    for (int left = between(3, 7); left > 0; --left) {
      const auto [day, hour] = at_work(person, between(200, 330));
      auto note = note_of(person, at(day, hour), shared);
      note.plate = new_plate();
      note.purpose.reason = some_reason();
      misuse(std::move(note), SignalKind::reference_reused);
    }
  }
  void plant_household(Worker& person) {
    auto plate = any_listed();
    if (chance(0.3)) household_[plate = new_plate()].insert(person.id);
    for (int left = between(1, 3); left > 0; --left) {
      const auto [day, hour] = at_work(person, between(history_days, year_days - 3));
      auto note = note_of(person, at(day, hour), cover(person, day));
      note.plate = plate;
      if (chance(0.3)) note.plate[static_cast<std::size_t>(below(7))] = '?';
      misuse(std::move(note), SignalKind::household);
    }
  }
  void plant_bulk(Worker& person) {
    for (int days = between(1, 3); days > 0; --days) {
      const auto [day, hour] = at_work(person, between(history_days, year_days - 3));
      for (int left = between(1, 4); left > 0; --left) {
        auto note = note_of(person, at(day, hour), cover(person, day));
        note.plate.clear();
        note.rows = static_cast<std::uint64_t>(between(2'000, 10'000));
        misuse(std::move(note), SignalKind::bulk);
      }
    }
  }

  std::mt19937 random_;
  std::vector<Worker> people_;
  std::vector<Case> cases_;
  std::vector<std::string> prolific_;
  std::map<int, std::vector<int>> rushes_;  // of a line: when a busy fortnight begins
  std::map<std::string, std::set<base::PersonId>> household_;
  std::vector<Made> notes_;
};

inline MadeYear made_year(std::uint32_t seed) {
  return YearMaker(seed).make();
}

enum class DutyIs : std::uint8_t { known, not_known };

// Adds what the signals of one year found, by kind.
inline void add_scores(std::map<SignalKind, Score>& scores, const MadeYear& year, DutyIs duty,
                       const Thresholds& thresholds = {}) {
  Known known{.duty = duty == DutyIs::known ? year.duty : Duty{},
              .household = [&](const SearchNote& note) { return year.match(note); }};
  std::set<PlantKey> found;
  for (const auto& signal : signals_in(year.notes, year.period, known, thresholds)) {
    const PlantKey key{signal.person, signal.kind};
    const auto planted = year.planted.find(key);
    const bool is_it = planted != year.planted.end() &&
                       std::ranges::any_of(signal.evidence, [&](std::uint64_t receipt) {
                         return planted->second.contains(receipt);
                       });
    if (is_it) {
      found.insert(key);
    } else {
      ++scores[signal.kind].false_ones;
    }
  }
  for (const auto& key : found) ++scores[key.second].found;
  for (const auto& [key, receipts] : year.planted) ++scores[key.second].planted;
}

// Of all kinds but one: whether a vehicle stands on a list is looked up and needs no threshold, and
// colleagues are often rightly searched for, as victims and witnesses.
inline Score total_of(const std::map<SignalKind, Score>& scores) {
  Score all;
  for (const auto& [kind, score] : scores) {
    if (kind == SignalKind::household) continue;
    all.planted += score.planted;
    all.found += score.found;
    all.false_ones += score.false_ones;
  }
  return all;
}

// On the first, thresholds were chosen; on the others they are reported, and on nothing else.
inline constexpr std::uint32_t tuning_seeds[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
inline constexpr std::uint32_t report_seeds[] = {101, 102, 103, 104, 105, 106, 107, 108, 109, 110,
                                                 111, 112, 113, 114, 115, 116, 117, 118, 119, 120};

}  // namespace regmark::oversight
