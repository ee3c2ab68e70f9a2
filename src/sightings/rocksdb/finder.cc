#include "sightings/rocksdb/finder.h"

#include <algorithm>

#include "sightings/rocksdb/walk.h"

namespace regmark::sightings::rocks {

struct Finder::Candidate {
  Pass pass;
  PlateNumber plate;
  std::string key;
  std::string value;
};

Finder::Finder(const Contents& contents, const internal::Limits& limits, base::UtcDay oldest,
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
  for (auto at = slices.rbegin(); at != slices.rend() && !enough() && !stopped_at_; ++at) {
    const auto day = (*at)->day;
    const bool in_window = limits_.from < day + std::chrono::days{1} && limits_.until > day;
    if (!in_window || day < oldest_ || (before_ && *before_ <= Pass{day, 0, 0})) continue;
    REGMARK_ASSIGN(const auto use, SliceUse::take(contents_, (*at)->number));
    if (!use) continue;
    REGMARK_TRY(look_in(use->slice()));
    if (examined_ >= examined_max && !stopped_at_) stopped_at_ = Pass{day, 0, 0};
  }
  return std::move(found_);
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
    const auto row = parse_row_key(slice.cipher, key);
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
  auto until = std::min(limits_.until, base::UtcTime{slice.day + std::chrono::days{1}});
  if (before_) until = std::min(until, before_->observed + std::chrono::microseconds{1});
  Walk walk(contents_, slice, contents_.cameras().which(wanted),
            access::Window{std::max(limits_.from, base::UtcTime{slice.day}), until},
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
