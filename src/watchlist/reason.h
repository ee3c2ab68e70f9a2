// What kind of reason an entry has, read from what its owner wrote.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/word_table.h"

namespace regmark::watchlist {

enum class ReasonCode : std::uint8_t {
  wanted,
  missing,
  witness,
  stolen,
  uninsured,
  crime,
  other,
};

inline constexpr base::Words<ReasonCode, 7> reason_code_words{{
    {ReasonCode::wanted, "wanted"},
    {ReasonCode::missing, "missing"},
    {ReasonCode::witness, "witness"},
    {ReasonCode::stolen, "stolen"},
    {ReasonCode::uninsured, "uninsured"},
    {ReasonCode::crime, "crime"},
    {ReasonCode::other, "other"},
}};

// By whole words, in capitals or not. Where several kinds are named, the one that says most about
// how to meet the driver wins: a witness to a robbery is a witness, somebody wanted for it is
// wanted. What names none, a blank reason too, is `other`. A code is for sorting and colouring
// only: the reason itself is kept, and shown beside it.
ReasonCode reason_code(std::string_view reason);

}  // namespace regmark::watchlist
