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

// How many; small ones are not told apart.
class Count {
 public:
  explicit Count(std::uint64_t number)
      : number_(number == 0 || number >= small_number ? std::optional(number) : std::nullopt) {}
  // Nothing: it is at least one and fewer than small_number.
  const std::optional<std::uint64_t>& number() const { return number_; }
  std::string text() const;

 private:
  std::optional<std::uint64_t> number_;
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

  // Sums what is of one reason and ending; a line for each reason that has any.
  Effectiveness(base::UtcDay from, base::UtcDay until, const std::vector<Outcomes>& outcomes,
                std::vector<PublicText> examples);

  base::UtcDay from() const { return from_; }
  base::UtcDay until() const { return until_; }
  const std::vector<Line>& lines() const { return lines_; }
  const std::vector<PublicText>& examples() const { return examples_; }
  // Begins and ends with "NOT FOR RELEASE".
  documents::Document document() const;

 private:
  base::UtcDay from_, until_;
  std::vector<Line> lines_;
  std::vector<PublicText> examples_;
};

}  // namespace regmark::accountability
