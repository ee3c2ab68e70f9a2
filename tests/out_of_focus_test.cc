// A camera knocked out of focus, from its pictures to the alarm: what the reader makes of blurred
// streets is what the drift of its scores must tell.
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <vector>

#include "base/files.h"
#include "drift/drift.h"
#include "estate/estate_testing.h"
#include "plate/read_testing.h"
#include "reading/image.h"
#include "reading/picture.h"
#include "reading/read_picture.h"

namespace regmark {
namespace {

namespace fs = std::filesystem;
using reading::Picture;

// As if every point of light fell on so many pixels.
Picture out_of_focus(const Picture& picture, int pixels) {
  const auto small = reading::resized(picture, picture.width() / pixels, picture.height() / pixels);
  return reading::resized(small, picture.width(), picture.height());
}

std::vector<Picture> streets() {
  std::vector<Picture> all;
  for (int i = 1; i <= 9; ++i) {
    const auto path = fs::path(REGMARK_SOURCE_DIR "/testdata/pictures") /
                      ("street_0" + std::to_string(i) + ".jpg");
    const auto file = base::read_file(path, reading::picture_file_max).value();
    all.push_back(reading::decode_picture(file).value());
  }
  return all;
}

class OutOfFocus : public ::testing::Test {
 protected:
  OutOfFocus() {
    EXPECT_TRUE(estate_.database->migrate(drift::Drift::migrations()));
    estate_.clock.set("2026-01-05T08:10:00Z");
    estate_.live_camera("cam-1");
    drift_.emplace(*estate_.database, *estate_, estate_.clock);
  }
  std::vector<plate::Read> reads_of(const std::vector<Picture>& pictures) {
    std::vector<plate::Read> reads;
    for (const auto& picture : pictures) {
      const auto found = reader_.read(picture).value();
      for (const auto& seen : found) {
        auto read = plate::a_read("cam-1", seen.reading.text);
        read.score = seen.reading.score;
        reads.push_back(std::move(read));
      }
    }
    return reads;
  }
  // An hour's traffic, made of the same vehicles again and again.
  void hour_of(std::vector<plate::Read> reads) {
    std::vector<const plate::Read*> seen;
    for (auto& read : reads) read.observed = estate_.clock.now();
    for (std::size_t i = 0; i < 100 && !reads.empty(); ++i) {
      seen.push_back(&reads[i % reads.size()]);
    }
    drift_->note(base::CameraId::parse("cam-1").value(), seen);
  }
  void week_passes() {
    estate_.clock.advance(std::chrono::days(7));
    ASSERT_TRUE(drift_->close_hours());
  }
  std::vector<drift::Alarm> alarms() {
    return drift_->alarms(estate_.log.receipt_for(access::Act::read_estate), 10).value();
  }

  estate::TestEstate estate_;
  std::optional<drift::Drift> drift_;
  reading::PictureReader reader_ = reading::PictureReader::create().value();
};

TEST_F(OutOfFocus, IsToldFromItsReads) {
  const auto sharp = streets();
  const auto usual = reads_of(sharp);
  ASSERT_GE(usual.size(), 9U);
  for (int week = 0; week < drift::weeks_compared; ++week) {
    hour_of(usual);
    week_passes();
  }
  hour_of(usual);
  week_passes();
  EXPECT_TRUE(alarms().empty());

  std::vector<Picture> blurred;
  for (const auto& picture : sharp) blurred.push_back(out_of_focus(picture, 6));
  hour_of(reads_of(blurred));
  week_passes();
  const auto told = alarms();
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.front().camera.text(), "cam-1");
}

}  // namespace
}  // namespace regmark
