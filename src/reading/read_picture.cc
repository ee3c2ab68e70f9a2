#include "reading/read_picture.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <span>

#include "reading/country.h"
#include "reading/image.h"
#include "reading/models.h"

namespace regmark::reading {

namespace {

// Two plates never cover each other so far, however they lean.
constexpr float shared_max = 0.5F;

// The second look moves corners: what were two finds may have become one plate, read twice.
void keep_best_of_each(std::vector<Seen>& seen) {
  std::ranges::stable_sort(seen, std::greater<>(),
                           [](const Seen& one) { return one.reading.score; });
  std::vector<Seen> kept;
  for (auto& one : seen) {
    const bool is_known = std::ranges::any_of(kept, [&](const Seen& better) {
      return overlap_of_smaller(box_around(better.found.corners), box_around(one.found.corners)) >
             shared_max;
    });
    if (!is_known) kept.push_back(std::move(one));
  }
  seen = std::move(kept);
}

}  // namespace

Result<PictureReader> PictureReader::create(const ReadingSettings& settings) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here sets the environment
  REGMARK_ASSIGN(const auto allowed, precision_allowed(std::getenv("REGMARK_READING")));
  return create(*make_engine(std::min(allowed, settings.precision)), settings);
}

Result<PictureReader> PictureReader::create(const InferenceEngine& engine,
                                            const ReadingSettings& settings) {
  REGMARK_ASSIGN(auto detector, Detector::create(engine, detector_model(), settings.detector));
  REGMARK_ASSIGN(auto reader, Reader::create(engine, reader_model()));
  return PictureReader(std::move(detector), std::move(reader), settings);
}

Result<std::optional<Seen>> PictureReader::read_plate(const Picture& picture, const Found& found) {
  Look look;
  Lines lines = Lines::one;
  BestPath impression;
  for (const auto way : possible_lines(found.corners)) {
    REGMARK_ASSIGN(auto seen, reader_.look(picture, found.corners, way));
    auto first = best_path(seen.front());
    if (!look.empty() && first.mean <= impression.mean) continue;
    look = std::move(seen);
    lines = way;
    impression = std::move(first);
    if (impression.least >= settings_.surety_enough) break;
  }
  if (impression.mean < settings_.surety_min) return std::nullopt;
  if (impression.least < settings_.surety_enough) {
    REGMARK_TRY(reader_.look_wider(picture, found.corners, lines, look));
  }
  auto reading = vote(std::span(&look, 1));
  if (!reading || reading->text.size() < settings_.length_min ||
      reading->score < settings_.score_min) {
    return std::nullopt;
  }
  auto country = guess_country(reading->text, background_of(picture, found.corners));
  return Seen{found, std::move(look), *std::move(reading), std::move(country)};
}

Result<std::vector<Seen>> PictureReader::read(const Picture& picture) {
  REGMARK_ASSIGN(const auto plates, detector_.find(picture));
  return read_plates(picture, plates);
}

Result<std::vector<Seen>> PictureReader::read_plates(const Picture& picture,
                                                     const std::vector<Found>& plates) {
  std::vector<Seen> seen;
  for (const auto& found : plates) {
    REGMARK_ASSIGN(auto plate, read_plate(picture, found));
    if (plate) seen.push_back(*std::move(plate));
  }
  keep_best_of_each(seen);
  std::ranges::stable_sort(seen, {},
                           [](const Seen& one) { return centre_of(one.found.corners).x; });
  return seen;
}

}  // namespace regmark::reading
