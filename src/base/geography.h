// Places as plain values: degrees on WGS 84.
#pragma once

#include "base/result.h"

namespace regmark::base {

struct Position {
  double latitude = 0;   // -90 to 90, north is positive
  double longitude = 0;  // -180 to 180, east is positive
  friend bool operator==(const Position&, const Position&) = default;
};

// Fails with
//   invalid_input   a number that is none, or outside its range
Result<Position> make_position(double latitude, double longitude);

// Metres along the great circle on a sphere of the earth's mean radius (6,371,008.8 m, IUGG).
// Wrong by up to 0.6 % against the ellipsoid.
double distance_m(const Position& a, const Position& b);

// Everything within `radius_m` metres of a centre.
struct Area {
  Position centre;
  double radius_m = 0;
  bool contains(const Position& position) const { return distance_m(centre, position) <= radius_m; }
  friend bool operator==(const Area&, const Area&) = default;
};

}  // namespace regmark::base
