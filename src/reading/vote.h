// From looks at one plate to what it says.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plate/read.h"
#include "reading/ctc.h"

namespace regmark::reading {

// What a plate says, with the doubt there is.
//
// Scores are the network's own probabilities, cooled by a temperature that was fitted to real
// plates which it was not trained on. How far they hold elsewhere is measured: docs/reading.md.
struct Reading {
  std::string text;      // 1 to 10 of A-Z and 0-9
  std::string raw_text;  // as the network spells it, before the rule on I, 1, O and 0
  float score = 0;       // that the whole text is right
  std::vector<plate::Alternative> alternatives;  // at most five, best first; never `text` itself
  std::vector<float> character_scores;           // one for each character of `text`
};

// One look at a plate, in one frame: what the network said of it, once for each of some slightly
// different cuts. At least one.
using Look = std::vector<Distribution>;

// What looks at one plate, of one frame or of many, say together. Nothing: that there is no letter.
//
// What was seen is never rewritten to fit a format. Layouts do two things only:
// - I and 1, and O and 0, are one glyph on a British plate, so there is no seeing which it was.
//   Where exactly one spelling of what was seen fits a British layout, that is the text, and the
//   probability of the other spellings is its own. Where none or several fit, the network's
//   spelling stands, and others are alternatives.
// - A text that fits no British layout gets the likeliest text that does, one character away, as an
//   alternative of its own, even behind likelier ones.
std::optional<Reading> vote(std::span<const Look> looks);

// The single insertions, deletions and substitutions that make one text the other.
std::size_t edits_between(std::string_view a, std::string_view b);

}  // namespace regmark::reading
