// What a browser and a key say, held against the rules: pure functions, no records.
//
// Every failure has the code invalid_input and one of a few messages of ours: they repeat nothing
// that came from outside, so that they may stand in the log.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/crypto.h"
#include "base/result.h"
#include "people/security_keys.h"

namespace regmark::people {

// What the browser says that it did, and for which page.
struct ClientData {
  std::string type, challenge, origin;
  bool cross_origin = false;
};

// Reads the browser's JSON (json/client_data.cc). Members that nobody knows are left alone: the
// standard says that there will be more. Fails with
//   invalid_input   no such JSON, larger than client_data_size_max
Result<ClientData> read_client_data(std::span<const std::uint8_t> bytes);

enum class Ceremony { create, get };

// The challenge that the browser answers. Fails with
//   invalid_input   no client data; of another ceremony; of a page that is not ours, or in one
Result<std::string> check_client_data(const SecurityKeyRules& rules, Ceremony ceremony,
                                      std::span<const std::uint8_t> bytes);

// What is kept of a key.
struct KeyMaterial {
  base::Bytes credential;
  std::int64_t algorithm = 0;  // COSE
  base::Bytes public_key;      // as libfido2 has it: the key's numbers, one after another
  std::uint32_t counter = 0;   // of signatures; always 0 where a key has none
};

// Reads the authenticator data of a new key (fido2/keys.cc). Fails with
//   invalid_input   none, or too large; for another site; nobody was there or, where rules ask for
//                   it, nobody was verified; a kind of key that is not taken, or no point of it
Result<KeyMaterial> read_new_key(const SecurityKeyRules& rules,
                                 std::span<const std::uint8_t> authenticator_data);

// Checks a signature and gives the counter that was signed. Whether it went on is for whoever kept
// the last one. Fails with
//   invalid_input   as read_new_key() does; the signature is not this key's
Result<std::uint32_t> check_key_signature(const SecurityKeyRules& rules, const KeyMaterial& key,
                                          const KeyAnswer& answer);

}  // namespace regmark::people
