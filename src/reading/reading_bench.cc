// Budgets, one thread, where the processor has eight-bit instructions (AVX-512 VNNI or AVX-VNNI):
//   photograph     6 ms from the file to its plates, at 480 x 360. A folder of 100,000 takes ten
//                  minutes then, and a camera that sends pictures of this size leaves 19 parts of
//                  20 of a core at 8 pictures a second.
//   plate          0.2 ms: ten vehicles in one frame must not cost more than a fifth of it.
//   frame          10 ms for 1920 x 1080 already decoded: 100 frames a second on one core, of which
//                  60 leave room for decoding on a second one.
//   video          60 frames a second of 1920 x 1080 H.264 on two cores, every frame looked at and
//                  each plate followed.
//   int8 : OpenCV  in one run, both networks: at most 0.17, since OpenCV is three times slower than
//                  the best free engine in floats, and that one is to be beaten by two.
//   fp32 : OpenCV  at most 0.5: the portable path is to be within 1.5 times of that engine.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "base/files.h"
#include "base/files_testing.h"
#include "reading/ffmpeg/clip_testing.h"
#include "reading/image.h"
#include "reading/models.h"
#include "reading/read_ahead.h"
#include "reading/read_picture.h"
#include "reading/shots.h"
#include "reading/tracker.h"
#include "reading/video.h"

namespace regmark::reading {
namespace {

base::Bytes street_file() {
  const std::filesystem::path pictures = REGMARK_SOURCE_DIR "/testdata/pictures";
  return base::read_file(pictures / "street_01.jpg", picture_file_max).value();
}
Picture street(int width = 1280, int height = 720) {
  return resized(decode_picture(street_file()).value(), width, height);
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

// A file of some hundred pixels, as people have of their cars: from its bytes to its plates.
void read_one_photograph(benchmark::State& state) {
  auto reader = PictureReader::create().value();
  const auto file = encode_jpeg(street(480, 360), 90).value();
  for (auto _ : state) {
    const auto picture = decode_picture(file).value();
    benchmark::DoNotOptimize(reader.read(picture));
  }
}
BENCHMARK(read_one_photograph)->Unit(benchmark::kMillisecond);

void read_one_frame(benchmark::State& state) {
  auto reader = PictureReader::create().value();
  const auto picture = street(1920, 1080);
  for (auto _ : state) benchmark::DoNotOptimize(reader.read(picture));
}
BENCHMARK(read_one_frame)->Unit(benchmark::kMillisecond);

// The project's own clip, of two cars that pass, as a camera on a road sends it.
std::string large_clip(const std::filesystem::path& folder) {
  const auto path = folder / "clip.h264";
  ffmpeg::ClipWriter writer(path, 1920, 1080);
  const auto frames =
      open_video_file(REGMARK_SOURCE_DIR "/testdata/clip.mp4", {.frames_per_second_max = 1'000}, {})
          .value();
  for (auto frame = frames->next().value(); frame; frame = frames->next().value()) {
    writer.add(resized(frame->picture, 1920, 1080));
  }
  writer.finish();
  return path;
}

// From the file to its final reads; the frames a second that are looked at: all, or as many as the
// program looks at by itself.
void read_video(benchmark::State& state) {
  const base::TestFolder folder;
  const auto clip = large_clip(folder.path());
  auto reader = PictureReader::create().value();
  const bool all = state.range(0) != 0;
  const auto settings = all ? VideoSettings{.frames_per_second_max = 1'000} : VideoSettings{};
  std::uint64_t frames = 0, reads = 0;
  for (auto _ : state) {
    const auto source = read_ahead(open_video_file(clip, settings, {}).value(), {});
    Tracker tracker;
    for (auto next = source->next().value(); next; next = source->next().value()) {
      auto seen = reader.read(next->picture).value();
      reads += tracker.add(std::make_shared<Frame>(*std::move(next)), std::move(seen)).size();
      ++frames;
    }
    reads += tracker.finish().size();
    frames += source->skipped();
  }
  state.counters["frames"] =
      benchmark::Counter(static_cast<double>(frames), benchmark::Counter::kIsRate);
  state.counters["reads"] =
      benchmark::Counter(static_cast<double>(reads), benchmark::Counter::kAvgIterations);
}
BENCHMARK(read_video)
    ->ArgName("all")
    ->DenseRange(0, 1)
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);

// Both networks on each engine in one run, since only their ratio means anything elsewhere.
enum class Engine : std::uint8_t { int8, fp32, opencv };
std::unique_ptr<InferenceEngine> engine_of(const benchmark::State& state) {
  const auto engine = static_cast<Engine>(state.range(0));
  if (engine == Engine::opencv) return make_opencv_engine();
  return make_engine(engine == Engine::int8 ? Precision::int8 : Precision::fp32);
}
void run_network(benchmark::State& state, const Model& model, const Pixels& pixels) {
  auto network = engine_of(state)->load(model).value();
  for (auto _ : state) benchmark::DoNotOptimize(network->run(pixels));
}
void run_detector(benchmark::State& state) {
  run_network(state, detector_model(), detector_input(street(), 640).pixels);
}
BENCHMARK(run_detector)->ArgName("engine")->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

void run_reader(benchmark::State& state) {
  const auto picture = street();
  run_network(state, reader_model(),
              {1, straight_height, straight_width, 1,
               straighten(picture, corners_in(picture), Lines::one)});
}
BENCHMARK(run_reader)->ArgName("engine")->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

// The plates of a frame in one run: what is gained over one after another.
void run_reader_on_many(benchmark::State& state) {
  const auto picture = street();
  const auto plate = straighten(picture, corners_in(picture), Lines::one);
  const auto count = static_cast<int>(state.range(0));
  Pixels pixels{count, straight_height, straight_width, 1, {}};
  for (int at = 0; at < count; ++at) {
    pixels.values.insert(pixels.values.end(), plate.begin(), plate.end());
  }
  auto network = make_engine(Precision::int8)->load(reader_model()).value();
  for (auto _ : state) benchmark::DoNotOptimize(network->run(pixels));
  state.SetItemsProcessed(state.iterations() * count);
}
BENCHMARK(run_reader_on_many)
    ->ArgName("plates")
    ->Arg(1)
    ->Arg(2)
    ->Arg(4)
    ->Arg(8)
    ->Unit(benchmark::kMillisecond);

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
