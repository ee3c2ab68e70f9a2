// Any bytes either fail cleanly or are a note that somebody with the key signed; and a text that
// the key did sign either is no checkpoint or reads back as itself.
#include <algorithm>

#include "audit/checkpoint.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark;
  static const auto key = base::signing_key_from_seed({4, 2});
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // Nobody here knows the key, so nothing that was not signed may open.
  REGMARK_CHECK(!audit::open_checkpoint(text, key.public_key));

  if (size == 0 || text.back() != '\n') return 0;
  const auto origin = text.substr(0, text.find('\n'));
  if (!audit::is_origin(origin)) return 0;
  const auto note = audit::sign_note(text, origin, key);
  const auto opened = audit::open_checkpoint(note, key.public_key);
  if (!opened) return 0;
  REGMARK_CHECK(opened->origin == origin);
  const auto again = audit::sign_checkpoint(*opened, key);
  // Extension lines may stand between the root and the signatures.
  REGMARK_CHECK(text.starts_with(again.substr(0, again.find("\n\n") + 1)));
  // More bytes behind the note are no note.
  REGMARK_CHECK(!audit::open_checkpoint(note + "x", key.public_key));
  return 0;
}
