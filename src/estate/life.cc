#include "estate/life.h"

#include "base/word_table.h"

namespace regmark::estate {
namespace {

// What stands or stood, and was not ended.
bool may_stop(const Place& place) {
  return place.was_live && place.stage != Stage::stopped && place.stage != Stage::decommissioned;
}

bool may_withdraw(const Place& place) {
  if (place.was_live) return false;
  return place.stage == Stage::proposed || place.stage == Stage::assessed ||
         place.stage == Stage::decided || place.stage == Stage::commissioned;
}

}  // namespace

bool is_short(Path path) {
  return path != Path::full && path != Path::inherited;
}

bool ends_by_itself(Path path) {
  return path == Path::emergency || path == Path::statutory;
}

std::optional<Place> after(const Place& place, Step step) {
  const auto from = [&](bool follows, Stage to) -> std::optional<Place> {
    if (!follows) return std::nullopt;
    return Place{place.path, to, place.was_live};
  };
  const auto lives = [&](bool follows, Path path) -> std::optional<Place> {
    if (!follows) return std::nullopt;
    return Place{path, Stage::live, true};
  };
  const auto stage = place.stage;
  const bool shortly = is_short(place.path);
  switch (step) {
    case Step::propose:
      return from(stage == Stage::nothing && place.path != Path::inherited, Stage::proposed);
    case Step::inherit:
      return lives(stage == Stage::nothing && place.path == Path::inherited, place.path);
    case Step::approve:
      return lives(stage == Stage::proposed && shortly, place.path);
    case Step::assess:
      return from((stage == Stage::proposed && !shortly) || stage == Stage::reassessing ||
                      stage == Stage::assessed || stage == Stage::decided ||
                      stage == Stage::commissioned,
                  Stage::assessed);
    case Step::decide:
      return from(stage == Stage::assessed, Stage::decided);
    case Step::refuse:
      return from(stage == Stage::assessed, place.was_live ? Stage::stopped : Stage::refused);
    case Step::commission:
      return from(stage == Stage::decided, Stage::commissioned);
    case Step::begin:
      return lives(stage == Stage::commissioned, Path::full);
    case Step::extend:
      return lives(stage == Stage::live && place.path == Path::under_twelve_months, place.path);
    case Step::review:
      return from(stage == Stage::live && !shortly, Stage::reviewed);
    case Step::go_on:
      return lives(stage == Stage::reviewed, Path::full);
    case Step::reassess:
      return from(stage == Stage::reviewed, Stage::reassessing);
    case Step::take_full_path:
      if (stage != Stage::live || !shortly) return std::nullopt;
      return Place{Path::full, Stage::reassessing, true};
    case Step::stop:
      return from(may_stop(place), Stage::stopped);
    case Step::decommission:
      return from(stage == Stage::stopped, Stage::decommissioned);
    case Step::withdraw:
      return from(may_withdraw(place), Stage::withdrawn);
  }
  return std::nullopt;
}

std::string_view name(Path path) {
  switch (path) {
    case Path::full:
      return "full";
    case Path::under_twelve_months:
      return "under_twelve_months";
    case Path::emergency:
      return "emergency";
    case Path::statutory:
      return "statutory";
    case Path::inherited:
      return "inherited";
  }
  return "unknown";
}

std::string_view name(Stage stage) {
  switch (stage) {
    case Stage::nothing:
      return "nothing";
    case Stage::proposed:
      return "proposed";
    case Stage::assessed:
      return "assessed";
    case Stage::decided:
      return "decided";
    case Stage::commissioned:
      return "commissioned";
    case Stage::live:
      return "live";
    case Stage::reviewed:
      return "reviewed";
    case Stage::reassessing:
      return "reassessing";
    case Stage::stopped:
      return "stopped";
    case Stage::decommissioned:
      return "decommissioned";
    case Stage::refused:
      return "refused";
    case Stage::withdrawn:
      return "withdrawn";
  }
  return "unknown";
}

std::string_view name(Step step) {
  switch (step) {
    case Step::propose:
      return "proposed";
    case Step::inherit:
      return "inherited";
    case Step::approve:
      return "approved";
    case Step::assess:
      return "assessed";
    case Step::decide:
      return "decided";
    case Step::refuse:
      return "refused";
    case Step::commission:
      return "commissioned";
    case Step::begin:
      return "begun";
    case Step::extend:
      return "extended";
    case Step::review:
      return "reviewed";
    case Step::go_on:
      return "continued";
    case Step::reassess:
      return "sent_back";
    case Step::take_full_path:
      return "full_path_taken";
    case Step::stop:
      return "stopped";
    case Step::decommission:
      return "decommissioned";
    case Step::withdraw:
      return "withdrawn";
  }
  return "unknown";
}

std::optional<Path> path_of(std::string_view wanted) {
  return base::named<Path>(all_paths, wanted);
}

std::optional<Step> step_of(std::string_view wanted) {
  return base::named<Step>(all_steps, wanted);
}

}  // namespace regmark::estate
