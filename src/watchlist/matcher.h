// Every live entry of every list, as one immutable index in memory.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "plate/plate.h"
#include "plate/read.h"
#include "watchlist/plate_code.h"

namespace regmark::watchlist {

// exact: the plate is the listed one. look_alike: the same glyphs on a UK plate (I and 1, O and 0).
// near: one likely misread away, or one of the read's alternatives. Near plates are compared glyph
// by glyph, so that a misread B beside an O that is listed as 0 is still one misread.
enum class Grade : std::uint8_t { exact, look_alike, near };

// Where an entry is kept: the index's own number for it.
using EntryNumber = std::uint32_t;

struct Match {
  EntryNumber entry;
  Grade grade;
  // That the vehicle seen carries the listed plate, from the misread model and what the camera said
  // of its doubt. docs/decisions/matching.md derives it.
  float probability;
  PlateCode listed;
  friend bool operator==(const Match&, const Match&) = default;
};

inline constexpr std::size_t matches_max = 32;  // of one read; the most probable are kept

// How sure the camera was. What is missing leaves the misread model's own figure.
struct Doubt {
  float score = 0;                                   // of the whole plate, 0 to 1; 0: not said
  std::span<const std::uint8_t> character_scores{};  // per cent, one for each character, or none
};

// Whether a match may be found now; empty: every one may.
using Stands = std::function<bool(const Match&)>;

// Immutable after it is built: read it from any number of threads. 18.3 bytes an entry.
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
  // All grades, best first (by grade, then probability, then entry), at most matches_max: exact,
  // look-alikes, one likely misread of the plate, and the read's alternatives, of which those past
  // plate::alternatives_max are not looked at. Matches of which `stands` says no are passed over,
  // so that they crowd out none. No allocation when there is none.
  virtual std::vector<Match> matches(const plate::Plate& plate,
                                     std::span<const plate::Alternative> alternatives,
                                     const Doubt& doubt, const Stands& stands) const = 0;
  std::vector<Match> matches(const plate::Plate& plate,
                             std::span<const plate::Alternative> alternatives,
                             const Doubt& doubt = {}) const {
    return matches(plate, alternatives, doubt, nullptr);
  }
  // Every entry, in no order.
  virtual void each(const std::function<void(PlateCode, EntryNumber)>& take) const = 0;
  virtual std::size_t size() const = 0;
  virtual std::size_t bytes() const = 0;
};

// Builds a matcher entry by entry, so that millions need not stand beside it first. For one thread.
class MatcherBuilder {
 public:
  // Takes its memory at once.
  explicit MatcherBuilder(std::size_t count_max);
  MatcherBuilder(MatcherBuilder&&) noexcept;
  MatcherBuilder& operator=(MatcherBuilder&&) noexcept;
  ~MatcherBuilder();

  // More than count_max of them is a mistake of ours.
  void add(PlateCode plate, EntryNumber entry);
  std::shared_ptr<const Matcher> build() &&;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace regmark::watchlist
