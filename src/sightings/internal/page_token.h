// Where the next page begins, as the text that a person carries from page to page.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"
#include "sightings/store.h"

namespace regmark::sightings::internal {

// One passing of one camera: no other read of the store has the same. Greater ones are newer.
struct Pass {
  base::UtcTime observed;
  std::uint32_t camera = 0;  // the store's own number for it
  std::uint32_t count = 0;   // of those that the camera saw at that same instant
  friend auto operator<=>(const Pass&, const Pass&) = default;
};

struct PageToken {
  Pass last;                     // the page before ended with it, or just above it
  std::uint64_t rows_given = 0;  // on all pages so far
  std::uint64_t question = 0;    // what was asked: see digest_of()
};

// A token asked again with another query means something else.
std::uint64_t digest_of(const Query& query);

// Sealed, so that nobody can count the rows down or begin where they may not.
std::string write_token(const PageToken& token, const base::Key& key);
// Fails with
//   invalid_input   not a token of ours
Result<PageToken> read_token(std::string_view text, const base::Key& key);

// The inside of a token; read_token() opens the seal first.
Result<PageToken> decode_token(std::span<const std::uint8_t> bytes);
base::Bytes encode_token(const PageToken& token);

}  // namespace regmark::sightings::internal
