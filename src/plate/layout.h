// Which kinds of registration mark a plate can be, by its text alone.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "plate/plate.h"

namespace regmark::plate {

// The first nine are those of SI 2001/561 Schedule 3 Part 1, in its order. L is a letter, N a
// digit.
enum class Layout : std::uint8_t {
  current,                    // LL NN LLL, from September 2001
  prefix,                     // L N{1,3} LLL, 1983 to 2001
  suffix,                     // LLL N{1,3} L, 1963 to 1983
  dateless_four_digits,       // N{4} L{1,2}
  dateless_digits_first,      // N{1,3} L{1,3}
  dateless_letters_first,     // L{1,3} N{1,3}
  dateless_four_last,         // L{1,2} N{4}, Great Britain or Northern Ireland
  northern_ireland,           // LLL N{4}, I or Z among the letters
  northern_ireland_reversed,  // N{4} LLL
  age_unknown,                // Q N{1,3} LLL: a vehicle whose age or identity is not known
  military,                   // LL NN LL
  military_older,             // NN LL NN
  diplomatic,                 // NNN D NNN; NNN X NNN for staff
  trade,                      // NNN L{1,3}, or NNNNN since 2015
  foreign,                    // anything that might be a plate elsewhere: the loose form
};

inline constexpr std::array all_layouts = {
    Layout::current,
    Layout::prefix,
    Layout::suffix,
    Layout::dateless_four_digits,
    Layout::dateless_digits_first,
    Layout::dateless_letters_first,
    Layout::dateless_four_last,
    Layout::northern_ireland,
    Layout::northern_ireland_reversed,
    Layout::age_unknown,
    Layout::military,
    Layout::military_older,
    Layout::diplomatic,
    Layout::trade,
    Layout::foreign,
};

// "current", "dateless_four_digits", ...
std::string_view name(Layout layout);

class LayoutSet {
 public:
  constexpr LayoutSet() = default;
  constexpr LayoutSet(std::initializer_list<Layout> layouts) {
    for (const auto layout : layouts) add(layout);
  }
  constexpr void add(Layout layout) { bits_ |= bit(layout); }
  constexpr bool contains(Layout layout) const { return (bits_ & bit(layout)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  // Whether it fits anything the United Kingdom issues.
  constexpr bool british() const { return (bits_ & ~bit(Layout::foreign)) != 0; }
  friend constexpr bool operator==(const LayoutSet&, const LayoutSet&) = default;

 private:
  static constexpr std::uint32_t bit(Layout layout) {
    return std::uint32_t{1} << static_cast<std::uint32_t>(layout);
  }
  std::uint32_t bits_ = 0;
};

// Every layout the text fits, letter for letter: a 0 where a letter belongs does not fit. Several
// may fit at once (a trade plate is told from a dateless mark by its colours only).
LayoutSet layouts_of(const Plate& plate);

// The mark is first issued from the first day up to, and without, the last.
struct IssuePeriod {
  base::UtcDay from;
  base::UtcDay until;
  friend bool operator==(const IssuePeriod&, const IssuePeriod&) = default;
};

// When a mark of the current layout was, or will be, first issued: its digits are the year from
// March to August, and the year plus 50 from September to February. Nothing: another layout.
// The mark may be younger than its vehicle, and the vehicle younger than its mark.
std::optional<IssuePeriod> issue_period(const Plate& plate);

// The office whose two letters a mark of the current layout starts with, "Reading". Nothing:
// another layout, or letters that no source gives to one office. The offices closed in 2013; where
// a vehicle was first registered says little about where it lives.
std::optional<std::string_view> local_office(const Plate& plate);

}  // namespace regmark::plate
