#include "plate/misread_table.h"

namespace regmark::plate {
namespace {

constexpr auto strong = Confusion::strong;
constexpr auto weak = Confusion::weak;

// 0 stands for O too, and 1 for I.
constexpr ConfusedPair pairs[] = {
    {'0', 'D', strong}, {'0', 'Q', strong}, {'D', 'Q', strong}, {'2', 'Z', strong},
    {'5', 'S', strong}, {'8', 'B', strong}, {'6', 'G', strong}, {'3', '8', weak},
    {'3', 'B', weak},   {'E', 'F', weak},   {'E', 'P', weak},   {'F', 'P', weak},
    {'H', 'K', weak},   {'H', 'M', weak},   {'H', 'R', weak},   {'K', 'M', weak},
    {'K', 'R', weak},   {'M', 'R', weak},   {'T', 'Y', weak},   {'T', 'V', weak},
    {'V', 'Y', weak},   {'C', 'G', weak},   {'4', 'A', weak},   {'U', 'V', weak},
    {'V', 'W', weak},   {'K', 'X', weak},   {'M', 'N', weak},   {'M', 'W', weak},
    {'N', 'W', weak},   {'N', 'H', weak},   {'W', 'H', weak},   {'2', '7', weak},
};

}  // namespace

std::span<const ConfusedPair> confused_pairs() {
  return pairs;
}

}  // namespace regmark::plate
