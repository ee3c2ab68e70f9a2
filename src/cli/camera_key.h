// The file of a camera's own key: 32 secret bytes as 64 hexadecimal digits, for its owner only.
#pragma once

#include <filesystem>
#include <string>

#include "base/crypto.h"
#include "base/result.h"

namespace regmark::cli {

// Fails with
//   not_found       there is no such file
//   invalid_input   it holds no key
Result<base::SigningKey> read_camera_key(const std::filesystem::path& file);
// The same, and makes it when it is missing. Fails also with
//   unavailable     it cannot be written
Result<base::SigningKey> make_camera_key(const std::filesystem::path& file);

// A certificate's SHA-256 as the office names it, from what `openssl x509 -fingerprint` prints.
std::string plain_fingerprint(const std::string& printed);

}  // namespace regmark::cli
