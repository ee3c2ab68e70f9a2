// Any bytes either fail cleanly or are the one text of the proof that they read as; and they prove
// nothing, for nobody here has the log's key.
#include "audit/proof_file.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark;
  static const auto key = base::signing_key_from_seed({4, 2});
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto proof = audit::read_proof_file(text)) {
    REGMARK_CHECK(audit::to_text(*proof) == text);
    // The same proof under a checkpoint that is signed: its entry may be any bytes.
    auto signed_proof = *proof;
    signed_proof.note = audit::sign_checkpoint({"log", proof->number + 1, {}}, key);
    (void)audit::check_proof(audit::to_text(signed_proof), key.public_key);
  }
  REGMARK_CHECK(!audit::check_proof(text, key.public_key));
  return 0;
}
