// Finds in a text what would tell the public where a camera stands: names of sites, cameras and
// roads, coordinates, postcodes, grid references, and plates.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/geography.h"
#include "base/result.h"

namespace regmark::accountability {

// A stretch of the text, in bytes, and what kind of thing stands there.
struct Finding {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string what{};  // "a road's number"; never the thing itself
  friend bool operator==(const Finding&, const Finding&) = default;
};

// A text that a sieve let through. There is no other way to make one.
class PublicText {
 public:
  const std::string& text() const { return text_; }

 private:
  friend class Sieve;
  explicit PublicText(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// Immutable; safe to share among threads. It knows names and shapes, and cannot know what a reader
// would guess ("opposite the only school"): that is for the person who checks after it.
class Sieve {
 public:
  // `own` are the names and ids of what the text is about: each counts as it stands, and so does
  // each pair of its words. `others` are those of everything else: they count where they have two
  // words or a digit, for a site may be called "Gate" and a text speak of a gate; one word counts
  // where it is written with a capital, unless it is a direction or a word for a street.
  Sieve(const std::vector<std::string>& own, const std::vector<std::string>& others);

  // In the order of the text; none overlaps. Letters and case do not hide a name, nor do blanks
  // or signs within it; letters that are none of ours are found too, for they might.
  std::vector<Finding> findings(std::string_view text) const;

  // Fails with
  //   invalid_input   it has findings: of what kind the first is
  Result<PublicText> pass(std::string_view text) const;

 private:
  using Words = std::vector<std::string>;
  struct Name {
    Words words{};  // in lower case
    bool only_with_capital = false;
    friend bool operator==(const Name&, const Name&) = default;
  };
  std::vector<Name> names_;
  std::vector<std::string> squeezed_;  // without what stands between the words
};

}  // namespace regmark::accountability
