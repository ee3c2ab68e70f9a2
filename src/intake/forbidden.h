// What we must not hold, however a camera calls it: it is dropped on arrival, and the drop listed.
#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

namespace regmark::intake {

inline constexpr std::size_t forbidden_kinds_max = 16;

// The kinds that were met, so that the camera's owner can be told. Holds our words, never the
// camera's, whose names might carry data themselves.
class Dropped {
 public:
  // Notes it when a field of this name, inside one of that name (or none), is one we must not hold.
  bool note(std::string_view inside, std::string_view name);
  bool empty() const { return kinds_.none(); }
  // "faces", "seat_belt", ...: each once, in the order of the table.
  std::vector<std::string> names() const;

 private:
  std::bitset<forbidden_kinds_max> kinds_;
};

}  // namespace regmark::intake
