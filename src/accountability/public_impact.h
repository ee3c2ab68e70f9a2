// The public version of an impact assessment: what the rules leave of each answer, what a person
// struck out besides, and nothing that tells a place. It is a draft, not for release: only
// `disclosure` makes something public of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "accountability/redaction.h"
#include "accountability/sieve.h"
#include "assessment/guidance.h"
#include "assessment/paper.h"
#include "base/result.h"
#include "base/time.h"
#include "documents/document.h"

namespace regmark::accountability {

inline constexpr std::size_t strikes_max = 500;
inline constexpr std::size_t strike_size_max = 1'000;  // bytes of a passage, and of a reason

// What somebody strikes out of an answer, and why. Without a passage: all of the answer; and all of
// a number, of which there is no part to strike.
struct Strike {
  std::string form, part, field;
  std::size_t row = 0;
  std::string passage{};
  std::string reason{};
  friend bool operator==(const Strike&, const Strike&) = default;
};

// Of a number no more than its size. Below ten one digit would be all of it.
inline constexpr std::uint64_t about_least = 10;
struct About {
  std::uint64_t number = 0;  // all but its first digit rounded away; 0: below about_least
  std::string text() const;  // "about 8000", "fewer than 10"
};

// One answer on its way to the public, for whoever checks it: never for the public itself.
struct Answer {
  std::string form, part, field;
  std::size_t row = 0;
  std::string question{};
  Show show = Show::withheld;
  std::string text{};    // what is left; of a number, what it is about
  std::string reason{};  // why it is not shown as it was written
  About about{};         // of a number
  std::vector<Finding> findings{};
};

struct Checked {
  std::vector<Answer> answers;
  bool passes() const;
};

// In the order of the rules' forms. Forms of which there is no paper are left out. The exact number
// of what is shown as "about" is found in words too: of its own part whatever it is, elsewhere from
// exact_elsewhere_min digits on. Fails with
//   invalid_input   a strike of an answer that is not there, or of a passage that it does not hold;
//                   one without a reason; a reason that tells a place
//   limit_exceeded  more than strikes_max, or longer than strike_size_max
inline constexpr std::size_t exact_elsewhere_min = 3;
Result<Checked> check(const Redaction& rules, const assessment::Guidance& guidance,
                      const std::vector<assessment::Paper>& papers,
                      const std::vector<Strike>& strikes, const Sieve& sieve);

// Made of texts that a sieve let through, of rounded numbers, and of words of the guidance and the
// rules: there is no way to write anything else into one.
class PublicImpact {
 public:
  struct Withheld {};
  struct Shown {
    std::string_view question;  // the guidance's, which outlives this
    std::variant<PublicText, About, Withheld> text;
    std::vector<PublicText> reasons{};
  };
  struct Section {
    std::string_view title;  // the guidance's
    std::vector<Shown> answers;
  };

  // Fails with
  //   invalid_input   something in it still tells a place: in which answer
  static Result<PublicImpact> of(const Redaction& rules, const assessment::Guidance& guidance,
                                 const Checked& checked, const Sieve& sieve);

  const std::vector<Section>& sections() const { return sections_; }
  // Begins and ends with "NOT FOR RELEASE". `version` is that of the assessment.
  documents::Document document(std::uint64_t version, base::UtcDay checked_on) const;

 private:
  PublicImpact() = default;
  std::string title_, evidence_reason_;
  std::vector<Section> sections_;
};

}  // namespace regmark::accountability
