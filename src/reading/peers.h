// What other readers reach on the same pictures, as they were measured or published. Data, to stand
// beside our own figures.
#pragma once

#include <span>
#include <string_view>

namespace regmark::reading {

struct Peer {
  std::string_view set;   // the folder's name
  std::string_view what;  // what was counted
  std::string_view name;  // whose figure
  double percent;
  int plates;  // of how many; 0: see the source
  std::string_view source;
};

std::span<const Peer> peers();

}  // namespace regmark::reading
