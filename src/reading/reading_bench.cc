// Budgets, one thread. They are for a photograph of 1280 x 720 and OpenCV's engine.
//   picture   200 ms: one core then keeps up with a camera at 5 frames a second, enough for a lane
//             at 50 km/h whose plates are legible over 5 m (2.8 m between frames).
//   plate     5 ms: ten vehicles in one frame must not cost more than a quarter of it.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "base/files.h"
#include "reading/image.h"
#include "reading/models.h"
#include "reading/read_picture.h"
#include "reading/shots.h"
#include "reading/tracker.h"

namespace regmark::reading {
namespace {

base::Bytes street_file() {
  const std::filesystem::path pictures = REGMARK_SOURCE_DIR "/testdata/pictures";
  return base::read_file(pictures / "street_01.jpg", picture_file_max).value();
}
Picture street() {
  return resized(decode_picture(street_file()).value(), 1280, 720);
}
// Where its plate stands, by its label: 432.6 370.1 94.7 21.7 in the file's own pixels.
Corners corners_in(const Picture& picture) {
  const auto file = decode_picture(street_file()).value();
  const auto x = static_cast<float>(picture.width()) / static_cast<float>(file.width());
  const auto y = static_cast<float>(picture.height()) / static_cast<float>(file.height());
  const float left = 432.6F * x, top = 370.1F * y, right = 527.3F * x, bottom = 391.8F * y;
  return {{{left, top}, {right, top}, {right, bottom}, {left, bottom}}};
}

void decode_one_jpeg(benchmark::State& state) {
  const auto file = street_file();
  for (auto _ : state) benchmark::DoNotOptimize(decode_picture(file));
}
BENCHMARK(decode_one_jpeg)->Unit(benchmark::kMillisecond);

void find_in_one_picture(benchmark::State& state) {
  auto reader = PictureReader::create().value();
  const auto picture = street();
  for (auto _ : state) benchmark::DoNotOptimize(reader.detector().find(picture));
}
BENCHMARK(find_in_one_picture)->Unit(benchmark::kMillisecond);

void read_one_plate(benchmark::State& state) {
  auto reader = PictureReader::create().value();
  const auto picture = street();
  const auto corners = corners_in(picture);
  for (auto _ : state) {
    benchmark::DoNotOptimize(reader.read_plate(picture, {corners, 0.9F}));
  }
}
BENCHMARK(read_one_plate)->Unit(benchmark::kMillisecond);

void vote_on_twelve_looks(benchmark::State& state) {
  auto reader = PictureReader::create().value();
  const auto picture = street();
  const auto look = reader.reader().look(picture, corners_in(picture), Lines::one).value();
  const std::vector<Look> looks(looks_max, look);
  for (auto _ : state) benchmark::DoNotOptimize(vote(looks));
}
BENCHMARK(vote_on_twelve_looks)->Unit(benchmark::kMillisecond);

void read_one_picture(benchmark::State& state) {
  auto reader = PictureReader::create().value();
  const auto picture = street();
  for (auto _ : state) benchmark::DoNotOptimize(reader.read(picture));
}
BENCHMARK(read_one_picture)->Unit(benchmark::kMillisecond);

void make_both_pictures_of_a_read(benchmark::State& state) {
  const auto picture = street();
  const auto corners = corners_in(picture);
  for (auto _ : state) {
    benchmark::DoNotOptimize(plate_patch(picture, corners));
    benchmark::DoNotOptimize(overview(picture));
  }
}
BENCHMARK(make_both_pictures_of_a_read)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace regmark::reading
