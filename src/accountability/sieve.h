// Finds in a text what would tell the public where a camera stands: names of sites, cameras and
// roads, coordinates, postcodes, grid references, and plates.
#pragma once

#include <compare>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accountability/finding.h"
#include "base/result.h"

namespace regmark::accountability {

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
// would guess ("opposite the only school"): that is for the person who checks after it. A text
// takes as long as it is itself, however many names there are.
class Sieve {
 public:
  // `own` are the names and ids of what the text is about: each counts as it stands, and so do each
  // pair of its words and each word alone that is not a word of many places ("north", "lane").
  // `near` are names of what lies around it: as they stand, and in pairs. `others` are those of
  // everything else: they count where they have two words or a digit, for a site may be called
  // "Gate" and a text speak of a gate; one word counts where it is written with a capital, unless
  // it is one of many places.
  Sieve(const std::vector<std::string>& own, const std::vector<std::string>& others,
        const std::vector<std::string>& near = {});

  // In the order of the text; none overlaps. Letters and case do not hide a name, nor do blanks
  // or signs within it; letters that are none of ours are found too, for they might. `numbers`,
  // digits alone, are found as well, whatever stands between their thousands.
  std::vector<Finding> findings(std::string_view text,
                                std::span<const std::string> numbers = {}) const;

  // Fails with
  //   invalid_input   it has findings: of what kind the first is
  Result<PublicText> pass(std::string_view text) const;

 private:
  using Words = std::vector<std::string>;
  enum class Counts : std::uint8_t { always, with_capital };
  struct Name {
    Words words{};  // in lower case
    Counts counts = Counts::always;
    friend auto operator<=>(const Name&, const Name&) = default;
  };
  // Without what stands between its words, or within a single one ("East Gate").
  struct RunTogether {
    std::string letters{};
    bool whole_words = false;  // only where it begins and ends with a word of the text
    friend auto operator<=>(const RunTogether&, const RunTogether&) = default;
  };
  void add(Name name);
  // By the first word, and by the first letters: a text is not compared with each road of a county.
  std::map<std::string, std::set<Name>, std::less<>> names_;
  std::map<std::string, std::set<RunTogether>, std::less<>> run_together_;
};

}  // namespace regmark::accountability
