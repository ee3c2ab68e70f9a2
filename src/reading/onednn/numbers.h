// As what each value of a network is kept: as floats, or as eight bits that count a unit.
#pragma once

#include <dnnl.hpp>
#include <optional>
#include <vector>

#include "reading/onednn/layers.h"
#include "reading/ranges.h"

namespace regmark::reading::onednn {

// Eight bits, of which each one stands for `unit`.
struct Number {
  dnnl::memory::data_type type = dnnl::memory::data_type::u8;
  float unit = 1;
};

// By value; nothing is a float. Eight bits are for what a convolution reads, directly or through
// layers that only move numbers; and only where the range is known. Without ranges all are floats.
using Numbers = std::vector<std::optional<Number>>;
Numbers numbers_of(const Layers& layers, const Ranges& ranges);

// The network's input: pixels, of which 255 is 1.
inline constexpr Number pixel{dnnl::memory::data_type::u8, 1.F / 255.F};

}  // namespace regmark::reading::onednn
