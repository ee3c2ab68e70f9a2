// A witness's word that it saw a checkpoint, and when, and that it was consistent with all it had
// seen of that log before: C2SP tlog-cosignature, with Ed25519.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/verifier_key.h"
#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::audit {

// The signature line that a witness of this name adds to a note with this text, with the time in
// whole seconds. The text ends in a newline, the name is_origin, and the time is not before 1970.
std::string cosign(std::string_view text, std::string_view name, const base::SigningKey& key,
                   base::UtcTime at);

// The latest time at which this witness signed the note; what others signed is passed over, the
// log as well. Fails with
//   corrupt     not a note, or a line by this witness that does not hold: also when its time is
//               after the year 2200, the last that we know
//   not_found   nothing on it is by this witness
Result<base::UtcTime> cosigned_at(std::string_view note, const VerifierKey& witness);

// The note with those lines of an answer that are by this witness and hold; other lines are left
// out. Fails with
//   corrupt     neither the note nor the answer read, or a line by this witness does not hold
//   not_found   there is no line by this witness in the answer
Result<std::string> with_cosignature(std::string_view note, std::string_view answer,
                                     const VerifierKey& witness);

// A note with what another has of the same text: each line once. Signatures past a note's most are
// left out. Fails with
//   corrupt         either does not read
//   invalid_input   they are of two texts
Result<std::string> with_lines_of(std::string_view note, std::string_view other);

// Whose names stand under it beside the log's: whether they signed is for cosigned_at() to say.
// Fails with
//   corrupt     not a note
Result<std::vector<std::string>> names_on(std::string_view note, std::string_view log_name);

}  // namespace regmark::audit
