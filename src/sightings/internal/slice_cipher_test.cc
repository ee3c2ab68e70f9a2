#include "sightings/internal/slice_cipher.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <set>

namespace regmark::sightings::internal {
namespace {

TEST(Permute, IsAPermutation) {
  const auto key = base::random_bytes<16>();
  std::set<std::uint64_t> seen;
  for (std::uint64_t number = 0; number < 1U << 12U; ++number) {
    const auto there = permute(key, 7, 6, number);
    EXPECT_LT(there, 1U << 12U);
    EXPECT_EQ(permute_back(key, 7, 6, there), number);
    seen.insert(there);
  }
  EXPECT_EQ(seen.size(), 1U << 12U);
}

// The value is part of the format: another would make every store unreadable.
TEST(Permute, GivesTheSameForever) {
  const base::ShortKey key{1, 2, 3};
  // Worked out by another program, from the description in docs/formats/sightings.md.
  EXPECT_EQ(permute(key, 5, 28, 123'456'789), 38'650'776'409'271'062U);
  EXPECT_NE(permute(key, 6, 28, 123'456'789), 38'650'776'409'271'062U);
}

RC_GTEST_PROP(SliceCipher, ShowsWhatItHid, (std::uint64_t plate, std::uint64_t place)) {
  const SliceCipher cipher(base::random_bytes<32>());
  plate = 1 + plate % plate_number_max;
  place %= std::uint64_t{1} << 48U;
  const auto mark = cipher.mark_of(plate);
  RC_ASSERT(mark < std::uint64_t{1} << 56U);
  RC_ASSERT(cipher.plate_behind(mark) == plate);
  const auto hidden = cipher.hide_place(mark, place);
  RC_ASSERT(hidden < std::uint64_t{1} << 48U);
  RC_ASSERT(cipher.show_place(mark, hidden) == place);
}

// Half the bits change when one does: nothing of a plate shines through its mark.
TEST(SliceCipher, SpreadsEveryBit) {
  const SliceCipher cipher(base::random_bytes<32>());
  double changed = 0;
  int tries = 0;
  for (PlateNumber plate = 1; plate < 2'000; ++plate) {
    for (unsigned bit = 0; bit < 52; ++bit) {
      changed +=
          std::popcount(cipher.mark_of(plate) ^ cipher.mark_of(plate ^ (PlateNumber{1} << bit)));
      ++tries;
    }
  }
  EXPECT_NEAR(changed / tries, 28, 0.3);
}

TEST(SliceCipher, TwoSlicesHaveNothingInCommon) {
  const SliceCipher one(base::random_bytes<32>());
  const SliceCipher other(base::random_bytes<32>());
  EXPECT_NE(one.mark_of(42), other.mark_of(42));
  EXPECT_NE(one.hide_place(1, 42), other.hide_place(1, 42));
  EXPECT_NE(one.hide_place(1, 42), one.hide_place(2, 42));
  EXPECT_NE(one.mask_for_pass(base::as_bytes("a")), other.mask_for_pass(base::as_bytes("a")));
}

TEST(SliceCipher, MasksEachRowDifferently) {
  const SliceCipher cipher(base::random_bytes<32>());
  base::Bytes a(40);
  base::Bytes b(40);
  cipher.mask_row(base::as_bytes("0123456789abc"), a);
  cipher.mask_row(base::as_bytes("0123456789abd"), b);
  EXPECT_NE(a, b);
  // A name that is the other with a zero after it is another name.
  base::Bytes c(40);
  cipher.mask_row(base::as_bytes(std::string_view("0123456789abc\0", 14)), c);
  EXPECT_NE(a, c);
  cipher.mask_row(base::as_bytes("0123456789abc"), a);
  EXPECT_EQ(a, base::Bytes(40));
}

}  // namespace
}  // namespace regmark::sightings::internal
