// A page of the pictures that were read wrongly, to look at. It holds the pictures themselves:
// where they may not be passed on, neither may the page.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reading/labels.h"
#include "reading/measure.h"
#include "reading/picture.h"
#include "reading/read_picture.h"

namespace regmark::reading {

inline constexpr std::size_t failures_max = 2'000;  // on one page; some 40 KB each

enum class Failure : std::uint8_t { none, not_found, nothing_read, misread, no_plate };

// Of a labelled plate: what went wrong first. Plates whose text is not known fail by not being
// found.
Failure failure_of(const Outcome& outcome);

class FailuresPage {
 public:
  // Looks at what one picture added to a run, and keeps pictures of what went wrong. The outcomes
  // are those of the labels, in their order.
  void add(const Picture& picture, std::span<const Label> labels, std::span<const Outcome> outcomes,
           std::span<const Seen> seen, std::span<const FalsePlate> false_plates);
  // One file of HTML without anything from elsewhere.
  std::string html(std::string_view title) const;
  std::size_t left_out() const { return left_out_; }

 private:
  void add_card(const Picture& picture, const Box& box, std::string words,
                std::span<const Seen> seen);
  std::vector<std::string> cards_;
  std::size_t left_out_ = 0;
};

}  // namespace regmark::reading
