// The lines of a signed note (C2SP signed-note), before anybody believes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/verifier_key.h"
#include "base/crypto.h"
#include "base/result.h"

namespace regmark::audit {

// All views point into the note that was read.
struct NoteSignature {
  std::string_view line;  // with its newline
  std::string_view name;
  KeyId key_id{};
  base::Bytes bytes;  // behind the key's id

  bool is_by(const VerifierKey& key) const { return name == key.name && key_id == id_of(key); }
};

struct Note {
  std::string_view text;  // with its last newline
  std::vector<NoteSignature> signatures;
};

// Fails with
//   corrupt   not a note, or one past checkpoint_size_max or signatures_max
Result<Note> read_note(std::string_view note);

// "— name base64\n".
std::string signature_line(const VerifierKey& key, std::span<const std::uint8_t> signature);

// Takes the text up to the next newline from the front; nothing when there is none.
std::optional<std::string_view> take_line(std::string_view& text);
// A number as these formats write it: no sign, no leading zeros.
std::optional<std::uint64_t> read_decimal(std::string_view text);
// A hash in base64.
std::optional<base::Digest> read_hash(std::string_view text);

}  // namespace regmark::audit
