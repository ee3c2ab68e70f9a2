#include "people/internal/cbor.h"

#include <gtest/gtest.h>

#include "base/encoding.h"

namespace regmark::people {
namespace {

bool fits(std::string_view hex, int count = 1) {
  return has_cbor_items(base::from_hex(hex).value(), count);
}

TEST(Cbor, HasWhatItAnnounces) {
  struct Case {
    std::string_view hex;
    bool want;
  };
  constexpr Case cases[] = {
      {"00", true},
      {"1818", true},                         // a number in a byte of its own
      {"1bffffffffffffffff", true},           // the largest
      {"f5", true},                           // true
      {"fb3ff199999999999a", true},           // 1.1
      {"43010203", true},                     // three bytes
      {"83010203", true},                     // three numbers
      {"a201020326", true},                   // 1: 2, 3: -7, as a key begins
      {"c100", true},                         // a tag and what it is of
      {"a1636b6579a10181f6", true},           // {"key": {1: [null]}}
      {"a0ff", true},                         // more behind it is not its own
      {"", false},                            //
      {"18", false},                          // a number that is cut off
      {"1c", false},                          // reserved
      {"430102", false},                      // three bytes, of which two are there
      {"830102", false},                      // three numbers, of which two are there
      {"a10102a1", true},                     //
      {"a101", false},                        // a name without a value
      {"c1", false},                          // a tag of nothing
      {"9f01ff", false},                      // no length: its end is marked
      {"5f4101ff", false},                    //
      {"ff", false},                          //
      {"9affffffff00", false},                // four thousand million entries
      {"ba0dda2bad000000", false},            // hundreds of millions of pairs
      {"bb8000000000000000", false},          // so many that twice as many are none
      {"5bffffffffffffffff00", false},        //
      {"a101bb00000000dda2ba000000", false},  // the same further in
  };
  for (const auto& [hex, want] : cases) EXPECT_EQ(fits(hex), want) << hex;
}

TEST(Cbor, CountsItems) {
  EXPECT_TRUE(fits("", 0));
  EXPECT_TRUE(fits("a00100", 3));
  EXPECT_FALSE(fits("a00100", 4));
}

TEST(Cbor, GoesNoDeeperThanKeysDo) {
  std::string nested;
  for (int i = 0; i < cbor_depth_max; ++i) nested += "81";
  EXPECT_TRUE(fits(nested + "00"));
  EXPECT_FALSE(fits("81" + nested + "00"));
}

}  // namespace
}  // namespace regmark::people
