// Whether a file of evidence is what the office gave away: needs nothing but the file and the
// office's public key.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/proof_file.h"
#include "audit/verifier_key.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::evidence {

struct Checked {
  std::uint64_t receipt = 0;  // the record of the permit
  std::uint64_t sealing = 0;  // that of the sealing
  base::UtcTime permitted_at;
  base::UtcTime sealed_at;
  std::string permit;  // its details, as JSON: who, what for, what was asked
  std::size_t reads = 0, pictures = 0, cameras = 0;
  audit::VerifierKey key;  // that it was checked with
  std::string note;        // the log's signed checkpoint: more than it may have cosigned
  std::vector<std::string> witnesses;  // whose names stand under that: audit::cosigned_at() checks
};

// Without a key the file's own is taken: then it proves only that nobody changed the file who does
// not have that key. Fails with
//   invalid_input   the key is of no log
//   corrupt         what of it does not hold: a file's sum, a proof, a picture that is another
//   limit_exceeded  it is too large to be one
Result<Checked> check(std::string_view zip, const std::optional<audit::VerifierKey>& key);

}  // namespace regmark::evidence
