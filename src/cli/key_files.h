// Files that a person names on the command line: small texts, and public keys.
#pragma once

#include <filesystem>
#include <string>

#include "audit/verifier_key.h"
#include "base/result.h"

namespace regmark::cli {

// A file's text; what goes wrong names the file. Fails with
//   not_found, limit_exceeded, unavailable   as base::read_file does
Result<std::string> read_text(const std::filesystem::path& file, std::size_t size_max);

// Fails also with
//   invalid_input   it holds no key, or one of the other kind
Result<audit::VerifierKey> read_verifier_key(const std::filesystem::path& file,
                                             audit::KeyKind kind);

// 64 hexadecimal digits, as in audit.pub; or the same key with the log's name, as in audit.vkey.
// Fails also with
//   invalid_input   it holds neither
Result<audit::PublicKey> read_log_key(const std::filesystem::path& file);

}  // namespace regmark::cli
