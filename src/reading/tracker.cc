#include "reading/tracker.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "plate/look_alike.h"

namespace regmark::reading {
namespace {

using std::chrono::microseconds;

// How far from where it is expected a plate may be, in widths of the plate. With a second sighting
// its speed is known; before that a vehicle may have come a long way between two frames.
constexpr float reach_known = 1.5F, reach_first = 4.0F;
// As near as this, even another text may be the same plate, read badly.
constexpr float near = 0.5F;
// More wrong characters than this, and both texts sure: two vehicles, wherever they are.
constexpr std::size_t edits_max = 3;
constexpr float sure = 0.5F;
// From one frame to the next a plate hardly changes its size.
constexpr float growth_max = 2.0F;
// How much of a new speed is believed.
constexpr float speed_gain = 0.6F;
// Final reads that are remembered to know the same passing again.
constexpr std::size_t pasts_max = 64;

bool same_glyphs(const std::string& a, const std::string& b) {
  return std::ranges::equal(a, b, {}, plate::glyph_of, plate::glyph_of);
}

float seconds(microseconds time) {
  return static_cast<float>(time.count()) / 1e6F;
}

// The line through the logarithms of a plate's width over time: an even speed makes no straight
// one, but one that falls or rises all the way.
class Growth {
 public:
  void add(microseconds now, float width) {
    const double x = seconds(now), y = std::log(std::max(width, 1.F));
    ++count_, x_ += x, y_ += y, xx_ += x * x, xy_ += x * y;
  }
  // By how much the plate grew in this time, as a factor.
  double over(microseconds time) const {
    const double spread = count_ * xx_ - x_ * x_;
    return spread > 0 ? std::exp((count_ * xy_ - x_ * y_) / spread * seconds(time)) : 1;
  }

 private:
  double count_ = 0, x_ = 0, y_ = 0, xx_ = 0, xy_ = 0;
};

}  // namespace

struct Tracker::Track {
  struct Vote {
    Look look;
    float score;
  };
  int number = 0;
  std::vector<Vote> votes;  // at most looks_max
  int looks_all = 0;        // counted, not kept
  Seen best;                // the clearest
  std::shared_ptr<const Frame> best_frame;
  std::string last_text;
  float last_score = 0;
  int agreeing = 0;  // looks in a row with the same text
  Corners corners{};
  Point speed;  // pixels a second
  Growth growth;
  microseconds first_seen{0}, last_seen{0};
  bool gave_provisional = false;
  bool is_settled = false;  // whatever it had to give was given
  bool gave_final = false;

  Point expected(microseconds now) const {
    const float time = seconds(now - last_seen);
    const auto centre = centre_of(corners);
    return {centre.x + speed.x * time, centre.y + speed.y * time};
  }
  // How badly the plate fits, or nothing: it is another one.
  std::optional<float> misfit(const Seen& seen, microseconds now) const;
  void add(Seen seen, const std::shared_ptr<const Frame>& frame);
  plate::Direction direction(const TrackerSettings& settings) const {
    if (looks_all < settings.direction_looks_min) return plate::Direction::unknown;
    const double factor = growth.over(last_seen - first_seen);
    if (factor >= settings.growth_min) return plate::Direction::approaching;
    if (factor <= 1 / settings.growth_min) return plate::Direction::receding;
    return plate::Direction::unknown;
  }
  // What all of its looks say together.
  Reading reading() const {
    std::vector<Look> looks;
    looks.reserve(votes.size());
    for (const auto& one : votes) looks.push_back(one.look);
    return vote(looks).value_or(best.reading);
  }
};

// A passing whose final read was given.
struct Tracker::Past {
  int track;
  std::string text;
  Corners corners;
  microseconds last_seen;
};

std::optional<float> Tracker::Track::misfit(const Seen& seen, microseconds now) const {
  const auto old_size = size_of(corners), new_size = size_of(seen.found.corners);
  const float wide = std::max(old_size.width, new_size.width);
  const float narrow = std::min(old_size.width, new_size.width);
  if (wide <= 0 || wide > growth_max * narrow) return std::nullopt;
  const float away = distance(expected(now), centre_of(seen.found.corners)) / wide;
  const auto edits = edits_between(seen.reading.text, last_text);
  const bool both_sure = seen.reading.score > sure && last_score > sure;
  if (edits > edits_max && (both_sure || away > near)) return std::nullopt;
  const float reach = looks_all > 1 || edits > 1 ? reach_known : reach_first;
  if (away > reach) return std::nullopt;
  return away + 0.5F * static_cast<float>(edits);
}

void Tracker::Track::add(Seen seen, const std::shared_ptr<const Frame>& frame) {
  const auto now = frame->position;
  if (looks_all > 0 && now > last_seen) {
    const auto from = centre_of(corners), to = centre_of(seen.found.corners);
    const float time = seconds(now - last_seen);
    const float gain = looks_all == 1 ? 1.F : speed_gain;
    speed.x += gain * ((to.x - from.x) / time - speed.x);
    speed.y += gain * ((to.y - from.y) / time - speed.y);
  }
  agreeing = looks_all > 0 && same_glyphs(last_text, seen.reading.text) ? agreeing + 1 : 1;
  if (looks_all == 0) first_seen = now;
  growth.add(now - first_seen, size_of(seen.found.corners).width);
  corners = seen.found.corners;
  last_seen = now;
  last_text = seen.reading.text;
  last_score = seen.reading.score;
  votes.push_back({seen.look, seen.reading.score});
  if (votes.size() > looks_max) votes.erase(std::ranges::min_element(votes, {}, &Vote::score));
  if (looks_all == 0 || seen.reading.score > best.reading.score) {
    best = std::move(seen);
    best_frame = frame;
  }
  ++looks_all;
}

Tracker::Tracker(const TrackerSettings& settings) : settings_(settings) {}
Tracker::Tracker(Tracker&&) noexcept = default;
Tracker& Tracker::operator=(Tracker&&) noexcept = default;
Tracker::~Tracker() = default;

std::vector<TrackRead> Tracker::add(const std::shared_ptr<const Frame>& frame,
                                    std::vector<Seen> seen) {
  // What has gone by now must not catch a plate of this frame.
  auto reads = collect(frame->position, false);
  assign(frame, std::move(seen));
  std::ranges::move(collect(frame->position, false), std::back_inserter(reads));
  return reads;
}

std::vector<TrackRead> Tracker::finish() {
  return collect(microseconds{0}, true);
}

// Gives each plate to the track it fits best, the best pair of all first; the others begin anew.
void Tracker::assign(const std::shared_ptr<const Frame>& frame, std::vector<Seen> seen) {
  struct Pair {
    float misfit;
    std::size_t track, plate;
  };
  std::vector<Pair> pairs;
  for (std::size_t track = 0; track < tracks_.size(); ++track) {
    for (std::size_t plate = 0; plate < seen.size(); ++plate) {
      const auto misfit = tracks_[track]->misfit(seen[plate], frame->position);
      if (misfit) pairs.push_back({*misfit, track, plate});
    }
  }
  std::ranges::stable_sort(pairs, {}, &Pair::misfit);
  std::vector<bool> track_taken(tracks_.size()), plate_taken(seen.size());
  for (const auto& pair : pairs) {
    if (track_taken[pair.track] || plate_taken[pair.plate]) continue;
    track_taken[pair.track] = plate_taken[pair.plate] = true;
    tracks_[pair.track]->add(std::move(seen[pair.plate]), frame);
  }
  for (std::size_t plate = 0; plate < seen.size(); ++plate) {
    if (plate_taken[plate]) continue;
    auto track = std::make_unique<Track>();
    track->number = next_track_++;
    track->add(std::move(seen[plate]), frame);
    tracks_.push_back(std::move(track));
  }
}

// The reads that are ready. Tracks that have gone are forgotten.
std::vector<TrackRead> Tracker::collect(microseconds now, bool ends) {
  std::vector<TrackRead> reads;
  // Beyond the limit the track not seen for longest goes first.
  std::ranges::stable_sort(tracks_, std::greater<>(),
                           [](const auto& track) { return track->last_seen; });
  for (std::size_t index = 0; index < tracks_.size(); ++index) {
    auto& track = *tracks_[index];
    const bool is_gone =
        ends || index >= tracks_max || now - track.last_seen > settings_.gone_after;
    if (track.is_settled) {
      if (track.gave_final) remember(track);
      if (is_gone) tracks_[index].reset();
      continue;
    }
    if (is_gone || track.last_seen - track.first_seen >= settings_.settled_after) {
      settle(track, reads);
      if (is_gone) tracks_[index].reset();
      continue;
    }
    if (settings_.early == EarlyReads::left_out || track.gave_provisional ||
        track.last_seen != now || track.agreeing < settings_.provisional_looks_min) {
      continue;
    }
    auto reading = track.reading();
    if (reading.score < settings_.provisional_score_min || is_past(track, reading)) continue;
    track.gave_provisional = true;
    reads.push_back({track.number, plate::Phase::provisional, false, std::move(reading),
                     track.best.found.corners, track.best.country, track.best_frame,
                     track.direction(settings_), track.looks_all});
  }
  std::erase(tracks_, nullptr);
  std::ranges::stable_sort(reads, {}, &TrackRead::track);
  return reads;
}

// Gives the track's final read, if it has one to give.
void Tracker::settle(Track& track, std::vector<TrackRead>& reads) {
  track.is_settled = true;
  auto reading = track.reading();
  const bool is_enough = reading.score >= settings_.final_score_min &&
                         (track.looks_all >= settings_.final_looks_min ||
                          reading.score >= settings_.single_look_score_min);
  // A provisional read that was given is corrected, however weak the correction is.
  if (!track.gave_provisional && (!is_enough || is_past(track, reading))) return;
  track.gave_final = true;
  track.last_text = reading.text;
  remember(track);
  reads.push_back({track.number, plate::Phase::final, track.gave_provisional, std::move(reading),
                   track.best.found.corners, track.best.country, track.best_frame,
                   track.direction(settings_), track.looks_all});
}

// Keeps, or keeps up to date, that this track had its final read.
void Tracker::remember(const Track& track) {
  const auto known = std::ranges::find(pasts_, track.number, &Past::track);
  if (known != pasts_.end()) {
    known->corners = track.corners;
    known->last_seen = track.last_seen;
    return;
  }
  if (pasts_.size() == pasts_max) pasts_.erase(pasts_.begin());
  pasts_.push_back({track.number, track.last_text, track.corners, track.last_seen});
}

// Whether this is a passing that already had its final read: lost from view and found again.
bool Tracker::is_past(const Track& track, const Reading& reading) {
  const auto same = std::ranges::find_if(pasts_, [&](const Past& past) {
    const auto apart = track.first_seen - past.last_seen;
    if (apart > settings_.again_within) return false;
    if (same_glyphs(past.text, reading.text)) return true;
    // Two vehicles of one fleet may differ in one character, but not stand in one place.
    const float wide = size_of(past.corners).width;
    return edits_between(past.text, reading.text) == 1 && apart <= settings_.gone_after * 2 &&
           distance(centre_of(past.corners), centre_of(track.corners)) < near * wide;
  });
  if (same == pasts_.end()) return false;
  same->last_seen = std::max(same->last_seen, track.last_seen);
  same->corners = track.corners;
  return true;
}

}  // namespace regmark::reading
