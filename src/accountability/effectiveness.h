// What the cameras did against crime, for the public (guidance 5.4b): how many alerts ended how, by
// the kind of reason that the vehicle was listed for, and examples that were approved. A draft, not
// for release; it is made of words of this program, numbers and texts that a sieve let through.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accountability/sieve.h"
#include "base/time.h"
#include "base/word_table.h"
#include "documents/document.h"
#include "watchlist/reason.h"

namespace regmark::accountability {

// Fewer than these might be somebody whom one knows.
inline constexpr std::uint64_t small_number = 5;

// How an alert ended, as the public is told.
enum class Ending : std::uint8_t {
  stopped,
  observed,
  not_found,
  already_resolved,
  no_action,
  wrong_vehicle,  // on the spot, or on the picture
  corrected,      // by a later read of the same passing
  open,
};
inline constexpr base::Words<Ending, 8> ending_words{{
    {Ending::stopped, "stopped"},
    {Ending::observed, "observed"},
    {Ending::not_found, "not_found"},
    {Ending::already_resolved, "already_resolved"},
    {Ending::no_action, "no_action"},
    {Ending::wrong_vehicle, "wrong_vehicle"},
    {Ending::corrected, "corrected"},
    {Ending::open, "open"},
}};

// By the word for it on the alert itself: how it was closed, "rejected", "retracted" or "open".
// Fails with
//   corrupt   there is no such word
Result<Ending> ending_of(std::string_view outcome);

// How many there were in a quarter, small ones not told apart; or in several, where it says what
// anybody would work out from the quarters one by one, and no more.
class Count {
 public:
  Count() = default;  // none
  explicit Count(std::uint64_t number) : least_(number), most_(number) {
    if (number == 0 || number >= small_number) return;
    least_ = 1;
    most_ = small_number - 1;
  }
  Count& operator+=(const Count& other) {
    least_ += other.least_;
    most_ += other.most_;
    return *this;
  }
  std::uint64_t least() const { return least_; }
  std::uint64_t most() const { return most_; }
  // Nothing: some of it is not told.
  std::optional<std::uint64_t> number() const {
    return least_ == most_ ? std::optional(least_) : std::nullopt;
  }
  std::string text() const;

 private:
  std::uint64_t least_ = 0, most_ = 0;
};

struct Outcomes {
  watchlist::ReasonCode reason = watchlist::ReasonCode::other;
  Ending ending = Ending::open;
  std::uint64_t alerts = 0;
};

class Effectiveness {
 public:
  struct Line {
    watchlist::ReasonCode reason;
    std::vector<Count> by_ending;  // in the order of ending_words
    // All of the line; nothing where that would give a small number away.
    std::optional<std::uint64_t> all;
  };

  // Sums what is of one reason and ending, of each quarter for itself; a line for each reason that
  // has any. `from` and `until` are the first and the last day of the quarters (quarters.h).
  Effectiveness(base::UtcDay from, base::UtcDay until,
                const std::vector<std::vector<Outcomes>>& quarters,
                std::vector<PublicText> examples, std::size_t examples_left_out = 0);

  base::UtcDay from() const { return from_; }
  base::UtcDay until() const { return until_; }
  const std::vector<Line>& lines() const { return lines_; }
  const std::vector<PublicText>& examples() const { return examples_; }
  // Approved ones that do not pass any more: what they name came to be known later.
  std::size_t examples_left_out() const { return examples_left_out_; }
  // Begins and ends with "NOT FOR RELEASE".
  documents::Document document() const;

 private:
  base::UtcDay from_, until_;
  std::vector<Line> lines_;
  std::vector<PublicText> examples_;
  std::size_t examples_left_out_;
};

}  // namespace regmark::accountability
