#include "sightings/rocksdb/finder.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "sightings/rocksdb/walk.h"

namespace regmark::sightings::rocks {

struct Finder::Candidate {
  Pass pass;
  PlateNumber plate;
  std::string key;
  std::string value;
};

Finder::Finder(const Contents& contents, const internal::Limits& limits, const Oldest& oldest,
               std::optional<Pass> before)
    : contents_(contents), limits_(limits), oldest_(oldest), before_(before) {
  if (!limits.cameras) return;
  cameras_.emplace();
  for (const auto& camera : *limits.cameras) {
    if (const auto number = contents.cameras().number_of(camera)) cameras_->insert(*number);
  }
}

Result<std::vector<Found>> Finder::look(std::size_t wanted) {
  wanted_ = wanted;
  rocksdb::ReadOptions options;
  options.prefix_same_as_start = true;
  rows_ = contents_.engine().scan(Space::rows, options);
  const auto slices = contents_.slices();
  std::vector<SlicePointer> of_day;
  for (auto at = slices.rbegin(); at != slices.rend() && !enough() && !stopped_at_;) {
    const auto day = (*at)->day;
    of_day.clear();
    for (; at != slices.rend() && (*at)->day == day; ++at) of_day.push_back(*at);
    REGMARK_TRY(of_day.size() == 1 ? look_in_turn(of_day) : look_in_day(of_day));
  }
  return std::move(found_);
}

Result<void> Finder::look_in_turn(const std::vector<SlicePointer>& slices) {
  for (const auto& slice : slices) {
    if (enough() || stopped_at_) return {};
    const auto& span = slice->span;
    const bool in_window = limits_.from < span.until && limits_.until > span.from;
    if (!in_window || !oldest_.covers(*slice)) continue;
    if (before_ && *before_ <= Pass{span.from, 0, 0}) continue;
    REGMARK_ASSIGN(const auto use, SliceUse::take(contents_, slice->number));
    if (!use) continue;
    REGMARK_TRY(look_in(use->slice()));
    if (examined_ >= examined_max && !stopped_at_) stopped_at_ = Pass{span.from, 0, 0};
  }
  return {};
}

Result<void> Finder::look_in_day(const std::vector<SlicePointer>& slices) {
  auto newer = std::exchange(found_, {});
  const auto wanted = std::exchange(wanted_, wanted_ - newer.size());
  const auto examined = examined_;
  std::vector<Found> here;
  std::optional<Pass> stopped_at;
  for (const bool of_short : {true, false}) {
    std::vector<SlicePointer> lane;
    for (const auto& slice : slices) {
      if (slice->is_short() == of_short) lane.push_back(slice);
    }
    // Each may examine as much as the other: one that never got its turn would never end.
    examined_ = examined;
    REGMARK_TRY(look_in_turn(lane));
    std::ranges::move(found_, std::back_inserter(here));
    found_.clear();
    // What is older than the place where either stopped may not be all there is.
    if (stopped_at_ && (!stopped_at || *stopped_at < *stopped_at_)) stopped_at = stopped_at_;
    stopped_at_.reset();
  }
  // One that moved to its day between the two was met in both.
  std::set<plate::ReadId> met;
  std::erase_if(here, [&](const Found& found) { return !met.insert(found.row.read.id).second; });
  std::ranges::sort(here, std::ranges::greater{}, &Found::pass);
  if (stopped_at) {
    std::erase_if(here, [&](const Found& found) { return found.pass < *stopped_at; });
  }
  if (here.size() > wanted_)
    here.erase(here.begin() + static_cast<std::ptrdiff_t>(wanted_), here.end());
  std::ranges::move(here, std::back_inserter(newer));
  found_ = std::move(newer);
  wanted_ = wanted;
  stopped_at_ = stopped_at;
  return {};
}

bool Finder::covers(const Pass& pass) const {
  return limits_.covers(pass.observed) && (!before_ || pass < *before_) &&
         (!cameras_ || cameras_->contains(pass.camera));
}

Result<void> Finder::look_in(const Slice& slice) {
  REGMARK_ASSIGN(const auto plates, plates_of_day(slice));
  if (plates) {
    REGMARK_ASSIGN(const bool done, look_for(slice, *plates));
    if (done) return {};
  }
  return walk(slice);
}

// nullopt: any plate, or too many.
Result<std::optional<std::vector<PlateNumber>>> Finder::plates_of_day(const Slice& slice) const {
  std::vector<PlateWord> words;
  if (const auto exact = limits_.exact()) {
    words.push_back(*exact);
  } else if (limits_.patterns.empty()) {
    return std::nullopt;
  } else {
    REGMARK_TRY(contents_.lists().match(
        slice.number, limits_.patterns.front(), [&] { return contents_.plates_of(slice); }, words));
  }
  std::vector<PlateNumber> plates;
  for (const auto word : words) {
    if (limits_.covers(word)) plates.push_back(internal::number_of_word(word));
  }
  if (plates.size() > plates_max) return std::nullopt;
  return plates;
}

Result<bool> Finder::look_for(const Slice& slice, const std::vector<PlateNumber>& plates) {
  std::vector<Candidate> candidates;
  for (const auto plate : plates) {
    REGMARK_ASSIGN(const bool all, gather(slice, plate, candidates));
    if (!all) return false;
  }
  examined_ += plates.size() + candidates.size();
  std::ranges::sort(candidates, std::ranges::greater{}, &Candidate::pass);
  for (const auto& [pass, plate, key, value] : candidates) {
    if (enough()) break;
    REGMARK_ASSIGN(auto row, decode_stored(contents_, slice, plate, pass, key, value));
    if (limits_.covers_place(row.read)) found_.push_back({pass, std::move(row)});
  }
  return true;
}

Result<bool> Finder::gather(const Slice& slice, PlateNumber plate,
                            std::vector<Candidate>& candidates) {
  for (rows_->Seek(row_prefix(slice.cipher, plate, slice.number)); rows_->Valid(); rows_->Next()) {
    const auto key = view(rows_->key());
    const auto row = parse_row_key(slice.cipher, key, slice.day);
    if (!row) return fail(ErrorCode::corrupt, "a row's key cannot be read");
    if (!covers(row->pass)) continue;
    if (candidates.size() == plate_rows_max) return false;
    candidates.push_back({row->pass, plate, std::string(key), rows_->value().ToString()});
  }
  if (!rows_->status().ok()) return failure(rows_->status());
  return true;
}

Result<void> Finder::walk(const Slice& slice) {
  const auto wanted = [&](const Camera& camera) {
    return limits_.covers(camera.id) && camera.may_lie_in(limits_.areas);
  };
  auto until = std::min(limits_.until, slice.span.until);
  if (before_) until = std::min(until, before_->observed + std::chrono::microseconds{1});
  Walk walk(contents_, slice, contents_.cameras().which(wanted),
            access::Window{std::max(limits_.from, slice.span.from), until},
            wanted_ - found_.size());
  REGMARK_TRY(walk.begin());
  for (; walk.valid() && !enough();) {
    const auto [pass, plate] = walk.current();
    if (++examined_ >= examined_max) {
      stopped_at_ = pass;
      // It was not looked at itself.
      ++stopped_at_->count;
      return {};
    }
    if (covers(pass) && limits_.covers(internal::word_of(plate))) {
      examined_ += row_cost;
      REGMARK_ASSIGN(auto row, read_row(contents_, slice, plate, pass));
      if (row && limits_.covers_place(row->read)) found_.push_back({pass, *std::move(row)});
    }
    REGMARK_TRY(walk.next());
  }
  return {};
}

}  // namespace regmark::sightings::rocks
