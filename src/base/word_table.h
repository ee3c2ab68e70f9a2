// The words that stand for the values of an enum outside the program, each way.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/check.h"

namespace regmark::base {

// Every value of the enum, each once.
template <typename Enum, std::size_t size>
using Words = std::array<std::pair<Enum, std::string_view>, size>;

template <typename Enum, std::size_t size>
std::string word(const Words<Enum, size>& words, Enum value) {
  for (const auto& [each, text] : words) {
    if (each == value) return std::string(text);
  }
  REGMARK_CHECK(false);
}

template <typename Enum, std::size_t size>
std::optional<Enum> value_of(const Words<Enum, size>& words, std::string_view text) {
  for (const auto& [each, known] : words) {
    if (known == text) return each;
  }
  return std::nullopt;
}

// The one of these values whose name() this is, for an enum whose words stand in a function.
template <typename Enum, typename All>
std::optional<Enum> named(const All& all, std::string_view wanted) {
  for (const auto each : all) {
    if (name(each) == wanted) return each;
  }
  return std::nullopt;
}

}  // namespace regmark::base
