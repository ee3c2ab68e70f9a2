// Which numbers short slices have, and which times.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "sightings/rocksdb/keys.h"
#include "sightings/store.h"

namespace regmark::sightings::rocks {

// Spans of slices that stand do not overlap. Not safe for two threads: Contents has a lock.
class ShortSpans {
 public:
  // Under a number that nothing stands under; what was gone under it is forgotten.
  void add(DayNumber number, const Span& span);
  // Gone, or going. Its number is not given again before free().
  void add_gone(DayNumber number, const Span& span);
  // All that went under this number is over.
  void free(DayNumber number) { going_.erase(number); }
  // What there is when the store is opened, in any order.
  void load(DayNumber number, const Span& span);
  void load_gone(DayNumber number, const Span& span);

  // The one that stands and has this time.
  std::optional<DayNumber> number_at(base::UtcTime observed) const;
  // The one that begins then, gone or not.
  std::optional<DayNumber> number_from(base::UtcTime from) const;
  // What a new slice would be of: the part of the day, of this length, that has this time, less
  // what other slices have or had. The time is in none that stands, and not before gone_until().
  Span span_for(base::UtcTime observed, std::chrono::minutes length) const;
  // The one after the last that was given, or free from there on.
  DayNumber next_number() const;
  bool stands(DayNumber number) const;
  // The end of the newest that is gone: no time before it is taken any more.
  base::UtcTime gone_until() const { return gone_until_; }
  // Those that stand, oldest first.
  std::vector<Span> standing() const;

 private:
  struct Standing {
    DayNumber number = 0;
    base::UtcTime until;
  };
  void note_loaded(DayNumber number, const Span& span);

  std::map<base::UtcTime, Standing> standing_;    // by its beginning
  std::map<DayNumber, base::UtcTime> numbers_;    // of those that stand: its beginning
  std::map<base::UtcTime, DayNumber> gone_;       // by its beginning
  std::map<DayNumber, base::UtcTime> gone_from_;  // the same, the other way
  base::UtcTime gone_until_ = base::UtcTime::min();
  std::set<DayNumber> going_;
  base::UtcTime newest_loaded_ = base::UtcTime::min();
  DayNumber last_given_ = 0;
};

}  // namespace regmark::sightings::rocks
