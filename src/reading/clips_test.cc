// From rendered video to reads, where the truth is known: what stands in a clip is what comes out,
// each vehicle once.
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "reading/ffmpeg/clip_testing.h"
#include "reading/image.h"
#include "reading/read_command.h"
#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

using Json = nlohmann::json;

constexpr int rate = 25;  // frames a second, as ClipWriter writes them
constexpr int wide = 640, high = 360;

// A drive up to a street that was drawn: from the whole picture to the part around its middle.
struct Drive {
  std::string street{};       // of testdata/pictures
  Point towards;              // the middle of what is seen at the end, in shares of the picture
  double from = 1, to = 0.6;  // the share of the picture that is seen, first and last
  int frames = 2 * rate;
};

using Cover = std::function<void(Picture&, int frame)>;

Picture street(const std::string& name) {
  const auto file = base::read_file(testdata / "pictures" / (name + ".jpg"), picture_file_max);
  return decode_picture(file.value()).value();
}

// The part of it that is seen when `done` of the drive is behind.
Picture seen_from(const Picture& whole, const Drive& drive, double done) {
  const auto share = static_cast<float>(drive.from + (drive.to - drive.from) * done);
  const auto x = static_cast<float>(whole.width()), y = static_cast<float>(whole.height());
  const float left = std::clamp(drive.towards.x - share / 2, 0.F, 1 - share);
  const float top = std::clamp(drive.towards.y - share / 2, 0.F, 1 - share);
  return resized(cropped(whole, {left * x, top * y, (left + share) * x, (top + share) * y}), wide,
                 high);
}

std::vector<Json> read_clip(const Drive& drive, const Cover& cover = {}) {
  const ScratchFolder folder;
  const auto path = folder.path() / "clip.h264";
  const auto whole = street(drive.street);
  ffmpeg::ClipWriter writer(path, wide, high);
  for (int frame = 0; frame < drive.frames; ++frame) {
    auto picture = seen_from(whole, drive, static_cast<double>(frame) / (drive.frames - 1));
    if (cover) cover(picture, frame);
    writer.add(picture);
  }
  writer.finish();
  std::ostringstream out, err;
  const int status = run_read({.sources = {path.string()}, .form = OutputForm::json}, out, err);
  EXPECT_EQ(status, 0) << err.str();
  std::vector<Json> lines;
  std::istringstream rows(out.str());
  for (std::string row; std::getline(rows, row);) lines.push_back(Json::parse(row));
  return lines;
}

std::multiset<std::string> finals(const std::vector<Json>& lines) {
  std::multiset<std::string> plates;
  for (const auto& line : lines) {
    if (line["phase"] == "final") plates.insert(line["plate"]);
  }
  return plates;
}

using Plates = std::multiset<std::string>;

void paint(Picture& picture, const Box& box) {
  for (int y = static_cast<int>(box.top); y < static_cast<int>(box.bottom); ++y) {
    for (int x = static_cast<int>(box.left); x < static_cast<int>(box.right); ++x) {
      std::fill_n(picture.at(x, y), 3, std::uint8_t{60});
    }
  }
}

TEST(Clips, GiveOneVehicleThatComesOneFinalRead) {
  const auto lines = read_clip({.street = "street_01", .towards = {0.5F, 0.7F}});
  EXPECT_EQ(finals(lines), Plates{"LM19KXR"});
  EXPECT_EQ(lines.back()["direction"], "approaching");
  // The provisional one comes while it is still in view.
  EXPECT_EQ(lines.front()["phase"], "provisional");
  EXPECT_EQ(lines.front()["track"], lines.back()["track"]);
}

TEST(Clips, GiveOneVehicleThatGoesOneFinalRead) {
  const auto lines =
      read_clip({.street = "street_01", .towards = {0.5F, 0.7F}, .from = 0.6, .to = 1});
  EXPECT_EQ(finals(lines), Plates{"LM19KXR"});
  EXPECT_EQ(lines.back()["direction"], "receding");
}

// A lorry passes between: nothing of the street is to be seen for half a second.
TEST(Clips, BridgeHalfASecondBehindALorry) {
  int hidden = 0;
  const auto lines = read_clip({.street = "street_01", .towards = {0.5F, 0.7F}, .frames = 3 * rate},
                               [&](Picture& picture, int frame) {
                                 if (frame < 30 || frame >= 30 + rate / 2 + 1) return;
                                 paint(picture, {0, 100, wide, high});
                                 ++hidden;
                               });
  EXPECT_GE(hidden, rate / 2);
  EXPECT_EQ(finals(lines), Plates{"LM19KXR"});
}

TEST(Clips, KeepTwoVehiclesSideBySideApart) {
  for (const bool comes : {true, false}) {
    SCOPED_TRACE(comes);
    const auto lines = read_clip({.street = "street_06",
                                  .towards = {0.5F, 0.7F},
                                  .from = comes ? 1 : 0.75,
                                  .to = comes ? 0.75 : 1});
    EXPECT_EQ(finals(lines), (Plates{"EF22ZBL", "WN13GDY"}));
    std::set<int> tracks;
    for (const auto& line : lines) tracks.insert(line["track"].get<int>());
    EXPECT_EQ(tracks.size(), 2U);
  }
}

// The lorry hides one of them only, and the other is no second one.
TEST(Clips, KeepThemApartWhenOneIsHidden) {
  const auto lines =
      read_clip({.street = "street_06", .towards = {0.5F, 0.7F}, .to = 0.75, .frames = 3 * rate},
                [](Picture& picture, int frame) {
                  if (frame >= 30 && frame < 43) paint(picture, {0, 60, wide / 2, high});
                });
  EXPECT_EQ(finals(lines), (Plates{"EF22ZBL", "WN13GDY"}));
}

}  // namespace
}  // namespace regmark::reading
