#include "audit/cosignature.h"

#include <algorithm>
#include <optional>

#include "audit/checkpoint.h"
#include "audit/internal/note.h"
#include "base/check.h"

namespace regmark::audit {
namespace {

constexpr std::size_t time_size = 8;
// 2200-12-31T23:59:59Z: what base::UtcTime surely holds in microseconds.
constexpr std::uint64_t seconds_max = 7'289'654'399;

// What is signed: not the text alone, so that no cosignature passes for a log's signature.
std::string message_of(std::uint64_t seconds, std::string_view text) {
  return "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + std::string(text);
}

// The time of a line that holds.
std::optional<base::UtcTime> time_of(const NoteSignature& line, std::string_view text,
                                     const PublicKey& key) {
  base::Signature signature{};
  if (line.bytes.size() != time_size + signature.size()) return std::nullopt;
  std::uint64_t seconds = 0;
  for (const auto byte : std::span(line.bytes).first(time_size)) seconds = seconds << 8U | byte;
  if (seconds > seconds_max) return std::nullopt;
  std::ranges::copy(std::span(line.bytes).subspan(time_size), signature.begin());
  if (!base::verify(key, base::as_bytes(message_of(seconds, text)), signature)) return std::nullopt;
  return base::UtcTime{std::chrono::seconds{seconds}};
}

}  // namespace

std::string cosign(std::string_view text, std::string_view name, const base::SigningKey& key,
                   base::UtcTime at) {
  REGMARK_CHECK(text.ends_with('\n') && is_origin(name));
  const auto since_1970 = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  REGMARK_CHECK(since_1970 >= 0);
  const auto seconds = static_cast<std::uint64_t>(since_1970);
  base::Bytes signature;
  for (unsigned left = time_size; left > 0; --left) {
    signature.push_back(static_cast<std::uint8_t>(seconds >> (8U * (left - 1)) & 0xffU));
  }
  const auto signed_message = base::sign(key, base::as_bytes(message_of(seconds, text)));
  signature.insert(signature.end(), signed_message.begin(), signed_message.end());
  return signature_line({std::string(name), KeyKind::witness, key.public_key}, signature);
}

Result<base::UtcTime> cosigned_at(std::string_view note, const VerifierKey& witness) {
  REGMARK_ASSIGN(const auto read, read_note(note));
  std::optional<base::UtcTime> latest;
  for (const auto& signature : read.signatures) {
    if (!signature.is_by(witness)) continue;
    const auto at = time_of(signature, read.text, witness.key);
    if (!at) return fail(ErrorCode::corrupt, "the cosignature of " + witness.name + " is wrong");
    latest = std::max(latest.value_or(*at), *at);
  }
  if (!latest) return fail(ErrorCode::not_found, witness.name + " has not signed the checkpoint");
  return *latest;
}

Result<std::string> with_cosignature(std::string_view note, std::string_view answer,
                                     const VerifierKey& witness) {
  REGMARK_ASSIGN(const auto own, read_note(note));
  const auto whole = std::string(own.text) + "\n" + std::string(answer);
  REGMARK_ASSIGN(const auto read, read_note(whole));
  std::string cosigned(note);
  for (const auto& signature : read.signatures) {
    if (signature.is_by(witness)) cosigned += signature.line;
  }
  REGMARK_TRY(cosigned_at(cosigned, witness));
  return cosigned;
}

Result<std::string> with_lines_of(std::string_view note, std::string_view other) {
  REGMARK_ASSIGN(const auto own, read_note(note));
  REGMARK_ASSIGN(const auto more, read_note(other));
  if (own.text != more.text) return fail(ErrorCode::invalid_input, "these are two notes");
  std::string both(note);
  for (const auto& signature : more.signatures) {
    const auto is_there = [&](const NoteSignature& one) { return one.line == signature.line; };
    if (std::ranges::any_of(own.signatures, is_there)) continue;
    const auto longer = both + std::string(signature.line);
    if (read_note(longer)) both = longer;
  }
  return both;
}

Result<std::vector<std::string>> names_on(std::string_view note, std::string_view log_name) {
  REGMARK_ASSIGN(const auto read, read_note(note));
  std::vector<std::string> names;
  for (const auto& signature : read.signatures) {
    if (signature.name == log_name) continue;
    if (std::ranges::find(names, signature.name) == names.end()) names.emplace_back(signature.name);
  }
  return names;
}

}  // namespace regmark::audit
