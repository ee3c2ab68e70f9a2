// Any bytes either fail cleanly or are the one text of the request that they read as; and a witness
// signs none of them, for nobody here has the log's key.
#include "audit/add_checkpoint.h"
#include "audit/cosigned.h"
#include "audit/witness.h"
#include "base/check.h"
#include "base/files_testing.h"
#include "base/time_testing.h"

namespace {

using namespace regmark;

std::unique_ptr<audit::Witness> a_witness() {
  static const base::TestFolder folder;
  static const base::ManualClock clock;
  const audit::VerifierKey log{"log", audit::KeyKind::log,
                               base::signing_key_from_seed({4, 2}).public_key};
  return audit::Witness::open(folder.path(), log, "witness", clock).value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  if (const auto request = audit::read_add_checkpoint(body)) {
    REGMARK_CHECK(audit::to_text(*request) == body);
  }
  if (const auto conflict = audit::read_conflict(body)) {
    REGMARK_CHECK(std::to_string(*conflict) + "\n" == body);
  }
  static const auto witness = a_witness();
  REGMARK_CHECK(witness->add(body).kind != audit::WitnessAnswer::Kind::cosigned);
  return 0;
}
