// Follows plates from frame to frame, so that one vehicle passing once is one read.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "plate/read.h"
#include "reading/frame.h"
#include "reading/read_picture.h"

namespace regmark::reading {

// What is followed at once at most; the one that was not seen for longest makes room.
inline constexpr std::size_t tracks_max = 64;
// Looks at one plate that vote, the clearest.
inline constexpr std::size_t looks_max = 12;

enum class EarlyReads : std::uint8_t { given, left_out };

struct TrackerSettings {
  // Not seen for so long: gone. Long enough for a lamp post, too short for the next vehicle.
  std::chrono::milliseconds gone_after{700};
  // In view for so long: the final read is given, and nothing more until it has gone. A vehicle
  // that waits at a light must not keep its read waiting.
  std::chrono::milliseconds settled_after{4'000};
  // A text that comes back within this time after it went is the same passing.
  std::chrono::milliseconds again_within{3'000};
  // A provisional read comes where it is wanted, and needs so many looks that agree, and so much
  // certainty.
  EarlyReads early = EarlyReads::given;
  int provisional_looks_min = 3;
  float provisional_score_min = 0.8F;
  // A final read needs two looks, or one as certain as this: a stray text seen once is no vehicle.
  int final_looks_min = 2;
  float single_look_score_min = 0.9F;
  float final_score_min = 0.3F;
  // A plate that grew by so much, or shrank to its inverse, in so many looks came or went: corners
  // are some 3 % of its width off, so that chance alone makes no such change of a line through
  // them.
  float growth_min = 1.15F;
  int direction_looks_min = 3;
};

// A read of one track. Its frame is the clearest one so far, and corners are in that.
struct TrackRead {
  int track = 0;  // counts up from 1 for as long as the tracker lives
  plate::Phase phase = plate::Phase::final;
  bool had_provisional = false;  // a final one: a provisional one came before and is now corrected
  Reading reading;
  Corners corners{};
  std::string country;
  std::shared_ptr<const Frame> frame;
  plate::Direction direction = plate::Direction::unknown;  // by how the plate grew in the picture
  int looks = 0;  // that voted, and those that were too many
};

// Used by one thread at a time. Each track gives at most one provisional and then at most one final
// read; a track with a provisional read always gives a final one.
class Tracker {
 public:
  explicit Tracker(const TrackerSettings& settings = {});
  Tracker(Tracker&&) noexcept;
  Tracker& operator=(Tracker&&) noexcept;
  ~Tracker();

  // The plates of the next frame, whose position is not before the last one's. Gives the reads that
  // are ready.
  std::vector<TrackRead> add(const std::shared_ptr<const Frame>& frame, std::vector<Seen> seen);
  // The source ended: what is still followed is final.
  std::vector<TrackRead> finish();

 private:
  struct Track;
  struct Past;
  void assign(const std::shared_ptr<const Frame>& frame, std::vector<Seen> seen);
  std::vector<TrackRead> collect(std::chrono::microseconds now, bool ends);
  void settle(Track& track, std::vector<TrackRead>& reads);
  void remember(const Track& track);
  bool is_past(const Track& track, const Reading& reading);

  TrackerSettings settings_;
  std::vector<std::unique_ptr<Track>> tracks_;
  std::vector<Past> pasts_;
  int next_track_ = 1;
};

}  // namespace regmark::reading
