// What a paper still lacks before anything may be decided on it.
#pragma once

#include <string>
#include <vector>

#include "assessment/guidance.h"
#include "assessment/paper.h"

namespace regmark::assessment {

struct Lack {
  std::string part;
  std::string field;  // empty: the part as a whole
  std::string why;    // in words, for whoever writes it
  friend bool operator==(const Lack&, const Lack&) = default;
};

// In the order of the form. What the form does not ask for is a lack too: words that nobody reads
// are not evidence of anything. None: the paper is whole.
std::vector<Lack> lacks(const Form& form, const Paper& paper);

// Fails with
//   invalid_input   it is not whole: the first lacks, by their names
Result<void> check_whole(const Form& form, const Paper& paper);

// The columns of the matrix that the claims of a strategic assessment feed.
std::vector<std::string> columns_claimed(const Form& form, const Paper& assessment);

}  // namespace regmark::assessment
