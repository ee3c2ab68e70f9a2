// What a sieve found, apart so that whatever finds can speak of it.
#pragma once

#include <cstddef>
#include <string>

namespace regmark::accountability {

// A stretch of the text, in bytes, and what kind of thing stands there.
struct Finding {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string what{};  // "a road's number"; never the thing itself
  friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace regmark::accountability
