// How well pictures with known plates were read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/share.h"
#include "reading/labels.h"
#include "reading/read_picture.h"

namespace regmark::reading {

// What a run made of one labelled plate.
struct Outcome {
  std::string set, file;
  std::string truth;     // empty: not known, and then it counts for finding alone
  bool found = false;    // the detector gave a box with an overlap of 0.5 or more
  std::string text;      // what the picture gave: the truth if it is among its plates, else what
                         // was read nearest to the label; empty: nothing
  float score = 0;       // of that
  std::string there;     // what was read at the label; empty: nothing
  bool in_five = false;  // the truth is a text of the picture or an alternative of one
  bool in_five_alike = false;
  std::string on_box;  // what is read when the labelled box is given
};

// A plate that overlaps no labelled one. Of a set without plates it is an error; else a label may
// be missing.
struct FalsePlate {
  std::string set, file, text;
  float score = 0;
};

// All that a run made of some pictures.
struct Tally {
  std::vector<Outcome> outcomes;
  std::vector<FalsePlate> false_plates;
  std::vector<double> milliseconds;           // of each picture, from file to reads
  std::vector<double> milliseconds_decoding;  // of these, the file to pixels
  std::size_t pictures = 0;
};

// Adds one picture to a run: its labels, what the detector took for plates, what was read of those,
// and what was read of each label's own box.
void add_picture(Tally& run, std::string_view set, std::string_view file,
                 std::span<const Label> labels, std::span<const Found> plates_found,
                 std::span<const Seen> seen, std::span<const std::string> on_boxes);

// With O, Q and 0 taken for one, and I and 1.
std::string folded(std::string_view text);
bool alike(std::string_view a, std::string_view b);

using base::Share;

// Does a score of 0.9 mean that nine in ten are right? Of all plates that were read where the truth
// is known, by their score in ten bins.
struct Bin {
  std::size_t count = 0, right = 0;
  double scores = 0;  // their sum
};
enum class Right : std::uint8_t { exactly, alike };  // what counts as right
std::vector<Bin> calibration(std::span<const Outcome> outcomes, Right right = Right::exactly);
// The gap between score and share of right ones, weighed by how many there are.
double expected_calibration_error(std::span<const Bin> bins);
// What a reader with these scores, each of them exactly how often it is right, stays under in 95 of
// 100 such sets: few plates make a gap by themselves. Drawn 2,000 times from a fixed seed.
double calibration_error_by_chance(std::span<const Outcome> outcomes);

struct Measure {
  std::size_t pictures = 0;
  Share found;
  Share exact, exact_alike;              // end to end
  Share exact_found, exact_found_alike;  // of those that were found
  Share on_box, on_box_alike;            // given the labelled box
  Share in_five, in_five_alike;
  std::size_t characters = 0, edits = 0;    // of what was read where there is a label
  std::size_t marks = 0, marks_always = 0;  // different texts, and those that were always exact
  double marks_exact = 0;                   // the mean of each mark's own share
  std::size_t false_plates = 0;
  Share with_false;  // pictures with at least one
  double calibration_error = 0, calibration_error_alike = 0;
  double calibration_by_chance = 0;
  double median = 0, p99 = 0;  // milliseconds a picture
  double median_decoding = 0;

  double character_errors() const;
  double false_per_hundred() const;
};
Measure measure(const Tally& run);

}  // namespace regmark::reading
