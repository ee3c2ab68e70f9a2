// What about a search wants a second look. A flag is no verdict, and refuses nothing.
#pragma once

#include <cstdint>
#include <string_view>

namespace regmark::oversight {

enum class Flag : std::uint8_t {
  short_reason,        // too few words that tell anything
  boilerplate_reason,  // only words that fit every search
  repeated_reason,     // near enough the same as for many other references
  case_unknown,        // the case register has no such reference
  case_closed,
  case_category,  // the register has it in another category
};

inline constexpr Flag all_flags[] = {Flag::short_reason,    Flag::boilerplate_reason,
                                     Flag::repeated_reason, Flag::case_unknown,
                                     Flag::case_closed,     Flag::case_category};

// Why somebody reviews a search.
enum class Why : std::uint8_t { sampled, urgent, flagged };

inline constexpr Why all_whys[] = {Why::sampled, Why::urgent, Why::flagged};

// "short_reason", "sampled".
std::string_view name(Flag flag);
std::string_view name(Why why);
// A sentence for people.
std::string_view in_words(Flag flag);

}  // namespace regmark::oversight
