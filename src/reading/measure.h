// How well pictures with known plates were read.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reading/labels.h"
#include "reading/read_picture.h"

namespace regmark::reading {

// Counts over many pictures. Plates whose text is not known count for finding and not for reading.
struct Measure {
  std::size_t pictures = 0;
  std::size_t plates = 0, found = 0;  // found: at an overlap of 0.5 or more with the labelled box
  std::size_t texts = 0;              // plates whose text is known
  std::size_t read = 0;               // of these: the picture gave this very text, wherever
  std::size_t read_alike = 0;         // the same with I and 1, and O and 0, taken as one
  std::size_t texts_found = 0;        // something was read there, and the text is known
  std::size_t found_read = 0;         // of these: it has this very text
  std::size_t characters = 0, edits = 0;  // of texts_found: how long, and how far off
  std::size_t false_plates = 0;           // what overlaps no labelled plate of its picture at all

  double recall() const { return share(found, plates); }
  double exact() const { return share(read, texts); }
  double exact_alike() const { return share(read_alike, texts); }
  double exact_given_found() const { return share(found_read, texts_found); }
  double character_errors() const { return share(edits, characters); }
  double false_per_hundred() const { return 100 * share(false_plates, pictures); }

  // Adds one picture: its labels, what the detector took for plates, and what was read of those.
  void add(const std::vector<Label>& labels, const std::vector<Found>& plates_found,
           const std::vector<Seen>& seen);

 private:
  static double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
  }
};

}  // namespace regmark::reading
