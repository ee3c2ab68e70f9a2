// The arithmetic on pixels that reading needs. OpenCV does it (reading/opencv/image.cc).
//
// The networks were trained on pictures that the same calls made: models/README.md says which.
#pragma once

#include <string>
#include <vector>

#include "reading/engine.h"
#include "reading/geometry.h"
#include "reading/picture.h"

namespace regmark::reading {

// The picture at another size, at least one pixel: averaged over areas when smaller, bilinear when
// larger.
Picture resized(const Picture& picture, int width, int height);

// The part of the picture that lies within the box, which must have a pixel in common with it.
Picture cropped(const Picture& picture, const Box& box);

// What the detector takes, and where in the picture it is from.
struct DetectorInput {
  Pixels pixels;
  float left = 0, top = 0;         // the picture's pixel that its first one is
  float scale_x = 1, scale_y = 1;  // how many of its pixels are one of the picture's
  Corners in_picture(Corners corners) const;
};

// The whole picture with `long_side` as its longer side, padded to the right and below with grey to
// multiples of 64, or of 32 where it is longer than 512.
DetectorInput detector_input(const Picture& picture, int long_side);

// The same with a whole number of its pixels averaged into one.
DetectorInput shrunk(const DetectorInput& input, int factor);

// A plate in the middle of 224 x 160 pixels, 120 of them wide; grey where the picture has ended.
DetectorInput close_up(const Picture& picture, const Corners& corners);

// A plate straightened from its corners, grey, 160 x 32. Two lines are put side by side.
enum class Lines : std::uint8_t { one, two };
inline constexpr int straight_width = 160, straight_height = 32;
using StraightPlate = std::vector<std::uint8_t>;
StraightPlate straighten(const Picture& picture, const Corners& corners, Lines lines);

// What the colours of a plate say. `unknown`: a grey picture, or no clear background.
enum class Background : std::uint8_t { unknown, white, yellow };
Background background_of(const Picture& picture, const Corners& corners);

// Draws a plate's outline, and lines of text above it, into the picture. `faint`: what was looked
// at and not taken for a plate.
enum class Ink : std::uint8_t { plain, faint };
void draw_plate(Picture& picture, const Corners& corners, const std::vector<std::string>& lines,
                Ink ink = Ink::plain);

}  // namespace regmark::reading
