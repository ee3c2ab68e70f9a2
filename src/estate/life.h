// The life of a site, step by step, as the guidance has it. Pure: from where it is and what is done
// to where it is then, or to nothing when that step does not follow.
//
//   full        proposed -> assessed -> decided -> commissioned -> live
//   inherited   stood before these records began: live, until a dated first review
//   short       under twelve months (1.4), an emergency or a statutory authority (4.1): two people,
//               and it ends by itself
//
// What is written anew before a site is begun is assessed and decided anew, too.
//
// A live site is reviewed; from there it goes on, is assessed anew, or stops. What grows past the
// short path is assessed like everything else. Stopped is stopped; it is then decommissioned.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace regmark::estate {

enum class Path : std::uint8_t { full, under_twelve_months, emergency, statutory, inherited };

enum class Stage : std::uint8_t {
  nothing,  // before its first step
  proposed,
  assessed,
  decided,
  commissioned,
  live,
  reviewed,     // only within a review: its outcome is the next step
  reassessing,  // on its way through the assessment again
  stopped,
  decommissioned,
  refused,
  withdrawn,
};
inline bool is_over(Stage stage) {
  return stage == Stage::decommissioned || stage == Stage::refused || stage == Stage::withdrawn;
}

enum class Step : std::uint8_t {
  propose,
  inherit,
  approve,  // of the short path, by a second person
  assess,   // everything that the guidance asks for is there; again, where it was written anew, and
            // then it is decided anew
  decide,   // the controller: it goes ahead
  refuse,   // the controller: it does not
  commission,
  begin,   // to collect
  extend,  // a short one, inside its twelve months
  review,
  go_on,
  reassess,
  take_full_path,
  stop,
  decommission,
  withdraw,  // before it ever collected
};

inline constexpr Path all_paths[] = {Path::full, Path::under_twelve_months, Path::emergency,
                                     Path::statutory, Path::inherited};
inline constexpr Stage all_stages[] = {
    Stage::nothing,      Stage::proposed,       Stage::assessed, Stage::decided,
    Stage::commissioned, Stage::live,           Stage::reviewed, Stage::reassessing,
    Stage::stopped,      Stage::decommissioned, Stage::refused,  Stage::withdrawn};
inline constexpr Step all_steps[] = {
    Step::propose,        Step::inherit, Step::approve,      Step::assess,
    Step::decide,         Step::refuse,  Step::commission,   Step::begin,
    Step::extend,         Step::review,  Step::go_on,        Step::reassess,
    Step::take_full_path, Step::stop,    Step::decommission, Step::withdraw};

// "full", "live"; of a step, what was done: "approved", "continued", ...
std::string_view name(Path path);
std::string_view name(Stage stage);
std::string_view name(Step step);
std::optional<Path> path_of(std::string_view name);
std::optional<Step> step_of(std::string_view name);

struct Place {
  Path path = Path::full;
  Stage stage = Stage::nothing;
  bool was_live = false;  // it has collected, so it can only be stopped
  friend bool operator==(const Place&, const Place&) = default;
};

bool is_short(Path path);
// Nobody extends or reviews it: an emergency, or a statutory authority.
bool ends_by_itself(Path path);

// Nothing: the step does not follow.
std::optional<Place> after(const Place& place, Step step);

}  // namespace regmark::estate
