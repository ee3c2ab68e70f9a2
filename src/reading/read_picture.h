// Everything that stands on plates in one picture.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "reading/detector.h"
#include "reading/reader.h"
#include "reading/vote.h"

namespace regmark::reading {

// One plate in one picture.
struct Seen {
  Found found;
  Look look;
  Reading reading;
  std::string country;  // ISO 3166-1 alpha-2, or empty: unknown
};

struct ReadingSettings {
  DetectorSettings detector{};
  // How the networks may compute. The environment's REGMARK_READING may allow less.
  Precision precision = Precision::int8;
  // The least that a text must have to count as a plate's. The shortest marks have two characters,
  // but a picture shows far more pairs of letters that are no plate.
  std::size_t length_min = 3;
  float score_min = 0.1F;
  // Where the first look is this sure of each of its characters, it is enough; looking again
  // doubles the time. 2 looks again always.
  double surety_enough = 0.98;
  // Where it is no surer than this on the average, nothing is read: most of what is no plate.
  double surety_min = 0.4;
};

// Both networks, ready to read. Used by one thread at a time; takes a few megabytes.
class PictureReader {
 public:
  // With the networks that are compiled in. Fails with, in this order:
  //   invalid_input   REGMARK_READING is not what engine.h says of it
  //   corrupt         the networks do not load
  static Result<PictureReader> create(const ReadingSettings& settings = {});
  // The same on an engine of one's own, which may be forgotten after.
  static Result<PictureReader> create(const InferenceEngine& engine,
                                      const ReadingSettings& settings = {});

  // From the left to the right. Whatever the detector took for a plate and has no text that counts
  // is left out.
  Result<std::vector<Seen>> read(const Picture& picture);

  // The same of plates that were already found.
  Result<std::vector<Seen>> read_plates(const Picture& picture, const std::vector<Found>& plates);
  // What one plate says; of the ways to see its lines the surer one. Nothing: no text that counts.
  Result<std::optional<Seen>> read_plate(const Picture& picture, const Found& found);

  Detector& detector() { return detector_; }
  Reader& reader() { return reader_; }

 private:
  PictureReader(Detector detector, Reader reader, const ReadingSettings& settings)
      : detector_(std::move(detector)), reader_(std::move(reader)), settings_(settings) {}
  Detector detector_;
  Reader reader_;
  ReadingSettings settings_;
};

}  // namespace regmark::reading
