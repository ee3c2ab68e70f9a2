#include "sightings/rocksdb/short_spans.h"

#include <algorithm>

#include "base/check.h"

namespace regmark::sightings::rocks {

void ShortSpans::add(DayNumber number, const Span& span) {
  REGMARK_CHECK(is_short(number) && !numbers_.contains(number));
  if (const auto old = gone_from_.find(number); old != gone_from_.end()) {
    gone_.erase(old->second);
    gone_from_.erase(old);
  }
  standing_.emplace(span.from, Standing{number, span.until});
  numbers_.emplace(number, span.from);
  last_given_ = number;
}

void ShortSpans::add_gone(DayNumber number, const Span& span) {
  if (const auto known = numbers_.find(number); known != numbers_.end()) {
    standing_.erase(known->second);
    numbers_.erase(known);
    going_.insert(number);
  }
  gone_.insert_or_assign(span.from, number);
  gone_from_.insert_or_assign(number, span.from);
  gone_until_ = std::max(gone_until_, span.until);
}

void ShortSpans::load(DayNumber number, const Span& span) {
  const auto last = last_given_;
  add(number, span);
  last_given_ = last;
  note_loaded(number, span);
}

void ShortSpans::load_gone(DayNumber number, const Span& span) {
  add_gone(number, span);
  note_loaded(number, span);
}

// Nothing says in which order they were given: the newest was last, or nearly.
void ShortSpans::note_loaded(DayNumber number, const Span& span) {
  if (span.from < newest_loaded_) return;
  newest_loaded_ = span.from;
  last_given_ = number;
}

std::optional<DayNumber> ShortSpans::number_at(base::UtcTime observed) const {
  const auto after = standing_.upper_bound(observed);
  if (after == standing_.begin()) return std::nullopt;
  const auto& found = std::prev(after)->second;
  return observed < found.until ? std::optional(found.number) : std::nullopt;
}

std::optional<DayNumber> ShortSpans::number_from(base::UtcTime from) const {
  if (const auto found = standing_.find(from); found != standing_.end()) {
    return found->second.number;
  }
  const auto gone = gone_.find(from);
  return gone == gone_.end() ? std::nullopt : std::optional(gone->second);
}

Span ShortSpans::span_for(base::UtcTime observed, std::chrono::minutes length) const {
  const auto midnight = base::UtcTime{base::day_of(observed)};
  const auto whole = (observed - midnight) / length;
  Span span{midnight + whole * length, midnight + (whole + 1) * length};
  // The length may have been another one when its neighbours were begun.
  const auto after = standing_.upper_bound(observed);
  if (after != standing_.end()) span.until = std::min(span.until, after->first);
  if (after != standing_.begin()) span.from = std::max(span.from, std::prev(after)->second.until);
  span.from = std::max(span.from, gone_until_);
  REGMARK_CHECK(span.from <= observed && observed < span.until);
  return span;
}

DayNumber ShortSpans::next_number() const {
  // Those that stand are few: one that is free comes soon.
  auto number = last_given_;
  do {
    number = number == short_numbers_max ? DayNumber{1} : static_cast<DayNumber>(number + 1);
  } while (numbers_.contains(number) || going_.contains(number));
  return number;
}

bool ShortSpans::stands(DayNumber number) const {
  return numbers_.contains(number);
}

std::vector<Span> ShortSpans::standing() const {
  std::vector<Span> spans;
  for (const auto& [from, slice] : standing_) spans.push_back({from, slice.until});
  return spans;
}

}  // namespace regmark::sightings::rocks
