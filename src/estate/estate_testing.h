// What tests of other rooms need of the estate. Never included by a program.
#pragma once

#include <string_view>

#include "estate/estate.h"

namespace regmark::estate {

// Only the estate makes justifications; this is how a test gets one without an estate.
class TestJustifications : public Estate {
 public:
  // A fixed camera that is live from the first time on, and, when the second is given, until then.
  static Justification fixed(std::string_view camera,
                             std::string_view from = "2000-01-01T00:00:00Z",
                             std::optional<std::string_view> until = std::nullopt) {
    return make(base::CameraId::parse(camera).value(), base::Position{51.5, -0.1}, std::nullopt,
                {period(from, until)});
  }
  // A mobile camera of a deployment with this area.
  static Justification mobile(std::string_view camera, const base::Area& area,
                              std::string_view from = "2000-01-01T00:00:00Z",
                              std::optional<std::string_view> until = std::nullopt) {
    return make(base::CameraId::parse(camera).value(), std::nullopt, area, {period(from, until)});
  }

 private:
  static Period period(std::string_view from, std::optional<std::string_view> until) {
    Period made{base::parse_utc(from).value(), std::nullopt};
    if (until) made.until = base::parse_utc(*until).value();
    return made;
  }
};

}  // namespace regmark::estate
