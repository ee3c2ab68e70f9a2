// Signs of misuse in what was searched. Each is a question to ask somebody, in words, with the
// searches that it rests on; none is a verdict, and nothing follows from one by itself.
//
// What is usual is never taken from what is weighed: the week or the stretch of work in question is
// left out, medians stand in for means, and a person is held against colleagues too.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oversight/household.h"
#include "oversight/searches.h"

namespace regmark::oversight {

enum class SignalKind : std::uint8_t {
  plate_again,       // one plate again and again, under changing references
  off_hours,         // outside times on duty; where these are not known, outside own usual hours
  far_from_usual,    // far more searches in a week than usual
  reference_reused,  // one reference for what does not belong together
  household,         // a vehicle of a colleague's or one's own household
  bulk,              // far more rows in a day than others find
};

inline constexpr SignalKind all_signal_kinds[] = {
    SignalKind::plate_again,      SignalKind::off_hours, SignalKind::far_from_usual,
    SignalKind::reference_reused, SignalKind::household, SignalKind::bulk};
std::string_view name(SignalKind kind);

inline constexpr std::size_t evidence_max = 50;  // the latest

struct Signal {
  SignalKind kind{};
  base::PersonId person;
  base::UtcTime from{}, until{};  // of the first and of the last search in it
  std::string words{};            // names no plate and nobody
  std::uint64_t searches = 0;
  std::vector<std::uint64_t> evidence{};  // receipts of searches, at most evidence_max
};

// What searches are held against. Where each number is from: docs/oversight.md.
struct Thresholds {
  std::chrono::days looked_back{180};

  // plate_again
  std::size_t plate_references = 3;
  std::size_t plate_days = 4;
  double plate_share = 0.8;  // of everybody's searches for that plate

  // off_hours
  std::size_t off_searches = 3;
  std::size_t off_days = 3;
  std::chrono::days off_within{30};
  double off_share = 0.02;        // of own searches at work, two hours around
  std::size_t off_history = 30;   // with fewer of these, one cannot tell
  std::size_t work_searches = 3;  // within work_gap of each other: a stretch of work
  std::chrono::hours work_gap{4};
  std::chrono::hours duty_slack{1};

  // far_from_usual
  std::uint64_t week_least = 12;
  double week_spreads = 5;
  std::size_t week_history = 8;

  // reference_reused
  std::size_t reference_plates = 6;
  double reference_likeness = 0.25;
  std::size_t reference_plates_alone = 20;
  std::chrono::days reference_span{45};
  std::size_t reference_people = 4;
  std::size_t reference_lines = 3;

  // bulk
  std::uint64_t bulk_rows = 7'000;
  double bulk_times = 3;  // of what 995 in 1,000 of others' days stay under
};

struct Period {
  base::UtcTime from{}, until{};
};

// What else is known.
struct Known {
  Duty duty{};
  // Whether it is a listed vehicle; empty: there is no list.
  std::function<Match(const SearchNote&)> household{};
};

// Signals whose last search lies in the period. `notes` are in order of time, and begin as far
// before it as anybody wants to know what is usual. By kind, then the latest first. A pure
// function.
std::vector<Signal> signals_in(std::span<const SearchNote> notes, const Period& period,
                               const Known& known, const Thresholds& thresholds = {});

}  // namespace regmark::oversight
