// Security keys and their challenges in the records.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "people/internal/webauthn.h"
#include "people/security_keys.h"
#include "records/database.h"

namespace regmark::people {

Result<bool> has_key(records::Transaction& transaction, const std::string& person);
Result<std::vector<KeyRecord>> keys_of(records::Transaction& transaction,
                                       const std::string& person);

// A new challenge for this person, and their keys. Nothing is written: whoever only asks, however
// often, takes nothing away from anybody.
Result<KeyChallenge> new_challenge(records::Transaction& transaction, const SecurityKeyRules& rules,
                                   const base::Key& key, const std::string& person,
                                   Ceremony ceremony, base::UtcTime now);

// Whether a challenge (as the browser says it) was made with this key for this person and ceremony,
// not too long ago, and not before all of theirs was ended; it is good for nothing any more.
Result<bool> use_challenge(records::Transaction& transaction, const base::Key& key,
                           const std::string& person, Ceremony ceremony,
                           const std::string& challenge, base::UtcTime now);

// Nothing: the answer is of a key of this person's, to a challenge that waited, and the key's
// counter went on. Else why it is refused: one of our messages. What was shown is used up.
Result<std::optional<std::string>> use_key(records::Transaction& transaction,
                                           const SecurityKeyRules& rules, const base::Key& key,
                                           const std::string& person, const KeyAnswer& answer,
                                           base::UtcTime now);

// Fails with
//   conflict         some key of this office is this one
//   limit_exceeded   the person has security_keys_max already
Result<SecurityKeyId> put_key(records::Transaction& transaction, const std::string& person,
                              const std::string& name, const KeyMaterial& key, base::UtcTime now);

// Fails with
//   not_found        the person has no such key
Result<void> remove_key(records::Transaction& transaction, const std::string& person,
                        const SecurityKeyId& key);
Result<void> remove_keys(records::Transaction& transaction, const std::string& person);
Result<void> forget_old_challenges(records::Transaction& transaction, base::UtcTime now);

}  // namespace regmark::people
