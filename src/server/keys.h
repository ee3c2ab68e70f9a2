// The office's own secrets: files in DATA/keys that only its owner may read.
#pragma once

#include <filesystem>

#include "base/crypto.h"
#include "base/result.h"

namespace regmark::server {

struct Keys {
  base::SigningKey signing;  // of the audit log's checkpoints
  base::Key master;          // seals the keys of the slices
  bool made_now = false;
};

// Reads DATA/keys/audit_signing.key and DATA/keys/store_master.key (32 bytes each, in hexadecimal)
// or makes them on a first run, and leaves DATA/audit.pub for whoever verifies the log. Fails with
//   corrupt       a key is no key, or is gone from a folder that holds data sealed with it
//   unavailable   the disk is full or away
Result<Keys> open_keys(const std::filesystem::path& data);

}  // namespace regmark::server
