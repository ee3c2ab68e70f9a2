#include "oversight/flags.h"

namespace regmark::oversight {

std::string_view name(Flag flag) {
  switch (flag) {
    case Flag::short_reason:
      return "short_reason";
    case Flag::boilerplate_reason:
      return "boilerplate_reason";
    case Flag::repeated_reason:
      return "repeated_reason";
    case Flag::case_unknown:
      return "case_unknown";
    case Flag::case_closed:
      return "case_closed";
    case Flag::case_category:
      return "case_category";
  }
  return "unknown";
}

std::string_view name(Why why) {
  switch (why) {
    case Why::sampled:
      return "sampled";
    case Why::urgent:
      return "urgent";
    case Why::flagged:
      return "flagged";
  }
  return "unknown";
}

std::string_view in_words(Flag flag) {
  switch (flag) {
    case Flag::short_reason:
      return "The reason has too few words that tell anything.";
    case Flag::boilerplate_reason:
      return "The reason has only words that would fit every search.";
    case Flag::repeated_reason:
      return "Near enough the same reason was given for many other references.";
    case Flag::case_unknown:
      return "The case register has no such reference.";
    case Flag::case_closed:
      return "The case register has this case as closed.";
    case Flag::case_category:
      return "The case register has this case in another category.";
  }
  return "Unknown.";
}

}  // namespace regmark::oversight
