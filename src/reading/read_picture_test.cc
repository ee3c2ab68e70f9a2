#include "reading/read_picture.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "reading/picture.h"
#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

// The corners, lower by so much of the plate's height and larger by the factor.
Corners beside(const Corners& corners, float down, float larger) {
  const auto centre = centre_of(corners);
  const float fall = down * size_of(corners).height;
  auto moved = corners;
  for (auto& one : moved) {
    one = {centre.x + larger * (one.x - centre.x), centre.y + larger * (one.y - centre.y) + fall};
  }
  return moved;
}

// A second look may bring two finds to one plate.
TEST(ReadPicture, ReadsAPlateOnceThatWasFoundTwice) {
  const auto file = base::read_file(testdata / "pictures" / "night_01.jpg", 1U << 20U);
  ASSERT_TRUE(file);
  const auto picture = decode_picture(*file).value();
  auto reader = PictureReader::create({.precision = Precision::fp32}).value();
  const auto once = reader.read(picture).value();
  ASSERT_FALSE(once.empty());
  std::vector<Found> doubled;
  for (const auto& one : once) {
    doubled.push_back(one.found);
    doubled.push_back({beside(one.found.corners, 0.2F, 1.1F), 0.99F});
  }
  const auto twice = reader.read_plates(picture, doubled).value();
  ASSERT_EQ(twice.size(), once.size());
  for (std::size_t at = 0; at < once.size(); ++at) {
    EXPECT_EQ(twice[at].reading.text, once[at].reading.text);
  }
}

}  // namespace
}  // namespace regmark::reading
