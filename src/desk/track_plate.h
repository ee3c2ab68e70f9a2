// Live tracking of a plate: somebody is told of each passing of one vehicle, as it happens.
//
// It follows somebody, so it stands under a purpose like a search, under an authority where the
// policy wants one, and is looked after like a search. What was before is for a search.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/screens.h"

namespace regmark::desk {

struct TrackAsked {
  std::string plate;                      // whole
  std::vector<base::CameraId> cameras{};  // empty: any
  std::optional<base::Area> area{};
  base::UtcTime until;
  std::size_t rows = 0;  // passings, at most
};

// What somebody who tracks is told, as the office renders it.
struct TrackTexts {
  std::function<std::string(const plate::Read&)> sighting;
  std::function<std::string(std::string_view why)> over;
};

// May be used from many threads at once. The desk and the screens outlive it, and it may end before
// what it attached does.
class PlateTracks {
 public:
  PlateTracks(const Desk& desk, Screens& screens, TrackTexts texts)
      : desk_(desk), screens_(screens), texts_(std::move(texts)) {}
  PlateTracks(const PlateTracks&) = delete;
  PlateTracks& operator=(const PlateTracks&) = delete;

  // Asks for leave, and gives the standing receipt: a use of the authority it stands on, and noted
  // for review. Fails with
  //   invalid_input   it is not of one whole plate
  // and as Screens::ask_leave() does.
  Result<Answer<audit::Receipt>> ask_leave(const Asker& asker, const TrackAsked& asked);
  // From now on this screen is told of what the receipt covers; closed at once where no more
  // vehicles can be tracked.
  void attach(const audit::Receipt& receipt, std::string token,
              const std::shared_ptr<Screen>& screen);

 private:
  const Desk& desk_;
  Screens& screens_;
  const TrackTexts texts_;
};

}  // namespace regmark::desk
