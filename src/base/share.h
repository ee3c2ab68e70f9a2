// So many of so many, and how sure that is.
#pragma once

#include <cstddef>

namespace regmark::base {

// A share with its 95 % interval after Wilson, which also holds near 0 and 1 and for few tries.
struct Share {
  std::size_t part = 0, whole = 0;
  double value() const;  // 0 of nothing
  double low() const;
  double high() const;
};

}  // namespace regmark::base
