// Against a checkpoint of a public log that runs, which a public witness signed.
#include "audit/cosignature.h"

#include <gtest/gtest.h>

#include "audit/checkpoint.h"
#include "base/encoding.h"
#include "base/time_testing.h"

namespace regmark::audit {
namespace {

constexpr std::string_view known_text =
    "arche2025h1.staging.ct.transparency.dev\n"
    "1432088532\n"
    "U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n";
// The log signs in two ways, of which only the second is ours to check.
constexpr std::string_view known_log_lines =
    "\u2014 arche2025h1.staging.ct.transparency.dev "
    "zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJX"
    "Fbon5Ch9MNL5zRNZ55lvGt0=\n"
    "\u2014 arche2025h1.staging.ct.transparency.dev "
    "ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ"
    "=\n";
constexpr std::string_view known_witness_lines =
    "\u2014 witness1.smartit.nu/witness1 "
    "pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0X"
    "wzdZsDsUAQ==\n"
    "\u2014 remora.n621.de "
    "2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxt"
    "qB0DrAWfBw==\n";
constexpr std::string_view known_log_key =
    "arche2025h1.staging.ct.transparency.dev+ba2f06c0+"
    "AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f";
constexpr std::string_view known_witness_key =
    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

std::string known_note() {
  return std::string(known_text) + "\n" + std::string(known_log_lines) +
         std::string(known_witness_lines);
}

base::UtcTime at(std::string_view text) {
  return base::parse_utc(text).value();
}

// When the witness signed, or the error's name.
std::string outcome(const Result<base::UtcTime>& time) {
  return time ? base::format_utc(*time) : name(time.error().code);
}

TEST(VerifierKey, IsReadAsOthersWriteIt) {
  for (const auto text : {known_log_key, known_witness_key}) {
    const auto key = parse_verifier_key(text);
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ(to_text(*key), text);
    EXPECT_EQ(parse_verifier_key(std::string(text) + "\n"), *key);
  }
  EXPECT_EQ(parse_verifier_key(known_log_key)->kind, KeyKind::log);
  EXPECT_EQ(parse_verifier_key(known_witness_key)->kind, KeyKind::witness);
  EXPECT_EQ(parse_verifier_key(known_witness_key)->name, "remora.n621.de");
}

TEST(VerifierKey, IsNothingElse) {
  const std::string text(known_witness_key);
  for (std::size_t end = 0; end < text.size(); ++end) {
    EXPECT_FALSE(parse_verifier_key(text.substr(0, end))) << end;
  }
  for (std::size_t changed = 0; changed < text.size(); ++changed) {
    auto other = text;
    other[changed] = other[changed] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(parse_verifier_key(other)) << changed;
  }
  EXPECT_FALSE(parse_verifier_key(text + "\n\n"));
  EXPECT_FALSE(parse_verifier_key(std::string(600, 'x') + text));
  // Of a kind that is not ours: an ECDSA key.
  EXPECT_FALSE(
      parse_verifier_key("rekor.sigstore.dev+c0d23d6a+"
                         "AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK"
                         "5AW5i0hrZLOC96l+smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc="));
}

TEST(Cosignature, OfAPublicWitnessHolds) {
  const auto log = parse_verifier_key(known_log_key).value();
  const auto opened = open_checkpoint(known_note(), log.key);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->size, 1'432'088'532U);
  const auto witness = parse_verifier_key(known_witness_key).value();
  EXPECT_EQ(outcome(cosigned_at(known_note(), witness)), "2026-05-23T21:50:24.000Z");
  // Over the text of the checkpoint: every byte of it counts.
  const auto text_size = known_text.size();
  for (std::size_t changed = 0; changed + 1 < text_size; ++changed) {
    auto note = known_note();
    note[changed] = note[changed] == 'x' ? 'y' : 'x';
    EXPECT_EQ(outcome(cosigned_at(note, witness)), "corrupt") << changed;
  }
  auto nobody = witness;
  nobody.name = "remora.n621.com";
  EXPECT_EQ(outcome(cosigned_at(known_note(), nobody)), "not_found");
}

// The example of the specification has no key to check it with, but says when it was signed.
TEST(Cosignature, IsTheBytesOfTheSpecification) {
  const auto key = base::signing_key_from_seed({5});
  const auto line = cosign("example.com/behind-the-sofa\n1\nx\n", "witness.example.com/w1", key,
                           at("2023-03-20T12:25:47.9Z"));
  constexpr std::string_view start = "\u2014 witness.example.com/w1 ";
  ASSERT_EQ(line.substr(0, start.size()), start);
  const auto bytes =
      base::from_base64(line.substr(start.size(), line.size() - start.size() - 1)).value();
  ASSERT_EQ(bytes.size(), 4U + 8U + 64U);
  EXPECT_EQ(base::to_hex(std::span(bytes).subspan(4, 8)), "00000000641850cb");
  base::Signature signature{};
  std::copy(bytes.begin() + 12, bytes.end(), signature.begin());
  EXPECT_TRUE(base::verify(
      key.public_key,
      base::as_bytes("cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n1\nx\n"),
      signature));
}

TEST(Cosignature, IsNoSignatureOfALogAndTheOtherWayRound) {
  const auto key = base::signing_key_from_seed({5});
  const std::string text = "name\n1\nx\n";
  const auto now = at("2026-03-29T00:30:00Z");
  const VerifierKey witness{"name", KeyKind::witness, key.public_key};
  EXPECT_EQ(outcome(cosigned_at(sign_note(text, "name", key), witness)), "not_found");
  EXPECT_FALSE(open_note(text + "\n" + cosign(text, "name", key, now), "name", key.public_key));
  const auto both = sign_note(text, "name", key) + cosign(text, "name", key, now);
  EXPECT_TRUE(open_note(both, "name", key.public_key));
  EXPECT_EQ(outcome(cosigned_at(both, witness)), "2026-03-29T00:30:00.000Z");
}

TEST(Cosignature, OfTheLatestTimeCounts) {
  const auto key = base::signing_key_from_seed({5});
  const std::string text = "name\n1\nx\n";
  const VerifierKey witness{"w", KeyKind::witness, key.public_key};
  const auto line = [&](std::string_view time) { return cosign(text, "w", key, at(time)); };
  const auto early = line("2026-03-29T00:30:00Z");
  const auto late = line("2026-03-29T00:31:00Z");
  EXPECT_EQ(outcome(cosigned_at(text + "\n" + late + early, witness)), "2026-03-29T00:31:00.000Z");
  EXPECT_EQ(outcome(cosigned_at(text + "\n" + line("2200-12-31T23:59:59Z"), witness)),
            "2200-12-31T23:59:59.000Z");
  // A wrong one by this witness spoils the note.
  const auto wrong = cosign("other\n", "w", key, at("2026-03-29T00:30:00Z"));
  EXPECT_EQ(outcome(cosigned_at(text + "\n" + early + wrong, witness)), "corrupt");
}

TEST(Cosignature, IsTakenFromAnAnswerWithoutWhatElseIsInIt) {
  const auto log = base::signing_key_from_seed({4});
  const auto key = base::signing_key_from_seed({5});
  const VerifierKey witness{"w", KeyKind::witness, key.public_key};
  const std::string text = "log\n1\nx\n";
  const auto note = sign_note(text, "log", log);
  const auto now = at("2026-03-29T00:30:00Z");
  const auto line = cosign(text, "w", key, now);
  const auto stranger = cosign(text, "another", base::signing_key_from_seed({6}), now);
  EXPECT_EQ(with_cosignature(note, stranger + line, witness), note + line);
  const auto failure = [&](const std::string& answer) {
    const auto taken = with_cosignature(note, answer, witness);
    return taken ? "ok" : name(taken.error().code);
  };
  EXPECT_STREQ(failure(stranger), "not_found");
  EXPECT_STREQ(failure(""), "not_found");
  EXPECT_STREQ(failure(cosign("other\n", "w", key, now)), "corrupt");
  EXPECT_STREQ(failure("<html>\n"), "corrupt");
  EXPECT_STREQ(failure(line.substr(0, line.size() - 1)), "corrupt");
  // A blank line would make another text of the note; its own text is what must be signed.
  EXPECT_EQ(with_cosignature(note, "\n" + line, witness), note + line);
  EXPECT_STREQ(failure("x\n\n" + cosign(text + "\nx\n", "w", key, now)), "corrupt");
}

}  // namespace
}  // namespace regmark::audit
