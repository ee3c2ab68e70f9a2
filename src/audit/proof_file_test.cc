#include "audit/proof_file.h"

#include <gtest/gtest.h>

#include "audit/cosignature.h"
#include "audit/cosigned.h"
#include "audit/folder_testing.h"

namespace regmark::audit {
namespace {

std::string failure(const Result<Proved>& proved) {
  return proved ? "ok" : name(proved.error().code);
}

TEST(ProofFile, ProvesEveryRecordToAStranger) {
  TestLog test;
  test.receipt_for(access::Act::search_sightings, {.plate = "AB12*"});
  fill(test.log(), 599);
  const auto key = test.key().public_key;
  test.close();
  for (const std::uint64_t number : {0U, 1U, 255U, 256U, 511U, 512U, 599U}) {
    SCOPED_TRACE(number);
    const auto text = prove_entry(test.folder(), number, key);
    ASSERT_TRUE(text) << text.error().message;
    const auto proved = check_proof(*text, key);
    ASSERT_TRUE(proved) << proved.error().message;
    EXPECT_EQ(proved->number, number);
    EXPECT_EQ(proved->checkpoint.size, 600U);
    EXPECT_EQ(proved->shown.act, number == 0 ? "search_sightings" : "sign_in");
  }
  EXPECT_EQ(prove_entry(test.folder(), 600, key).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(prove_entry(test.folder() / "none", 0, key).error().code, ErrorCode::not_found);
  const auto other = base::signing_key_from_seed({7}).public_key;
  EXPECT_EQ(prove_entry(test.folder(), 0, other).error().code, ErrorCode::corrupt);
  EXPECT_EQ(failure(check_proof(prove_entry(test.folder(), 0, key).value(), other)), "corrupt");
}

TEST(ProofFile, IsSpoiltByAnyOtherByteButThoseOfStrangers) {
  TestLog test;
  fill(test.log(), 20);
  const auto key = test.key().public_key;
  const auto text = prove_entry(test.folder(), 11, key).value();
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const int bit : {0x01, 0x80}) {
      auto changed = text;
      changed[at] = static_cast<char>(changed[at] ^ bit);
      EXPECT_EQ(failure(check_proof(changed, key)), "corrupt") << at;
    }
    EXPECT_EQ(failure(check_proof(text.substr(0, at), key)), "corrupt") << at;
  }
  EXPECT_EQ(failure(check_proof(text + "\n", key)), "corrupt");
  EXPECT_EQ(failure(check_proof(std::string(proof_file_size_max + 1, 'x'), key)), "corrupt");
}

TEST(ProofFile, IsTheTextOfTheDocument) {
  const ProofFile proof{
      .number = 5,
      .entry = {1, 2, 3},
      .path = {base::sha256(base::as_bytes("hash1")), base::sha256(base::as_bytes("hash2"))},
      .note = "test checkpoint\n"};
  const std::string text =
      "c2sp.org/tlog-proof@v1\n"
      "extra AQID\n"
      "index 5\n"
      "rzFuy5Go7nrpkhBwKy1HWPMM3eO/YePY54fXRoH5Cm4=\n"
      "5784L25ZFbP4hhm4ZiI+vx1RxMUyHMzeLp/3AKMlkIY=\n"
      "\n"
      "test checkpoint\n";
  EXPECT_EQ(to_text(proof), text);
  EXPECT_EQ(read_proof_file(text), proof);
  // Other lines in other places are no proof of ours, and 64 hashes are enough for any tree.
  EXPECT_FALSE(read_proof_file("c2sp.org/tlog-proof@v1\nindex 5\nextra AQID\n\nx\n"));
  EXPECT_FALSE(read_proof_file("c2sp.org/tlog-proof@v1\nindex 5\n\nx\n"));
  EXPECT_FALSE(read_proof_file("c2sp.org/tlog-proof@v2\nextra AQID\nindex 5\n\nx\n"));
  auto longest = proof;
  longest.path.resize(64);
  EXPECT_EQ(read_proof_file(to_text(longest)), longest);
  longest.path.resize(65);
  EXPECT_FALSE(read_proof_file(to_text(longest)));
}

// A proof is worth more under a checkpoint that others signed as well.
TEST(ProofFile, StandsUnderTheCheckpointThatAWitnessSigned) {
  TestLog test;
  fill(test.log(), 20);
  const auto key = test.key().public_key;
  const auto witness = base::signing_key_from_seed({5});
  const VerifierKey known{"witness.example", KeyKind::witness, witness.public_key};
  const auto note = test.log().checkpoint();
  const auto text = open_note(note, test_origin, key).value();
  const auto cosigned = note + cosign(text, known.name, witness, test.clock.now());
  ASSERT_TRUE(keep_cosigned(test.folder(), known, cosigned));
  fill(test.log(), 10);

  const auto early = check_proof(prove_entry(test.folder(), 19, key).value(), key).value();
  EXPECT_EQ(early.checkpoint.size, 20U);
  EXPECT_EQ(cosigned_at(early.note, known), test.clock.now());
  const auto late = check_proof(prove_entry(test.folder(), 20, key).value(), key).value();
  EXPECT_EQ(late.checkpoint.size, 30U);
  EXPECT_EQ(cosigned_at(late.note, known).error().code, ErrorCode::not_found);

  const auto kept = read_cosigned(test.folder(), key, known);
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->checkpoint.size, 20U);
  auto other = known;
  other.name = "another.example";
  EXPECT_EQ(read_cosigned(test.folder(), key, other).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace regmark::audit
