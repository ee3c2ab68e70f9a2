// Any bytes either fail cleanly or are a note that the witness signed, whether they are the note,
// the witness's answer or its key.
#include "audit/checkpoint.h"
#include "audit/cosignature.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark;
  static const auto key = base::signing_key_from_seed({4, 2});
  static const audit::VerifierKey witness{"w", audit::KeyKind::witness, key.public_key};
  static const auto note = audit::sign_note("log\n1\nx\n", "log", key);
  static const auto line = audit::cosign("log\n1\nx\n", "w", key, base::UtcTime{});
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // Nobody here knows the key, so nothing that was not signed may hold.
  REGMARK_CHECK(!audit::cosigned_at(text, witness));
  REGMARK_CHECK(!audit::with_cosignature(note, text, witness));
  // With what the witness did say among it, either nothing holds or just that.
  if (const auto taken = audit::with_cosignature(note, std::string(text) + line, witness)) {
    REGMARK_CHECK(*taken == note + line);
    REGMARK_CHECK(audit::cosigned_at(*taken, witness) == base::UtcTime{});
  }
  if (const auto read = audit::parse_verifier_key(text)) {
    const auto again = audit::to_text(*read);
    REGMARK_CHECK(text == again || text == again + "\n");
  }
  return 0;
}
