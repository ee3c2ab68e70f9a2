// The example of docs/formats/audit_log.md, whose figures another program made (Python, with
// hashlib and the package cryptography). The format is forever: these bytes may not change.
#include <gtest/gtest.h>

#include <numeric>

#include "audit/checkpoint.h"
#include "audit/internal/details.h"
#include "audit/internal/leaf.h"
#include "audit/merkle.h"
#include "base/encoding.h"

namespace regmark::audit {
namespace {

Details example_details() {
  Details details{.number = 0, .json = R"({"plate":"AB12*"})"};
  std::iota(details.salt.begin(), details.salt.end(), std::uint8_t{0});
  details.at = base::parse_utc("2026-03-29T00:30:00Z").value();
  return details;
}

base::Bytes example_entry() {
  return encode({.shown = {.operation = Operation::consultation,
                           .act = "search_sightings",
                           .day = base::parse_day("2026-03-29").value(),
                           .role = "investigator",
                           .outcome = "permitted"},
                 .commitment = commitment_of(example_details())})
      .value();
}

TEST(AuditLogFormat, DetailsAreTheBytesOfTheDocument) {
  base::Bytes frame;
  add_frame(frame, example_details());
  EXPECT_EQ(base::to_hex(frame),
            "000000000000000000000019"
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
            "00064e1ed59bb2007b22706c617465223a22414231322a227d");
  EXPECT_EQ(base::to_hex(commitment_of(example_details())),
            "74ee7270d09a3854485cedbad5f5a581dfc31dc76b46c24fd7207667c1447048");
  base::Bytes erased;
  add_frame(erased, {.number = 7, .is_erased = true});
  EXPECT_EQ(base::to_hex(erased), "0000000000000007ffffffff");
}

TEST(AuditLogFormat, AnEntryIsTheBytesOfTheDocument) {
  EXPECT_EQ(base::to_hex(example_entry()),
            "0102"
            "0000503d"
            "107365617263685f7369676874696e6773"
            "0c696e76657374696761746f72"
            "097065726d6974746564"
            "74ee7270d09a3854485cedbad5f5a581dfc31dc76b46c24fd7207667c1447048");
}

TEST(AuditLogFormat, TheCheckpointIsTheTextOfTheDocument) {
  std::array<std::uint8_t, 32> seed{};
  std::iota(seed.begin(), seed.end(), std::uint8_t{1});
  const auto key = base::signing_key_from_seed(seed);
  const auto root = leaf_hash(example_entry());
  EXPECT_EQ(sign_checkpoint({"police.example/audit", 1, root}, key),
            "police.example/audit\n1\nsphSy/oCFsXRYp66Yg37snHnRgV8Pgw8krNMvTwKu0E=\n\n"
            "\u2014 police.example/audit MeuzWiI8DjGPFV0B3ojt/XZ+FU60Ypz6r4NtFsq61p/biSOsF7eF5td2a4"
            "v+OwiNcARPrdb/IqxMBUN4uIV6pz+/pgA=\n");
  EXPECT_EQ(to_text({"police.example/audit", KeyKind::log, key.public_key}),
            "police.example/audit+31ebb35a+AXm1Vi6P5lT5QHixEuipi6eQH4U65pW+1+DjkQutBJZk");
}

TEST(Details, AFrameThatDoesNotReadIsNone) {
  base::Bytes bytes;
  add_frame(bytes, example_details());
  const auto whole = read_frame(bytes, 0);
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->size, bytes.size());
  EXPECT_EQ(commitment_of(whole->details), commitment_of(example_details()));
  EXPECT_FALSE(read_frame(bytes, 1));  // another record's
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(read_frame(std::span(bytes).first(size), 0)) << size;
  }
  bytes[11] = 7;  // too small for the time
  EXPECT_FALSE(read_frame(bytes, 0));
}

}  // namespace
}  // namespace regmark::audit
