#include "camera_register/internal/entering.h"

#include <algorithm>
#include <tuple>

#include "base/words.h"

namespace regmark::camera_register::internal {
namespace {

constexpr int first_year = 1900;

// "line 7: camera north", or, of no file, "camera 2".
std::string place(std::string_view sort, const std::vector<std::size_t>& lines, std::size_t index,
                  std::string_view id) {
  if (index >= lines.size()) return std::string(sort) + " " + std::to_string(index + 1);
  return "line " + std::to_string(lines[index]) + ": " + std::string(sort) + " " + std::string(id);
}

tl::unexpected<Error> wrong(const std::string& where, std::string_view why) {
  return fail(ErrorCode::invalid_input, where + ": " + std::string(why));
}

// What is wrong with a date; empty: nothing.
std::string_view fault_of(const Dated& dated, base::UtcDay today) {
  if (dated.day.has_value() == (dated.how == Certainty::not_recorded)) {
    return "a day is exact or approximate, or there is none";
  }
  if (dated.day && (*dated.day < first_day || *dated.day > today)) {
    return "a day lies between 1900 and today";
  }
  return {};
}

std::string_view fault_of(const Particulars& one, base::UtcDay today) {
  for (const auto& dated : {one.installed, one.removed}) {
    if (const auto fault = fault_of(dated, today); !fault.empty()) return fault;
  }
  if (one.removed.day && !one.is_removed) return "it has a day of removal and stands";
  if (one.removed.day && one.installed.day && *one.removed.day < *one.installed.day) {
    return "it was removed before it was installed";
  }
  if (one.impact_published &&
      (*one.impact_published > today || *one.impact_published < first_day)) {
    return "its assessment was published between 1900 and today, or not";
  }
  if (one.ground_from && (*one.ground_from > today || *one.ground_from < first_day)) {
    return "it stands on its ground since a day between 1900 and today";
  }
  if (one.ground_from && one.ground == Ground::not_recorded) {
    return "it says since when, and on no ground";
  }
  if (!base::check_printable("the owner", one.owner, owner_size_max) ||
      !base::check_printable("the controller", one.controller, owner_size_max)) {
    return "its owner or controller is too long or not printable";
  }
  return {};
}

// What the import does not speak of stays as it is known.
Particulars merged(const Particulars& entry, const Named& named, const Particulars& held) {
  auto one = entry;
  if (!named.kind) one.kind = held.kind;
  if (!named.owner) one.owner = held.owner;
  if (!named.controller) one.controller = held.controller;
  if (!named.installed) one.installed = held.installed;
  if (!named.removed) {
    one.is_removed = held.is_removed;
    one.removed = held.removed;
  }
  const bool is_same_ground = !named.ground || (!one.ground_from && one.ground == held.ground);
  if (is_same_ground) {
    one.ground = held.ground;
    one.ground_from = held.ground_from;
  }
  if (!named.published) one.impact_published = held.impact_published;
  return one;
}

class Entering {
 public:
  Entering(const Entries& entries, const Held& held, const Against& against, base::UtcDay today)
      : entries_(entries), held_(held), against_(against), today_(today) {}

  Result<Fresh> all() {
    const auto size = entries_.cameras.size() + entries_.counts.size() + entries_.costs.size() +
                      entries_.reviews.size();
    if (size > entries_max) return fail(ErrorCode::limit_exceeded, "too many entries at once");
    REGMARK_TRY(take_cameras());
    REGMARK_TRY(take_counts());
    REGMARK_TRY(take_costs());
    REGMARK_TRY(take_reviews());
    if (contradicted_) return tl::unexpected<Error>(*std::move(contradicted_));
    return std::move(fresh_);
  }

 private:
  Result<void> take_cameras() {
    std::map<base::CameraId, const Particulars*> held;
    for (const auto& one : held_.cameras) held.emplace(one.camera.camera, &one.camera);
    std::map<base::CameraId, const estate::CameraActs*> acts;
    for (const auto& one : against_.cameras) acts.emplace(one.camera, &one);
    for (std::size_t i = 0; i < entries_.cameras.size(); ++i) {
      const auto& entry = entries_.cameras[i];
      const auto found = held.find(entry.camera);
      const auto act = acts.find(entry.camera);
      const bool is_held = found != held.end();
      auto one = is_held ? merged(entry, entries_.named, *found->second) : entry;
      const auto where = place("camera", entries_.lines.cameras, i, entry.camera.text());
      if (const auto fault = fault_of(one, today_); !fault.empty()) return wrong(where, fault);
      if (act != acts.end()) check_against(one, *act->second, where);
      fresh_.taken.was_held.push_back(is_held || act != acts.end());
      if (is_held && one == *found->second) {
        ++fresh_.taken.held_already;
      } else {
        fresh_.entries.cameras.push_back(std::move(one));
      }
    }
    return {};
  }

  // Of what the import does not speak of, the estate's own word stands.
  void check_against(Particulars said, const estate::CameraActs& acts, const std::string& where) {
    if (contradicted_) return;
    if (!entries_.named.installed) said.installed = {};
    if (!entries_.named.removed) {
      said.is_removed = acts.removed.has_value();
      said.removed = {};
    }
    const auto why = contradiction(said, acts);
    if (!why.empty()) contradicted_ = Error{ErrorCode::conflict, where + ": " + why};
  }

  Result<void> take_counts() {
    const auto key = [](const WholeCount& one) {
      return std::tuple(one.kind, one.day, one.count, one.how);
    };
    std::set<decltype(key(WholeCount{}))> held;
    for (const auto& one : held_.counts) held.insert(key(one));
    for (std::size_t i = 0; i < entries_.counts.size(); ++i) {
      const auto& one = entries_.counts[i];
      const auto where = place("count", entries_.lines.counts, i, name(one.kind));
      if (one.day < first_day || one.day > today_) {
        return wrong(where, "a day lies between 1900 and today");
      }
      if (one.count > count_max) return wrong(where, "is too large");
      keep_if(held.insert(key(one)).second, one, fresh_.entries.counts);
    }
    return {};
  }

  // Two costs of one year may be the same, in one file; the same file again is no third.
  Result<void> take_costs() {
    const auto key = [](const Cost& one) {
      return std::tuple(one.year, one.kind, one.pounds, one.how);
    };
    const auto this_year = static_cast<int>(std::chrono::year_month_day(today_).year());
    std::map<decltype(key(Cost{})), std::size_t> held;
    for (const auto& one : held_.costs) ++held[key(one)];
    for (std::size_t i = 0; i < entries_.costs.size(); ++i) {
      const auto& one = entries_.costs[i];
      const auto year = std::to_string(one.year);
      const auto where =
          place("cost", entries_.lines.costs, i, year + " " + std::string(name(one.kind)));
      // Of this year it may be what was spent so far; of a year to come nothing was.
      if (one.year < first_year || one.year > this_year) {
        return wrong(where, "the year lies between 1900 and this one");
      }
      if (one.pounds > pounds_max) return wrong(where, "is too large");
      auto& left = held[key(one)];
      keep_if(left == 0, one, fresh_.entries.costs);
      if (left > 0) --left;
    }
    return {};
  }

  Result<void> take_reviews() {
    std::set<std::pair<base::SiteId, base::UtcDay>> held;
    auto sites = against_.sites;
    for (const auto& one : held_.reviews) {
      held.emplace(one.site, one.day);
      sites.insert(one.site);
    }
    for (std::size_t i = 0; i < entries_.reviews.size(); ++i) {
      const auto& one = entries_.reviews[i];
      const auto where = place("review", entries_.lines.reviews, i, "of site " + one.site.text());
      const auto fault = fault_of(Dated{one.day, one.how}, today_);
      if (!fault.empty()) return wrong(where, fault);
      if (!sites.contains(one.site)) return wrong(where, "there is no such site");
      keep_if(held.emplace(one.site, one.day).second, one, fresh_.entries.reviews);
    }
    return {};
  }

  template <typename Entry>
  void keep_if(bool is_new, const Entry& one, std::vector<Entry>& fresh) {
    if (is_new) {
      fresh.push_back(one);
    } else {
      ++fresh_.taken.held_already;
    }
  }

  const Entries& entries_;
  const Held& held_;
  const Against& against_;
  const base::UtcDay today_;
  Fresh fresh_{};
  std::optional<Error> contradicted_{};  // the first, told after everything else that may be wrong
};

}  // namespace

Result<Fresh> fresh_of(const Entries& entries, const Held& held, const Against& against,
                       base::UtcDay today) {
  return Entering(entries, held, against, today).all();
}

}  // namespace regmark::camera_register::internal
