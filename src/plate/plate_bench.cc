// What is asked of every read that arrives. The aim is 50,000 reads a second on two cores, 40 us a
// read for everything, so text must cost next to nothing.
#include <benchmark/benchmark.h>

#include <random>

#include "plate/layout.h"
#include "plate/misread.h"
#include "plate/read.h"

namespace regmark::plate {
namespace {

std::vector<Plate> plates(std::size_t count) {
  std::mt19937 random(1);
  const auto pick = [&](std::string_view from) { return from[random() % from.size()]; };
  std::vector<Plate> made;
  for (std::size_t at = 0; at < count; ++at) {
    std::string text;
    for (const char each : std::string_view("LLNNLLL")) {
      text += each == 'L' ? pick("ABCDEFGHJKLMNOPRSTUVWXY") : pick("0123456789");
    }
    made.push_back(Plate::parse(text).value());
  }
  return made;
}

// Budget: 0.2 us, half a per cent of a read. Measured against itself typed with a space.
void parse_a_plate(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Plate::parse("ab12 cde"));
}
BENCHMARK(parse_a_plate);

// Budget: 0.5 us: asked of each candidate while reading, a few dozen for each plate.
void find_layouts(benchmark::State& state) {
  const auto made = plates(1'000);
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(layouts_of(made[next++ % made.size()]));
}
BENCHMARK(find_layouts);

// Budget: 20 us: shown to people, never on the way of a read.
void list_likely_misreads(benchmark::State& state) {
  const auto made = plates(1'000);
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(likely_misreads(made[next++ % made.size()]));
}
BENCHMARK(list_likely_misreads);

// Budget: 2 us, two blocks of SHA-256.
void name_a_read(benchmark::State& state) {
  const auto camera = base::CameraId::parse("camera-m25-j10-north").value();
  for (auto _ : state) benchmark::DoNotOptimize(ReadId::of(camera, "2026-03-29T00:30:00.123Z/1"));
}
BENCHMARK(name_a_read);

}  // namespace
}  // namespace regmark::plate
