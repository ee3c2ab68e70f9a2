// Every live entry of every list, as one immutable index in memory.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "plate/plate.h"
#include "plate/read.h"

namespace regmark::watchlist {

// exact: the plate is the listed one. look_alike: the same glyphs on a UK plate (I and 1, O and 0).
// near: one likely misread away, or one of the read's alternatives.
enum class Grade : std::uint8_t { exact, look_alike, near };

// Where an entry is kept: the index's own number for it.
using EntryNumber = std::uint32_t;

struct Match {
  EntryNumber entry;
  Grade grade;
  float probability;  // that the vehicle seen carries the listed plate, from the misread model
  friend bool operator==(const Match&, const Match&) = default;
};

inline constexpr std::size_t matches_max = 32;  // of one read; the most probable are kept

// Immutable after it is built: read it from any number of threads. At most 32 bytes an entry.
class Matcher {
 public:
  struct Listed {
    plate::Plate plate;
    EntryNumber entry;
  };
  // The order of `listed` does not matter; one plate may stand on several lists.
  static std::shared_ptr<const Matcher> build(std::span<const Listed> listed);
  virtual ~Matcher() = default;

  // Entries whose plate is exactly this one. No allocation when there is none.
  virtual std::vector<Match> exact(const plate::Plate& plate) const = 0;
  // All grades, best first, at most matches_max: exact, look-alikes, one likely misread of the
  // plate, and the read's alternatives.
  virtual std::vector<Match> matches(const plate::Plate& plate,
                                     std::span<const plate::Alternative> alternatives) const = 0;
  virtual std::size_t size() const = 0;
  virtual std::size_t bytes() const = 0;
};

}  // namespace regmark::watchlist
