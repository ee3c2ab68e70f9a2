// Against the note that the Go project publishes with its package sumdb/note.
#include "audit/checkpoint.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/encoding.h"

namespace regmark::audit {
namespace {

constexpr std::string_view known_name = "PeterNeumann";
constexpr std::string_view known_text =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr std::string_view known_signature =
    "\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotp"
    "RZb6KE6RyyBwJnAM=\n";

// From "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEK…", whose first byte is the kind of key.
base::SigningKey known_key() {
  const auto bytes = base::from_base64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").value();
  std::array<std::uint8_t, 32> seed{};
  std::copy(bytes.begin() + 1, bytes.end(), seed.begin());
  return base::signing_key_from_seed(seed);
}

std::string note_of(std::string_view text, std::string_view signatures) {
  return std::string(text) + "\n" + std::string(signatures);
}

TEST(SignedNote, IsTheKnownOneByteForByte) {
  const auto key = known_key();
  EXPECT_EQ(sign_note(known_text, known_name, key), note_of(known_text, known_signature));
  EXPECT_EQ(open_note(note_of(known_text, known_signature), known_name, key.public_key).value(),
            known_text);
  EXPECT_EQ(to_text({std::string(known_name), KeyKind::log, key.public_key}),
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
}

TEST(SignedNote, PassesOverOtherSignersButNotAWrongSignature) {
  const auto key = known_key();
  const auto other = base::signing_key_from_seed({9});
  const auto by_other =
      sign_note(known_text, "witness.example", other).substr(known_text.size() + 1);
  const auto by_namesake = sign_note(known_text, known_name, other).substr(known_text.size() + 1);
  const auto signature = std::string(known_signature);
  const auto opens = [&](const std::string& note) {
    return open_note(note, known_name, key.public_key).has_value();
  };
  EXPECT_TRUE(opens(note_of(known_text, by_other + signature)));
  EXPECT_TRUE(opens(note_of(known_text, signature + by_namesake)));
  EXPECT_FALSE(opens(note_of(known_text, by_other)));
  EXPECT_FALSE(opens(note_of(known_text, by_namesake)));
  EXPECT_FALSE(opens(note_of("Another text.\n", signature)));
  // A known key's wrong signature spoils the note, whatever else is on it.
  const auto wrong = sign_note("Another text.\n", known_name, key).substr(15);
  EXPECT_FALSE(opens(note_of(known_text, signature + wrong)));
}

TEST(SignedNote, RefusesWhatIsNoNote) {
  const auto key = known_key();
  const auto whole = note_of(known_text, known_signature);
  const auto opens = [&](const std::string& note) {
    return open_note(note, known_name, key.public_key).has_value();
  };
  ASSERT_TRUE(opens(whole));
  for (std::size_t end = 0; end < whole.size(); ++end) {
    EXPECT_FALSE(opens(whole.substr(0, end))) << end;
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int bit : {0x04, 0x80}) {
      auto changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ bit);
      EXPECT_FALSE(opens(changed)) << at;
    }
  }
  EXPECT_FALSE(opens(whole + "\n"));
  EXPECT_FALSE(opens(whole + "more"));
  EXPECT_FALSE(opens(whole + "\u2014 name\n"));
  EXPECT_FALSE(opens(whole + "\u2014 name AAAA\n"));  // no room for a signature
  std::string many = whole;
  const auto line = "\u2014 witness.example " + base::to_base64(base::Bytes(68)) + "\n";
  for (std::size_t i = 1; i < signatures_max; ++i) many += line;
  EXPECT_TRUE(opens(many));
  EXPECT_FALSE(opens(many + line));
  EXPECT_FALSE(opens(std::string(checkpoint_size_max, 'x') + whole));
}

TEST(Checkpoint, ReadsBackAsItWasSigned) {
  const auto key = known_key();
  for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{7}, ~std::uint64_t{0}}) {
    const Checkpoint checkpoint{"police.example/anpr", size, base::sha256(base::as_bytes("x"))};
    const auto note = sign_checkpoint(checkpoint, key);
    EXPECT_EQ(open_checkpoint(note, key.public_key).value(), checkpoint);
  }
}

TEST(Checkpoint, RefusesOtherTextsThatAreSigned) {
  const auto key = known_key();
  const std::string root = base::to_base64(base::sha256(base::as_bytes("x")));
  const auto outcome = [&](const std::string& text) {
    const auto opened = open_checkpoint(sign_note(text, "log", key), key.public_key);
    return opened ? "ok" : opened.error().message;
  };
  EXPECT_EQ(outcome("log\n5\n" + root + "\n"), "ok");
  EXPECT_EQ(outcome("log\n5\n" + root + "\nan extension\n"), "ok");
  EXPECT_EQ(outcome("log\n5\n"), "the checkpoint has too few lines");
  for (const std::string size : {"", "05", "-1", "+5", "5 ", "0x5", "18446744073709551616"}) {
    EXPECT_EQ(outcome("log\n" + size + "\n" + root + "\n"),
              "the checkpoint has a size that is no number")
        << size;
  }
  EXPECT_EQ(outcome("log\n5\n" + root.substr(1) + "\n"),
            "the checkpoint has a root that is no hash");
  EXPECT_EQ(outcome("log\n5\nAAAA\n"), "the checkpoint has a root that is no hash");
  // Signed by our key, but under another name than the one inside.
  EXPECT_EQ(outcome("other\n5\n" + root + "\n"), "the checkpoint is not signed by the log's key");
}

TEST(Checkpoint, KnowsAnOrigin) {
  EXPECT_TRUE(is_origin("police.example/anpr-audit"));
  EXPECT_TRUE(is_origin(std::string(255, 'x')));
  for (const std::string& no :
       {std::string(), std::string("a b"), std::string("a+b"), std::string("a\nb"),
        std::string("\u00e9"), std::string(256, 'x')}) {
    EXPECT_FALSE(is_origin(no)) << no;
  }
}

}  // namespace
}  // namespace regmark::audit
